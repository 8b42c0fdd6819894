import Foundation
import Testing

@testable import Intake

/// A compound file of streams that are named and hold nothing, for tests to damage.
struct CompoundFixture {
  /// Names at the top; those with a slash lie in a storage of the name before it.
  var names: [String]
  /// 9 or 12.
  var sectorShift = 9
  var storages: Set<String> = []

  /// Header, one sector of allocation table, then the directory.
  var bytes: [UInt8] {
    let size = 1 << sectorShift
    var directory = entry("Root Entry", kind: 5, right: none, child: names.isEmpty ? none : 1)
    for (index, name) in names.enumerated() {
      let isLast = index + 1 == names.count
      directory += entry(
        name, kind: storages.contains(name) ? 1 : 2, right: isLast ? none : UInt32(index + 2),
        child: none)
    }
    while directory.count % size != 0 { directory.append(0) }
    let sectors = directory.count / size
    var table = word(0xFFFF_FFFD)
    for sector in 0..<sectors {
      table += word(sector + 1 == sectors ? 0xFFFF_FFFE : UInt32(sector + 2))
    }
    while table.count < size { table.append(0xFF) }
    return header + table + directory
  }

  private let none: UInt32 = 0xFFFF_FFFF

  private var header: [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 16)
    bytes += [0x3E, 0, sectorShift == 9 ? 3 : 4, 0, 0xFE, 0xFF, UInt8(sectorShift), 0, 6, 0]
    bytes += [UInt8](repeating: 0, count: 10)
    bytes += word(1) + word(1) + word(0) + word(4096) + word(0xFFFF_FFFE) + word(0)
    bytes += word(0xFFFF_FFFE) + word(0) + word(0)
    while bytes.count < 1 << sectorShift { bytes.append(bytes.count < 512 ? 0xFF : 0) }
    return bytes
  }

  private func entry(_ name: String, kind: UInt8, right: UInt32, child: UInt32) -> [UInt8] {
    var bytes: [UInt8] = name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let length = bytes.count + 2
    bytes += [UInt8](repeating: 0, count: 64 - bytes.count)
    bytes += [UInt8(length), 0, kind, 1] + word(none) + word(right) + word(child)
    bytes += [UInt8](repeating: 0, count: 36) + word(0) + word(7) + word(0)
    return bytes
  }

  private func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
}

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
