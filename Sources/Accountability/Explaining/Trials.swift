import Derivation
import Reports
import RulePacks
import Scoring
import Tables

/// Scores one subject again with one of its facts changed.
///
/// All values of a fact are tried together: the subject stands in a table of its own once a value,
/// and everything that follows from the fact is derived and scored anew by the stages of a run.
/// What other subjects derive from this one stays as it is.
struct Trials {
  /// What one value gives.
  struct Outcome: Equatable {
    var score: Int
    /// Index into the rubric's tiers; −1 where it has none.
    var tier: Int
    var status: Status
    var points: [Int]
    var gates: [GateState]
    var caps: [CapState]
  }

  private let evaluated: RunResult
  private let rubric: Int
  private let subject: Int
  private let row: Int
  /// The dossiers in which nothing else leads to the subject's table.
  private let base: Dossiers

  init(_ evaluated: RunResult, rubric: Int, row: Int) {
    self.evaluated = evaluated
    self.rubric = rubric
    subject = evaluated.pack.rubrics[rubric].subject
    self.row = row
    var dossiers = evaluated.dossiers
    for kind in dossiers.subjects.indices where kind != subject {
      for slot in dossiers.subjects[kind].facts.indices {
        dossiers.subjects[kind].facts[slot].detach(from: subject, row: row)
      }
    }
    base = dossiers
  }

  /// What each value gives, in their order; nil where the rubric would no longer apply.
  ///
  /// - Parameter slot: The fact; nil to try the subject as it is, as often as there are values.
  func outcomes(_ slot: Int?, _ values: [Value?]) async -> [Outcome?] {
    var pack = evaluated.pack
    var dossiers = base
    dossiers.subjects[subject] = copies(values.count)
    if let slot {
      let type = pack.subjects[subject].facts[slot].type
      dossiers.subjects[subject].facts[slot] = .own(column(values, type: type))
    }
    pack.derivations.removeAll { $0.subject != subject || $0.slot == slot }
    pack.coverages = []
    pack.formations = []
    pack.published = []
    pack.statistics = []
    pack.overview = nil
    for index in pack.rubrics.indices where pack.rubrics[index].subject != subject {
      pack.rubrics[index].purposes = []
    }
    _ = await derive(
      &dossiers, pack: pack, settings: DeriveSettings(asOf: evaluated.run.asOf, jobs: 1))
    let scored = await score(
      &dossiers, pack: pack,
      settings: ScoreSettings(purpose: evaluated.run.purpose, carried: evaluated.carried))
    guard let card = scored.scorecards.first(where: { $0.rubric == rubric }) else {
      return values.map { _ in nil }
    }
    var outcomes: [Outcome?] = values.map { _ in nil }
    for entry in card.subjects.indices {
      outcomes[Int(card.subjects[entry])] = Outcome(
        score: Int(card.scores[entry]), tier: Int(card.tiers[entry]),
        status: card.statuses[entry], points: card.parts.map { Int($0.points[entry]) },
        gates: card.gates.map { $0[entry] }, caps: card.caps.map { $0[entry] })
    }
    return outcomes
  }

  /// The subject's table with the subject alone in it, so many times.
  private func copies(_ count: Int) -> SubjectTable {
    let table = evaluated.dossiers.subjects[subject]
    var ids = TextColumn()
    for _ in 0..<count { ids.append(table.ids[row]) }
    return SubjectTable(
      ids: ids, facts: table.facts.map { $0.copies(of: row, count, of: subject) },
      unknownWhenEmpty: table.unknownWhenEmpty)
  }
}

extension FactColumn {
  /// One subject's entry so many times.
  fileprivate func copies(of row: Int, _ count: Int, of subject: Int) -> FactColumn {
    switch self {
    case .absent, .constant: self
    case .firstStated(let slots, let unread):
      .firstStated(slots, unread: unread.copies(of: row, count))
    case .own(let column): .own(column.repeating(row, count))
    case .chosen(let record, let field, let rows):
      .chosen(record: record, field: field, rows: Array(repeating: rows[row], count: count))
    case .reference(let other, let fact, let rows):
      // A subject of the same kind is not in the new table.
      other == subject
        ? .absent
        : .reference(
          subject: other, fact: fact, rows: Array(repeating: rows[row], count: count))
    case .list(let record, let offsets, let rows):
      .list(
        record: record, offsets: starts(offsets, row, count),
        rows: FactColumn.many(rows, offsets, row, count))
    case .members(let other, let offsets, let rows):
      other == subject
        ? .absent
        : .members(
          subject: other, offsets: starts(offsets, row, count),
          rows: FactColumn.many(rows, offsets, row, count))
    }
  }

  private func starts(_ offsets: [Int32], _ row: Int, _ count: Int) -> [Int32] {
    let each = Int(offsets[row + 1] - offsets[row])
    return (0...count).map { Int32($0 * each) }
  }

  private static func many(
    _ rows: [Int32], _ offsets: [Int32], _ row: Int, _ count: Int
  ) -> [Int32] {
    let own = rows[Int(offsets[row])..<Int(offsets[row + 1])]
    return (0..<count).flatMap { _ in own }
  }

  /// Leads to the first copy of the subject instead of its old row, and to no other.
  fileprivate mutating func detach(from subject: Int, row: Int) {
    switch self {
    case .reference(subject, let fact, let rows):
      self = .reference(
        subject: subject, fact: fact, rows: rows.map { Int($0) == row ? 0 : -1 })
    case .members(subject, _, _): self = .absent
    case .absent, .constant, .own, .chosen, .firstStated, .reference, .list, .members: return
    }
  }
}
