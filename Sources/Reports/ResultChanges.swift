import RulePacks
import Tables

/// How many of those that rose most, and of those that fell most, are named.
private let mostMoves = 5

/// How the results of one ranking differ from those of the run before: what page and workbook say
/// of it.
struct ResultChanges {
  /// Without a result in the run before, and without one in this.
  private(set) var entered = 0
  private(set) var left: Int
  /// Of those with a result both times; of tiers only where both runs have the same.
  private(set) var moves = ResultMoves()
  /// Entries of the scorecard: those that rose most, then those that fell most.
  private(set) var largest: [Int] = []

  /// Nil where no run before applied the rubric.
  init?(_ results: RunResult, _ index: Int) {
    guard let last = results.earlier.last?.rankings[index] else { return nil }
    let card = results.scorecards[index]
    let hasSameTiers = last.tiers == results.rubric(of: index).tiers.map(\.id)
    left = last.count
    var extremes = Extremes(most: mostMoves)
    // In the order of publication, so that of equal changes the better placed is named.
    for entry in results.standings[index].order.lazy.map({ Int($0) }) {
      guard let old = last.entries[entry] else {
        entered += 1
        continue
      }
      left -= 1
      extremes.add(entry, Int(card.scores[entry]) - Int(old.score))
      let tiers = (old.tier, card.tiers[entry])
      moves.add(
        from: ResultMoves.Result(
          status: old.status, score: Int(old.score), tier: hasSameTiers ? Int(tiers.0) : nil),
        to: ResultMoves.Result(
          status: card.statuses[entry], score: Int(card.scores[entry]),
          tier: hasSameTiers ? Int(tiers.1) : nil))
    }
    largest = extremes.highest.map(\.entry) + extremes.lowest.map(\.entry)
  }
}

/// The greatest and the least of many numbers that are not 0.
private struct Extremes {
  let most: Int
  private(set) var highest: [(entry: Int, value: Int)] = []
  private(set) var lowest: [(entry: Int, value: Int)] = []

  init(most: Int) { self.most = most }

  mutating func add(_ entry: Int, _ value: Int) {
    if value > 0, highest.count < most || value > highest[most - 1].value {
      let place = highest.firstIndex { $0.value < value } ?? highest.count
      highest.insert((entry, value), at: place)
      if highest.count > most { highest.removeLast() }
    }
    if value < 0, lowest.count < most || value < lowest[most - 1].value {
      let place = lowest.firstIndex { $0.value > value } ?? lowest.count
      lowest.insert((entry, value), at: place)
      if lowest.count > most { lowest.removeLast() }
    }
  }
}
