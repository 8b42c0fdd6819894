import RulePacks
import Tables

private let mostPlaces = 20
private let mostCohorts = 40
private let mostLines = 60

/// The best of every ranking, cohort by cohort, and how many fell into each tier and status.
func rankingSections(_ results: Results, _ html: inout HTML) {
  guard !results.scorecards.isEmpty else { return }
  html.tag("h2") { $0.both("排名", "Rankings") }
  for index in results.scorecards.indices {
    let rubric = results.rubric(of: index)
    html.tag("h3") { $0.text(rubric.title) }
    html.tag("p", "quiet") { html in
      html.text(rubric.basis)
      html.both("，版本 \(rubric.edition)", ", edition \(rubric.edition)")
    }
    summary(results.scorecards[index], rubric, &html)
    places(results, index, &html)
    let path = "rankings/\(fileName(rubric.id)).csv"
    html.tag("p") { html in html.link(path) { $0.text(path) } }
  }
}

private func summary(_ card: Scorecard, _ rubric: Rubric, _ html: inout HTML) {
  var tiers = [Int](repeating: 0, count: rubric.tiers.count)
  var statuses: [Status: Int] = [:]
  for entry in 0..<card.count {
    let status = card.statuses[entry]
    statuses[status, default: 0] += 1
    let tier = Int(card.tiers[entry])
    if status.hasRank, tiers.indices.contains(tier) { tiers[tier] += 1 }
  }
  html.tag("p") { html in
    for status in Status.allCases {
      guard let count = statuses[status] else { continue }
      html.both(status.shown)
      html.text(" \(grouped(count)) ")
      html.markup("&ensp;")
    }
  }
  let ranked = tiers.reduce(0, +)
  guard ranked > 0 else { return }
  html.tag("table") { html in
    html.head(
      [
        Bilingual(zh: "等次", en: "Tier"), Bilingual(zh: "数量", en: "Number"),
        Bilingual(zh: "占比", en: "Share"),
      ], texts: 1)
    html.tag("tbody") { html in
      for (tier, count) in zip(rubric.tiers, tiers) {
        html.tag("tr") { html in
          html.cell(tier.title.isEmpty ? tier.id : "\(tier.id) \(tier.title)")
          html.number(count)
          html.tag("td", "rate") { html in
            html.bar(share(count, of: ranked) ?? 0)
            html.tag("small") { $0.text(shownPercent(share(count, of: ranked))) }
          }
        }
      }
    }
  }
}

private func places(_ results: Results, _ index: Int, _ html: inout HTML) {
  let card = results.scorecards[index]
  let standings = results.standings[index]
  var best = [[Int]](repeating: [], count: max(1, card.cohortNames.count))
  for entry in standings.order.map({ Int($0) }) where standings.ranks[entry] > 0 {
    let cohort = best.indices.contains(Int(card.cohorts[entry])) ? Int(card.cohorts[entry]) : 0
    if best[cohort].count < mostPlaces { best[cohort].append(entry) }
  }
  let cohorts = best.indices.filter { !best[$0].isEmpty }
  for (number, cohort) in cohorts.prefix(mostCohorts).enumerated() {
    let name = card.cohortNames.indices.contains(cohort) ? card.cohortNames[cohort] : ""
    guard cohorts.count > 1 else {
      table(best[cohort], results, index, &html)
      continue
    }
    html.markup(number == 0 ? "<details open>" : "<details>")
    html.tag("summary") { $0.text(name) }
    table(best[cohort], results, index, &html)
    html.markup("</details>")
  }
}

private func table(_ entries: [Int], _ results: Results, _ index: Int, _ html: inout HTML) {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let intervals = results.intervals(of: index)
  html.tag("table") { html in
    html.head(
      [
        Bilingual(zh: "名次", en: "Rank"), Bilingual(zh: "名称", en: "Name"),
        Bilingual(zh: "等次", en: "Tier"), Bilingual(zh: "状态", en: "Status"),
        Bilingual(zh: "得分", en: "Score"), Bilingual(zh: "最高可得", en: "At most"),
      ] + (intervals == nil ? [] : [Bilingual(zh: "权重变动时的名次", en: "Rank with other weights")]),
      texts: 4)
    html.tag("tbody") { html in
      for entry in entries {
        html.tag("tr") { html in
          html.cell(grouped(Int(results.standings[index].ranks[entry])))
          html.subject(subjects, Int(card.subjects[entry]))
          html.tier(Int(card.tiers[entry]), rubric)
          html.tag("td") { $0.both(card.statuses[entry].shown) }
          html.number(shown(Int(card.scores[entry]), decimals: rubric.decimals))
          html.number(shown(Int(card.upper[entry]), decimals: rubric.decimals))
          if let intervals {
            html.number("\(intervals.low[entry])–\(intervals.high[entry])")
          }
        }
      }
    }
  }
}

