import RulePacks
import Tables

/// How many of those that rose most, and of those that fell most, the overview names.
private let mostMoves = 5

/// The runs before this one, the last at the end.
func earlier(_ results: Results, _ json: inout JSON) {
  if let previous = results.run.previous { json.string("previous", previous) }
  json.array("earlier") { json in
    for run in results.earlier {
      json.object { json in
        json.string("id", run.id)
        json.string("title", run.title)
        json.string("asOf", run.asOf)
      }
    }
  }
}

/// Of one ranking what its earlier runs had, and what changed since the last.
func change(_ results: Results, _ list: PageList, _ json: inout JSON) {
  guard !results.earlier.isEmpty else { return }
  json.array("earlier") { json in
    for run in results.earlier {
      guard let ranking = run.rankings[list.index] else {
        json.null()
        continue
      }
      json.object { json in
        json.string("edition", ranking.edition)
        json.strings("tiers", ranking.tiers)
      }
    }
  }
  guard let last = results.earlier.last?.rankings[list.index] else { return }
  let changes = Changes(results, list.index, since: last)
  json.object("change") { json in
    json.number("entered", changes.entered)
    json.number("left", changes.left)
    json.number("up", changes.up)
    json.number("down", changes.down)
    json.number("same", changes.same)
    json.number("better", changes.better)
    json.number("worse", changes.worse)
    json.array("moves") { json in
      for entry in changes.largest { move(results, list.index, entry, last, to: &json) }
    }
  }
}

/// How results differ from those of an earlier run.
private struct Changes {
  private(set) var entered = 0
  private(set) var left: Int
  /// By score.
  private(set) var up = 0
  private(set) var down = 0
  private(set) var same = 0
  /// By tier, where both runs have the same tiers; without a rank is worse than any tier.
  private(set) var better = 0
  private(set) var worse = 0
  /// Entries of the scorecard: those that rose most, then those that fell most.
  private(set) var largest: [Int] = []

  init(_ results: Results, _ index: Int, since last: EarlierRanking) {
    let card = results.scorecards[index]
    let hasSameTiers = last.tiers == results.rubric(of: index).tiers.map(\.id)
    left = last.count
    var moves = Extremes(most: mostMoves)
    // In the order of publication, so that of equal changes the better placed is named.
    for entry in results.standings[index].order.lazy.map({ Int($0) }) {
      guard let old = last.entries[entry] else {
        entered += 1
        continue
      }
      left -= 1
      let difference = Int(card.scores[entry]) - Int(old.score)
      if difference > 0 { up += 1 }
      if difference < 0 { down += 1 }
      if difference == 0 { same += 1 }
      moves.add(entry, difference)
      guard hasSameTiers else { continue }
      let (was, now) = (level(old.status, old.tier), level(card.statuses[entry], card.tiers[entry]))
      if now < was { better += 1 }
      if now > was { worse += 1 }
    }
    largest = moves.highest.map(\.entry) + moves.lowest.map(\.entry)
  }
}

private func level(_ status: Status, _ tier: Int16) -> Int {
  status.hasRank ? Int(tier) : Int(Int16.max)
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

/// Id, name, and before and now: score, rank and tier, or −1.
private func move(
  _ results: Results, _ index: Int, _ entry: Int, _ last: EarlierRanking, to json: inout JSON
) {
  guard let old = last.entries[entry] else { return }
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: results.rubric(of: index).subject)
  let row = Int(card.subjects[entry])
  let tier = card.statuses[entry].hasRank ? Int(card.tiers[entry]) : -1
  json.array { json in
    json.string(nil, subjects.id(row))
    json.string(nil, subjects.name(row))
    for number in [
      Int(old.score), Int(old.rank), Int(old.tier), Int(card.scores[entry]),
      Int(results.standings[index].ranks[entry]), tier,
    ] {
      json.number(nil, number)
    }
  }
}

/// The ranks that some entries had in the last run: 0 is a result without a rank, −1 none.
func earlierRanks(_ results: Results, _ index: Int, _ entries: [Int32]) -> [Int]? {
  guard let last = results.earlier.last?.rankings[index] else { return nil }
  return entries.map { entry in last.entries[Int(entry)].map { Int($0.rank) } ?? -1 }
}

/// `data/RUBRIC-history-N.js`: results of so many subjects in the earlier runs.
///
/// One a run, null where it did not apply the rubric: columns with a row a subject.
func pageHistory(_ results: Results, _ list: PageList, _ number: Int, _ range: Range<Int>)
  -> Document
{
  let entries = list.entries[range]
  var json = JSON()
  json.array { json in
    for run in results.earlier {
      guard let ranking = run.rankings[list.index] else {
        json.null()
        continue
      }
      let then = entries.map { ranking.entries[Int($0)] }
      json.object { json in
        json.numbers("status", then.lazy.map { $0?.status.place ?? -1 })
        json.numbers("score", then.lazy.map { Int($0?.score ?? 0) })
        json.numbers("rank", then.lazy.map { Int($0?.rank ?? 0) })
        json.numbers("size", then.lazy.map { Int($0?.cohortSize ?? 0) })
        json.numbers("tier", then.lazy.map { Int($0?.tier ?? -1) })
      }
    }
  }
  return dataDocument("\(list.stem)-history-\(number)", json.bytes)
}
