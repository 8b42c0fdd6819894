import Glibc
import Tables

/// A stream or a storage at the top of a compound file.
struct CompoundEntry: Sendable, Equatable {
  var name: String
  /// Whether it holds others, as a folder does.
  var isStorage: Bool
  /// In bytes; 0 for a storage.
  var size: Int
}

/// What an OLE compound file is, by the streams at its top.
enum CompoundKind: Sendable {
  /// A workbook of Excel 5 to 2003, or of WPS (.xls, .et).
  case workbook
  /// Any document of today's Office that has a password.
  case locked
  /// A text of Word or WPS (.doc, .wps).
  case document
  /// Slides (.ppt, .dps).
  case presentation
  /// A mail of Outlook (.msg).
  case mail
  case other

  init(_ entries: [CompoundEntry]) {
    let names = Set(entries.map { $0.name.lowercased() })
    // What is locked has no other stream that says what it is.
    if names.contains("encryptedpackage") || names.contains("encryptioninfo") {
      self = .locked
    } else if names.contains("workbook") || names.contains("book") {
      self = .workbook
    } else if names.contains("worddocument") {
      self = .document
    } else if names.contains("powerpoint document") {
      self = .presentation
    } else if names.contains("__properties_version1.0") {
      self = .mail
    } else {
      self = .other
    }
  }
}

/// The streams and storages at the top of an OLE compound file, in which Office keeps its documents
/// of before 2007 and those with a password; what lies deeper, such as a sheet within a text, is
/// not among them.
///
/// Reads no more than the directory, at most 4 MB of it, and each sector once, whatever the file
/// says of itself. Layout: [MS-CFB].
///
/// - Returns: nil where the file cannot be read, is no compound file, or its directory is damaged.
func compoundStreams(_ path: String) -> [CompoundEntry]? {
  let opened = uninterrupted {
    unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  }
  guard opened >= 0 else { return nil }
  defer { _ = close(opened) }
  return CompoundDirectory(opened)?.top
}

/// Whether a file begins as a compound file does.
///
/// - Parameter path: as `systemPath` reads it.
func isCompound(_ path: String) -> Bool {
  let opened = uninterrupted {
    unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  }
  guard opened >= 0 else { return false }
  defer { _ = close(opened) }
  var head = [UInt8](repeating: 0, count: 8)
  // Safe: no more is read than the buffer holds.
  let count = uninterrupted {
    unsafe head.withUnsafeMutableBytes { unsafe read(opened, $0.baseAddress, $0.count) }
  }
  return looksLikeCompound(head.span.extracting(0..<max(0, count)))
}

/// Whether a file begins as a compound file does.
func looksLikeCompound(_ head: Span<UInt8>) -> Bool {
  head.count >= 4 && head[0] == 0xD0 && head[1] == 0xCF && head[2] == 0x11 && head[3] == 0xE0
}

private struct CompoundDirectory {
  private let descriptor: Int32
  private let header: [UInt8]
  private let sectorSize: Int
  private var entries: [UInt8] = []
  /// Sectors beyond which a directory is not followed.
  private static let mostBytes = 4 << 20
  private static let entrySize = 128

  /// - Parameter descriptor: of a file that stays open as long as this is used.
  init?(_ descriptor: Int32) {
    guard let header = CompoundDirectory.read(descriptor, at: 0, count: 512),
      looksLikeCompound(header.span)
    else { return nil }
    switch header.short(at: 0x1E) {
    case 9: sectorSize = 512
    case 12: sectorSize = 4096
    default: return nil
    }
    self.header = header
    self.descriptor = descriptor
    var sector = header.word(at: 0x30)
    var seen: Set<UInt32> = []
    while sector < CompoundDirectory.lastSector {
      guard entries.count < CompoundDirectory.mostBytes, seen.insert(sector).inserted,
        let bytes = read(sector)
      else { return nil }
      entries += bytes
      guard let next = next(after: sector) else { return nil }
      sector = next
    }
    guard entries.count >= CompoundDirectory.entrySize else { return nil }
  }

  /// Sectors from this number on stand for the end of a chain and the like.
  private static let lastSector: UInt32 = 0xFFFF_FFFA

  /// The children of the root: a tree of which every node is looked at once.
  var top: [CompoundEntry]? {
    var found: [CompoundEntry] = []
    var seen: Set<UInt32> = []
    var waiting = [entries.word(at: 0x4C)]
    while let index = waiting.popLast() {
      guard index != 0xFFFF_FFFF else { continue }
      let start = Int(index) * CompoundDirectory.entrySize
      guard start + CompoundDirectory.entrySize <= entries.count, seen.insert(index).inserted
      else { return nil }
      waiting.append(entries.word(at: start + 0x44))
      waiting.append(entries.word(at: start + 0x48))
      if let entry = entry(at: start) { found.append(entry) }
    }
    return found.sorted { $0.name < $1.name }
  }

  private func entry(at start: Int) -> CompoundEntry? {
    let kind = entries[start + 0x42]
    guard kind == 1 || kind == 2 else { return nil }
    // Its length counts the zero at the end.
    let length = min(max(entries.short(at: start + 0x40) - 2, 0), 62) / 2
    let units = (0..<length).map { UInt16(entries.short(at: start + $0 * 2)) }
    return CompoundEntry(
      name: String(decoding: units, as: UTF16.self), isStorage: kind == 1,
      size: kind == 1 ? 0 : Int(entries.word(at: start + 0x78)))
  }

  /// What the allocation table says of a sector.
  private func next(after sector: UInt32) -> UInt32? {
    let perSector = sectorSize / 4
    guard let table = table(Int(sector) / perSector) else { return nil }
    let bytes = CompoundDirectory.read(
      descriptor, at: offset(table) + Int(sector) % perSector * 4, count: 4)
    return bytes?.word(at: 0)
  }

  /// The sector of a part of the allocation table; the first 109 stand in the header, the others in
  /// sectors of their own.
  private func table(_ index: Int) -> UInt32? {
    guard index >= 109 else { return header.word(at: 0x4C + index * 4) }
    let perSector = sectorSize / 4 - 1
    var left = (index - 109) / perSector
    var sector = header.word(at: 0x44)
    while sector < CompoundDirectory.lastSector, left <= CompoundDirectory.mostBytes / sectorSize {
      guard let bytes = read(sector) else { return nil }
      guard left > 0 else { return bytes.word(at: (index - 109) % perSector * 4) }
      sector = bytes.word(at: perSector * 4)
      left -= 1
    }
    return nil
  }

  private func offset(_ sector: UInt32) -> Int { (Int(sector) + 1) * sectorSize }

  private func read(_ sector: UInt32) -> [UInt8]? {
    CompoundDirectory.read(descriptor, at: offset(sector), count: sectorSize)
  }

  private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    // Safe: no more is read than there is room for.
    let got = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe pread(descriptor, buffer.baseAddress, count, offset)
    }
    return got == count ? bytes : nil
  }
}

extension [UInt8] {
  /// Two bytes, the lower first.
  fileprivate func short(at index: Int) -> Int { Int(self[index]) | Int(self[index + 1]) << 8 }

  /// Four bytes, the lowest first.
  fileprivate func word(at index: Int) -> UInt32 {
    UInt32(short(at: index)) | UInt32(short(at: index + 2)) << 16
  }
}