/// What is proposed for the candidates of each honour.
func screeningSections(_ results: Results, _ gaps: [ShownGaps], _ html: inout HTML) {
  guard !results.screenings.isEmpty else { return }
  html.tag("h2") { $0.both("审核名单", "Screening lists") }
  for screening in results.screenings {
    let honour = results.run.honours[screening.honour]
    guard let index = results.scorecards.firstIndex(where: { $0.rubric == honour.rubric }) else {
      continue
    }
    html.tag("h3") { $0.text(honour.title) }
    html.tag("p") { html in
      html.both(
        "名额 \(honour.quota)，候补 \(honour.reserve)",
        "Quota \(honour.quota), reserve \(honour.reserve)")
      for proposal in Screening.Proposal.allCases {
        let count = screening.lines.count { $0.proposal == proposal }
        guard count > 0 else { continue }
        html.markup(" &ensp; ")
        html.both(proposal.shown)
        html.text(" \(grouped(count))")
      }
    }
    candidates(screening, results, index, gaps[index], &html)
    let path = "screening/\(fileName(honour.id)).csv"
    html.tag("p") { html in html.link(path) { $0.text(path) } }
  }
}

private func candidates(
  _ screening: Screening, _ results: Results, _ index: Int, _ gaps: ShownGaps,
  _ html: inout HTML
) {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reasons = Reasons(rubric, language: results.language)
  let lines = Screening.Proposal.allCases.flatMap { proposal in
    screening.lines.filter { $0.proposal == proposal }
  }
  html.tag("table") { html in
    html.head(
      [
        Bilingual(zh: "建议", en: "Proposal"), Bilingual(zh: "名称", en: "Name"),
        Bilingual(zh: "理由与缺项", en: "Reasons and what is missing"),
        Bilingual(zh: "名次", en: "Rank"), Bilingual(zh: "得分", en: "Score"),
      ], texts: 3)
    html.tag("tbody") { html in
      for line in lines.prefix(mostLines) {
        html.tag("tr") { html in
          html.tag("td") { $0.both(line.proposal.shown) }
          html.subject(subjects, Int(card.subjects[line.entry]))
          html.tag("td") { html in
            line.reason.phrase.map { html.both($0) }
            html.text(String(decoding: reasons.text(card, line.entry), as: UTF8.self))
            let missing = gaps.missing(line.entry, of: card).map(\.label)
            guard !missing.isEmpty else { return }
            html.tag("small") { html in
              html.both(" 缺：", " Missing: ")
              html.text(missing.joined(separator: "、"))
            }
          }
          html.number(line.rank > 0 ? grouped(line.rank) : "")
          html.number(shown(Int(card.scores[line.entry]), decimals: rubric.decimals))
        }
      }
    }
  }
  nearLine(screening, subjects, card, &html)
  guard lines.count > mostLines else { return }
  html.tag("p", "quiet") { html in
    html.both(
      "另有 \(grouped(lines.count - mostLines)) 个，见文件。",
      "\(grouped(lines.count - mostLines)) more are in the file.")
  }
}

/// Who stands so near the quota line that other weights would put them on its other side.
private func nearLine(
  _ screening: Screening, _ subjects: ShownSubjects, _ card: Scorecard, _ html: inout HTML
) {
  let near = screening.lines.filter { $0.chance.map { !$0.isFirm } ?? false }
  guard let draws = screening.lines.compactMap({ $0.chance?.draws }).first else { return }
  html.tag("p") { html in
    guard !near.isEmpty else {
      html.both(
        "权重变动 \(grouped(draws)) 次，名额线内外都不变。",
        "Nobody crosses the quota line in nine of ten of \(grouped(draws)) draws of other weights.")
      return
    }
    html.both(
      "名额线附近 \(grouped(near.count)) 个（括号内为权重变动时入选的比例）：",
      "Near the quota line: \(grouped(near.count)) (in brackets how often other weights select them): "
    )
    for (number, line) in near.prefix(mostPlaces).enumerated() {
      if number > 0 { html.text("、") }
      html.text(subjects.name(Int(card.subjects[line.entry])))
      html.text(" (\(shownPercent(line.chance?.share)))")
    }
    if near.count > mostPlaces { html.text(" …") }
  }
}

extension HTML {
  /// A cell with a subject's name and id.
  fileprivate mutating func subject(_ subjects: ShownSubjects, _ row: Int) {
    tag("td") { html in
      html.text(subjects.name(row))
      html.markup(" ")
      html.tag("code") { $0.text(subjects.id(row)) }
    }
  }

  fileprivate mutating func tier(_ index: Int, _ rubric: Rubric) {
    tag("td") { html in
      guard rubric.tiers.indices.contains(index) else { return }
      html.tag("span", "tier") { $0.text(rubric.tiers[index].id) }
    }
  }
}
