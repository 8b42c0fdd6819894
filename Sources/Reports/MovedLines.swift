import Labels
import RulePacks
import Tables

/// How many sentences tell what moved.
private let mostLines = 5
/// How many rules are named as what a mean moved by.
private let mostParts = 2

/// What moved since the run before and by what, in a few sentences: of each rate of the overview, and
/// of the scores of its rubric. None where there is no run before, or the ledger keeps none of it.
func movedLines(_ results: RunResult) -> [Bilingual] {
  guard results.pack.overview != nil, let last = results.earlier.last?.figures else { return [] }
  let rows = OverviewRow.all(of: results)
  let score = scoreLine(results, last)
  guard let whole = rows.first else { return [] }
  let rates = whole.rates.indices.compactMap { rateLine($0, rows) }
  return Array(rates.prefix(mostLines - (score == nil ? 0 : 1))) + [score].compactMap { $0 }
}

/// A rate then and now, by numerator and denominator, and the groups that rose and fell most.
private func rateLine(_ number: Int, _ rows: [OverviewRow]) -> Bilingual? {
  guard let whole = rows.first?.rates[number], let now = whole.now, let then = whole.then,
    let counts = whole.counts, let before = whole.before
  else { return nil }
  let what = "\(whole.populationTitle) \(whole.title)"
  let move = "\(percent(then)) → \(percent(now))"
  let change = now == then ? "" : signed(now - then)
  let extremes = extremes(number, rows)
  return Bilingual(
    zh: "\(what)：\(move)\(change.isEmpty ? "，持平" : "（\(change)个百分点）")；"
      + "分子 \(grouped(before.part)) → \(grouped(counts.numerator))，"
      + "分母 \(grouped(before.whole)) → \(grouped(counts.denominator))\(extremes.zh)",
    en: "\(what): \(move)\(change.isEmpty ? ", no change" : " (\(change) points)"); "
      + "numerator \(grouped(before.part)) → \(grouped(counts.numerator)), "
      + "denominator \(grouped(before.whole)) → \(grouped(counts.denominator))\(extremes.en)")
}

/// Of the first dimension, who rose most and who fell most.
private func extremes(_ number: Int, _ rows: [OverviewRow]) -> Bilingual {
  let dimension = rows.dropFirst().first?.dimension ?? ""
  let moved = rows.filter { !$0.dimension.isEmpty && $0.dimension == dimension }.compactMap {
    row -> (group: String, change: Int)? in
    guard let now = row.rates[number].now, let then = row.rates[number].then else { return nil }
    return (row.group, now - then)
  }
  var zh = ""
  var en = ""
  if let most = moved.max(by: { $0.change < $1.change }), most.change > 0 {
    zh += "；升得最多：\(most.group)（\(signed(most.change))）"
    en += "; rose most: \(most.group) (\(signed(most.change)))"
  }
  if let least = moved.min(by: { $0.change < $1.change }), least.change < 0 {
    zh += "；降得最多：\(least.group)（\(signed(least.change))）"
    en += "; fell most: \(least.group) (\(signed(least.change)))"
  }
  return Bilingual(zh: zh, en: en)
}

/// How many went up and down between two tiers, and the rules by which the mean moved most.
private func scoreLine(_ results: RunResult, _ last: RunFigures) -> Bilingual? {
  guard let index = overviewCard(results), let changes = ResultChanges(results, index) else {
    return nil
  }
  let rubric = results.rubric(of: index)
  let moves = changes.moves
  var zh =
    "\(rubric.title)：\(MoveLabel.tierUp.zh) \(grouped(moves.tierUp))，"
    + "\(MoveLabel.tierDown.zh) \(grouped(moves.tierDown))；"
    + "\(MoveLabel.ranked.zh) \(grouped(moves.ranked))，"
    + "\(MoveLabel.unranked.zh) \(grouped(moves.unranked))"
  var en =
    "\(rubric.title): \(grouped(moves.tierUp)) \(MoveLabel.tierUp.en), "
    + "\(grouped(moves.tierDown)) \(MoveLabel.tierDown.en); "
    + "\(grouped(moves.ranked)) \(MoveLabel.ranked.en), "
    + "\(grouped(moves.unranked)) \(MoveLabel.unranked.en)"
  guard let then = last.rubrics.first(where: { $0.id == rubric.id }), then.ranked > 0 else {
    return Bilingual(zh: zh, en: en)
  }
  let now = totals(results, index)
  guard now.ranked > 0 else { return Bilingual(zh: zh, en: en) }
  zh += "；有名次者平均得分 \(mean(then.score, then.ranked)) → \(mean(now.score, now.ranked))"
  en +=
    "; mean score of the ranked \(mean(then.score, then.ranked)) → \(mean(now.score, now.ranked))"
  guard then.edition == now.edition else {
    return Bilingual(
      zh: zh + "；规则由 \(then.edition) 版改为 \(now.edition) 版，各项不作比较",
      en: en + "; edition \(then.edition) became \(now.edition), so parts are not compared")
  }
  let parts = largestParts(rubric, then, now)
  if !parts.isEmpty {
    zh +=
      "，变动最多的是"
      + parts.map { "\($0.part.title)（\(signedPoints($0.change))）" }
      .joined(separator: "、")
    en +=
      ", moved most by "
      + parts.map { "\($0.part.title) (\(signedPoints($0.change)))" }
      .joined(separator: ", ")
  }
  return Bilingual(zh: zh, en: en)
}

/// The parts whose mean points changed most, in thousandths, the greatest first.
private func largestParts(
  _ rubric: Rubric, _ then: RunFigures.Rubric, _ now: RunFigures.Rubric
) -> [(part: Rubric.Part, change: Int)] {
  let changes = rubric.parts.compactMap { part -> (part: Rubric.Part, change: Int)? in
    guard let old = then.parts[part.id], let new = now.parts[part.id] else { return nil }
    let change = rounded(
      rounded(new * 10 / now.ranked, to: 10) / 10 - rounded(old * 10 / then.ranked, to: 10) / 10,
      to: 10)
    return change == 0 ? nil : (part, change)
  }
  let places = changes.indices.sorted { left, right in
    let (one, other) = (abs(changes[left].change), abs(changes[right].change))
    return one == other ? left < right : one > other
  }
  return places.prefix(mostParts).map { changes[$0] }
}

private func mean(_ sum: Int, _ count: Int) -> String {
  shownPoints(rounded(sum * 10 / count, to: 100) / 10, decimals: 2)
}

private func percent(_ thousandths: Int) -> String { shownPercent(thousandths, decimals: 1) }

/// Percentage points, of thousandths.
private func signed(_ thousandths: Int) -> String {
  (thousandths > 0 ? "+" : "−") + shownPoints(abs(thousandths) * 100, decimals: 1)
}

private func signedPoints(_ thousandths: Int) -> String {
  (thousandths > 0 ? "+" : "−") + shownPoints(abs(thousandths), decimals: 2)
}
