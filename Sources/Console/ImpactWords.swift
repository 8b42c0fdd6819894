package import Comparison
import Labels
import Pipeline
package import Tables

extension Impact {
  /// The comparison for people: counts, from which tier to which, through which rules, and who.
  ///
  /// - Parameters:
  ///   - language: of all that is told.
  ///   - width: places of a line.
  ///   - most: how many changes of a rubric or a list are told one by one.
  package func lines(in language: Language, width: Int, most: Int = 30) -> [String] {
    var lines = [
      Bilingual(
        zh: "批次 \(run)：\(before) → \(after)", en: "run \(run): \(before) → \(after)"
      ).text(in: language)
    ]
    for rubric in rubrics { lines += rubric.lines(in: language, width: width, most: most) }
    for screening in screenings where !screening.changes.isEmpty {
      lines += screening.lines(in: language, width: width, most: most)
    }
    return lines
  }
}

extension RubricImpact {
  var headline: Bilingual {
    guard !moves.isEmpty else {
      return Bilingual(
        zh: "\(title)：对象 \(subjects)，没有变化", en: "\(title): \(subjects) subjects, nothing changes")
    }
    let counted = self.counted
    let ranks = moves.count { move in
      guard let was = move.before?.rank, let now = move.after?.rank else { return false }
      return was > 0 && now > 0 && was != now
    }
    return Bilingual(
      zh:
        "\(title)：对象 \(subjects)，有变化 \(moves.count)：等次升 \(counted.tierUp)、降 \(counted.tierDown)，新被门槛拦下 \(counted.newlyGated)，解除 \(counted.released)，进入排名 \(counted.ranked)，退出排名 \(counted.unranked)，得分增 \(counted.higher)、减 \(counted.lower)，名次变动 \(ranks)",
      en:
        "\(title): \(subjects) subjects, \(moves.count) change: tier up \(counted.tierUp), down \(counted.tierDown), newly gated \(counted.newlyGated), released \(counted.released), into the ranking \(counted.ranked), out of it \(counted.unranked), score up \(counted.higher), down \(counted.lower), another rank \(ranks)"
    )
  }

  fileprivate func lines(in language: Language, width: Int, most: Int) -> [String] {
    var lines = ["", headline.text(in: language)]
    guard !moves.isEmpty else { return lines }
    lines += matrixTable(in: language).lines(width: width)
    lines.append("")
    let rules = self.rules
    let heading = [
      Bilingual(zh: "经由规则", en: "through"), Bilingual(zh: "对象数", en: "subjects"),
      Bilingual(zh: "其中等次或状态变化", en: "another tier or status"),
    ]
    lines += TextTable(
      heading: heading.map { $0.text(in: language) },
      rows: rules.map {
        [$0.cause.shown(by: labels).text(in: language), String($0.subjects), String($0.standings)]
      }, numbers: [1, 2]
    ).lines(width: width)
    lines.append("")
    // Those that stand elsewhere come first.
    let listed = moves.filter(\.changesStanding) + moves.filter { !$0.changesStanding }
    lines += table(of: Array(listed.prefix(most)), in: language).lines(width: width)
    if listed.count > most {
      lines.append(
        Bilingual(
          zh: "……另有 \(listed.count - most) 个，用 --csv 写出全部",
          en: "… and \(listed.count - most) more; --csv writes all"
        ).text(in: language))
    }
    return lines
  }

  func matrixTable(in language: Language) -> TextTable {
    let standings = self.standings
    let corner = Bilingual(zh: "原 ↓ 新 →", en: "was ↓ becomes →").text(in: language)
    return TextTable(
      heading: [corner] + standings.map { $0.shown(by: labels).text(in: language) },
      rows: standings.map { before in
        [before.shown(by: labels).text(in: language)]
          + standings.map { after in
            matrix[Transition(before: before, after: after)].map { String($0) } ?? "·"
          }
      }, numbers: Set(1..<(standings.count + 1)))
  }

  private func table(of moves: [Move], in language: Language) -> TextTable {
    let heading = [
      Bilingual(zh: "对象", en: "subject"), Bilingual(zh: "名称", en: "name"),
      Bilingual(zh: "等次或状态", en: "tier or status"), Bilingual(zh: "得分", en: "score"),
      Bilingual(zh: "名次", en: "rank"), Bilingual(zh: "经由规则", en: "through"),
    ]
    return TextTable(
      heading: heading.map { $0.text(in: language) },
      rows: moves.map { move in
        let causes = move.causes.map { $0.withPoints(by: labels).text(in: language) }
        return move.cells(in: language, labels) + [
          causes.joined(separator: language == .zh ? "；" : "; ")
        ]
      })
  }
}

extension ScreeningImpact {
  fileprivate func lines(in language: Language, width: Int, most: Int) -> [String] {
    let entering = changes.count { $0.after == .recommend }
    let leaving = changes.count { $0.before == .recommend }
    let head = Bilingual(
      zh:
        "\(title)：进入\(Screening.Proposal.recommend.label.zh) \(entering)，退出 \(leaving)，其他变化 \(changes.count - entering - leaving)",
      en:
        "\(title): \(entering) become recommended, \(leaving) no longer are, \(changes.count - entering - leaving) other changes"
    )
    let heading = [
      Bilingual(zh: "对象", en: "subject"), Bilingual(zh: "名称", en: "name"),
      Bilingual(zh: "建议", en: "proposal"),
    ]
    return ["", head.text(in: language)]
      + TextTable(
        heading: heading.map { $0.text(in: language) },
        rows: changes.prefix(most).map { change in
          [
            change.subject, change.name,
            arrowed(
              (change.before?.label ?? ReportLabel.notListed).text(in: language),
              (change.after?.label ?? ReportLabel.notListed).text(in: language)),
          ]
        }
      ).lines(width: width)
  }
}

func arrowed(_ before: String, _ after: String) -> String {
  before == after ? before : "\(before) → \(after)"
}

extension Move {
  /// Whom it is about, and the tier or status, score and rank before and after.
  func cells(in language: Language, _ labels: RubricLabels) -> [String] {
    let (before, after) = (standingBefore.shown(by: labels), standingAfter.shown(by: labels))
    return [
      subject, name, arrowed(before.text(in: language), after.text(in: language)),
      arrowed(
        self.before.map { shownPoints($0.score) } ?? "—",
        self.after.map { shownPoints($0.score) } ?? "—"),
      arrowed(Move.rank(self.before), Move.rank(self.after)),
    ]
  }

  private static func rank(_ outcome: SubjectOutcome?) -> String {
    outcome.flatMap { $0.rank > 0 ? String($0.rank) : nil } ?? "—"
  }
}
