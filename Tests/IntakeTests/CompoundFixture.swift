import Foundation

/// A compound file of streams that are named and hold little or nothing, for tests to damage.
struct CompoundFixture {
  /// Names at the top.
  var names: [String]
  /// 9 or 12.
  var sectorShift = 9
  var storages: Set<String> = []
  /// What the first stream holds; others have 7 bytes that stand nowhere.
  var content: [UInt8] = []

  private let none: UInt32 = 0xFFFF_FFFF
  private let end: UInt32 = 0xFFFF_FFFE

  init(
    names: [String], sectorShift: Int = 9, storages: Set<String> = [], content: [UInt8] = []
  ) {
    self.names = names
    self.sectorShift = sectorShift
    self.storages = storages
    self.content = content
  }

  /// Header, one sector of allocation table, then the directory and the first stream.
  var bytes: [UInt8] {
    let size = 1 << sectorShift
    let first = (128 * (names.count + 1) + size - 1) / size + 1
    var directory = entry("Root Entry", kind: 5, right: none, child: names.isEmpty ? none : 1)
    for (index, name) in names.enumerated() {
      let isLast = index + 1 == names.count
      let holds = index == 0 && !content.isEmpty
      directory += entry(
        name, kind: storages.contains(name) ? 1 : 2, right: isLast ? none : UInt32(index + 2),
        child: none, start: holds ? UInt32(first) : 0, size: holds ? paddedSize : 7)
    }
    while directory.count % size != 0 { directory.append(0) }
    var stream = content
    if !stream.isEmpty {
      stream += [UInt8](repeating: 0, count: paddedSize - stream.count)
      while stream.count % size != 0 { stream.append(0) }
    }
    var table = word(0xFFFF_FFFD)
    for sectors in [directory.count / size, stream.count / size] where sectors > 0 {
      for sector in 0..<sectors {
        table += word(sector + 1 == sectors ? end : UInt32(table.count / 4 + 1))
      }
    }
    while table.count < size { table.append(0xFF) }
    return header + table + directory + stream
  }

  /// Shorter streams lie elsewhere.
  private var paddedSize: Int { max(content.count, 4096) }

  private var header: [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 16)
    bytes += [0x3E, 0, sectorShift == 9 ? 3 : 4, 0, 0xFE, 0xFF, UInt8(sectorShift), 0, 6, 0]
    bytes += [UInt8](repeating: 0, count: 10)
    bytes += word(1) + word(1) + word(0) + word(4096) + word(end) + word(0)
    bytes += word(end) + word(0) + word(0)
    while bytes.count < 1 << sectorShift { bytes.append(bytes.count < 512 ? 0xFF : 0) }
    return bytes
  }

  private func entry(
    _ name: String, kind: UInt8, right: UInt32, child: UInt32, start: UInt32 = 0, size: Int = 7
  ) -> [UInt8] {
    var bytes: [UInt8] = name.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let length = bytes.count + 2
    bytes += [UInt8](repeating: 0, count: 64 - bytes.count)
    bytes += [UInt8(length), 0, kind, 1] + word(none) + word(right) + word(child)
    bytes += [UInt8](repeating: 0, count: 36) + word(start) + word(UInt32(size)) + word(0)
    return bytes
  }

  private func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
}
