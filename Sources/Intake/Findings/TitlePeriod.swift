import Fields
import RulePacks
import Tables

/// The time that the title of a table says it is of: a quarter, or the day up to which it counts.
struct TitlePeriod: Equatable {
  /// As it is told.
  let name: String
  let first: Int32
  let last: Int32

  /// The latest of the periods that a text names; nil where it names none. Whole years do not count:
  /// that annual data are of the year before is usual. Nor do days of signing and filling in.
  init?(_ text: String) {
    let signs = Array(matchingKey(text))
    let found = TitlePeriod.quarters(signs) + TitlePeriod.days(signs)
    guard let latest = found.max(by: { $0.last < $1.last }) else { return nil }
    self = latest
  }

  private init(name: String, first: Int32, last: Int32) {
    (self.name, self.first, self.last) = (name, first, last)
  }

  // MARK: - Quarters

  /// `2018年二季度`, `2018年第3季度`, `2018年一至三季度`.
  private static func quarters(_ signs: [Character]) -> [TitlePeriod] {
    signs.indices.compactMap { index in
      guard index > 0, index + 1 < signs.count, signs[index] == "季", signs[index + 1] == "度",
        let quarter = quarter(signs[index - 1]), let year = year(before: index - 1, in: signs),
        let first = PartialDate(year: year, month: quarter * 3 - 2),
        let last = PartialDate(year: year, month: quarter * 3)
      else { return nil }
      return TitlePeriod(
        name: "\(year)年\(quarter)季度", first: first.firstDay, last: last.lastDay)
    }
  }

  private static func quarter(_ sign: Character) -> Int? {
    switch sign {
    case "1", "一": 1
    case "2", "二": 2
    case "3", "三": 3
    case "4", "四": 4
    default: nil
    }
  }

  /// The year that stands not far before a place: `2018年` or `2018年度`.
  private static func year(before place: Int, in signs: [Character]) -> Int? {
    for index in stride(from: place - 1, through: max(4, place - 6), by: -1)
    where index < signs.count && signs[index] == "年" {
      return number(signs, index - 4, index).flatMap { (1900...2100).contains($0) ? $0 : nil }
    }
    return nil
  }

  // MARK: - Days

  private static let leads = ["截至", "截止", "截止到", "截止至"].map(Array.init)

  /// `截至2018年6月30日`, `截止2018-06-30`, `截至2018年6月底`.
  private static func days(_ signs: [Character]) -> [TitlePeriod] {
    signs.indices.compactMap { index in
      let ends = leads.filter { signs[index...].starts(with: $0) }.map { index + $0.count }
      guard let start = ends.max() else { return nil }
      let text = signs[start...].drop { ":日期时间为".contains($0) }.prefix {
        $0.isNumber && $0.isASCII || "年月日-./".contains($0)
      }
      let bytes = Array(String(text).utf8)
      guard let date = day(bytes), date != .openEnd, date.lastDay - date.firstDay < 31 else {
        return nil
      }
      return TitlePeriod(name: "截至\(date)", first: date.firstDay, last: date.lastDay)
    }
  }

  private static func day(_ bytes: [UInt8]) -> PartialDate? {
    guard bytes.count >= 6 else { return nil }
    do throws(CellFault) { return try DateRules().date(bytes.span) } catch { return nil }
  }

  private static func number(_ signs: [Character], _ start: Int, _ end: Int) -> Int? {
    guard start >= 0 else { return nil }
    let digits = signs[start..<end]
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(String(digits))
  }
}

extension CSVReading {
  /// Said where a title above the header names a time that is not the one that is looked at: it ends
  /// before rows of the kind have to be, or begins after the as-of date.
  var titleFinding: Finding? {
    let kind = reader.plan.kind
    let asOf = reader.asOf
    for (line, title) in layout.titles {
      guard let period = TitlePeriod(title) else { continue }
      let isLate = period.first > asOf.lastDay
      let isEarly = kind.currentDays.map { period.last < asOf.lastDay - $0 } ?? false
      guard isLate || isEarly else { continue }
      let shown = scrubbed(String(title.prefix(60)))
      return Finding(
        .warning, "title-of-another-time",
        place: Place(file: reader.file, line: UInt32(clamping: line), record: 0),
        message: Bilingual(
          zh: "表名“\(shown)”写的是\(period.name)，而评价截止日期是 \(asOf)，像是另一时期的表；已照常读取",
          en: "the title “\(shown)” is of \(period.name), but the as-of date is \(asOf), as if it "
            + "were the table of another time; it was read all the same"),
        cure: Bilingual(
          zh: "请核对是否报错了文件；表名没有改的，请改正后重新报送",
          en: "see whether the wrong file was sent; if only the title is old, mend it and deliver "
            + "the file again"))
    }
    return nil
  }
}
