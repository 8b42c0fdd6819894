import Deliveries
import Foundation
import Reports
import Requests
import Tables
import Testing

@Suite("Files that are replaced in one step")
struct ReplaceFileTests {
  @Test("are whole, and nothing else is left in their folder")
  func replaced() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/list.csv"
      try write(Data("old".utf8), to: path)
      try write(Data("new".utf8), to: path)
      #expect(try published(in: folder) == ["list.csv": Data("new".utf8)])
    }
  }

  @Test("hold every byte, also those of more than a few megabytes")
  func large() async throws {
    try await withTemporaryFolder { folder in
      let data = Data((0..<(9 << 20)).map { UInt8(truncatingIfNeeded: $0 / 251) })
      // A piece of a larger one begins elsewhere than at 0.
      for part in [data, data[7...], Data()] {
        try write(part, to: folder + "/all.bin")
        #expect(FileManager.default.contents(atPath: folder + "/all.bin") == Data(part))
      }
    }
  }

  @Test("stay as they were where the new one cannot be made")
  func kept() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/list.csv"
      try write(Data("old".utf8), to: path)
      let failure = #expect(throws: RunFailure.self) {
        try replaceFile(path) { (unfinished) throws(ReportFailure) in
          _ = FileManager.default.createFile(atPath: unfinished, contents: Data("half".utf8))
          throw ReportFailure(path: unfinished, message: Bilingual(zh: "磁盘已满", en: "no room"))
        }
      }
      #expect(failure?.messages.first?.en == "\(path): no room")
      #expect(try published(in: folder) == ["list.csv": Data("old".utf8)])
    }
  }
}
