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

  /// Some subjects, from that with the id `first` on.
  private struct Stretch: Sendable {
    var first: Data
    var data: Data
  }

  public init(
    results: [KindResults] = [], facts: [ScreenedFacts] = [], names: [KindNames] = []
  ) throws {
    for kind in names {
      self.names.append(
        Names(
          kind: kind.kind, facts: try json(kind.facts), stretches: PackedRun.stretches(of: kind)))
    }
    for (position, kind) in results.enumerated() where !kind.rubrics.isEmpty {
      kinds.append(
        Kind(
          position: position, kind: kind.kind, header: try json(ResultHeader(kind)),
          stretches: PackedRun.stretches(of: kind)))
    }
    for rubric in facts {
      rubrics.append(
        Rubric(
          kind: rubric.kind, rubric: rubric.rubric, header: try json(FactHeader(rubric)),
          stretches: PackedRun.stretches(of: rubric)))
    }
  }

  private static func stretches(of results: KindResults) -> [Stretch] {
    stride(from: 0, to: results.ids.count, by: PackedResults.stretch).map { start in
      let rows = start..<min(start + PackedResults.stretch, results.ids.count)
      return Stretch(
        first: Data(results.ids.bytes[results.ids.range(start)]),
        data: Data(PackedResults(results, rows: rows).bytes))
    }
  }

  private static func stretches(of names: KindNames) -> [Stretch] {
    stride(from: 0, to: names.ids.count, by: PackedResults.stretch).map { start in
      let rows = start..<min(start + PackedResults.stretch, names.ids.count)
      return Stretch(
        first: Data(names.ids.bytes[names.ids.range(start)]),
        data: Data(PackedNames(names, rows: rows).bytes))
    }
  }

  private static func stretches(of facts: ScreenedFacts) -> [Stretch] {
    stride(from: 0, to: facts.entries.count, by: PackedFacts.stretch).map { start in
      let entries = facts.entries[start..<min(start + PackedFacts.stretch, facts.entries.count)]
      let first = facts.ids.range(Int(facts.card.subjects[facts.entries[start]]))
      return Stretch(
        first: Data(facts.ids.bytes[first]),
        data: Data(PackedFacts(facts, entries: entries).bytes))
    }
  }

  /// Writes them, a stretch of ids a row.
  fileprivate func insert(of run: Int, into database: Database) throws {
    for kind in kinds {
      try database.execute(
        sql: "INSERT INTO result_kind VALUES (?, ?, ?, ?)",
        arguments: [run, kind.position, kind.kind, kind.header])
      let statement = try database.makeStatement(
        sql: "INSERT INTO result_stretch (run, kind, first, data) VALUES (?, ?, ?, ?)")
      for stretch in kind.stretches {
        try statement.execute(arguments: [run, kind.kind, stretch.first, stretch.data])
      }
    }
    for kind in names {
      try database.execute(
        sql: "INSERT INTO name_kind VALUES (?, ?, ?)", arguments: [run, kind.kind, kind.facts])
      let statement = try database.makeStatement(
        sql: "INSERT INTO name_stretch (run, kind, first, data) VALUES (?, ?, ?, ?)")
      for stretch in kind.stretches {
        try statement.execute(arguments: [run, kind.kind, stretch.first, stretch.data])
      }
    }
    for (position, rubric) in rubrics.enumerated() {
      try database.execute(
        sql: "INSERT INTO fact_rubric VALUES (?, ?, ?, ?, ?)",
        arguments: [run, position, rubric.kind, rubric.rubric, rubric.header])
      let statement = try database.makeStatement(
        sql: "INSERT INTO fact_stretch (run, kind, rubric, first, data) VALUES (?, ?, ?, ?, ?)")
      for stretch in rubric.stretches {
        try statement.execute(
          arguments: [run, rubric.kind, rubric.rubric, stretch.first, stretch.data])
      }
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
