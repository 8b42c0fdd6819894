package import Comparison
import Labels
import Pipeline
package import Tables

extension RunComparison {
  /// What moved and why, for people.
  ///
  /// - Parameters:
  ///   - language: of all that is told.
  ///   - width: places of a line.
  ///   - most: how many moves of a ranking are listed.
  package func lines(in language: Language, width: Int, most: Int = 30) -> [String] {
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

extension RubricChange {
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
