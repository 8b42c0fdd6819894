import Foundation
import Glibc
import Tables
import Testing

@Suite struct WholeFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "whole-file-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test(
    "a file is read whole, at every size about that of a piece",
    arguments: [
      0, 1, 4095, 4096, 4097, 1 << 17, 1 << 17 + 1,
    ])
  func sizes(size: Int) throws {
    let path = folder.appending(path: "\(size)").path
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    try Data(bytes).write(to: URL(filePath: path))
    #expect(try wholeFile(path) == bytes)
  }

  @Test("a file whose length the system does not know is read to its end")
  func unknownLength() throws {
    let bytes = try wholeFile("/proc/self/status")
    #expect(String(decoding: bytes, as: UTF8.self).contains("VmRSS"))
  }

  @Test("what is no file is told apart from what is not there")
  func noFile() throws {
    let pipe = folder.appending(path: "pipe").path
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(throws: SystemFailure(code: EINVAL)) { try wholeFile(pipe) }
    #expect(throws: SystemFailure(code: EISDIR)) { try wholeFile(folder.path) }
    let missing = #expect(throws: SystemFailure.self) { try wholeFile(folder.path + "/none") }
    #expect(missing?.isGone == true)
  }

  @Test("a name that reads like an escape is what it says, and one as listed is found again")
  func escapes() throws {
    let own = folder.appending(path: #"\xCF"#)
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try Data("1".utf8).write(to: own.appending(path: "a"))
    #expect(try wholeFile(own.path + "/a") == Array("1".utf8))
    let listed = try folderNames(folder.path)
    #expect(listed == [#"\x5CxCF"#])
    #expect(try wholeFile(shown: folder.path + "/" + listed[0] + "/a") == Array("1".utf8))
  }

  @Test("a call that a signal interrupts is made again, and another fault is not")
  func interrupted() {
    var calls = 0
    let outcome: Int32 = uninterrupted {
      calls += 1
      errno = calls < 3 ? EINTR : EIO
      return -1
    }
    #expect(outcome == -1 && errno == EIO && calls == 3)
  }
}
