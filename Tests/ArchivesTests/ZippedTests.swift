import Testing

@testable import Archives

@Suite("Zip files that are made")
struct ZippedTests {
  static let files: [(name: String, bytes: [UInt8])] = [
    ("word/甲.xml", Array("<a/>".utf8)), ("empty", []),
    ("long", Array(repeating: 7, count: 200_000)),
  ]

  @Test("hold the files under their names, in their order, byte for byte")
  func readBack() throws {
    let zip = try ZipFile(bytes: zipped(Self.files, on: (2018, 9, 30)))
    #expect(zip.count == 3)
    for (index, file) in Self.files.enumerated() {
      var bytes: [UInt8] = []
      try zip.read(index) { piece in
        for index in piece.indices { bytes.append(piece[index]) }
        return true
      }
      #expect(try zip.entry(index).name == file.name)
      #expect(bytes == file.bytes)
    }
  }

  @Test("are the same bytes each time, and others on another day")
  func sameBytes() throws {
    let first = try zipped(Self.files, on: (2018, 9, 30))
    #expect(try zipped(Self.files, on: (2018, 9, 30)) == first)
    #expect(try zipped(Self.files, on: (2018, 10, 1)) != first)
    // The day as zip files write it, in the head of the first file.
    #expect(first[10..<14] == [0, 0, 0b001_11110, 0b0100110_1])
  }

  @Test("hold no name twice")
  func twice() {
    #expect(throws: ZipFault.damaged("a", "name")) {
      try zipped([("a", [1]), ("a", [2])], on: (2018, 9, 30))
    }
  }

  @Test("are known from other bytes")
  func notZip() {
    #expect(throws: ZipFault.notZip) { _ = try ZipFile(bytes: Array("no zip".utf8)).count }
  }
}
