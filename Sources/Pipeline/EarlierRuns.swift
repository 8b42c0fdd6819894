import Foundation
import Ledger
import Reports
import Requests
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
func earlierRuns(before evaluated: RunResult, _ request: Request) throws -> [EarlierRun] {
  let place = request.history?.ledger ?? request.reports + "/ledger.sqlite"
  guard var next = evaluated.run.previous, FileManager.default.fileExists(atPath: place) else {
    return []
  }
  let ledger = try Ledger(at: place)
  let largest = evaluated.dossiers.subjects.map(\.count).max() ?? 0
  let most = max(1, min(mostRuns, mostResults / max(1, largest)))
  var seen: Set<String> = [evaluated.run.id]
  var runs: [EarlierRun] = []
  while runs.count < most, seen.insert(next).inserted,
    let record = try ledger.latest(id: next, before: request.history?.before ?? Int.max)
  {
    runs.append(try earlierRun(record, in: ledger, before: evaluated))
    guard let previous = JSON(record.manifest)?["previous"]?.text else { break }
    next = previous
  }
  return runs.reversed()
}

private func earlierRun(_ record: RunRecord, in ledger: Ledger, before evaluated: RunResult) throws
  -> EarlierRun
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
    for card in cards {
      let scorecard = evaluated.scorecards[card]
      let rubric = evaluated.pack.rubrics[scorecard.rubric].id
      rankings[card] = results.first { $0.rubric == rubric }
        .map { EarlierRanking($0, subjects: scorecard.subjects) }
    }
  }
  return EarlierRun(
    id: record.id, title: record.title, asOf: record.asOf, rankings: rankings)
}

extension EarlierRanking {
  /// - Parameter subjects: rows of the subjects that the rubric applies to now.
  fileprivate init(_ results: EarlierResults, subjects: [Int32]) {
    self.init(
      edition: results.edition, tiers: results.tiers, count: results.count,
      entries: subjects.map { row in
        let row = Int(row)
        return results.statuses[row].map { status in
          EarlierRanking.Entry(
            status: status, score: results.scores[row], rank: results.ranks[row],
            tier: results.tierNumbers[row],
            cohortSize: Int32(results.cohortSizes[Int(results.cohorts[row])]))
        }
      })
  }
}
