import Fields
import Tables

/// Why a table in which the names of columns stand has no header all the same, where that can be
/// seen: what is to be mended then is the file, and nobody needs a source profile.
enum StrangeTable: Equatable {
  /// The names stand on one line with this between them, which separates nothing.
  case separated(by: String, line: Int)
  /// The names stand within such marks, which are no quotes.
  case quoted(by: String, line: Int)
  /// The names stand one below the other in this column, counted from 0, beginning with this one.
  case transposed(column: Int, first: String)

  /// So many names tell a header from a sentence that speaks of one.
  private static let leastNames = 3

  /// Looks at the lines of a text file, of which nothing is known but its encoding.
  init?(text: [UInt8], _ vocabulary: HeaderVocabulary) {
    let lines = String(decoding: text.prefix(1 << 16), as: UTF8.self)
      .split(omittingEmptySubsequences: false) { $0.isNewline }.prefix(mostHeadRows)
    for (index, line) in lines.enumerated() where line.count < 4000 {
      for separator in StrangeTable.separators {
        let cells = line.split(whereSeparator: { separator.characters.contains($0) })
        if StrangeTable.isHeader(cells.map(String.init), vocabulary) {
          self = .separated(by: separator.name, line: index + 1)
          return
        }
      }
      let cells = line.split(whereSeparator: { ",;\t|".contains($0) })
      for quotes in StrangeTable.quotes {
        let inner = cells.map { cell in
          cell.trimmingPrefix { quotes.contains($0) || $0 == " " }
        }.map { cell in String(cell.prefix { !quotes.contains($0) }) }
        if StrangeTable.isHeader(inner, vocabulary) {
          self = .quoted(by: quotes, line: index + 1)
          return
        }
      }
    }
    let dialects: [CSVDialect] = [0x2C, 0x09, 0x3B].map { CSVDialect(separator: $0) }
    for dialect in dialects {
      let rows = firstRows(text, dialect, count: mostHeadRows)
      if let strange = StrangeTable(rows: rows, vocabulary) {
        self = strange
        return
      }
    }
    return nil
  }

  /// Looks at the first rows of a table.
  init?(rows: [[String]], _ vocabulary: HeaderVocabulary) {
    for column in 0..<3 {
      let names = rows.filter { $0.count > column && vocabulary.knows($0[column]) }
        .map { $0[column] }
      guard Set(names.map(matchingKey)).count >= StrangeTable.leastNames else { continue }
      self = .transposed(column: column, first: names[0])
      return
    }
    return nil
  }

  private static func isHeader(_ cells: [String], _ vocabulary: HeaderVocabulary) -> Bool {
    guard cells.count >= leastNames, cells.count < 500 else { return false }
    return Set(cells.filter { vocabulary.knows($0) }.map(matchingKey)).count >= leastNames
  }

  private static let separators: [(name: String, characters: Set<Character>)] = [
    ("，", ["，"]), ("、", ["、"]), ("；", ["；"]), ("｜", ["｜"]), ("空格", [" ", "\u{3000}"]),
  ]
  private static let quotes = ["「」", "“”", "‘’", "『』", "'"]

  /// What is wrong, and what to do.
  var words: (what: Bilingual, cure: Bilingual) {
    let cure = Bilingual(
      zh: "请用英文逗号或制表符分隔各栏、需要时用英文双引号，或报送工作簿（.xlsx）",
      en: "put commas or tabs between the columns, and straight double quotes where quotes are "
        + "needed, or deliver a workbook (.xlsx)")
    switch self {
    case .separated(let mark, let line):
      let en = mark == "空格" ? "blanks" : "“\(mark)”"
      return (
        Bilingual(
          zh: "第 \(line) 行像是表头，但各栏之间是“\(mark)”，分不出栏来",
          en: "line \(line) looks like a header, but \(en) stand between its columns, which "
            + "separate nothing"),
        cure
      )
    case .quoted(let marks, let line):
      return (
        Bilingual(
          zh: "第 \(line) 行像是表头，但各栏用“\(marks)”括着，认不出栏名",
          en: "line \(line) looks like a header, but its names stand within “\(marks)”, which are "
            + "no quotes"),
        cure
      )
    case .transposed(let column, let first):
      return (
        Bilingual(
          zh: "各栏的名称从“\(first)”起竖着排在第 \(column + 1) 列，不是一行一条记录",
          en: "the names of the columns stand one below the other in column \(column + 1), from "
            + "“\(first)” on, and not above rows"),
        Bilingual(
          zh: "请改为栏名排在首行、一行一条记录（复制后“选择性粘贴—转置”），再报送",
          en: "turn the table (copy, then paste it transposed), so that each record is a row below "
            + "the names, and deliver it again")
      )
    }
  }
}
