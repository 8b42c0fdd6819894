import Fields
import Foundation
import Tables
import Testing

@testable import Reports

@Suite struct OutputFileTests {
  @Test(
    "writes and hashes what it is given, in whatever pieces",
    arguments: [[], [0], [7, 0, 300_000], [256 << 10, 1], [5 << 20, 5 << 20, 11]] as [[Int]])
  func pieces(counts: [Int]) async throws {
    try await withFolder { folder in
      var file = try OutputFile("\(folder)/table.csv")
      var whole: [UInt8] = []
      for count in counts {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3 + whole.count) & 0x7F }
        try file.write(bytes)
        whole += bytes
      }
      let (bytes, digest) = try file.finish()
      #expect(bytes == whole.count)
      #expect(digest == sha256(whole))
      #expect([UInt8](try Data(contentsOf: URL(filePath: "\(folder)/table.csv"))) == whole)
    }
  }

  @Test(
    "fails where the file does not hold what was written",
    arguments: [
      // A small file, a large one of which the beginning was read back before, and its end.
      (1_000, 10), (9 << 20, 5 << 20), (9 << 20, (9 << 20) - 1),
    ])
  func damage(count: Int, place: Int) async throws {
    try await withFolder { folder in
      let path = "\(folder)/table.csv"
      var file = try OutputFile(path)
      try file.write([UInt8](repeating: 0x61, count: count))
      try overwrite(path, at: place, with: [0x62])
      let failure = failure(finishing: file)
      #expect(failure == .damaged(path))
      #expect(failure?.message.en.contains("read back is not what was written") == true)
    }
  }

  @Test("fails where the file is cut or longer", arguments: [0, 999, 1_001])
  func size(length: Int) async throws {
    try await withFolder { folder in
      let path = "\(folder)/table.csv"
      var file = try OutputFile(path)
      try file.write([UInt8](repeating: 0, count: 1_000))
      #expect(unsafe truncate(path, length) == 0)
      let failure = failure(finishing: file)
      #expect(failure == .damaged(path))
    }
  }

  @Test(
    "fails where bytes are no UTF-8, also where a character straddles two writes",
    arguments: [
      ([[0x61, 0xFF]], 1), ([[0xE6, 0xB4], [0x61]], 0), ([[0x61], [0xE6, 0xB4]], 1),
      ([[0xED, 0xA0, 0x80]], 0),
    ] as [([[UInt8]], Int)])
  func text(pieces: [[UInt8]], place: Int) async throws {
    try await withFolder { folder in
      let path = "\(folder)/table.csv"
      #expect(throws: ReportFailure.notText(path, at: place)) {
        var file = try OutputFile(path)
        for piece in pieces { try file.write(piece) }
        _ = try file.finish()
      }
    }
  }

  @Test("takes characters whose bytes come in two writes")
  func straddling() async throws {
    try await withFolder { folder in
      var file = try OutputFile("\(folder)/table.csv")
      for byte in "洛阳（2018）𠮷".utf8 { try file.write([byte]) }
      #expect(try file.finish().bytes == 20)
    }
  }
}

private func failure(finishing file: consuming OutputFile) -> ReportFailure? {
  do throws(ReportFailure) {
    _ = try file.finish()
    return nil
  } catch {
    return error
  }
}

private func overwrite(_ path: String, at place: Int, with bytes: [UInt8]) throws {
  let handle = try FileHandle(forUpdating: URL(filePath: path))
  try handle.seek(toOffset: UInt64(place))
  try handle.write(contentsOf: Data(bytes))
  try handle.close()
}
