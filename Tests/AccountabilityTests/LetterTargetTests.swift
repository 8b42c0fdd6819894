import Deliveries
import Foundation
import Requests
import Testing

@testable import Accountability

@Suite("Where letters go")
struct LetterTargetTests {
  @Test(
    "is told by the name",
    arguments: [
      ("a/b.html", LetterTarget.page("a/b.html")), ("b.HTM", .page("b.HTM")),
      ("b.pdf", .pdf("b.pdf")), ("letters", .folder("letters")), ("q1.v2", .folder("q1.v2")),
    ])
  func names(path: String, target: LetterTarget) {
    #expect(LetterTarget(path) == target)
    #expect(target.path == path)
  }

  @Test("is no folder in which something stands")
  func free() async throws {
    try await withTemporaryFolder { folder in
      try LetterTarget(folder + "/new").requireFree()
      try FileManager.default.createDirectory(
        atPath: folder + "/empty", withIntermediateDirectories: false)
      try LetterTarget(folder + "/empty").requireFree()
      try Data().write(to: URL(filePath: folder + "/file"))
      for path in [folder, folder + "/file"] {
        #expect(throws: RunFailure.self) { try LetterTarget(path).requireFree() }
      }
    }
  }
}
