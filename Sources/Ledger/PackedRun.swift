import Foundation
import GRDB
import Tables

/// The results, facts and names of a run as the ledger keeps them.
///
/// Packing takes longer than writing what is packed, and needs no ledger; so it can be done while
/// a run's reports are still being written.
public struct PackedRun: Sendable {
  private var kinds: [Kind] = []
  private var rubrics: [Rubric] = []
  private var names: [Names] = []

  /// The results of all subjects of one kind.
  private struct Kind: Sendable {
    var position: Int
    var kind: String
    var header: String
    var stretches: [Stretch]
  }

  /// The facts behind one rubric.
  private struct Rubric: Sendable {
    var kind: String
    var rubric: String
    var header: String
    var stretches: [Stretch]
  }

  /// What the subjects of one kind are known by.
  private struct Names: Sendable {
    var kind: String
    var facts: String
    var stretches: [Stretch]
  }

  public init(
    results: [KindResults] = [], facts: [ScreenedFacts] = [], names: [KindNames] = []
  ) throws {
    for kind in names {
      let header = try json(kind.facts)
      self.names.append(
        Names(
          kind: kind.kind, facts: header, stretches: PackedRun.stretches(of: kind, header)))
    }
    for (position, kind) in results.enumerated() where !kind.rubrics.isEmpty {
      let header = try json(ResultHeader(kind))
      kinds.append(
        Kind(
          position: position, kind: kind.kind, header: header,
          stretches: PackedRun.stretches(of: kind, header)))
    }
    for rubric in facts {
      let header = try json(FactHeader(rubric))
      rubrics.append(
        Rubric(
          kind: rubric.kind, rubric: rubric.rubric, header: header,
          stretches: PackedRun.stretches(of: rubric, header)))
    }
  }

  private static func stretches(of results: KindResults, _ header: String) -> [Stretch] {
    stride(from: 0, to: results.ids.count, by: PackedResults.stretch).map { start in
      let rows = start..<min(start + PackedResults.stretch, results.ids.count)
      return Stretch(
        first: results.ids.bytes[results.ids.range(start)],
        bytes: PackedResults(results, rows: rows).bytes, header: header)
    }
  }

  private static func stretches(of names: KindNames, _ header: String) -> [Stretch] {
    stride(from: 0, to: names.ids.count, by: PackedResults.stretch).map { start in
      let rows = start..<min(start + PackedResults.stretch, names.ids.count)
      return Stretch(
        first: names.ids.bytes[names.ids.range(start)],
        bytes: PackedNames(names, rows: rows).bytes, header: header)
    }
  }

  private static func stretches(of facts: ScreenedFacts, _ header: String) -> [Stretch] {
    stride(from: 0, to: facts.entries.count, by: PackedFacts.stretch).map { start in
      let entries = facts.entries[start..<min(start + PackedFacts.stretch, facts.entries.count)]
      let first = facts.ids.range(Int(facts.card.subjects[facts.entries[start]]))
      return Stretch(
        first: facts.ids.bytes[first], bytes: PackedFacts(facts, entries: entries).bytes,
        header: header)
    }
  }

  /// Writes them, a stretch of ids a row.
  fileprivate func insert(of run: Int, into database: Database) throws {
    for kind in kinds {
      try database.execute(
        sql: "INSERT INTO result_kind VALUES (?, ?, ?, ?)",
        arguments: [run, kind.position, kind.kind, kind.header])
      try Stretches(table: .results, run: run, key: kind.kind, header: kind.header)
        .insert(kind.stretches, kind: kind.kind, into: database)
    }
    for kind in names {
      try database.execute(
        sql: "INSERT INTO name_kind VALUES (?, ?, ?)", arguments: [run, kind.kind, kind.facts])
      try Stretches(table: .names, run: run, key: kind.kind, header: kind.facts)
        .insert(kind.stretches, kind: kind.kind, into: database)
    }
    for (position, rubric) in rubrics.enumerated() {
      try database.execute(
        sql: "INSERT INTO fact_rubric VALUES (?, ?, ?, ?, ?)",
        arguments: [run, position, rubric.kind, rubric.rubric, rubric.header])
      try Stretches(table: .facts, run: run, key: rubric.rubric, header: rubric.header)
        .insert(rubric.stretches, kind: rubric.kind, into: database)
    }
  }
}

func insert(_ packed: PackedRun, of run: Int, into database: Database) throws {
  try packed.insert(of: run, into: database)
}

func json(_ header: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(header), as: UTF8.self)
}
