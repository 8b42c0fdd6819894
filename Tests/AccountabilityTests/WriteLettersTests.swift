import Deliveries
import Foundation
import Requests
import Tables
import Testing

@testable import Accountability

@Suite("Letters of a ranking of the example delivery")
struct WriteLettersTests {
  private func asked(_ target: String, where condition: String? = nil) -> AskedLetters {
    var asked = AskedLetters(rubric: "contract-credit")
    asked.target = target
    asked.condition = condition
    return asked
  }

  private let request = Samples.request("example-2018q3", reports: Samples.report(""))
  private let run = Samples.delivery("example-2018q3")

  /// The subjects in the order of the published ranking.
  private func ranking() throws -> [String] {
    let csv = try String(
      contentsOfFile: Samples.report("example-2018q3/rankings/contract-credit.csv"), encoding: .utf8
    )
    let rows = csv.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let column = try #require(rows.first?.firstIndex { $0.hasSuffix("subject") })
    return rows.dropFirst().map { String($0[column]) }
  }

  @Test("stand in its order on one page, without the annex")
  func page() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/all.html"
      let written = try await writeLetters(ofRun: run, asked(path), request: request)
      let page = try String(contentsOfFile: path, encoding: .utf8)
      let subjects = try ranking()
      #expect(written.count == subjects.count && written.undecided == 0)
      #expect(page.ranges(of: "<article>").count == subjects.count)
      let named = page.matches(of: /<p class="to">(?:[^<]*<code>)?([^<]+)</).map { String($0.1) }
      #expect(named == subjects)
      #expect(!page.contains("附：逐项依据"))
    }
  }

  @Test("are a file a subject in a folder, of those for whom the condition holds")
  func folder() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/letters"
      let written = try await writeLetters(
        ofRun: run, asked(path, where: "district == '410303'"), request: request)
      let files = try FileManager.default.contentsOfDirectory(atPath: path)
      #expect(files.count == written.count && !files.isEmpty)
      let subjects = try ranking()
      #expect(written.count < subjects.count)
      #expect(files.allSatisfy { subjects.contains(String($0.dropLast(5))) })
      let one = try #require(files.first)
      let page = try String(contentsOfFile: "\(path)/\(one)", encoding: .utf8)
      #expect(page.contains(String(one.dropLast(5))))
    }
  }

  @Test("are refused, and nothing is written, where rubric or condition are wrong")
  func refusal() async throws {
    try await withTemporaryFolder { folder in
      var wrong = asked(folder + "/new")
      wrong.rubric = "stars"
      for asked in [
        wrong, asked(folder + "/new", where: "distrikt == '410303'"),
        asked(folder + "/new", where: "district == '999999'"),
      ] {
        let failure = await #expect(throws: RunFailure.self) {
          try await writeLetters(ofRun: run, asked, request: request)
        }
        #expect(failure?.exitStatus == 2)
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/new"))
    }
  }
}
