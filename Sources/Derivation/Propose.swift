import Expressions
import RulePacks
import Tables

/// How the subjects that lack something could get it: alone, together, or otherwise.
///
/// Everyone without it is in exactly one proposal. Those who bring enough stand alone; the rest
/// are gathered with whoever is nearest; who is left comes under an area, or else under what the
/// pack provides for all others.
///
/// - Parameter after: the last number of the proposals made before.
/// - Complexity: O(n log n).
func propose(
  _ plan: Formation, _ dossiers: Dossiers, _ pack: RulePack, jobs: Int, after: Int
) async -> [FormationProposal] {
  let parts = await overStretches(of: dossiers.subjects[plan.subject].count, jobs: jobs) {
    needy(plan, $0, dossiers)
  }
  var waiting = parts.flatMap { $0 }
  var proposals = Proposals(plan, facts: pack.subjects[plan.subject].facts, after: after)
  waiting.removeAll { one in
    guard let strength = one.strength, strength >= plan.threshold else { return false }
    proposals.add([one], plan.alone, tie: nil)
    return true
  }
  for near in plan.near.indices {
    var groups: [String: [Needy]] = [:]
    for one in waiting {
      guard let place = one.near[near], one.strength ?? 0 > 0 else { continue }
      groups[place, default: []].append(one)
    }
    var joined: Set<Int32> = []
    let places = groups.sorted {
      Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8))
    }
    for (_, group) in places {
      for together in gather(group, threshold: plan.threshold, atMost: plan.atMost) {
        proposals.add(together, plan.joint, tie: near)
        joined.formUnion(together.map(\.row))
      }
    }
    waiting.removeAll { joined.contains($0.row) }
  }
  for one in waiting where one.comesUnderArea { proposals.add([one], plan.area, tie: 0) }
  for one in waiting where !one.comesUnderArea { proposals.add([one], plan.otherwise, tie: nil) }
  return proposals.all
}

/// A subject that lacks something.
struct Needy: Sendable, Equatable {
  var row: Int32
  /// Nil where it is unknown.
  var strength: Int?
  /// Its values of the facts that make subjects near.
  var near: [String?]

  var comesUnderArea: Bool { strength != nil && near.first.flatMap { $0 } != nil }
}

private func needy(_ plan: Formation, _ rows: Range<Int>, _ dossiers: Dossiers) -> [Needy] {
  var demand = plan.without.demand
  demand.form(union: plan.strength.demand)
  demand.form(union: Demand(slots: Set(plan.near)))
  let batch = dossiers.batch(of: plan.subject, rows: rows, demand: demand)
  let without = Answers(plan.without.evaluate(over: batch))
  let strength = plan.strength.evaluate(over: batch)
  let lanes = (0..<rows.count).filter { without.isTrue($0) }
  let near = plan.near.map { labels(batch.vectors[$0], at: lanes) }
  return lanes.indices.map { index in
    let lane = lanes[index]
    var brings: Int?
    if case .integers(let numbers) = strength.values, strength.isKnown(lane) {
      brings = Int(numbers[lane])
    }
    return Needy(
      row: Int32(rows.lowerBound + lane), strength: brings, near: near.map { $0[index] })
  }
}

/// Groups that together reach the threshold, as many as this finds.
///
/// Each begins with the strongest who is left and is completed by the weakest who is enough; while
/// nobody is enough, the strongest joins. If that does not reach the threshold, no group can.
func gather(_ group: [Needy], threshold: Int, atMost: Int) -> [[Needy]] {
  var pool = Pool(group)
  var gathered: [[Needy]] = []
  while let first = pool.takeStrongest() {
    var together = [first]
    var sum = first.strength ?? 0
    while sum < threshold, together.count < atMost {
      guard let next = pool.takeWeakest(atLeast: threshold - sum) ?? pool.takeStrongest() else {
        break
      }
      together.append(next)
      sum += next.strength ?? 0
    }
    guard sum >= threshold, together.count <= atMost else { break }
    gathered.append(together.sorted { $0.row < $1.row })
  }
  return gathered
}

/// Who is left, by strength and then by id.
private struct Pool {
  private let sorted: [Needy]
  private let strengths: [Int]
  /// The first who is left at or after each position; `sorted.count` if nobody.
  private var next: [Int]
  private var last: Int

  init(_ group: [Needy]) {
    sorted = group.sorted {
      let (a, b) = ($0.strength ?? 0, $1.strength ?? 0)
      return a == b ? $0.row < $1.row : a < b
    }
    strengths = sorted.map { $0.strength ?? 0 }
    next = Array(0...sorted.count)
    last = sorted.count - 1
  }

  mutating func takeStrongest() -> Needy? {
    while last >= 0, find(last) != last { last -= 1 }
    return last < 0 ? nil : takeWeakest(atLeast: strengths[last])
  }

  mutating func takeWeakest(atLeast strength: Int) -> Needy? {
    var (low, high) = (0, strengths.count)
    while low < high {
      let middle = (low + high) / 2
      if strengths[middle] < strength { low = middle + 1 } else { high = middle }
    }
    let position = find(low)
    guard position < sorted.count else { return nil }
    next[position] = position + 1
    return sorted[position]
  }

  private mutating func find(_ position: Int) -> Int {
    var root = position
    while next[root] != root { root = next[root] }
    var step = position
    while next[step] != root, step != root { (step, next[step]) = (next[step], root) }
    return root
  }
}

private struct Proposals {
  private(set) var all: [FormationProposal] = []
  private let plan: Formation
  private let facts: [Fact]
  private var number: Int

  init(_ plan: Formation, facts: [Fact], after: Int) {
    self.plan = plan
    self.facts = facts
    number = after
  }

  /// - Parameter tie: which of the facts of nearness brings them together.
  mutating func add(_ together: [Needy], _ form: String, tie: Int?) {
    number += 1
    let sum = together.reduce(0) { $0 + ($1.strength ?? 0) }
    for one in together {
      let text = tie.flatMap { near in
        one.near[near].map { "\(facts[plan.near[near]].label) \($0)" }
      }
      all.append(
        FormationProposal(
          subject: plan.subject, row: one.row, form: form,
          partners: together.map(\.row).filter { $0 != one.row }, tie: text ?? "",
          strength: one.strength, together: sum, number: number, basis: plan.basis))
    }
  }
}
