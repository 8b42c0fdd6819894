import Foundation
import Pipeline
import Reports
package import Requests
import Tables

extension Impact {
  /// Every changed result on a line, in the order of rubrics and subjects.
  package func writeCSV(to path: String) throws(RunFailure) {
    try write(Data(ReportTable.separatedFile(rubrics.map { $0.moveTable() })), to: path)
  }

  package var json: String {
    let object = JSON.object([
      .init(name: "run", value: .string(run)), .init(name: "before", value: .string(before)),
      .init(name: "after", value: .string(after)),
      .init(name: "rubrics", value: .array(rubrics.map(\.json))),
      .init(name: "screenings", value: .array(screenings.map(\.json))),
    ])
    return object.written
  }
}

extension RubricImpact {
  fileprivate var json: JSON {
    let counted = self.counted
    let transitions = matrix.sorted {
      ($0.key.before.word, $0.key.after.word)
        < ($1.key.before.word, $1.key.after.word)
    }
    return .object([
      .init(name: "id", value: .string(id)), .init(name: "subjects", value: .count(subjects)),
      .init(name: "changed", value: .count(moves.count)),
      .init(name: "tier_up", value: .count(counted.tierUp)),
      .init(name: "tier_down", value: .count(counted.tierDown)),
      .init(name: "newly_gated", value: .count(counted.newlyGated)),
      .init(name: "released", value: .count(counted.released)),
      .init(
        name: "matrix",
        value: .array(
          transitions.map { key, count in
            .object([
              .init(name: "before", value: .string(key.before.word)),
              .init(name: "after", value: .string(key.after.word)),
              .init(name: "subjects", value: .count(count)),
            ])
          })),
      .init(
        name: "rules",
        value: .array(
          rules.map { rule in
            .object([
              .init(name: "kind", value: .string(rule.cause.rule.title.en)),
              .init(name: "id", value: .string(rule.cause.id)),
              .init(name: "reason", value: .string(rule.cause.reason.word)),
              .init(name: "subjects", value: .count(rule.subjects)),
              .init(name: "standings", value: .count(rule.standings)),
            ])
          })),
      .init(name: "moves", value: .array(moves.map(\.json))),
    ])
  }
}

extension Move {
  var json: JSON {
    .object([
      .init(name: "subject", value: .string(subject)), .init(name: "name", value: .string(name)),
      .init(name: "before", value: before?.json ?? .null),
      .init(name: "after", value: after?.json ?? .null),
      .init(
        name: "rules",
        value: .array(
          causes.map { cause in
            .object([
              .init(name: "kind", value: .string(cause.rule.title.en)),
              .init(name: "id", value: .string(cause.id)),
              .init(name: "reason", value: .string(cause.reason.word)),
              .init(name: "points", value: .number(shownPoints(cause.points))),
            ])
          })),
    ])
  }
}

extension ScreeningImpact {
  fileprivate var json: JSON {
    .object([
      .init(name: "honour", value: .string(honour)),
      .init(
        name: "changes",
        value: .array(
          changes.map { change in
            .object([
              .init(name: "subject", value: .string(change.subject)),
              .init(name: "name", value: .string(change.name)),
              .init(name: "before", value: change.before.map { .string($0.rawValue) } ?? .null),
              .init(name: "after", value: change.after.map { .string($0.rawValue) } ?? .null),
            ])
          })),
    ])
  }
}

extension Cause.Reason {
  fileprivate var word: String {
    switch self {
    case .rule: "rule"
    case .facts: "facts"
    case .rounding: "rounding"
    }
  }
}
