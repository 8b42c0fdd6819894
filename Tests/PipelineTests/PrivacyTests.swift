import Deliveries
import Foundation
import Pipeline
import Testing

/// Identity numbers of persons are in the sample deliveries; they must be nowhere else.
@Suite("Identity numbers of persons")
struct PrivacyTests {
  @Test(
    "are in no report, and no ledger", arguments: ["example-2018q3", "luoyang-2018q3"])
  func nowhere(name: String) async throws {
    let numbers = try identityNumbers(in: Samples.delivery(name))
    #expect(!numbers.isEmpty)
    try await withTemporaryFolder { reports in
      let run = try await run(Samples.request(name, reports: reports))
      var files = try published(in: run.folder)
      files["ledger"] = FileManager.default.contents(atPath: reports + "/ledger.sqlite")
      for (path, bytes) in files {
        // All begin with the division; what stands there is looked up, as files are large.
        var rest = bytes.startIndex..<bytes.endIndex
        while let found = bytes.range(of: Data("410399".utf8), in: rest) {
          let number = String(decoding: bytes[found.lowerBound...].prefix(18), as: UTF8.self)
          #expect(!numbers.contains(number), "\(path) shows \(number)")
          rest = found.upperBound..<bytes.endIndex
        }
      }
    }
  }

  /// Numbers of the unassigned division 410399, as the samples carry them, in any encoding that
  /// keeps digits as bytes; UTF-16 is read with its zero bytes left out.
  private func identityNumbers(in folder: String) throws -> Set<String> {
    var numbers: Set<String> = []
    for bytes in try published(in: folder).values {
      let text = String(decoding: bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self)
      for match in text.matches(of: /410399(19|20)[0-9]{9}[0-9X]/) {
        numbers.insert(String(match.output.0))
      }
    }
    return numbers
  }
}
