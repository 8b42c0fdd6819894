import Archives
import Fields
package import Foundation
import Intake
import StoredZips

/// The parts of a zip file, such as a workbook or a letter, as texts in their order.
package func zipParts(of path: String) throws -> [(name: String, text: String)] {
  let zip = try ZipFile(path, isStrict: true)
  var parts: [(name: String, text: String)] = []
  for index in 0..<zip.count {
    var bytes: [UInt8] = []
    try zip.read(index) { piece in
      for place in piece.indices { bytes.append(piece[place]) }
      return true
    }
    parts.append((try zip.entry(index).name, String(decoding: bytes, as: UTF8.self)))
  }
  return parts
}

/// The cells of the tables of a document (.docx), a row each.
package func documentRows(of path: String) throws -> [[String]] {
  let text = try zipParts(of: path).first { $0.name == "word/document.xml" }?.text ?? ""
  return text.matches(of: #/(?s)<w:tr>.*?<\/w:tr>/#).map { row in
    row.output.matches(of: #/(?s)<w:tc>.*?<\/w:tc>/#).map { cell in
      cell.output.matches(of: #/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/#).map { String($0.output.1) }
        .joined()
    }
  }
}

/// The sheets of a workbook that people see, as this house reads workbooks.
package func shownSheets(of path: String) throws -> [(name: String, rows: [[String]])] {
  let book = try Workbook(at: path)
  var sheets: [(name: String, rows: [[String]])] = []
  for index in book.sheets.indices where !book.sheets[index].isHidden {
    var rows: [[String]] = []
    _ = try book.read(index) { row in
      while rows.count < row.number { rows.append([]) }
      for cell in row.cells {
        while rows[row.number - 1].count <= cell.column { rows[row.number - 1].append("") }
        rows[row.number - 1][cell.column] = cell.content.shown
      }
    }
    sheets.append((book.sheets[index].name, rows))
  }
  return sheets
}

extension SheetCell.Content {
  fileprivate var shown: String {
    switch self {
    case .text(let text), .number(let text), .date(let text, _), .percent(let text, _),
      .masked(let text, _), .calculated(let text), .scaled(let text), .fault(let text),
      .worded(_, _, let text, _):
      text
    case .flag(let flag): flag ? "TRUE" : "FALSE"
    }
  }
}

/// A workbook of the program's with cells of its first sheet filled in, as an office program would
/// have it: everything else in it stays as it is.
///
/// - Parameters:
///   - key: heads the column by which rows are known.
///   - cells: by what stands there, the texts of columns by their headings.
package func filledWorkbook(
  _ path: String, by key: String, _ cells: [String: [String: String]]
) throws -> Data {
  let parts = try zipParts(of: path)
  let shared = parts.first { $0.name == "xl/sharedStrings.xml" }?.text ?? ""
  let texts = shared.matches(of: #/(?s)<si>.*?<\/si>/#).map { item in
    item.output.matches(of: #/(?s)<t[^>]*>(.*?)<\/t>/#).map { String($0.output.1) }.joined()
  }
  var book = StoredZip()
  for part in parts {
    let isSheet = part.name == "xl/worksheets/sheet1.xml"
    book.add(part.name, isSheet ? filled(part.text, texts, by: key, cells) : part.text)
  }
  return book.data
}

/// A workbook of the program's of which somebody has changed cells.
///
/// - Parameter texts: by what a cell of the first sheet reads, what it reads now.
package func changedWorkbook(_ path: String, _ texts: [String: String]) throws -> Data {
  var book = StoredZip()
  for part in try zipParts(of: path) {
    var text = part.text
    if part.name == "xl/worksheets/sheet1.xml" {
      for (was, now) in texts { text = text.replacing(">\(was)</t>", with: ">\(now)</t>") }
    }
    book.add(part.name, text)
  }
  return book.data
}

private func filled(
  _ sheet: String, _ shared: [String], by key: String, _ cells: [String: [String: String]]
) -> String {
  var columns: [String: String] = [:]
  return sheet.replacing(#/(?s)(<row r="(\d+)"[^>]*>)(.*?)<\/row>/#) { match in
    var row = SheetCells(String(match.output.3), shared)
    if columns.isEmpty {
      if row.cells.contains(where: { $0.text == key }) {
        for cell in row.cells where !cell.text.isEmpty { columns[cell.text] = cell.column }
      }
      return String(match.output.0)
    }
    let mine = row.cells.first { $0.column == columns[key] }?.text ?? ""
    guard let wanted = cells[mine] else { return String(match.output.0) }
    for (heading, text) in wanted {
      if let column = columns[heading] { row.set(column, text, line: String(match.output.2)) }
    }
    return match.output.1 + row.cells.map(\.element).joined() + "</row>"
  }
}

/// The cells of one row of a sheet, from left to right.
private struct SheetCells {
  var cells: [(column: String, text: String, element: String)] = []

  init(_ row: String, _ shared: [String]) {
    for match in row.matches(of: #/(?s)<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/#) {
      let content = String(match.output.3 ?? "")
      let texts = content.matches(of: #/(?s)<[tv][^>]*>(.*?)<\/[tv]>/#).map { String($0.output.1) }
      var text = texts.joined()
      if match.output.2.contains("t=\"s\""), let index = Int(text), shared.indices.contains(index) {
        text = shared[index]
      }
      cells.append((String(match.output.1), text, String(match.output.0)))
    }
  }

  mutating func set(_ column: String, _ text: String, line: String) {
    let order = { (letters: String) in (letters.count, letters) }
    let place = cells.firstIndex { order($0.column) >= order(column) } ?? cells.count
    var style = ""
    if place < cells.count, cells[place].column == column {
      style = cells[place].element.firstMatch(of: #/ s="\d+"/#).map { String($0.output) } ?? ""
      cells.remove(at: place)
    }
    let element =
      "<c r=\"\(column)\(line)\"\(style) t=\"inlineStr\"><is><t>\(text)</t></is></c>"
    cells.insert((column, text, element), at: place)
  }
}

/// A published table: its rows by the ids of its columns.
package struct PublishedTable {
  package private(set) var columns: [String] = []
  package private(set) var rows: [[String: String]] = []

  package init(at path: String) throws {
    let records = separatedRecords(of: Array(try Data(contentsOf: URL(filePath: path))))
    columns = records.first?.fields ?? []
    rows = records.dropFirst().map { record in
      Dictionary(zip(columns, record.fields)) { first, _ in first }
    }
  }

  /// The rows in which some columns read as given.
  package func rows(_ wanted: [String: String]) -> [[String: String]] {
    rows.filter { row in wanted.allSatisfy { row[$0.key] == $0.value } }
  }

  /// The first of them.
  package func row(_ wanted: [String: String]) -> [String: String]? { rows(wanted).first }
}
