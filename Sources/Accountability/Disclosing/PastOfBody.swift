import Fields
import Ledger
import Tables

/// What the ledger has of one body: under its id, as far as that stood for the same name, and under
/// the ids that it had before, where a person has said so.
struct PastOfBody {
  private(set) var results: [PastResult] = []
  private(set) var facts: [PastFacts] = []

  init(_ id: String, _ ledger: Ledger) throws {
    var said = SaidSuccessions()
    var kinds: Set<String> = []
    for one in try ledger.successions() {
      said.say(one.isSame, kind: one.kind, subject: one.subject, earlier: one.earlier)
      kinds.insert(one.kind)
    }
    let isOne = kinds.contains { said.isSame(kind: $0, subject: id, earlier: id) == true }
    let others = isOne ? [] : try runsOfAnother(id, ledger)
    results = try ledger.results(of: id).map { result in
      var result = result
      if others.contains(result.run) { result.outcome = nil }
      return result
    }
    facts = try ledger.facts(of: id).filter { !others.contains($0.run) }
    for earlier in kinds.sorted().flatMap({ said.earlierIDs(kind: $0, subject: id) }) {
      add(try ledger.results(of: earlier), try ledger.facts(of: earlier))
    }
  }

  /// Runs in which the id stood for another name than it does in the last.
  private func runsOfAnother(_ id: String, _ ledger: Ledger) throws -> Set<Int> {
    let names = try ledger.names(of: id)
    guard let last = names.keys.max(), let name = names[last] else { return [] }
    let key = matchingKey(name)
    return Set(names.filter { matchingKey($0.value) != key }.keys)
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
