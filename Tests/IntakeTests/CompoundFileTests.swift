import Foundation
import Testing

@testable import Intake

@Suite("A compound file")
struct CompoundFileTests {
  private func streams(_ bytes: [UInt8]) throws -> [CompoundEntry]? {
    let folder = try Folder(["a": bytes])
    return compoundStreams(folder.path + "/a")
  }

  @Test(
    "is known by the streams at its top",
    arguments: [
      (["Workbook", "\u{5}SummaryInformation"], CompoundKind.workbook), (["Book"], .workbook),
      (["WordDocument", "1Table"], .document), (["PowerPoint Document"], .presentation),
      (["EncryptionInfo", "EncryptedPackage"], .locked), (["__properties_version1.0"], .mail),
      (["Contents"], .other), ([], .other),
    ] as [([String], CompoundKind)], [9, 12])
  func kinds(file: (names: [String], kind: CompoundKind), shift: Int) throws {
    let found = try #require(
      try streams(CompoundFixture(names: file.names, sectorShift: shift).bytes))
    #expect(found.map(\.name) == file.names.sorted())
    #expect(found.allSatisfy { $0.size == 7 && !$0.isStorage })
    #expect(CompoundKind(found) == file.kind)
  }

  @Test("tells storages from streams, and a directory of several sectors is read whole")
  func many() throws {
    let names = (0..<50).map { "s\($0)" }
    let found = try #require(
      try streams(CompoundFixture(names: names, storages: ["s7"]).bytes))
    #expect(Set(found.map(\.name)) == Set(names))
    #expect(found.filter(\.isStorage) == [CompoundEntry(name: "s7", isStorage: true, size: 0)])
  }

  @Test("that goes in circles, is cut or lies about itself is no compound file, in bounded time")
  func damaged() throws {
    let sound = CompoundFixture(names: ["Workbook", "a", "b", "c", "d"]).bytes
    // The second sector of the directory is followed by the first.
    var circle = sound
    circle.replaceSubrange(512 + 8..<512 + 12, with: [1, 0, 0, 0])
    // A node of the tree is its own sibling.
    var tree = sound
    tree.replaceSubrange(1024 + 128 + 0x48..<1024 + 128 + 0x4C, with: [1, 0, 0, 0])
    var shift = sound
    shift[0x1E] = 60
    var far = sound
    far.replaceSubrange(0x30..<0x34, with: [0xF0, 0xFF, 0xFF, 0xEF])
    for bytes in [
      circle, tree, shift, far, Array(sound.dropLast(300)), Array(sound.prefix(100)), [],
      Array("PK\u{3}\u{4}".utf8),
    ] {
      #expect(try streams(bytes) == nil)
    }
    #expect(compoundStreams("/nowhere/at all") == nil)
  }

  @Test("with any byte changed is read or refused")
  func drawn() throws {
    let sound = CompoundFixture(names: ["Workbook", "a", "b", "c", "d"]).bytes
    for index in stride(from: 0, to: sound.count, by: 13) {
      var bytes = sound
      bytes[index] ^= 0xFF
      let found = try streams(bytes)
      #expect((found?.count ?? 0) <= 10)
    }
  }
}
