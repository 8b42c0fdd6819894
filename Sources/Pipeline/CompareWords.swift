import Labels
public import Tables

extension Comparison {
  /// What moved and why, for people.
  ///
  /// - Parameters:
  ///   - language: of all that is told.
  ///   - width: places of a line.
  ///   - most: how many moves of a ranking are listed.
  public func lines(in language: Language, width: Int, most: Int = 30) -> [String] {
    let head = Bilingual(
      zh:
        "\(before.run)（\(before.asOf)，\(before.pack)）→ \(after.run)（\(after.asOf)，\(after.pack)）",
      en:
        "\(before.run) (\(before.asOf), \(before.pack)) → \(after.run) (\(after.asOf), \(after.pack))"
    )
    var lines = [head.text(in: language), order.sentence.text(in: language)]
    for rubric in rubrics { lines += rubric.lines(in: language, width: width, most: most) }
    return lines
  }
}

extension Comparison.Order {
  /// How the parts of a change were found.
  var sentence: Bilingual {
    switch self {
    case .editionFirst:
      Bilingual(
        zh: "变化按此顺序分解：先换规则包，再撤更正，再换基准日，再换报送数据，最后加更正",
        en:
          "changes are taken apart in this order: rule pack, corrections out, date, delivered data, corrections in"
      )
    case .editionLast:
      Bilingual(
        zh: "新规则包读不了较早的报送文件，变化按此顺序分解：先撤更正，再换基准日，再换报送数据，再加更正，最后换规则包",
        en:
          "the later pack cannot read the earlier delivery, so changes are taken apart in this order: corrections out, date, delivered data, corrections in, rule pack"
      )
    }
  }
}

extension ChangePart.Reason {
  var title: Bilingual {
    switch self {
    case .edition: Bilingual(zh: "规则包", en: "edition")
    case .correction: Bilingual(zh: "更正", en: "correction")
    case .date: Bilingual(zh: "基准日", en: "date")
    case .data: Bilingual(zh: "数据", en: "data")
    case .linkage: Bilingual(zh: "归并", en: "linkage")
    case .cohort: Bilingual(zh: "其他对象", en: "cohort")
    }
  }
}

/// Those that one of two runs has in no list.
let notListed = (
  before: Bilingual(
    zh: "前次\(ReportLabel.notListed.zh)", en: "\(ReportLabel.notListed.en) before"),
  after: Bilingual(
    zh: "本次\(ReportLabel.notListed.zh)", en: "\(ReportLabel.notListed.en) now")
)

extension RubricChange {
  var entered: Int { impact.moves.count { $0.before == nil } }
  var left: Int { impact.moves.count { $0.after == nil } }

  /// For each reason that occurs: how many results, and points up and down.
  var sums: [(reason: ChangePart.Reason, subjects: Int, up: Int, down: Int)] {
    ChangePart.Reason.allCases.compactMap { reason in
      let all = parts.flatMap { $0 }.filter { $0.reason == reason }
      guard !all.isEmpty else { return nil }
      return (
        reason, all.count, all.reduce(0) { $0 + max($1.points, 0) },
        all.reduce(0) { $0 + min($1.points, 0) }
      )
    }
  }

  /// Places in `impact.moves`: greatest change of the score first, then of the rank; those that
  /// enter or leave stand last.
  var largestFirst: [Int] {
    func size(_ move: Move) -> (Int, Int, Int) {
      guard let was = move.before, let now = move.after else { return (0, 0, 0) }
      let ranks = was.rank > 0 && now.rank > 0 ? abs(was.rank - now.rank) : 0
      return (abs(now.score - was.score), move.changesStanding ? 1 : 0, ranks)
    }
    let sizes = impact.moves.map { size($0) }
    return impact.moves.indices.sorted { left, right in
      sizes[left] == sizes[right] ? left < right : sizes[left] > sizes[right]
    }
  }

  fileprivate func lines(in language: Language, width: Int, most: Int) -> [String] {
    var lines = ["", impact.headline.text(in: language)]
    guard !impact.moves.isEmpty else { return lines }
    let counts = Bilingual(
      zh: "\(notListed.before.zh) \(entered)，\(notListed.after.zh) \(left)，"
        + "其余有变化 \(impact.moves.count - entered - left)",
      en: "\(notListed.before.en) \(entered), \(notListed.after.en) \(left), "
        + "moved \(impact.moves.count - entered - left)")
    lines.append(counts.text(in: language))
    lines += impact.matrixTable(in: language).lines(width: width)
    lines.append("")
    lines += sumTable(in: language).lines(width: width)
    lines.append("")
    let listed = largestFirst.prefix(most)
    lines += moveTable(listed.map { $0 }, in: language).lines(width: width)
    if impact.moves.count > most {
      lines.append(
        Bilingual(
          zh: "……另有 \(impact.moves.count - most) 个，用 --csv 写出全部",
          en: "… and \(impact.moves.count - most) more; --csv writes all"
        ).text(in: language))
    }
    return lines
  }

  private func sumTable(in language: Language) -> TextTable {
    let heading = [
      Bilingual(zh: "原因", en: "because of"), Bilingual(zh: "对象数", en: "subjects"),
      Bilingual(zh: "加分合计", en: "points up"), Bilingual(zh: "减分合计", en: "points down"),
    ]
    return TextTable(
      heading: heading.map { $0.text(in: language) },
      rows: sums.map { sum in
        [
          sum.reason.title.text(in: language), String(sum.subjects), shownPoints(sum.up),
          shownPoints(sum.down),
        ]
      }, numbers: [1, 2, 3])
  }

  private func moveTable(_ listed: [Int], in language: Language) -> TextTable {
    let heading = [
      Bilingual(zh: "对象", en: "subject"), Bilingual(zh: "名称", en: "name"),
      Bilingual(zh: "等次或状态", en: "tier or status"), Bilingual(zh: "得分", en: "score"),
      Bilingual(zh: "名次", en: "rank"), Bilingual(zh: "原因", en: "because of"),
      Bilingual(zh: "经由规则", en: "through"),
    ]
    let comma = language == .zh ? "；" : "; "
    return TextTable(
      heading: heading.map { $0.text(in: language) },
      rows: listed.map { index in
        let move = impact.moves[index]
        let rules = move.before == nil || move.after == nil ? [] : move.causes
        return move.cells(in: language, impact.labels) + [
          parts[index].map { $0.shown(in: language) }.joined(separator: comma),
          rules.map { $0.withPoints(by: impact.labels).text(in: language) }.joined(
            separator: comma),
        ]
      })
  }
}

extension ChangePart {
  fileprivate func shown(in language: Language) -> String {
    let title = reason.title.text(in: language)
    return points == 0 ? title : "\(title) \(points > 0 ? "+" : "")\(shownPoints(points))"
  }
}
