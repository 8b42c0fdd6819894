import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("The entries of a delivery folder")
struct DeliveredFilesTests {
  private func folder(_ names: [String], _ make: (String) -> Void = { _ in }) throws -> Folder {
    let folder = try Folder(Dictionary(uniqueKeysWithValues: names.map { ($0, Array("x".utf8)) }))
    make(folder.path)
    return folder
  }

  @Test("are all read, set aside or refused, but for the run's own")
  func accounted() throws {
    let folder = try folder([
      "run.yaml", "secret.key", "README.md", "a.csv", "b/1.xml", "b/run.yaml", ".hidden.csv",
      "Thumbs.db", "__MACOSX/._a.csv", "~$ledger.xlsx", "c.csv.part", "old/a.csv", "keep.txt",
    ])
    let found = try DeliveredFiles(
      in: folder.path, digestKey: "secret.key",
      setAside: [PathPattern("old", line: 7), PathPattern("*.doc", line: 8)])
    #expect(found.paths == [".hidden.csv", "a.csv", "b/1.xml", "b/run.yaml", "keep.txt"])
    #expect(
      found.aside.map { "\($0.path) \($0.reason.rawValue)" } == [
        "README.md note", "Thumbs.db litter", "__MACOSX/ litter", "old/ decided",
        "~$ledger.xlsx open-elsewhere",
      ])
    #expect(found.aside[4].what.en.contains("somebody has “ledger.xlsx” open"))
    #expect(found.refused.map(\.kind) == [.unrecognised])
    #expect(found.refused[0].messages[0].en.hasPrefix("c.csv.part:1:1: "))
    #expect(found.unused.map(\.line) == [8])
  }

  @Test("that are links, pipes, sockets or closed folders are refused by name, and nothing waits")
  func closed() throws {
    let folder = try folder(["a.csv"]) { path in
      _ = unsafe symlink("/etc/passwd", path + "/link.csv")
      _ = unsafe mkfifo(path + "/pipe.csv", 0o600)
      _ = unsafe symlink("a.csv", path + "/decided.csv")
    }
    let found = try DeliveredFiles(
      in: folder.path, setAside: [PathPattern("decided.*", line: 1)])
    #expect(found.paths == ["a.csv"])
    #expect(found.refused.map(\.kind) == [.closed, .closed])
    let messages = found.refused.flatMap(\.messages).map(\.en).sorted()
    #expect(messages[0].hasPrefix("link.csv:1:1: it is a symbolic link"))
    #expect(messages[1].hasPrefix("pipe.csv:1:1: it is no file but a pipe"))
    #expect(found.aside.map(\.reason) == [.decided])
  }

  @Test("whose names are not UTF-8, folders too, are read and shown with their bytes escaped")
  func otherNames() async throws {
    let text = Array("单位名称,区县\n甲,涧西区\n".utf8)
    let folder = try Folder(["a.csv": text])
    let inner = Array(folder.path.utf8) + Array("/".utf8) + [0xCF, 0xC7, 0xC1]
    for (name, isFolder) in [(inner, true), (inner + Array("/\\x2E.csv".utf8), false)] {
      let path = name.map { CChar(bitPattern: $0) } + [0]
      if isFolder {
        _ = unsafe mkdir(path, 0o700)
      } else {
        let file = unsafe open(path, O_WRONLY | O_CREAT, 0o600)
        let written = unsafe text.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
        #expect(written == text.count)
        close(file)
      }
    }
    let paths = try DeliveredFiles(in: folder.path).paths
    #expect(paths == [#"\xCF\xC7\xC1/\x5Cx2E.csv"#, "a.csv"])
    let delivery = try await take(
      folder.path, files: paths, pack: samplePack(), asOf: asOf, settings: TakeSettings())
    #expect(delivery.files.map(\.accepted) == [1, 1])
    #expect(delivery.records[0].count == 2)
  }

  @Test("that cannot be opened are named, all together with what no profile knows")
  func together() async throws {
    let folder = try folder(["a.csv", "b.csv.tmp"]) { path in
      _ = unsafe symlink("nowhere", path + "/c.csv")
    }
    let found = try DeliveredFiles(in: folder.path)
    var settings = TakeSettings()
    settings.refused = found.refused
    let failure = await #expect(throws: IntakeFailure.self) {
      _ = try await take(
        folder.path, files: found.paths, pack: samplePack(), asOf: asOf, settings: settings)
    }
    #expect(failure?.messages.map { $0.en.prefix(5) } == ["a.csv", "b.csv", "c.csv"])
    #expect(failure?.kind == .closed)
  }
}
