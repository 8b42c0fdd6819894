/// Ranks by counting how many of the group have each score.
///
/// - Parameter counts: How many subjects each score stands for.
func countedRanks(
  _ scores: [Int32], _ groups: [Int32], counts: [Int32], groupCount: Int, levels: Int,
  _ ties: WeightTrials.Ties, _ room: inout [Int32]
) -> [Int32] {
  room.removeAll(keepingCapacity: true)
  room.append(contentsOf: repeatElement(0, count: groupCount * levels))
  count(scores, groups, counts, levels: levels, into: &room)
  place(groups: groupCount, levels: levels, reached: extent(of: scores), ties, &room)
  var ranks = scores
  lookUp(groups, levels: levels, in: room, &ranks)
  return ranks
}

private func count(
  _ scores: [Int32], _ groups: [Int32], _ counts: [Int32], levels: Int, into places: inout [Int32]
) {
  let scores = scores.span
  let groups = groups.span
  let counts = counts.span
  var places = places.mutableSpan
  precondition(scores.count == groups.count && scores.count == counts.count)
  for index in scores.indices {
    places[Int(groups[index]) &* levels &+ Int(scores[index])] &+= counts[index]
  }
}

private func extent(of scores: [Int32]) -> Range<Int> {
  var (least, most) = (Int32.max, Int32(-1))
  for score in scores {
    least = min(least, score)
    most = max(most, score)
  }
  return least > most ? 0..<0 : Int(least)..<Int(most) + 1
}

/// From how many have each score to the place that they share.
///
/// - Parameter reached: Nobody has another score.
private func place(
  groups: Int, levels: Int, reached: Range<Int>, _ ties: WeightTrials.Ties,
  _ places: inout [Int32]
) {
  var places = places.mutableSpan
  for group in 0..<groups {
    var above: Int32 = 0
    var level = group * levels + reached.upperBound - 1
    while level >= group * levels + reached.lowerBound {
      let count = places[level]
      places[level] = ties == .first ? above &+ 1 : above &+ count
      above &+= count
      level -= 1
    }
  }
}

/// From scores to the places that they share.
private func lookUp(
  _ groups: [Int32], levels: Int, in places: [Int32], _ ranks: inout [Int32]
) {
  let groups = groups.span
  let places = places.span
  var ranks = ranks.mutableSpan
  precondition(groups.count == ranks.count)
  for index in groups.indices {
    ranks[index] = places[Int(groups[index]) &* levels &+ Int(ranks[index])]
  }
}

/// Ranks by sorting; for many possible scores and few subjects.
func sortedRanks<Score: Comparable>(
  _ scores: [Score], _ groups: [Int32], counts: [Int32], _ ties: WeightTrials.Ties
) -> [Int32] {
  let order = scores.indices.sorted { left, right in
    groups[left] == groups[right]
      ? scores[left] > scores[right] : groups[left] < groups[right]
  }
  var ranks = Array(repeating: Int32(0), count: scores.count)
  var above: Int32 = 0
  var start = 0
  while start < order.count {
    let (group, score) = (groups[order[start]], scores[order[start]])
    var end = start
    var count: Int32 = 0
    while end < order.count, groups[order[end]] == group, scores[order[end]] == score {
      count += counts[order[end]]
      end += 1
    }
    for place in start..<end { ranks[order[place]] = ties == .first ? above + 1 : above + count }
    above = end < order.count && groups[order[end]] == group ? above + count : 0
    start = end
  }
  return ranks
}
