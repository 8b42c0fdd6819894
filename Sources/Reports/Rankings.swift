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
  let header =
    [
      "rank", "rank_low", "rank_high", "cohort", "cohort_size", "subject", "name", "score",
      "score_upper", "assessed_share", "tier", "status", "reasons",
    ] + rubric.parts.map(\.id)
  return Document(
    "rankings/\(fileName(rubric.id)).csv",
    [
      // So many rows that what is picked for them stays in the second-level cache.
      Lines(head: CSV(header: header).bytes, count: table.standings.order.count, stretch: 1024) {
        table.rows($0)
      }
    ])
}

/// One ranking with the cells that its rows share already made.
private struct RankingTable: Sendable {
  let card: Scorecard
  let standings: Standings
  let intervals: RankIntervals?
  let subjects: ShownSubjects
  let reasons: Reasons
  let cohorts: [[UInt8]]
  let tiers: [[UInt8]]
  let decimals: Int

  init(_ results: Results, _ index: Int) {
    let rubric = results.rubric(of: index)
    card = results.scorecards[index]
    standings = results.standings[index]
    intervals = results.intervals(of: index)
    subjects = ShownSubjects(results, kind: rubric.subject)
    reasons = Reasons(rubric, language: results.language)
    cohorts = card.cohortNames.map { CSV.made($0) }
    tiers = rubric.tiers.map { CSV.made($0.id) }
    decimals = rubric.decimals
  }

  /// The rows at some places of the order of publication.
  ///
  /// The order jumps about in the scorecard, and every jump misses the cache. So what the rows
  /// need is picked first, column by column, in loops whose misses overlap.
  func rows(_ places: Range<Int>) -> [UInt8] {
    let entries = standings.order[places]
    let picked = card.picked(entries)
    let ranks = pick(standings.ranks, at: entries)
    let lows = intervals.map { pick($0.low, at: entries) }
    let highs = intervals.map { pick($0.high, at: entries) }
    let sizes = pick(standings.cohortSizes, at: entries)
    let (ids, names) = subjects.picked(picked.subjects)
    let points = card.pointsByRow(entries)
    let parts = card.parts.count
    var csv = CSV()
    csv.reserveCapacity(places.count * (160 + 6 * parts))
    for row in picked.subjects.indices {
      rank(ranks[row], lows?[row], highs?[row], &csv)
      place(row, picked, size: Int(sizes[row]), &csv)
      csv.cell(ids.bytes[ids.range(row)])
      csv.cell(names.bytes[names.range(row)])
      result(row, picked, &csv)
      csv.points(points.span.extracting(row * parts..<(row + 1) * parts), decimals: decimals)
      csv.endRow()
    }
    return csv.bytes
  }

  /// Three cells, empty where there is no rank or no interval.
  private func rank(_ rank: Int32, _ low: Int32?, _ high: Int32?, _ csv: inout CSV) {
    for number in [rank, low ?? 0, high ?? 0] {
      if number > 0 { csv.cell(Int(number)) } else { csv.empty() }
    }
  }

  private func place(_ row: Int, _ card: Scorecard, size: Int, _ csv: inout CSV) {
    let cohort = Int(card.cohorts[row])
    if cohorts.indices.contains(cohort) { csv.made(cohorts[cohort]) } else { csv.empty() }
    csv.cell(size)
  }

  private func result(_ row: Int, _ card: Scorecard, _ csv: inout CSV) {
    let status = card.statuses[row]
    csv.points(Int(card.scores[row]), decimals: decimals)
    csv.points(Int(card.upper[row]), decimals: decimals)
    csv.percent(Int(card.assessed[row]))
    let tier = Int(card.tiers[row])
    // A subject without a rank has no tier yet, whatever its points would give.
    if status.hasRank, tiers.indices.contains(tier) { csv.made(tiers[tier]) } else { csv.empty() }
    csv.made(statusWords[status.index])
    csv.cell(reasons.text(card, row)[...])
  }
}

private let statusWords = Status.allCases.map { CSV.made($0.rawValue) }

extension Status {
  /// Its place among all cases.
  var index: Int {
    switch self {
    case .ranked: 0
    case .provisional: 1
    case .pending: 2
    case .gated: 3
    case .notEvaluable: 4
    }
  }
}

extension Scorecard {
  /// What the first cells of some entries need, in their order; without the points of parts.
  fileprivate func picked(_ entries: ArraySlice<Int32>) -> Scorecard {
    var picked = Scorecard(rubric: rubric, subjects: pick(subjects, at: entries))
    picked.gates = gates.map { pick($0, at: entries) }
    picked.caps = caps.map { pick($0, at: entries) }
    picked.scores = pick(scores, at: entries)
    picked.upper = pick(upper, at: entries)
    picked.assessed = pick(assessed, at: entries)
    picked.tiers = pick(tiers, at: entries)
    picked.statuses = pick(statuses, at: entries)
    picked.cohorts = pick(cohorts, at: entries)
    // Only reasons for waiting look at the states of parts.
    if picked.statuses.contains(.pending) {
      picked.parts = parts.map { part in
        var some = PartPoints()
        some.states = pick(part.states, at: entries)
        return some
      }
    }
    return picked
  }

  /// The points of all parts, entry after entry; `CSV.absent` where the cell stays empty.
  fileprivate func pointsByRow(_ entries: ArraySlice<Int32>) -> [Int32] {
    var points = [Int32](repeating: 0, count: entries.count * parts.count)
    for part in parts.indices {
      place(parts[part], of: entries, at: part, every: parts.count, into: &points)
    }
    return points
  }
}

private func pick<Element>(_ values: [Element], at entries: ArraySlice<Int32>) -> [Element] {
  var picked: [Element] = []
  picked.reserveCapacity(entries.count)
  for entry in entries { picked.append(values[Int(entry)]) }
  return picked
}

private func place(
  _ part: PartPoints, of entries: ArraySlice<Int32>, at first: Int, every step: Int,
  into points: inout [Int32]
) {
  var cell = first
  for entry in entries {
    let value = part.points[Int(entry)]
    points[cell] = value
    if value == 0, part.states[Int(entry)].isWithoutPoints { points[cell] = CSV.absent }
    cell += step
  }
}

extension PartState {
  /// Whether no points were given because facts are missing or the part does not apply, so that
  /// a zero would say too much.
  var isWithoutPoints: Bool {
    switch self {
    case .withheld, .pending, .notApplicable, .leftOut: true
    case .assessed, .zeroed, .carried, .imputed: false
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
