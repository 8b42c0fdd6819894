import Fields
import Foundation
import Surroundings
import Testing

@testable import Intake

/// All rows by the fast scanner, fed in pieces; nil where a quote is never closed.
private func scanned(_ bytes: [UInt8], piece: Int) -> [SeparatedRecord]? {
  var scanner = CSVScanner(separator: UInt8(ascii: ","))
  var records: [SeparatedRecord] = []
  var fed = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var isLast = false
  while true {
    switch scanner.next(isLast: isLast) {
    case .row:
      let fields = scanner.cells.map {
        String(decoding: scanner.window[Int($0.start)..<Int($0.end)], as: UTF8.self)
      }
      if fields != [""] { records.append(SeparatedRecord(line: scanner.rowLine, fields: fields)) }
    case .needsMore:
      var kept: [CellRange] = []
      scanner.discardRead(keeping: &kept)
      let end = min(bytes.count, fed + piece)
      scanner.window.append(contentsOf: bytes[fed..<end])
      fed = end
      isLast = fed == bytes.count
    case .unclosedQuote: return nil
    case .end: return records
    }
  }
}

@Suite("Rows and cells of CSV")
struct CSVScannerTests {
  @Test(
    "means the same as the plain reader, wherever the pieces are cut",
    arguments: [
      "", "a", "a,b", "a,b\n", "a,b\r\nc,d\r\n", "a\rb\rc", "\n\na\n\n", "\"a\"", "\"a,b\",c\n",
      "\"a\nb\",c\r\n1,2", "\"a\"\"b\",\"\"\"\"\n", "a\"b,c\"\n", "\"a\"b\"c,d\n", ",,\n,",
      "\"\"\n",
      "\"a\r\nb\"\r\n\"c\rd\",\"e\"\"\r\"\n", "\u{FEFF}名称,代码\n洛阳,1\n", "a,\"b\"", "a,\"\"", "a,",
    ])
  func pieces(text: String) {
    let bytes = Array(text.utf8)
    let expected = separatedRecords(of: bytes)
    for piece in 1...max(1, bytes.count) {
      #expect(scanned(bytes, piece: piece) == expected, "pieces of \(piece)")
    }
  }

  @Test("means the same as the plain reader on bytes of chance")
  func chance() {
    let alphabet = Array(",,\n\r\"\"ab".utf8)
    var random = SplitMix(state: 7)
    var compared = 0
    for _ in 0..<3000 {
      let bytes = (0..<Int(random.next() % 24)).map { _ in
        alphabet[Int(random.next() % UInt64(alphabet.count))]
      }
      let piece = 1 + Int(random.next() % 9)
      guard let records = scanned(bytes, piece: piece) else { continue }
      compared += 1
      let text = String(decoding: bytes, as: UTF8.self).debugDescription
      #expect(records == separatedRecords(of: bytes), "\(text), pieces of \(piece)")
    }
    #expect(compared > 1000)
  }

  @Test(
    "reads the files of csv-spectrum as they must be read, and as the plain reader does",
    .enabled(if: Surroundings.suite("csv-spectrum") != nil, "\(Surroundings.noSuite)"))
  func spectrum() throws {
    let folder = try #require(Surroundings.suite("csv-spectrum"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/csvs").sorted()
    #expect(names.count >= 12)
    for name in names {
      let bytes = Array(try Data(contentsOf: folder.appending(path: "csvs/" + name)))
      let records = try #require(scanned(bytes, piece: bytes.count))
      for piece in [1, 2, 3, 7] { #expect(scanned(bytes, piece: piece) == records, "\(name)") }
      #expect(separatedRecords(of: bytes) == records, "\(name)")
      // Its JSON names another telephone number than the file.
      if name == "location_coordinates.csv" { continue }
      let json = try Data(
        contentsOf: folder.appending(path: "json/" + name.replacing(".csv", with: ".json")))
      // A file of one row has an object instead of a list.
      let one = try? JSONDecoder().decode([String: String].self, from: json)
      let expected =
        try one.map { [$0] } ?? JSONDecoder().decode([[String: String]].self, from: json)
      let header = try #require(records.first).fields
      let rows = records.dropFirst().map { record in
        Dictionary(uniqueKeysWithValues: zip(header, record.fields))
      }
      // Copies of the suite differ in how the lines of its files end.
      func unified(_ rows: [[String: String]]) -> [[String: String]] {
        rows.map { row in row.mapValues { $0.replacing("\r\n", with: "\n") } }
      }
      #expect(unified(rows) == unified(expected), "\(name)")
    }
  }

  @Test("says where a quote begins that is never closed")
  func unclosed() {
    var scanner = CSVScanner(separator: UInt8(ascii: ","))
    scanner.window = Array("a,b\n\"x\ny\",\"z\n".utf8)
    #expect(scanner.next(isLast: true) == .row)
    #expect(scanner.next(isLast: true) == .unclosedQuote(line: 3))
  }

  @Test("counts the cells of a row of a hundred thousand, and keeps ten thousand")
  func manyCells() {
    var scanner = CSVScanner(separator: UInt8(ascii: ","))
    scanner.window = [UInt8](repeating: UInt8(ascii: ","), count: 100_000)
    #expect(scanner.next(isLast: true) == .row)
    #expect(scanner.cellCount == 100_001)
    #expect(scanner.cells.count == CSVScanner.mostCells)
  }
}

/// Numbers that look like chance and are the same every time.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
