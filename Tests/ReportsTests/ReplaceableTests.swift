import Foundation
import Testing

@testable import Reports

@Suite struct ReplaceableTests {
  private func make(_ files: [String: String], in folder: String) throws {
    for (path, text) in files {
      let url = URL(filePath: "\(folder)/\(path)")
      let parent = path.hasSuffix("/") ? url : url.deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      if !path.hasSuffix("/") { try text.write(to: url, atomically: false, encoding: .utf8) }
    }
  }

  @Test(
    "replaces reports of the same id, and what holds no file; nothing else",
    arguments: [
      ([:], true), (["q3/manifest.json": #"{"run": "q3"}"#, "q3/own/notes.txt": ""], true),
      (["q3/": ""], true), (["q3/rankings/": "", "q3/a/b/": ""], true),
      (["q3/letter.odt": ""], false), (["q3/a/b/letter.odt": ""], false), (["q3": "a file"], false),
      (["q3/manifest.json": #"{"run": "q2"}"#], false), (["q3/manifest.json": "{"], false),
      (["q3/manifest.json/inner": ""], false),
    ] as [([String: String], Bool)])
  func replaceable(files: [String: String], isReplaced: Bool) async throws {
    try await withFolder { folder in
      let partial = try makePartial(reports: folder, run: "q3")
      try make(files, in: folder)
      let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      if isReplaced {
        try requireReplaceable(reports: folder, run: "q3")
        try await publish(partial, reports: folder, run: "q3")
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/q3").isEmpty)
      } else {
        let failure = #expect(throws: ReportFailure.self) {
          try requireReplaceable(reports: folder, run: "q3")
        }
        #expect(failure == .notReplaceable("\(folder)/q3", run: "q3"))
        await #expect(throws: ReportFailure.self) {
          try await publish(partial, reports: folder, run: "q3")
        }
        #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == before)
      }
    }
  }

  @Test("does not take a link for the folder it leads to")
  func link() async throws {
    try await withFolder { folder in
      try make(["elsewhere/manifest.json": #"{"run": "q3"}"#], in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/q3", withDestinationPath: "\(folder)/elsewhere")
      #expect(throws: ReportFailure.self) { try requireReplaceable(reports: folder, run: "q3") }
    }
  }

  @Test(
    "removes unfinished reports, and nothing that only has their name",
    arguments: [
      (["rankings/a.csv": "", "index.html": "", "data/": ""], true),
      (["meeting/tmp.xabFe6zo88": "", "tmp.xwho1": ""], true), (["meeting/tmp.": ""], false),
      (["manifest.json": #"{"run": "q3"}"#, "own.txt": ""], true), (["letter.odt": ""], false),
      (["papers/a.csv": ""], false), (["rankings/2018/a.csv": ""], false),
    ] as [([String: String], Bool)])
  func unfinished(files: [String: String], isRemoved: Bool) async throws {
    try await withFolder { folder in
      try make(files, in: "\(folder)/.q3.partial")
      if isRemoved {
        let partial = try makePartial(reports: folder, run: "q3")
        #expect(try FileManager.default.contentsOfDirectory(atPath: partial).isEmpty)
      } else {
        #expect(throws: ReportFailure.self) { try makePartial(reports: folder, run: "q3") }
        for path in files.keys {
          #expect(FileManager.default.fileExists(atPath: "\(folder)/.q3.partial/\(path)"))
        }
      }
    }
  }

  @Test("does not take the unfinished reports of a run “q3.replaced” for those that “q3” had")
  func alike() async throws {
    try await withFolder { folder in
      let other = try makePartial(reports: folder, run: "q3.replaced")
      try make(["index.html": "half"], in: other)
      _ = try makePartial(reports: folder, run: "q3")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/q3"))
      #expect(FileManager.default.fileExists(atPath: "\(other)/index.html"))
    }
  }
}
