import Foundation
import StoredZips
import Testing

@testable import Archives

@Suite("Zip files")
struct ZipFileTests {
  private func with(_ bytes: Data, _ body: (_ path: String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "archives-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try bytes.write(to: URL(filePath: path))
    try body(path)
  }

  private func text(_ zip: borrowing ZipFile, _ index: Int) throws(ZipFault) -> String {
    var bytes: [UInt8] = []
    try zip.read(index) { piece in
      for index in piece.indices { bytes.append(piece[index]) }
      return true
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("hold files by name and size, of which the text is given in pieces")
  func read() throws {
    var stored = StoredZip()
    let long = String(repeating: "洛阳", count: 50_000)
    stored.add("a/甲.xml", "<a/>")
    stored.add("b", long)
    stored.add("locked", "x", flags: 1)
    try with(stored.data) { path in
      let zip = try ZipFile(path)
      #expect(zip.count == 3)
      #expect(
        try zip.entry(0)
          == ZipFile.Entry(name: "a/甲.xml", size: 4, packedSize: 4, isEncrypted: false))
      #expect(try zip.entry(2).isEncrypted)
      #expect(try text(zip, 0) == "<a/>")
      #expect(try text(zip, 1) == long)
      var pieces = 0
      try zip.read(1) { _ in
        pieces += 1
        return pieces < 2
      }
      #expect(pieces == 2)
    }
  }

  @Test("are damaged where a file has another size or check sum than they state")
  func damaged() throws {
    for claimed in [3, 9] {
      var lying = StoredZip()
      lying.add("a", "12345", claimed: claimed)
      try with(lying.data) { path in
        let fault = #expect(throws: ZipFault.self) { try text(ZipFile(path), 0) }
        guard case .damaged("a", _) = fault else {
          Issue.record("\(String(describing: fault))")
          return
        }
      }
    }
    var stored = StoredZip()
    stored.add("a", "12345")
    var bytes = stored.data
    let place = try #require(bytes.firstRange(of: Data("12345".utf8))?.lowerBound)
    bytes[place] ^= 1
    try with(bytes) { path in
      let fault = #expect(throws: ZipFault.self) { try text(ZipFile(path), 0) }
      guard case .damaged("a", _) = fault else {
        Issue.record("\(String(describing: fault))")
        return
      }
    }
  }

  @Test("are told from what cannot be opened and from what is none")
  func none() throws {
    #expect(throws: ZipFault.unreadable) { _ = try ZipFile("/nowhere/at/all.zip") }
    try with(Data("no zip file at all".utf8)) { path in
      #expect(throws: ZipFault.notZip) { _ = try ZipFile(path) }
    }
  }
}
