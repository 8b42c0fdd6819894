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
      Lines(
        head: CSV(header: header).bytes, count: table.standings.order.count,
        stretch: ownOrderStretch(of: table.standings.order.count)
      ) { table.rows($0) }
    ])
}

/// One ranking with the cells that its rows share already made.
private struct RankingTable: Sendable {
  let card: Scorecard
  let standings: Standings
  let intervals: RankIntervals?
  let subjects: ShownSubjects
  let reasons: Reasons
  let cohorts: Pieces
  /// The last is for none.
  let tiers: Pieces
  let points: PointTexts

  init(_ results: Results, _ index: Int) {
    let rubric = results.rubric(of: index)
    card = results.scorecards[index]
    standings = results.standings[index]
    intervals = results.intervals(of: index)
    subjects = ShownSubjects(results, kind: rubric.subject)
    reasons = Reasons(rubric, language: results.language)
    cohorts = Pieces(card.cohortNames.map { CSV.made($0) })
    tiers = Pieces(rubric.tiers.map { CSV.made($0.id) } + [[]])
    points = PointTexts(rubric)
  }

  /// The rows at some places of the order of publication.
  ///
  /// What they need is picked first, column by column, in loops whose cache misses overlap.
  func rows(_ places: Range<Int>) -> [UInt8] {
    let entries = Array(standings.order[places])
    return inOwnOrder(entries) { some, rows in
      let picked = RankingRows(self, pick(entries, at: some))
      rows.append(upTo: picked.most(of: self)) { picked.write(self, to: &$0, &$1, $2) }
    }
  }
}

/// What some rows of a ranking need, in their order.
private struct RankingRows {
  let ranks: [Int32]
  let lows: [Int32]
  let highs: [Int32]
  let cohorts: [Int32]
  let sizes: [Int32]
  let ids: Pieces
  let names: Pieces
  let scores: [Int32]
  let upper: [Int32]
  let assessed: [Int16]
  let tiers: [Int16]
  let statuses: [Status]
  let reasonNumbers: [Int32]
  let reasons: Pieces
  /// Of all parts, row after row.
  let points: [Int32]

  init(_ table: RankingTable, _ entries: [Int32]) {
    let card = table.card
    (ids, names) = table.subjects.picked(pick(card.subjects, at: entries))
    ranks = pick(table.standings.ranks, at: entries)
    lows = table.intervals.map { pick($0.low, at: entries) } ?? []
    highs = table.intervals.map { pick($0.high, at: entries) } ?? []
    cohorts = pick(card.cohorts, at: entries)
    sizes = pick(table.standings.cohortSizes, at: entries)
    scores = pick(card.scores, at: entries)
    upper = pick(card.upper, at: entries)
    assessed = pick(card.assessed, at: entries)
    tiers = pick(card.tiers, at: entries)
    statuses = pick(card.statuses, at: entries)
    let texts = table.reasons.shared(card, entries)
    reasonNumbers = texts.numbers
    reasons = Pieces(texts.texts.map { CSV.made($0) })
    points = card.pointsByRow(entries, absent: CSV.absent)
  }

  /// The bytes that the rows need at most.
  func most(of table: RankingTable) -> Int {
    let texts = ids.bytes.count * 2 + names.bytes.count * 2
    let shared = table.cohorts.longest + table.tiers.longest + reasons.longest
    return texts + ranks.count * (160 + shared) + points.count * 16
  }

