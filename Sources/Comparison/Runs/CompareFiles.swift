import Foundation
import Pipeline
import Reports
package import Requests
import Tables

extension RunComparison {
  /// Every changed result on a line, in the order of rubrics and subjects; a column a reason.
  package func writeCSV(to path: String) throws(RunFailure) {
    let tables = rubrics.map(\.moveTable)
    try write(Data(ReportTable.separatedFile(tables)), to: path)
  }

  package var json: String {
    JSON.object([
      .init(name: "before", value: before.json), .init(name: "after", value: after.json),
      .init(name: "order", value: .string(order.rawValue)),
      .init(name: "coverage", value: .array(coverage.map(\.json))),
      .init(name: "rubrics", value: .array(rubrics.map(\.json))),
    ]).written
  }
}

extension CoverageChange {
  fileprivate var json: JSON {
    func side(_ measured: CoverageLine.Measured?) -> JSON {
      guard let measured else { return .null }
      return .object([
        .init(name: "numerator", value: .count(measured.numerator)),
        .init(name: "denominator", value: .count(measured.denominator)),
      ])
    }
    return .object([
      .init(name: "population", value: .string(line.population)),
      .init(name: "dimension", value: .string(line.dimension)),
      .init(name: "group", value: .string(line.group)),
      .init(name: "measure", value: .string((after ?? before)?.id ?? "")),
      .init(name: "before", value: side(before)), .init(name: "after", value: side(after)),
    ])
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
  var kind: String {
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
