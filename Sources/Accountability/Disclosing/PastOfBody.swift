import Ledger
import PastRuns
import Pipeline
import Tables

/// What the ledger has of one body: under its id, as far as that stood for the same name, and under
/// the ids that it had before, where a person has said so.
struct PastOfBody {
  private(set) var results: [PastResult] = []
  private(set) var facts: [PastFacts] = []

  init(_ id: String, _ ledger: Ledger) throws(LedgerFailure) {
    var said = SaidSuccessions()
    var kinds: Set<String> = []
    for one in try ledger.successions() {
      said.say(one)
      kinds.insert(one.kind)
    }
    for own in [id] + kinds.sorted().flatMap({ said.earlierIDs(kind: $0, subject: id) }) {
      let others = try runsOfAnother(own, said, kinds, ledger)
      let found = try ledger.results(of: own).map { result in
        var result = result
        if others.contains(result.run) { result.outcome = nil }
        return result
      }
      let facts = try ledger.facts(of: own).filter { !others.contains($0.run) }
      if own == id {
        (results, self.facts) = (found, facts)
      } else {
        add(found, facts)
      }
    }
  }

  /// Runs in which an id stood for another name than it does in its last, as far as nobody has said
  /// that both are one body.
  private func runsOfAnother(
    _ id: String, _ said: SaidSuccessions, _ kinds: Set<String>, _ ledger: Ledger
  ) throws(LedgerFailure) -> Set<Int> {
    let names = try ledger.names(of: id)
    guard let last = names.keys.max(), let name = names[last] else { return [] }
    // Of no kind nothing was said, so that names alone count where nothing was said of any.
    let kinds = kinds.union([""])
    return Set(
      names.filter { _, then in
        kinds.allSatisfy { said.isAnother(kind: $0, subject: id, then: then, now: name) }
      }.keys)
  }

  private mutating func add(_ earlier: [PastResult], _ facts: [PastFacts]) {
    for result in earlier where result.outcome != nil {
      let place = results.firstIndex { $0.run == result.run && $0.rubric == result.rubric }
      if let place {
        if results[place].outcome == nil { results[place] = result }
      } else {
        results.append(result)
      }
    }
    results.sort { $0.run < $1.run }
    let known = Set(self.facts.map(\.run))
    self.facts = (self.facts + facts.filter { !known.contains($0.run) }).sorted { $0.run < $1.run }
  }
}
