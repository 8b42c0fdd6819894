import Ledger
import Reports
import RulePacks
import Tables

/// How many subjects of one rubric the ledger keeps facts of at most; the best proposals first.
private let mostScreened = 20_000

/// What the ledger keeps of the facts behind indicators: of subjects on screening lists, and of
/// public facts only.
func screenedFacts(of evaluated: RunResult) -> [ScreenedFacts] {
  evaluated.scorecards.indices.compactMap { index in
    let card = evaluated.scorecards[index]
    let lists = evaluated.screenings.filter {
      evaluated.run.honours[$0.honour].rubric == card.rubric
    }
    let entries = screened(lists)
    guard !entries.isEmpty else { return nil }
    let pack = evaluated.pack
    let rubric = pack.rubrics[card.rubric]
    let kind = pack.subjects[rubric.subject]
    // What gates and caps read is told by their state.
    var indicators = rubric
    indicators.gates = []
    indicators.caps = []
    indicators.applies = nil
    let facts = pack.factsRead(by: indicators).compactMap { read -> ScreenedFacts.Fact? in
      let fact = kind.facts[read.slot]
      guard fact.sensitivity == .open, fact.id != "as_of" else { return nil }
      var offsets: [Int32] = []
      switch evaluated.dossiers.subjects[rubric.subject].facts[read.slot] {
      case .list(_, let starts, _), .members(_, let starts, _): offsets = starts
      case .absent, .constant, .own, .chosen, .firstStated, .reference: break
      }
      return ScreenedFacts.Fact(
        id: fact.id, label: fact.label,
        sources: evaluated.dossiers.sources(subject: rubric.subject, fact: read.slot),
        offsets: offsets)
    }
    return ScreenedFacts(
      kind: kind.id, rubric: rubric.id, card: card, entries: entries,
      ids: evaluated.dossiers.subjects[rubric.subject].ids,
      parts: rubric.parts.map { ($0.id, $0.title) }, facts: facts,
      files: evaluated.files.map(\.path))
  }
}

/// Entries of lists, ascending, as many as are kept.
private func screened(_ lists: [Screening]) -> [Int] {
  var chosen: Set<Int> = []
  for proposal in Screening.Proposal.allCases {
    for line in lists.lazy.flatMap(\.lines) where line.proposal == proposal {
      guard chosen.count < mostScreened else { break }
      chosen.insert(line.entry)
    }
  }
  return chosen.sorted()
}

/// Where the cases of a run stand, for the ledger.
func pastCases(of evaluated: RunResult) -> [PastCase] {
  evaluated.cases.map { one in
    PastCase(
      kind: evaluated.pack.subjects[one.subject].id,
      subject: evaluated.dossiers.subjects[one.subject].ids[one.row],
      honour: one.honour.map { evaluated.run.honours[$0].id }, state: one.file.state,
      direction: one.file.direction)
  }
}
