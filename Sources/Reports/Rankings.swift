import RulePacks
import Tables

/// `rankings/RUBRIC.csv`: every subject of one rubric in the order of publication, with the points
/// of every part.
///
/// A part's cell is empty where it gave nothing because facts are missing or because it does not
/// concern the subject; so an absence never reads as zero, and the cells still add up.
func ranking(_ results: Results, _ index: Int) -> Document {
  let rubric = results.rubric(of: index)
  let table = RankingTable(results, index)
  let order = results.standings[index].order
  let header =
    [
      "rank", "cohort", "cohort_size", "subject", "name", "score", "score_upper",
      "assessed_share", "tier", "status", "reasons",
    ] + rubric.parts.map(\.id)
  return Document(
    "rankings/\(fileName(rubric.id)).csv",
    [Lines(header: header, count: order.count) { table.row(Int(order[$0]), &$1) }])
}

/// One ranking with the cells that its rows share already made.
private struct RankingTable: Sendable {
  let card: Scorecard
  let standings: Standings
  let subjects: ShownSubjects
  let reasons: Reasons
  let cohorts: [[UInt8]]
  let tiers: [[UInt8]]
  let decimals: Int

  init(_ results: Results, _ index: Int) {
    let rubric = results.rubric(of: index)
    card = results.scorecards[index]
    standings = results.standings[index]
    subjects = ShownSubjects(results, kind: rubric.subject)
    reasons = Reasons(rubric, language: results.language)
    cohorts = card.cohortNames.map { CSV.made($0) }
    tiers = rubric.tiers.map { CSV.made($0.id) }
    decimals = rubric.decimals
  }

  func row(_ entry: Int, _ csv: inout CSV) {
    let status = card.statuses[entry]
    if status.hasRank { csv.cell(Int(standings.ranks[entry])) } else { csv.empty() }
    let cohort = Int(card.cohorts[entry])
    if cohorts.indices.contains(cohort) { csv.made(cohorts[cohort]) } else { csv.empty() }
    csv.cell(Int(standings.cohortSizes[entry]))
    subjects.append(Int(card.subjects[entry]), to: &csv)
    csv.points(Int(card.scores[entry]), decimals: decimals)
    csv.points(Int(card.upper[entry]), decimals: decimals)
    csv.percent(Int(card.assessed[entry]))
    let tier = Int(card.tiers[entry])
    // A subject without a rank has no tier yet, whatever its points would give.
    if status.hasRank, tiers.indices.contains(tier) { csv.made(tiers[tier]) } else { csv.empty() }
    csv.made(statusWords[status.index])
    csv.cell(reasons.text(card, entry)[...])
    for part in card.parts.indices { points(of: part, entry, &csv) }
    csv.endRow()
  }

  private func points(of part: Int, _ entry: Int, _ csv: inout CSV) {
    let points = Int(card.parts[part].points[entry])
    guard points == 0 else { return csv.points(points, decimals: decimals) }
    switch card.parts[part].states[entry] {
    case .withheld, .pending, .notApplicable: csv.empty()
    case .assessed, .zeroed, .carried: csv.points(0, decimals: decimals)
    }
  }
}

private let statusWords = Status.allCases.map { CSV.made($0.rawValue) }

extension Status {
  fileprivate var index: Int {
    switch self {
    case .ranked: 0
    case .provisional: 1
    case .pending: 2
    case .gated: 3
    case .notEvaluable: 4
    }
  }
}

/// An id as part of a file name: whatever could leave the folder or surprise a file system
/// becomes `_`.
func fileName(_ id: String) -> String {
  let name = String(
    String.UnicodeScalarView(
      id.unicodeScalars.map { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": scalar
        default: scalar.value > 0x7F ? scalar : "_"
        }
      }))
  return name.hasPrefix(".") ? "_" + name.dropFirst() : name
}
