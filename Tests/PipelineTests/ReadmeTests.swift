import Deliveries
import Foundation
import Pipeline
import Requests
import Rulemaking
import Testing

/// The example of the READMEs is complete: its files are taken out of them and run.
@Suite("The rubric of the README")
struct ReadmeTests {
  @Test(
    "checks, runs and gives the ranking that is shown", arguments: ["README.md", "README.zh.md"])
  func example(name: String) async throws {
    let text = try String(contentsOf: Samples.root.appending(path: name), encoding: .utf8)
    let files = Self.files(in: text)
    #expect(files.count == 6)
    try await withTemporaryFolder { folder in
      for (path, content) in files {
        let url = URL(filePath: folder + "/" + path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
      }
      #expect(checkRules(at: folder + "/inputs/rules/kitchens").faults == [])
      let published = try await run(
        Request(
          delivery: folder + "/inputs/kitchens-2024q2", reports: folder + "/reports", jobs: 2,
          started: Date(timeIntervalSince1970: 0)))
      #expect(published.exitStatus == 0)
      let ranking = try String(
        contentsOfFile: folder + "/reports/kitchens-2024q2/rankings/hygiene.csv", encoding: .utf8)
      let shown = try #require(Self.table(in: text))
      #expect(shown == Self.columns(shown[0], of: ranking))
    }
  }

  /// Each fenced block of YAML or CSV whose paragraph names its path as code.
  static func files(in text: String) -> [(path: String, content: String)] {
    var files: [(path: String, content: String)] = []
    var path: String?
    var block: [String]?
    for line in text.components(separatedBy: "\n") {
      if line == "```yaml" || line == "```csv" {
        block = []
      } else if line == "```", let lines = block {
        if let path { files.append((path, lines.joined(separator: "\n") + "\n")) }
        (block, path) = (nil, nil)
      } else if block != nil {
        block?.append(line)
      } else if !line.isEmpty {
        path = line.components(separatedBy: "`").last {
          $0.hasPrefix("inputs/") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".csv"))
            && !$0.contains("NAME")
        }
      }
    }
    return files
  }

  /// The cells of the Markdown table that begins with the column “rank”.
  static func table(in text: String) -> [[String]]? {
    let lines = text.components(separatedBy: "\n")
    guard let first = lines.firstIndex(where: { $0.hasPrefix("| rank |") }) else { return nil }
    let rows = lines[first...].prefix { $0.hasPrefix("|") }
    return rows.filter { !$0.hasPrefix("| ---") }.map { row in
      row.components(separatedBy: "|").dropFirst().dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// Some columns of a published ranking, header first.
  static func columns(_ names: [String], of csv: String) -> [[String]] {
    let rows = csv.replacing("\u{FEFF}", with: "").components(separatedBy: "\r\n")
      .filter { !$0.isEmpty }.map { $0.components(separatedBy: ",") }
    let places = names.compactMap { rows.first?.firstIndex(of: $0) }
    return rows.map { row in places.map { row.indices.contains($0) ? row[$0] : "" } }
  }
}
