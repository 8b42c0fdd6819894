import Fields
import Foundation
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
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3 + whole.count) }
        try file.write(bytes)
        whole += bytes
      }
      let (bytes, digest) = file.finish()
      #expect(bytes == whole.count)
      #expect(digest == sha256(whole))
      #expect([UInt8](try Data(contentsOf: URL(filePath: "\(folder)/table.csv"))) == whole)
    }
  }
}
