import Deliveries
import Foundation
import Requests
import Tables
import Testing

@testable import Accountability

@Suite("Printing to PDF")
struct PrintPageTests {
  @Test("says what to do where there is no browser")
  func missing() throws {
    let failure = #expect(throws: RunFailure.self) {
      try Printer(for: "out/all.pdf", path: "/nowhere:/nowhere/else")
    }
    #expect(failure?.exitStatus == 2)
    #expect(failure?.messages.first?.en.contains("write --out out/all.html") == true)
    #expect(failure?.messages.first?.zh.contains("请写 --out out/all.html") == true)
  }

  @Test("fails where the browser prints nothing", arguments: ["true", "false"])
  func failing(program: String) async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/chromium", withDestinationPath: "/bin/\(program)")
      let printer = try Printer(for: "all.pdf", path: folder)
      let failure = #expect(throws: RunFailure.self) {
        try printer.print(folder + "/a.html", to: folder + "/a.pdf", folder: folder + "/own")
      }
      #expect(failure?.exitStatus == 1)
    }
  }
}
