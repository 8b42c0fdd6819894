// Papers of Heng's own that lost their properties are known by their headings, or by the names in
// their JSON.

import Fields
import Labels
import Tables

/// How many rows of a file may stand above the headings of a paper of Heng's own.
private let mostRowsAbove = 5

/// How much of a file is looked through for such headings.
private let mostBytes = 16 << 10

extension OwnPaper {
  /// Whether rows hold its headings, in either language, or the ids of a table that Heng publishes.
  func heads(_ rows: some Sequence<[String]>) -> Bool {
    rows.contains { row in
      let isLabelled =
        !headings.isEmpty
        && (headings.allSatisfy { row.contains($0.zh) }
          || headings.allSatisfy { row.contains($0.en) })
      return isLabelled || headingIDs.contains { $0.allSatisfy(row.contains) }
    }
  }

  /// The paper whose names stand in a file of JSON.
  init?(namedIn head: Span<UInt8>) {
    let text = plainBeginning(head, count: mostBytes)
    let paper = OwnPaper.allCases.first { paper in
      !paper.names.isEmpty && paper.names.allSatisfy { text.contains("\"\($0)\":") }
    }
    guard let paper else { return nil }
    self = paper
  }

  /// The date that the rows above its headings say it is of.
  func statedDate(above rows: [[String]]) -> String? {
    rows.prefix { !heads([$0]) }.joined().lazy.compactMap { OwnPaper.statedDate(in: $0) }.first
  }
}

/// A paper that was saved as text, in which it has no properties that would tell.
struct TextPaper {
  let paper: OwnPaper
  /// The date that it says it is of.
  let asOf: String?

  /// The paper whose headings stand in a text file.
  ///
  /// - Parameters:
  ///   - head: the file's beginning.
  ///   - guesses: encodings to try.
  init?(headed head: Span<UInt8>, _ guesses: [EncodingGuess]) {
    let top = head.extracting(0..<min(head.count, mostBytes))
    for guess in guesses {
      guard let text = decoded(top, guess, isWhole: false) else { continue }
      for separator in [",", "\t", ";"] as [Unicode.Scalar] {
        let records = separatedRecords(of: text, separator: UInt8(ascii: separator))
        let rows = records.prefix(mostRowsAbove).map(\.fields)
        guard let paper = OwnPaper.allCases.first(where: { $0.heads(rows) }) else { continue }
        self.paper = paper
        asOf = paper.statedDate(above: Array(rows))
        return
      }
    }
    return nil
  }
}
