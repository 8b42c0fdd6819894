package import Comparison
import Labels
import Pipeline
import Reports
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
        "\(before.run)（\(before.asOf)，\(before.packTitle)）→ \(after.run)（\(after.asOf)，\(after.packTitle)）",
      en:
        "\(before.run) (\(before.asOf), \(before.packTitle)) → \(after.run) (\(after.asOf), \(after.packTitle))"
    )
    var lines = [head.text(in: language), order.sentence.text(in: language)]
    let rates = coverageShown.prefix(most)
    if !rates.isEmpty {
      lines += ["", coverageTable.title.text(in: language)]
      lines += TextTable(coverageTable, Array(rates), in: language).lines(width: width)
    }
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
    lines += TextTable(impact.matrixTable, in: language).lines(width: width)
    lines.append("")
    lines += TextTable(reasonTable, in: language).lines(width: width)
    lines.append("")
    let own = ownFirst
    let listed = own.prefix(most).map { Int32($0) }
    lines += TextTable(moveTable, listed, in: language).lines(width: width)
    let others = impact.moves.count - own.count
    if others > 0 {
      lines.append(
        Bilingual(
          zh: "……另有 \(others) 个只因其他对象变动而名次不同",
          en: "… and \(others) that only have another rank because others moved"
        ).text(in: language))
    }
    if own.count > most { lines.append(more(own.count - most, in: language)) }
    return lines
  }
}

/// How many more there are than are listed.
func more(_ count: Int, in language: Language) -> String {
  Bilingual(
    zh: "……另有 \(count) 个，用 --csv 写出全部", en: "… and \(count) more; --csv writes all"
  ).text(in: language)
}
