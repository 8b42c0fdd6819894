import Deliveries
import Foundation
import Surroundings
import Testing

/// A few cases of each of the cheaper parts of `make faults`, upon the program as it was built for
/// these tests; `Tests/Faults/README.md` says what is done and what must be.
@Suite("Faults from outside", .serialized)
struct FaultsTests {
  static let python = Surroundings.program("python3")
  static let compiler = Surroundings.program("clang", "cc")

  @Test(
    "leave neither half a run nor a wrong balance",
    .enabled(if: python != nil, "python3 not found"),
    .enabled(if: compiler != nil, "clang or cc not found"),
    arguments: ["kills", "damages", "races"])
  func survived(part: String) async throws {
    try await withTemporaryFolder { folder in
      let machinery = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Faults/faults.py").path
      let program = try besideTests("heng").path
      let outcome = try outcome(
        of: URL(filePath: Self.python ?? ""),
        [
          machinery, part, "--quick", "--minutes", "0.1", "--jobs", "2", "--heng", program,
          "--place", folder + "/faults",
        ], input: "", in: folder)
      let details = try? String(
        contentsOfFile: "\(folder)/faults/details/\(part).txt", encoding: .utf8)
      #expect(outcome.status == 0, "\(outcome.out)\(outcome.errors)\(details ?? "")")
      #expect(outcome.out.hasPrefix(part + ": tried "), "\(outcome.out)")
      #expect(!outcome.out.hasPrefix(part + ": tried 0,"), "\(outcome.out)")
    }
  }
}
