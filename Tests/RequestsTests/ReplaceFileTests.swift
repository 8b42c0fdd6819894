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

  @Test("are put in their places all or none, whichever of them cannot be")
  func together() async throws {
    for fault in 0...3 {
      try await withTemporaryFolder { folder in
        try write(Data("old".utf8), to: folder + "/b")
        // A file cannot stand where a folder does; the last time there is none.
        let names = ["a", "b", "c"]
        if fault < 3 {
          try? FileManager.default.removeItem(atPath: folder + "/" + names[fault])
          try FileManager.default.createDirectory(
            atPath: folder + "/" + names[fault], withIntermediateDirectories: false)
        }
        let before = try published(in: folder)
        do throws(RunFailure) {
          try replaceFiles(names.map { NewFile("\(folder)/\($0)", of: Data("new".utf8)) })
          #expect(fault == 3)
        } catch {
          #expect(fault < 3 && error.messages.first?.en.contains("/\(names[fault]): ") == true)
        }
        let expected =
          fault < 3
          ? before : ["a": Data("new".utf8), "b": Data("new".utf8), "c": Data("new".utf8)]
        #expect(try published(in: folder) == expected)
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
