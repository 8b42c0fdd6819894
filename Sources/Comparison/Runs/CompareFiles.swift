import Foundation
import Pipeline
import Reports
package import Requests
import Tables

extension RunComparison {
  /// Every changed result on a line, in the order of rubrics and subjects; a column a reason.
  package func writeCSV(to path: String) throws(RunFailure) {
    let reasons = ChangePart.Reason.allCases
    let header =
      [
        "rubric", "subject", "name", "change", "status_before", "status_after", "tier_before",
        "tier_after", "score_before", "score_after", "rank_before", "rank_after", "cohort_before",
        "cohort_after", "score_change",
      ] + reasons.map(\.rawValue) + ["because", "rules"]
    var rows: [[PlainCell]] = []
    for rubric in rubrics {
      for (move, parts) in zip(rubric.impact.moves, rubric.parts) {
        var cells: [PlainCell] = [
          .text(rubric.impact.id), .text(move.subject), .text(move.name), .text(move.kind),
        ]
        cells += move.cells
        cells.append(move.scoreChange.map { .number(shownPoints($0)) } ?? .text(""))
        cells += reasons.map { reason in
          guard move.scoreChange != nil else { return .text("") }
          return .number(shownPoints(parts.first { $0.reason == reason }?.points ?? 0))
        }
        cells.append(.text(parts.map(\.reason.rawValue).joined(separator: "; ")))
        cells.append(.text(move.rules.map(\.withPoints.en).joined(separator: "; ")))
        rows.append(cells)
      }
    }
    try write(Data(separatedFile(header: header, rows: rows)), to: path)
  }

  package var json: String {
    JSON.object([
      .init(name: "before", value: before.json), .init(name: "after", value: after.json),
      .init(name: "order", value: .string(order.rawValue)),
      .init(name: "rubrics", value: .array(rubrics.map(\.json))),
    ]).written
  }
}

extension RunComparison.Side {
  fileprivate var json: JSON {
    .object([
      .init(name: "run", value: .string(run)), .init(name: "as_of", value: .string(asOf)),
      .init(name: "pack", value: .string(pack)),
    ])
  }
}

extension Move {
  /// `entered`, `left` or `moved`.
  fileprivate var kind: String {
    before == nil ? "entered" : after == nil ? "left" : "moved"
  }

  /// Who enters or leaves does so with its rows, not through a rule.
  fileprivate var rules: [Cause] { before == nil || after == nil ? [] : causes }
}

extension RubricChange {
  fileprivate var json: JSON {
    let counted = impact.counted
    return .object([
      .init(name: "id", value: .string(impact.id)),
      .init(name: "subjects", value: .count(impact.subjects)),
      .init(name: "entered", value: .count(entered)), .init(name: "left", value: .count(left)),
      .init(name: "moved", value: .count(impact.moves.count - entered - left)),
      .init(name: "tier_up", value: .count(counted.tierUp)),
      .init(name: "tier_down", value: .count(counted.tierDown)),
      .init(
        name: "because",
        value: .array(
          sums.map { sum in
            .object([
              .init(name: "reason", value: .string(sum.reason.rawValue)),
              .init(name: "subjects", value: .count(sum.subjects)),
              .init(name: "points_up", value: .number(shownPoints(sum.up))),
              .init(name: "points_down", value: .number(shownPoints(sum.down))),
            ])
          })),
      .init(
        name: "moves",
        value: .array(zip(impact.moves, parts).map { move, parts in json(of: move, parts) })),
    ])
  }

  private func json(of move: Move, _ parts: [ChangePart]) -> JSON {
    .object([
      .init(name: "subject", value: .string(move.subject)),
      .init(name: "name", value: .string(move.name)),
      .init(name: "change", value: .string(move.kind)),
      .init(name: "before", value: move.before?.json ?? .null),
      .init(name: "after", value: move.after?.json ?? .null),
      .init(
        name: "score_change",
        value: move.scoreChange.map { .number(shownPoints($0)) } ?? .null),
      .init(
        name: "because",
        value: .array(
          parts.map { part in
            .object([
              .init(name: "reason", value: .string(part.reason.rawValue)),
              .init(name: "points", value: .number(shownPoints(part.points))),
            ])
          })),
      .init(name: "rules", value: .array(move.rules.map { .string($0.withPoints.en) })),
    ])
  }
}
