import Foundation
import Ledger
package import Reports
package import Requests
import RulePacks
import Tables

/// How many earlier runs the page shows at most.
private let mostRuns = 12

/// How many results of earlier runs are read at most for one kind of subject, but for those of the
/// run before, so that a large run takes no longer for its history than for its own reports.
private let mostResults = 1_000_000

/// The runs before this one, the last at the end: the one that `previous` in run.yaml names, the one
/// that it named in turn, and so on.
///
/// Only runs that the ledger held when this one was made are looked at, so that making it again
/// gives the same reports.
package func earlierRuns(before evaluated: RunResult, _ request: Request)
  throws(RunFailure) -> [EarlierRun]
{
  guard var next = evaluated.run.previous, let ledger = try openLedger(of: request) else {
    return []
  }
  let largest = evaluated.dossiers.subjects.map(\.count).max() ?? 0
  let most = max(1, min(mostRuns, mostResults / max(1, largest)))
  var seen: Set<String> = [evaluated.run.id]
  var runs: [EarlierRun] = []
  try reading { () throws(LedgerFailure) in
    while runs.count < most, seen.insert(next).inserted,
      let record = try ledger.latest(id: next, before: request.history?.before ?? Int.max)
    {
      runs.append(try earlierRun(record, in: ledger, before: evaluated))
      guard let previous = JSON(record.manifest)?["previous"]?.text else { break }
      next = previous
    }
  }
  return runs.reversed()
}

private func earlierRun(_ record: RunRecord, in ledger: Ledger, before evaluated: RunResult)
  throws(LedgerFailure) -> EarlierRun
{
  var rankings = [EarlierRanking?](repeating: nil, count: evaluated.scorecards.count)
  for kind in evaluated.pack.subjects.indices {
    let cards = evaluated.scorecards.indices.filter {
      evaluated.pack.rubrics[evaluated.scorecards[$0].rubric].subject == kind
    }
    guard !cards.isEmpty else { continue }
    let results = try ledger.results(
      of: record.sequence, kind: evaluated.pack.subjects[kind].id,
      beside: evaluated.dossiers.subjects[kind].ids)
    let bodies = try EarlierBodies(of: kind, in: record, ledger, evaluated)
    for card in cards {
      let scorecard = evaluated.scorecards[card]
      let rubric = evaluated.pack.rubrics[scorecard.rubric].id
      rankings[card] = results.first { $0.rubric == rubric }
        .map { EarlierRanking($0, subjects: scorecard.subjects, bodies) }
    }
  }
  return EarlierRun(
    id: record.id, title: record.title, asOf: record.asOf, rankings: rankings,
    figures: try ledger.figures(of: record.sequence))
}

/// Which subjects of now are others than those of an earlier run with the same ids, and which stood
/// there under another id, as far as persons have said so.
private struct EarlierBodies {
  /// Rows of subjects whose id stood for another name then.
  private var others: Set<Int> = []
  /// By row of a subject of now the row of its id of then in `moved`.
  private var rows: [Int: Int] = [:]
  /// What that run gave under ids of then.
  private var moved: [EarlierResults] = []

  init(of kind: Int, in record: RunRecord, _ ledger: Ledger, _ evaluated: RunResult)
    throws(LedgerFailure)
  {
    let (pack, dossiers, said) = (evaluated.pack, evaluated.dossiers, evaluated.said)
    guard let now = kindNames(of: kind, pack: pack, dossiers: dossiers),
      let then = try ledger.names(of: record.sequence, beside: now)
    else { return }
    for (row, texts) in then.renamed {
      guard let was = texts.first ?? nil, let name = now.text(0, row),
        said.isAnother(kind: now.kind, subject: now.ids[row], then: was, now: name)
      else { continue }
      others.insert(row)
    }
    guard !said.isEmpty else { return }
    // An id that stood for another body then is none of those of which somebody spoke.
    let gone = Set(
      then.gone.filter { one in
        said.isMeant(kind: now.kind, earlier: one.id, name: (one.texts.first ?? nil) ?? "")
      }.map(\.id))
    var earlier: [(id: String, row: Int)] = []
    for row in then.new {
      let ids = said.earlierIDs(kind: now.kind, subject: now.ids[row])
      if let id = ids.first(where: { gone.contains($0) }) { earlier.append((id, row)) }
    }
    guard !earlier.isEmpty else { return }
    earlier.sort { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
    var ids = TextColumn()
    for (place, one) in earlier.enumerated() {
      ids.append(one.id)
      rows[one.row] = place
    }
    moved = try ledger.results(of: record.sequence, kind: now.kind, beside: ids)
  }

  /// What the subject had then, and where it stands; nil where that was another body.
  func find(_ row: Int, in results: EarlierResults) -> (results: EarlierResults, row: Int)? {
    if others.contains(row) { return nil }
    guard let place = rows[row], let own = moved.first(where: { $0.rubric == results.rubric })
    else { return (results, row) }
    return (own, place)
  }
}

extension EarlierRanking {
  /// - Parameter subjects: rows of the subjects that the rubric applies to now.
  fileprivate init(_ results: EarlierResults, subjects: [Int32], _ bodies: EarlierBodies) {
    self.init(
      edition: results.edition, tiers: results.tiers, count: results.count,
      entries: subjects.map { row in
        guard let (found, row) = bodies.find(Int(row), in: results) else { return nil }
        return found.statuses[row].map { status in
          EarlierRanking.Entry(
            status: status, score: found.scores[row], rank: found.ranks[row],
            tier: found.tierNumbers[row],
            cohortSize: Int32(found.cohortSizes[Int(found.cohorts[row])]))
        }
      })
  }
}