  func write(
    _ table: RankingTable, to output: inout OutputSpan<UInt8>, _ ends: inout [Int], _ start: Int
  ) {
    let (idBytes, nameBytes) = (ids.bytes.span, names.bytes.span)
    let (cohortBytes, cohortBounds) = (table.cohorts.bytes.span, table.cohorts.bounds.span)
    let (tierBytes, tierBounds) = (table.tiers.bytes.span, table.tiers.bounds.span)
    let (reasonBytes, reasonBounds) = (reasons.bytes.span, reasons.bounds.span)
    let (words, percents) = (statusWords, percentTexts)
    let (statusBytes, statusBounds) = (words.bytes.span, words.bounds.span)
    let allPoints = points.span
    let parts = table.card.parts.count
    let lastTier = table.tiers.count - 1
    for row in ranks.indices {
      output.putRank(ranks[row])
      output.append(UInt8(ascii: ","))
      if !lows.isEmpty { output.putRank(lows[row]) }
      output.append(UInt8(ascii: ","))
      if !highs.isEmpty { output.putRank(highs[row]) }
      output.append(UInt8(ascii: ","))
      if Int(cohorts[row]) < table.cohorts.count {
        output.put(Int(cohorts[row]), of: cohortBytes, cohortBounds)
      }
      output.append(UInt8(ascii: ","))
      output.putDigits(Int(sizes[row]))
      output.append(UInt8(ascii: ","))
      output.putCell(idBytes.extracting(ids.range(row)))
      output.append(UInt8(ascii: ","))
      output.putCell(nameBytes.extracting(names.range(row)))
      output.put(scores[row], table.points)
      output.put(upper[row], table.points)
      output.put(percent: assessed[row], percents)
      output.append(UInt8(ascii: ","))
      // A subject without a rank has no tier yet, whatever its points would give.
      let tier = statuses[row].hasRank && tiers[row] >= 0 ? Int(tiers[row]) : lastTier
      output.put(min(tier, lastTier), of: tierBytes, tierBounds)
      output.append(UInt8(ascii: ","))
      output.put(statuses[row].place, of: statusBytes, statusBounds)
      output.append(UInt8(ascii: ","))
      output.put(Int(reasonNumbers[row]), of: reasonBytes, reasonBounds)
      output.putPoints(allPoints.extracting(row * parts..<(row + 1) * parts), table.points)
      output.append(0x0D)
      output.append(0x0A)
      ends.append(start + output.count)
    }
  }
}

private let statusWords = Pieces(Status.allCases.map { CSV.made($0.rawValue) })
private let percentTexts = PointTexts(percentsUpTo: 1000)

extension OutputSpan<UInt8> {
  /// Adds a rank; nothing where there is none.
  fileprivate mutating func putRank(_ rank: Int32) {
    if rank > 0 { putDigits(Int(rank)) }
  }

  /// Adds a separator and a cell for each number of thousandths; at most 16 bytes each.
  fileprivate mutating func putPoints(_ points: Span<Int32>, _ texts: PointTexts) {
    for index in points.indices {
      if points[index] == CSV.absent {
        append(UInt8(ascii: ","))
      } else {
        put(points[index], texts)
      }
    }
  }
}

extension Scorecard {
  /// The points of all parts, entry after entry.
  ///
  /// - Parameter absent: Stands for no points because facts are missing or the part does not
  ///   apply; nil for their zeros as they are.
  func pointsByRow(_ entries: [Int32], absent: Int32?) -> [Int32] {
    var points = [Int32](repeating: 0, count: entries.count * parts.count)
    for part in parts.indices {
      let values = parts[part].points.picked(entries, absent: 0)
      if let absent {
        let states = pick(parts[part].states, at: entries)
        place(values, states, absent: absent, at: part, every: parts.count, into: &points)
      } else {
        place(values, at: part, every: parts.count, into: &points)
      }
    }
    return points
  }
}

/// Looks at every state, though only those of zeros count: a loop without a choice to make waits
/// for many cache misses at a time.
private func place(
  _ values: [Int32], _ states: [PartState], absent: Int32, at first: Int, every step: Int,
  into points: inout [Int32]
) {
  let values = values.span
  let states = states.span
  var points = points.mutableSpan
  precondition(values.count == states.count)
  var without: UInt64 = 0
  for state in PartState.allCases where state.isWithoutPoints {
    without |= 1 << UInt64(state.rawValue)
  }
  var cell = first
  // Safe: a cell is below the number of values times the step, which is that of the points.
  for row in values.indices {
    let isWithout = (without >> UInt64(states[row].rawValue)) & 1 == 1
    points[cell] = values[row] == 0 && isWithout ? absent : values[row]
    cell &+= step
  }
}

private func place(
  _ values: [Int32], at first: Int, every step: Int, into points: inout [Int32]
) {
  let values = values.span
  var points = points.mutableSpan
  for row in values.indices { points[row &* step &+ first] = values[row] }
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
