import Foundation

/// A zip file of files that are stored as they are.
struct StoredZip {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// - Parameters:
  ///   - flags: of the entry; bit 0 says that it is encrypted.
  ///   - claimed: the size to claim instead of the true one.
  mutating func add(_ name: String, _ text: String, flags: UInt16 = 0, claimed: Int? = nil) {
    let (data, path) = (Array(text.utf8), Array(name.utf8))
    var entry: [UInt8] = []
    entry += little(20, 2) + little(Int(flags), 2) + little(0, 2) + little(0, 2) + little(33, 2)
    entry += little(Int(crc(data)), 4)
    entry += little(data.count, 4) + little(claimed ?? data.count, 4)
    entry += little(path.count, 2) + little(0, 2)
    directory += [0x50, 0x4B, 1, 2] + little(20, 2) + entry
    directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(bytes.count, 4)
    directory += path
    bytes += [0x50, 0x4B, 3, 4] + entry + path + data
    count += 1
  }

  var data: Data {
    var end: [UInt8] = [0x50, 0x4B, 5, 6] + little(0, 4)
    end += little(count, 2) + little(count, 2)
    end += little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
    return Data(bytes + directory + end)
  }

  private func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private func crc(_ data: [UInt8]) -> UInt32 {
    var result: UInt32 = 0xFFFF_FFFF
    for byte in data {
      result ^= UInt32(byte)
      for _ in 0..<8 { result = result & 1 == 1 ? result >> 1 ^ 0xEDB8_8320 : result >> 1 }
    }
    return ~result
  }
}

/// The parts of a small workbook, to be changed by a test.
struct WorkbookFixture {
  static let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  var parts: [(name: String, text: String)]

  /// - Parameter sheet: what stands in the only sheet's `worksheet` element.
  init(_ sheet: String, shared: String = "", styles: String = "", book: String = "") {
    parts = [
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"\(Self.kinds)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(Self.kinds)\">\(book)<sheets><sheet name=\"甲 &amp; 乙\" sheetId=\"1\" r:id=\"s1\"/><sheet name=\"藏\" sheetId=\"2\" state=\"veryHidden\" r:id=\"s1\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"s1\" Type=\"\(Self.kinds)/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s2\" Type=\"\(Self.kinds)/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship Id=\"s3\" Type=\"\(Self.kinds)/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      ("xl/worksheets/sheet1.xml", "<worksheet>\(sheet)</worksheet>"),
      ("xl/sharedStrings.xml", "<sst>\(shared)</sst>"),
      ("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
    ]
  }

  mutating func replace(_ name: String, _ text: String) {
    parts.removeAll { $0.name == name }
    parts.append((name, text))
  }

  var data: Data {
    var zip = StoredZip()
    for part in parts { zip.add(part.name, part.text) }
    return zip.data
  }
}
