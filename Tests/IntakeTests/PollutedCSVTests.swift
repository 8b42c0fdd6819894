import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

/// One table written in all the ways that go wrong in public CSV files, after the kinds of the
/// Pollock benchmark: other quotes, escapes and separators in the whole file or in one row, a mark
/// too many or too few in each row and column, further tables, titles and footnotes.
///
/// However it was written: an accepted row has the values that it was written from, or a finding
/// names its line; no row besides the one that was changed is lost, unless the file is refused.
@Suite("Polluted CSV")
struct PollutedCSVTests {
  @Test("alters no value in silence, and loses no good row", arguments: Style.allCases)
  func rows(style: Style) async throws {
    var files = 0
    for pollution in Pollution.all {
      for row in 0..<Polluted.rows.count {
        for column in 0..<(pollution.isOfRow ? 1 : Polluted.header.count) {
          let text = Polluted.text(style, pollution, row, column)
          try await expectNoSilence(text, "\(style) \(pollution) \(row),\(column)", changed: row)
          files += 1
        }
      }
    }
    print("polluted rows: \(files) files, \(style)")
  }

  @Test("reads a file in another dialect that is declared, and shifts nothing where it is not")
  func dialects() async throws {
    for style in Style.allCases {
      for separator in [",", ";", "|", "\t", " ", ":", ", "] {
        for quote in ["\"", "'"] {
          for escape in [quote, "\\"] {
            for end in ["\n", "\r"] {
              let marks = Marks(separator: separator, quote: quote, escape: escape, end: end)
              let text = Polluted.text(style, marks)
              let name = "\(style) \(marks)"
              let all = try await expectNoSilence(text, name, marks: marks)
              #expect(all == Polluted.rows.count, "\(name)")
              try await expectNoSilence(text, name + " undeclared")
            }
          }
        }
      }
    }
  }

  @Test("reads what stands around the table, or says that it does not")
  func around() async throws {
    let table = Polluted.text(.needed, Marks())
    let empty = String(repeating: ",", count: Polluted.header.count - 1) + "\n"
    for (name, text) in [
      ("preamble", "TITLE\n" + table), ("preamble, wide", "TITLE" + empty + empty + table),
      ("footnote", table + "NOTE\n"), ("footnote, wide", table + "NOTE" + empty),
      ("empty rows", table + empty + "\n" + empty),
      ("header twice", Polluted.header.joined(separator: ",") + "\n" + table),
      ("another table, narrower", table + "\nx,y\n1,2\n"),
      ("another table, wider", table + "\na,b,c,d,e,f,g\n1,2,3,4,5,6,7\n"),
      ("the same table again", table + "\n" + Polluted.header.joined(separator: ",") + "\n"),
    ] {
      let all = try await expectNoSilence(text, name)
      #expect(all == Polluted.rows.count, "\(name)")
    }
    for text in ["", "\n\n", "1,2,3,4,5,6\n"] {
      #expect(await failure(["a.csv": Array(text.utf8)], pack: pack(Marks())) != nil)
    }
  }

  /// - Returns: rows that were accepted.
  @discardableResult
  private func expectNoSilence(
    _ text: String, _ name: String, changed: Int = -1, marks: Marks = Marks()
  ) async throws -> Int {
    guard let delivery = try? await taking(["a.csv": Array(text.utf8)], pack: pack(marks)) else {
      return 0
    }
    let table = delivery.records[0]
    let found = delivery.findings.map(\.message.en).joined(separator: "\n")
    var accepted: Set<String> = []
    for row in 0..<table.count {
      let values = table.columns.map { $0.presence[row] == .stated ? $0.text(row) ?? "" : "" }
      let line = table.places[row].line
      accepted.insert(values[0])
      let expected = Polluted.rows.first { $0[0] == values[0] }
      if values != expected {
        let many = delivery.findings.contains { $0.message.en.hasSuffix("…") }
        #expect(
          many || found.contains("line \(line) ")
            || delivery.findings.contains { $0.place?.line == line }, "\(name): \(values)")
      }
    }
    for (row, values) in Polluted.rows.enumerated() where changed >= 0 && row != changed {
      #expect(accepted.contains(values[0]), "\(name) loses \(values[0])")
    }
    #expect(delivery.isComplete)
    return accepted.count
  }

  private func pack(_ marks: Marks) -> RulePack {
    var pack = samplePack()
    var kind = RecordKind(id: "rows", title: "Rows", subject: .subject(0), holds: .one)
    kind.fields = Polluted.header.map {
      Field(id: $0, label: $0, type: $0 == "price" ? .int : .text)
    }
    kind.fields[0].isRequired = true
    kind.fields[1].isRequired = true
    pack.records = [kind]
    pack.subjects = [SubjectKind(id: "thing", title: "Things", identity: [["id"]], name: 0)]
    pack.words = Words()
    let lead = marks.separator.utf8.first
    var source = SourceProfile(
      id: "rows", title: "Rows", record: 0,
      format: .csv(headerRows: 1, within: 15, separator: lead == 0x20 || lead == 0x3A ? lead : nil))
    source.requires = [0, 1]
    source.quote = marks.quote.utf8.first
    if marks.escape == "\\" { source.escape = UInt8(ascii: "\\") }
    pack.sources = [source]
    return pack
  }
}

