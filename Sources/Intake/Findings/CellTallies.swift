import Fields
import RulePacks
import Tables

/// What many cells of a column have in common, said once for the column of a file.
struct CellTallies: Sendable {
  enum Kind: Int, Sendable {
    /// A date that states nothing.
    case placeholder
    /// A date-time that is midnight in another part of the world.
    case midnight
    /// A number of more than six decimals.
    case rounded
    /// A code in small letters.
    case smallLetters
  }

  private struct Key: Hashable {
    var field: Int
    var kind: Kind
  }

  struct Tally: Sendable {
    var count = 0
    var first: Place
    fileprivate var last: Place
    /// How often each text occurs.
    var texts: [String: Int] = [:]

    /// The texts that occur most, as they are listed.
    var list: (zh: String, en: String) {
      let most = texts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        .prefix(5)
      return (
        most.map { "“\($0.key)”（\($0.value)格）" }.joined(separator: "、"),
        most.map { "“\($0.key)” (\($0.value))" }.joined(separator: ", ")
      )
    }
  }

  private var tallies: [Key: Tally] = [:]
  /// Texts of a column that are told apart.
  private static let mostTexts = 1000

  mutating func add(_ kind: Kind, _ field: Int, _ text: String, _ place: Place) {
    let key = Key(field: field, kind: kind)
    var tally = tallies[key] ?? Tally(first: place, last: place)
    // A row with several values is taken once for each.
    guard tally.count == 0 || tally.last != place else { return }
    tally.count += 1
    tally.last = place
    if tally.texts[text] != nil || tally.texts.count < CellTallies.mostTexts {
      tally.texts[text, default: 0] += 1
    }
    tallies[key] = tally
  }

  var all: [(field: Int, kind: Kind, tally: Tally)] {
    tallies.sorted {
      ($0.key.field, $0.key.kind.rawValue) < ($1.key.field, $1.key.kind.rawValue)
    }.map { ($0.key.field, $0.key.kind, $0.value) }
  }
}

extension RowReader {
  /// What is said of whole columns once all rows are taken.
  func columnFindings(_ table: RecordTable) -> [Finding] {
    var findings = tallies.all.map {
      finding($0.tally, words($0.kind, $0.field, $0.tally), $0.field)
    }
    findings += scales.mixed.map { scalesFinding($0.field, $0.scales) }
    findings += lateDates(table)
    if let stale = staleFinding(table) { findings.append(stale) }
    return findings
  }

  private func finding(
    _ tally: CellTallies.Tally, _ words: ProblemWords, _ field: Int
  ) -> Finding {
    let words = located(words, field, tally.first)
    let isNote = words.code == "small-letters"
    return Finding(
      isNote ? .note : .warning, words.code, place: tally.first, field: plan.kind.fields[field].id,
      message: words.message, cure: words.cure)
  }

  private func words(
    _ kind: CellTallies.Kind, _ field: Int, _ tally: CellTallies.Tally
  ) -> ProblemWords {
    let label = plan.kind.fields[field].label
    let (count, list) = (tally.count, tally.list)
    switch kind {
    case .placeholder:
      return ProblemWords(
        code: CellFault.placeholderDate.rawValue,
        message: Bilingual(
          zh: "“\(label)”有 \(count) 格是系统在无日期时写入的占位日期，按未填处理：\(list.zh)",
          en:
            "\(count) cells of “\(label)” hold a date that systems write where they know none, taken "
            + "as not stated: \(list.en)"),
        cure: Bilingual(
          zh: "确有其事的请在数据字典写 placeholders: no，其余请补填",
          en: "if such days did occur, say `placeholders: no` in the dictionary; else fill them in")
      )
    case .midnight:
      return ProblemWords(
        code: "utc-midnight",
        message: Bilingual(
          zh: "“\(label)”有 \(count) 格是世界时整点，可能是本地次日零时，仍按所写日期读取：\(list.zh)",
          en:
            "\(count) cells of “\(label)” are full hours of universal time, perhaps midnight of the "
            + "next day where they were written; the date was taken as it stands: \(list.en)"),
        cure: Bilingual(
          zh: "请核对日期，改按本地日期导出，如 2022-06-30",
          en: "compare the dates, and export them as local dates, e.g. 2022-06-30"))
    case .smallLetters:
      return ProblemWords(
        code: "small-letters",
        message: Bilingual(
          zh: "“\(label)”有 \(count) 格用小写字母填写，已按大写读取：\(list.zh)",
          en:
            "\(count) cells of “\(label)” have small letters and were read as capitals: \(list.en)"),
        cure: Bilingual(zh: "请按证照用大写字母填写", en: "write capitals, as on the certificate"))
    case .rounded:
      return ProblemWords(
        code: "rounded",
        message: Bilingual(
          zh: "“\(label)”有 \(count) 格超过六位小数，已四舍五入到六位：\(list.zh)",
          en: "\(count) cells of “\(label)” have more than six decimals and were rounded to six: "
            + list.en),
        cure: Bilingual(zh: "请按需要的精度填写", en: "deliver as many decimals as are needed"))
    }
  }

  /// Years after the as-of date beyond which no date is plausible that nothing is said of.
  private static let plausibleYears = 30

  /// Dates after the day on which the run looks at things, where nothing says how late they may be.
  ///
  /// What registers record has come to pass, so any later date is said, unless most dates of the
  /// column are, as terms and deadlines are; elsewhere only dates beyond all plausibility.
  private func lateDates(_ table: RecordTable) -> [Finding] {
    let last = asOf.lastDay
    let far = last + Int32(RowReader.plausibleYears * 366)
    return plan.kind.fields.indices.compactMap { index in
      let field = plan.kind.fields[index]
      guard field.type == .date, field.mostDay == nil, case .day(let cells) = table.columns[index]
      else { return nil }
      var stated = 0
      var late: CellTallies.Tally?
      var farthest: CellTallies.Tally?
      for row in 0..<table.places.count where cells.presence.isStated(row) {
        stated += 1
        let date = PartialDate(packed: cells.values[row])
        guard date.firstDay > last, date != .openEnd else { continue }
        count(date, table.places[row], &late)
        if date.firstDay > far { count(date, table.places[row], &farthest) }
      }
      let isUsual = stated >= 10 && (late?.count ?? 0) * 2 >= stated
      let tally = plan.kind.isRoster && !isUsual ? late : farthest
      return tally.map { finding($0, lateWords(field.label, $0), index) }
    }
  }

  private func count(_ date: PartialDate, _ place: Place, _ tally: inout CellTallies.Tally?) {
    var found = tally ?? CellTallies.Tally(first: place, last: place)
    found.count += 1
    if found.texts.count < 1000 { found.texts["\(date)", default: 0] += 1 }
    tally = found
  }

  private func lateWords(_ label: String, _ tally: CellTallies.Tally) -> ProblemWords {
    let (count, list) = (tally.count, tally.list)
    return ProblemWords(
      code: "date-after-as-of",
      message: Bilingual(
        zh: "“\(label)”有 \(count) 格晚于评价截止日期 \(asOf)：\(list.zh)",
        en: "\(count) cells of “\(label)” are later than the as-of date \(asOf): \(list.en)"),
      cure: Bilingual(
        zh: "请核对；期限类日期请在数据字典写 most: 最晚日期，不应晚于截止日期的写 most: as_of",
        en:
          "look at them; for terms and deadlines say `most: DATE` in the dictionary, for dates that "
          + "must have come to pass `most: as_of`"))
  }
}
