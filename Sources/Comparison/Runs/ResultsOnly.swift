import Reports
import RulePacks
import Tables

extension RunResult {
  /// The same results without the rows behind them, in a fraction of the memory.
  ///
  /// Kept are ids, public names, the public facts that indicators, deductions and bonuses read
  /// themselves, and of the files what the manifest knows of them.
  ///
  /// - Parameter withParts: whether the points of single rules are kept.
  func resultsOnly(withParts: Bool) -> RunResult {
    var kept = self
    kept.dossiers = Dossiers(
      records: [],
      subjects: dossiers.subjects.indices.map { kind in
        var facts = [FactColumn](repeating: .absent, count: dossiers.subjects[kind].facts.count)
        if withParts {
          for slot in factsCompared(of: kind) {
            facts[slot] = dossiers.ownColumn(subject: kind, fact: slot).map { .own($0) } ?? .absent
          }
        }
        let name = pack.subjects[kind].name
        if withParts, pack.subjects[kind].facts[name].sensitivity == .open {
          facts[name] = .own(.text(names(of: kind, fact: name)))
        }
        return SubjectTable(ids: dossiers.subjects[kind].ids, facts: facts)
      })
    for index in kept.scorecards.indices {
      kept.scorecards[index].gaps = Gaps()
      kept.scorecards[index].measured = nil
      kept.scorecards[index].lower = []
      kept.scorecards[index].upper = []
      kept.scorecards[index].assessed = []
      kept.scorecards[index].bestTiers = []
      kept.standings[index].order = []
      guard !withParts else { continue }
      kept.scorecards[index].parts = []
      kept.scorecards[index].gates = []
      kept.scorecards[index].caps = []
    }
    kept.formation = []
    kept.findings = []
    kept.quarantine = []
    kept.carried = [:]
    return kept
  }

  /// Slots of the public facts that parts of the kind's rubrics read themselves.
  private func factsCompared(of kind: Int) -> Set<Int> {
    let facts = pack.subjects[kind].facts
    return Set(
      scorecards.map { pack.rubrics[$0.rubric] }.filter { $0.subject == kind }.flatMap { rubric in
        rubric.parts.flatMap { rubric.slotsRead(by: $0, pack) }
      }.filter { facts[$0].sensitivity == .open })
  }

  private func names(of kind: Int, fact: Int) -> TextColumn {
    var names = TextColumn()
    for row in 0..<dossiers.subjects[kind].count {
      if let name = dossiers.text(subject: kind, fact: fact, row: row) {
        names.append(name)
      } else {
        names.appendAbsent(.notStated)
      }
    }
    return names
  }
}

extension TextColumn {
  /// The row of a text in a column that ascends by bytes; nil where it is not.
  func row(of text: String) -> Int? {
    let wanted = Array(text.utf8)
    let low = (0..<count).partitioningIndex {
      !bytes[range($0)].lexicographicallyPrecedes(wanted)
    }
    return low < count && bytes[range(low)].elementsEqual(wanted) ? low : nil
  }
}
