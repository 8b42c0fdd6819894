import Fields
package import Foundation
package import Tables

/// Writes CSV files as workbooks of both kinds by turns, everything else as it is.
package func asWorkbooks(
  _ from: String, to folder: String, digestKey: String?, files: [DeliveredFile]
) throws {
  let manager = FileManager.default
  var isOld = false
  for path in ["run.yaml", digestKey].compactMap({ $0 }) + files.map(\.path) {
    var bytes = try contents(from + "/" + path)
    let target = folder + "/" + path
    try manager.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    if let file = files.first(where: { $0.path == path }), !path.hasSuffix(".xml") {
      let rows = try rows(of: bytes, in: file.encoding)
      bytes = isOld ? SheetFiles(rows: rows).spreadsheetML : SheetFiles(rows: rows).xlsx
      isOld.toggle()
    }
    try bytes.write(to: URL(filePath: target))
  }
}

/// The cells of a CSV file, blank lines included.
private func rows(of bytes: Data, in encoding: String) throws -> [[String]] {
  let text: String? =
    switch encoding {
    case "gb18030": String(data: bytes, encoding: String.Encoding(rawValue: 0x8000_0632))
    case let name where name.hasPrefix("utf-16"): String(data: bytes, encoding: .utf16)
    default: String(data: bytes, encoding: .utf8)
    }
  guard let text else { throw CocoaError(.fileReadInapplicableStringEncoding) }
  let utf8 = Array(text.utf8)
  let separators: [UInt8] = [0x2C, 0x09, 0x3B]
  let separator = separators.max { left, right in
    utf8.count { $0 == left } < utf8.count { $0 == right }
  }
  var rows: [[String]] = []
  for record in separatedRecords(of: utf8, separator: separator ?? 0x2C) {
    while rows.count < record.line - 1 { rows.append([]) }
    rows.append(record.fields)
  }
  return rows
}

private func contents(_ path: String) throws -> Data {
  guard let bytes = FileManager.default.contents(atPath: path) else {
    throw CocoaError(.fileReadNoSuchFile)
  }
  return bytes
}

/// Rows of a CSV file as workbooks of two kinds, with numbers and dates as office programs keep
/// them.
package struct SheetFiles {
  var rows: [[String]]

  package init(rows: [[String]]) { self.rows = rows }

  /// A workbook of 2003.
  var spreadsheetML: Data {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table>
      """
    for (index, row) in rows.enumerated() where !row.allSatisfy(\.isEmpty) {
      text += "<Row ss:Index=\"\(index + 1)\">"
      for (column, cell) in row.enumerated() where !cell.isEmpty {
        let (type, value): (String, String) =
          switch Kind(cell) {
          case .text: ("String", escaped(cell))
          case .number: ("Number", cell)
          case .date: ("DateTime", cell + "T00:00:00.000")
          }
        text += "<Cell ss:Index=\"\(column + 1)\"><Data ss:Type=\"\(type)\">\(value)</Data></Cell>"
      }
      text += "</Row>\n"
    }
    return Data((text + "</Table></Worksheet></Workbook>\n").utf8)
  }

  /// A workbook (.xlsx) with shared texts.
  package var xlsx: Data {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var shared: [String] = []
    var sheet = "<worksheet><sheetData>"
    for (index, row) in rows.enumerated() where !row.allSatisfy(\.isEmpty) {
      sheet += "<row r=\"\(index + 1)\">"
      var isGap = true
      for (column, cell) in row.enumerated() {
        guard !cell.isEmpty else {
          isGap = true
          continue
        }
        // The place may be left out next to a cell, and is not where a cell is missing.
        let place = isGap ? " r=\"\(letters(column))\(index + 1)\"" : ""
        isGap = false
        switch Kind(cell) {
        case .text:
          sheet += "<c\(place) t=\"s\"><v>\(shared.count)</v></c>"
          shared.append("<si><t xml:space=\"preserve\">\(escaped(cell))</t></si>")
        case .number: sheet += "<c\(place)><v>\(cell)</v></c>"
        case .date(let day): sheet += "<c\(place) s=\"1\"><v>\(day)</v></c>"
        }
      }
      sheet += "</row>"
    }
    func related(_ id: String, _ kind: String, _ target: String) -> String {
      "<Relationship Id=\"\(id)\" Type=\"\(kinds)/\(kind)\" Target=\"\(target)\"/>"
    }
    var zip = Zip()
    zip.add(
      "_rels/.rels",
      "<Relationships>\(related("r", "officeDocument", "xl/workbook.xml"))</Relationships>")
    zip.add(
      "xl/workbook.xml",
      "<workbook xmlns:r=\"\(kinds)\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
    )
    zip.add(
      "xl/_rels/workbook.xml.rels",
      "<Relationships>\(related("s", "worksheet", "sheet.xml") + related("t", "sharedStrings", "texts.xml") + related("f", "styles", "styles.xml"))</Relationships>"
    )
    zip.add("xl/sheet.xml", sheet + "</sheetData></worksheet>")
    zip.add("xl/texts.xml", "<sst>\(shared.joined())</sst>")
    zip.add(
      "xl/styles.xml",
      "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>")
    return zip.data
  }

  /// What an office program makes of a text that is typed into a cell.
  private enum Kind {
    case text, number
    case date(Int)

    init(_ cell: String) {
      if cell.wholeMatch(of: /(0|[1-9][0-9]{0,14})(\.[0-9]{1,2})?/) != nil, cell.utf8.count < 16 {
        self = .number
      } else if let day = Kind.day(cell) {
        self = .date(day)
      } else {
        self = .text
      }
    }

    /// The day's number, counted from 1900.
    private static func day(_ cell: String) -> Int? {
      guard cell.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil,
        let date = try? Date(cell + "T00:00:00Z", strategy: .iso8601)
      else { return nil }
      let day = Int((date.timeIntervalSince1970 / 86_400).rounded()) + 25_569
      return day > 60 ? day : nil
    }
  }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  private func letters(_ column: Int) -> String {
    let last = String(UnicodeScalar(UInt8(65 + column % 26)))
    return column < 26 ? last : letters(column / 26 - 1) + last
  }
}

/// A zip file of files that are stored as they are.
private struct Zip {
  private var files: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  mutating func add(_ name: String, _ text: String) {
    let (data, path) = (Array(text.utf8), Array(name.utf8))
    var entry = little(20, 2) + little(0, 6) + little(33, 2) + little(Int(checkSum(data)), 4)
    entry += little(data.count, 4) + little(data.count, 4) + little(path.count, 2) + little(0, 2)
    directory += [0x50, 0x4B, 1, 2] + little(20, 2) + entry + little(0, 10)
    directory += little(files.count, 4) + path
    files += [0x50, 0x4B, 3, 4] + entry + path + data
    count += 1
  }

  var data: Data {
    var end: [UInt8] = [0x50, 0x4B, 5, 6] + little(0, 4) + little(count, 2) + little(count, 2)
    end += little(directory.count, 4) + little(files.count, 4) + little(0, 2)
    return Data(files + directory + end)
  }

  private func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private func checkSum(_ data: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in data {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }
}
