import Reports
import RulePacks
import Tables

// Whom a missing fact concerns: nobody is advised to state what is not asked of such as he is.

extension RunResult {
  /// Whether a fact that is missing of a subject is one that somebody could state of it.
  ///
  /// What only another register states than those in which the subject stands does not concern it:
  /// whether an enterprise is a charity, which the register of social organisations says of its own.
  func concerns(_ slot: Int, of kind: Int, row: Int) -> Bool {
    switch pack.subjects[kind].facts[slot].origin {
    case .record(let record, _): return concerns(record: record, of: kind, row: row)
    case .merged(let slots): return slots.contains { concerns($0, of: kind, row: row) }
    case .asOf, .list, .derived, .reference, .members, .result: return true
    }
  }

  private func concerns(record: Int, of kind: Int, row: Int) -> Bool {
    guard pack.records[record].isRoster else { return true }
    let registers = pack.records.indices.filter {
      pack.records[$0].isRoster && hasRow(of: $0, kind, row)
    }
    return registers.isEmpty || registers.contains(record)
  }

  /// Whether a row of a record kind that holds one a subject was chosen for the subject.
  private func hasRow(of record: Int, _ kind: Int, _ row: Int) -> Bool {
    dossiers.subjects[kind].facts.contains { fact in
      guard case .chosen(record, _, let rows) = fact else { return false }
      return rows[row] >= 0
    }
  }
}
