public import RulePacks
public import Tables

/// Draws weights as the rubric's robustness says, and gives for every subject between which ranks
/// in its cohort nine of ten draws put it.
///
/// In each draw every indicator's weight moves by itself, evenly within the rubric's share of it,
/// and all are scaled so that the full mark stays; deductions, bonuses and caps stay as they are.
/// The draws follow from the rubric's seed alone. A ranking with very many different results gets
/// fewer draws than asked for, and none where they would be fewer than a hundred.
///
/// - Parameters:
///   - card: What the rubric gave its subjects.
///   - rubric: The one that the card is of.
///   - jobs: How many stretches of draws are made at a time; the result does not depend on it.
/// - Returns: nil where the rubric has no settings for it.
public func rankIntervals(
  _ card: Scorecard, rubric: Rubric, jobs: Int = 1
) async -> RankIntervals? {
  guard let robustness = rubric.robustness else { return nil }
  let entries = card.statuses.indices.filter { card.statuses[$0].hasRank }
  let trials = WeightTrials(
    card, rubric: rubric, entries: entries, groups: entries.map { card.cohorts[$0] })
  let draws = trials.draws(asked: robustness.draws)
  var result = RankIntervals(
    low: Array(repeating: 0, count: card.count), high: Array(repeating: 0, count: card.count),
    draws: draws, profiles: trials.profiles.count)
  guard draws > 0 else { return result }
  let weights = DrawnWeights(rubric, robustness, draws: draws)
  let stretches = await inStretches(of: draws, jobs: jobs) { stretch in
    var room = WeightTrials.Room()
    return stretch.map { trials.ranks(weights, $0, ties: .first, &room) }
  }
  let ranks = stretches.flatMap { $0 }
  let profiles = trials.profiles
  let ends = await inStretches(of: profiles.count, jobs: jobs) { stretch in
    outerTwentieths(of: ranks, stretch)
  }
  let (low, high) = (ends.flatMap(\.low), ends.flatMap(\.high))
  for (position, entry) in entries.enumerated() {
    let profile = Int(profiles.numbers[position])
    result.low[entry] = low[profile]
    result.high[entry] = high[profile]
  }
  result.effects = await effects(card, trials, rubric: rubric, entries: entries, jobs: jobs)
  return result
}

/// Does equal stretches of a range at the same time; results in their order.
func inStretches<Outcome: Sendable>(
  of count: Int, jobs: Int, _ work: @escaping @Sendable (Range<Int>) -> Outcome
) async -> [Outcome] {
  let pieces = max(1, min(jobs, count))
  let size = (count + pieces - 1) / pieces
  return await inParallel(pieces, jobs: jobs) { piece in
    work(min(count, piece * size)..<min(count, (piece + 1) * size))
  }
}

/// For some profiles the 5th and the 95th percentile of their ranks: the least rank that is not
/// beaten in more than 95 of 100 draws, and the least that is held in 95 of 100.
private func outerTwentieths(
  of draws: [[Int32]], _ profiles: Range<Int>
) -> (low: [Int32], high: [Int32]) {
  var low: [Int32] = []
  var high: [Int32] = []
  low.reserveCapacity(profiles.count)
  high.reserveCapacity(profiles.count)
  let (first, last) = twentieths(of: draws.count)
  let width = 64
  var block = [Int32](repeating: 0, count: draws.count * width)
  var levels: [Int32] = []
  for start in stride(from: profiles.lowerBound, to: profiles.upperBound, by: width) {
    let count = min(width, profiles.upperBound - start)
    gather(draws, start, count, into: &block)
    for column in 0..<count {
      let ranks = block.span.extracting(column * draws.count..<(column + 1) * draws.count)
      let ends = select(first, last, of: ranks, &levels)
      low.append(ends.0)
      high.append(ends.1)
    }
  }
  return (low, high)
}

/// Which of so many draws, in order of the rank, the 5th and 95th percentile are, from 0.
func twentieths(of draws: Int) -> (first: Int, last: Int) {
  (max(0, (draws + 19) / 20 - 1), max(0, (19 * draws + 19) / 20 - 1))
}

/// The ranks of some profiles, one after the other.
private func gather(
  _ draws: [[Int32]], _ start: Int, _ count: Int, into block: inout [Int32]
) {
  var block = block.mutableSpan
  for row in draws.indices {
    place(draws[row], start, count, at: row, every: draws.count, into: &block)
  }
}

private func place(
  _ ranks: [Int32], _ start: Int, _ count: Int, at first: Int, every step: Int,
  into block: inout MutableSpan<Int32>
) {
  for column in 0..<count { block[column &* step &+ first] = ranks[start &+ column] }
}

/// Two of some ranks by their place in order, from 0; counted where they lie close together.
private func select(
  _ first: Int, _ last: Int, of ranks: Span<Int32>, _ levels: inout [Int32]
) -> (Int32, Int32) {
  var (least, most) = (Int32.max, Int32.min)
  for index in ranks.indices {
    least = min(least, ranks[index])
    most = max(most, ranks[index])
  }
  if least == most { return (least, most) }
  let width = Int(most - least) + 1
  guard width <= 8 * ranks.count else { return selectOuter(first, last, of: ranks, &levels) }
  while levels.count < width { levels.append(0) }
  var counts = levels.mutableSpan
  for level in 0..<width { counts[level] = 0 }
  // Safe: no rank is below the least, and there are fewer than 2^31.
  for index in ranks.indices { counts[Int(ranks[index] &- least)] &+= 1 }
  var level = 0
  var below = Int(counts[0])
  while below <= first {
    level += 1
    below += Int(counts[level])
  }
  let low = least + Int32(level)
  while below <= last {
    level += 1
    below += Int(counts[level])
  }
  return (low, least + Int32(level))
}

/// The same where ranks lie far apart: only those before the first and behind the last are kept in
/// order, which in outer twentieths are few.
private func selectOuter(
  _ first: Int, _ last: Int, of ranks: Span<Int32>, _ room: inout [Int32]
) -> (Int32, Int32) {
  let low = first + 1
  let high = ranks.count - last
  room.removeAll(keepingCapacity: true)
  room.append(contentsOf: repeatElement(.max, count: low))
  room.append(contentsOf: repeatElement(.max, count: high))
  var kept = room.mutableSpan
  for index in ranks.indices {
    let rank = ranks[index]
    if rank < kept[low - 1] { insert(rank, in: &kept, from: 0, to: low) }
    // The greatest with their signs turned.
    if -rank < kept[low + high - 1] { insert(-rank, in: &kept, from: low, to: low + high) }
  }
  return (kept[low - 1], -kept[low + high - 1])
}

/// Puts a number in its place among sorted ones, the last of which goes.
private func insert(
  _ number: Int32, in kept: inout MutableSpan<Int32>, from start: Int, to end: Int
) {
  var place = end - 1
  while place > start, kept[place - 1] > number {
    kept[place] = kept[place - 1]
    place -= 1
  }
  kept[place] = number
}
