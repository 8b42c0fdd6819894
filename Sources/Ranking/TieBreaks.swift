import Expressions
import RulePacks
import Tables

/// The keys by which a rubric sets candidates with one score apart, used only where they stand on
/// both sides of a line.
struct TieBreaks {
  let ties: [Rubric.Tie]
  let card: Scorecard
  let subject: Int
  let dossiers: Dossiers

  /// Entries of one score in parts, the first first; within a part nothing tells them apart.
  ///
  /// A key that one of them lacks sets none of them apart, and no later key is asked: what is not
  /// known must not count as little.
  func parted(_ entries: [Int]) -> [[Int]] {
    guard !ties.isEmpty, entries.count > 1 else { return [entries] }
    let facts = dossiers.batch(
      of: subject, at: entries.map { card.subjects[$0] },
      demand: Demand(slots: Set(ties.map(\.slot))))
    let keys = ties.map { tie in
      entries.indices.map { facts.vectors[tie.slot]?.sortKey($0) }
    }
    return parted(Array(entries.indices), keys[...]).map { $0.map { entries[$0] } }
  }

  private func parted(_ lanes: [Int], _ keys: ArraySlice<[Int64?]>) -> [[Int]] {
    guard lanes.count > 1, let key = keys.first else { return [lanes] }
    var groups: [Int64: [Int]] = [:]
    for lane in lanes {
      guard let value = key[lane] else { return [lanes] }
      groups[value, default: []].append(lane)
    }
    let isDescending = ties[ties.count - keys.count].direction == .greatestFirst
    return groups.sorted { isDescending ? $0.key > $1.key : $0.key < $1.key }
      .flatMap { parted($0.value, keys.dropFirst()) }
  }
}

extension Vector {
  /// What a lane is ordered by; nil where it is unknown, or a date without its day.
  fileprivate func sortKey(_ lane: Int) -> Int64? {
    guard isKnown(lane) else { return nil }
    switch values {
    case .flags(let flags): return flags[lane] ? 1 : 0
    case .integers(let numbers), .decimals(let numbers): return numbers[lane]
    case .dates(let dates):
      let date = PartialDate(packed: dates[lane])
      return date.precision == .day ? Int64(date.firstDay) : nil
    case .reals, .codes, .texts, .rows, .boxed: return nil
    }
  }
}