/// Which cells are put in quotes.
enum Style: CaseIterable, CustomStringConvertible {
  case all, needed

  var description: String { self == .all ? "all quoted" : "quoted where needed" }
}

struct Marks: CustomStringConvertible {
  var separator = ","
  var quote = "\""
  var escape = "\""
  var end = "\n"

  var description: String {
    "\(separator.debugDescription) \(quote) \(escape) \(end.debugDescription)"
  }
}

/// What is done to one row.
enum Pollution: CaseIterable {
  case quoteBefore, quoteBehind, quoteWithin, quoteInside, separatorMore, separatorLess
  case separatorBehind, semicolons, blanks, tabs, apostrophes, backslashes, fewer, more, otherEnd

  static var all: [Pollution] { allCases }

  /// Whether the whole row is changed, not one column of it.
  var isOfRow: Bool {
    switch self {
    case .separatorBehind, .semicolons, .blanks, .tabs, .apostrophes, .backslashes, .otherEnd: true
    case .quoteBefore, .quoteBehind, .quoteWithin, .quoteInside, .separatorMore, .separatorLess,
      .fewer, .more:
      false
    }
  }
}

private enum Polluted {
  static let header = ["id", "name", "kind", "price", "note", "last"]
  static let rows: [[String]] = [
    ["r1", "Boots", "shoe", "74", "rugged, yet light", ""],
    ["r2", "Men's jacket", "coat", "29", "It won't let you down", "x"],
    ["r3", "Table, round 48\"", "home", "", "made in the \"North\"", ""],
    ["r4", "Rod", "", "25", "", ""],
    ["r5", "Socks", "sock", "52", "plain", "y"],
    ["r6", "Lamp", "home", "6", "warm, dry, safe", ""],
    ["r7", "24\" wheel", "bike", "90", "", "z"],
    ["r8", "Towel", "home", "", "", ""],
    ["r9", "Cap", "hat", "9", "UPF 50+", ""],
  ]

  static func cell(_ text: String, _ style: Style, _ marks: Marks) -> String {
    let needs = text.contains { $0 == "\"" || $0 == "'" || $0 == "," || $0 == " " || $0 == ":" }
    guard style == .all || needs else { return text }
    return marks.quote + text.replacing(marks.quote, with: marks.escape + marks.quote) + marks.quote
  }

  static func text(_ style: Style, _ marks: Marks) -> String {
    ([header] + rows).map { row in
      row.map { cell($0, style, marks) }.joined(separator: marks.separator) + marks.end
    }.joined()
  }

  static func text(_ style: Style, _ pollution: Pollution, _ row: Int, _ column: Int) -> String {
    var lines = ([header] + rows).map { $0.map { cell($0, style, Marks()) } }
    var separator = ","
    var end = "\n"
    var cells = lines[row + 1]
    let own = rows[row]
    switch pollution {
    case .quoteBefore: cells[column] = "\"" + cells[column]
    case .quoteBehind: cells[column] += "\""
    case .quoteWithin:
      cells[column].insert(
        "\"", at: cells[column].index(cells[column].startIndex, offsetBy: cells[column].count / 2))
    case .quoteInside: cells[column] = "\"" + own[column] + "\"\""
    case .separatorMore: cells[column] = "," + cells[column]
    case .separatorLess:
      if column > 0 { cells[column - 1] += cells.remove(at: column) }
    case .separatorBehind: cells[5] += ","
    case .semicolons: separator = ";"
    case .blanks: separator = " "
    case .tabs: separator = "\t"
    case .apostrophes: cells = own.map { "'" + $0 + "'" }
    case .backslashes:
      cells = own.map { "\"" + $0.replacing("\"", with: "\\\"") + "\\\"\"" }
    case .fewer: cells = Array(cells[...column])
    case .more: cells += Array(repeating: cells[column], count: 3)
    case .otherEnd: end = "\r\n"
    }
    lines[row + 1] = []
    return lines.enumerated().map { index, line in
      index == row + 1
        ? cells.joined(separator: separator) + end : line.joined(separator: ",") + "\n"
    }.joined()
  }
}
