import Expressions
import RulePacks
import Tables

/// Gaps in which every derived fact is replaced by the delivered ones that it lacks, subject by
/// subject: nobody can be asked for a fact that the program works out.
///
/// What a fact lacks is found as it was found missing, by evaluating its derivation; what a rubric's
/// result lacks are the gaps of that rubric. A derived fact stays where no delivered one explains
/// it, as after a division by zero.
///
/// - Parameters:
///   - gaps: of `card`, entry by entry.
///   - others: the scorecards so far, whose results the rubric may read.
func delivered(
  _ gaps: Gaps, of card: Scorecard, pack: RulePack, dossiers: Dossiers, others: [Scorecard],
  jobs: Int
) async -> Gaps {
  let subject = pack.rubrics[card.rubric].subject
  let asked = gaps.facts.indices.filter { index in
    gaps.facts[index].opinion == nil && gaps.facts[index].slots.count == 1
      && pack.subjects[subject].facts[gaps.facts[index].slots[0]].origin.isWorkedOut
  }
  guard !asked.isEmpty else { return gaps }
  var place = [Int32](repeating: -1, count: gaps.facts.count)
  for (number, fact) in asked.enumerated() { place[fact] = Int32(number) }
  // Entries ascend, so each fact's do too, and one that lacks it in several places stands once.
  var entries = [[Int32]](repeating: [], count: asked.count)
  for (gap, fact) in gaps.missing.enumerated() where place[Int(fact)] >= 0 {
    let number = Int(place[Int(fact)])
    if entries[number].last != gaps.entries[gap] { entries[number].append(gaps.entries[gap]) }
  }
  let lacking = entries
  let found = await inParallel(asked.count, jobs: jobs) { number in
    var search = LackSearch(pack: pack, dossiers: dossiers, cards: others)
    let rows = lacking[number].map { card.subjects[Int($0)] }
    let sets = search.lacks(
      of: gaps.facts[asked[number]].slots[0], owner: nil, subject: subject, at: rows)
    return (sets, search.facts, search.sets)
  }
  return expanded(gaps, place, lacking, found)
}

/// The gaps with the facts found in place of those asked about.
private func expanded(
  _ gaps: Gaps, _ place: [Int32], _ entries: [[Int32]],
  _ found: [(sets: [Int32], facts: [Gaps.MissingFact], all: [[Int32]])]
) -> Gaps {
  var result = Gaps()
  result.facts = gaps.facts
  var numbers = Dictionary(
    gaps.facts.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  // The facts of each search by their numbers in the result.
  let named = found.map { search in
    search.facts.map { fact -> Int32 in
      if let number = numbers[fact] { return number }
      let number = Int32(result.facts.count)
      result.facts.append(fact)
      numbers[fact] = number
      return number
    }
  }
  var cursors = [Int](repeating: 0, count: entries.count)
  var first = 0
  while first < gaps.entries.count {
    // All gaps of one entry in one place.
    let (entry, site) = (gaps.entries[first], gaps.sites[first])
    var end = first
    var missing: [Int32] = []
    while end < gaps.entries.count, gaps.entries[end] == entry, gaps.sites[end] == site {
      let fact = gaps.missing[end]
      end += 1
      guard place[Int(fact)] >= 0 else {
        if !missing.contains(fact) { missing.append(fact) }
        continue
      }
      let number = Int(place[Int(fact)])
      while entries[number][cursors[number]] != entry { cursors[number] += 1 }
      let lacks = found[number].all[Int(found[number].sets[cursors[number]])]
      for lack in lacks {
        let named = named[number][Int(lack)]
        if !missing.contains(named) { missing.append(named) }
      }
      if lacks.isEmpty, !missing.contains(fact) { missing.append(fact) }
    }
    for fact in missing {
      result.entries.append(entry)
      result.missing.append(fact)
      result.sites.append(site)
    }
    first = end
  }
  result.dropUnused()
  return result
}

extension Gaps {
  /// Leaves out facts that are missing nowhere any more.
  fileprivate mutating func dropUnused() {
    var isMissing = [Bool](repeating: false, count: facts.count)
    for number in missing { isMissing[Int(number)] = true }
    var numbers = [Int32](repeating: 0, count: facts.count)
    var kept: [MissingFact] = []
    for index in facts.indices where isMissing[index] {
      numbers[index] = Int32(kept.count)
      kept.append(facts[index])
    }
    for index in missing.indices { missing[index] = numbers[Int(missing[index])] }
    facts = kept
  }
}

extension Fact.Origin {
  /// Whether no file states it.
  fileprivate var isWorkedOut: Bool {
    switch self {
    case .derived, .reference, .result: true
    case .asOf, .record, .merged, .list, .members: false
    }
  }
}

/// Finds what facts lack, many subjects at a time; sets of lacks are numbered.
private struct LackSearch {
  let pack: RulePack
  let dossiers: Dossiers
  let cards: [Scorecard]
  private(set) var facts: [Gaps.MissingFact] = []
  /// Sets of numbers of facts; 0 is the empty one.
  private(set) var sets: [[Int32]] = [[]]
  private var numbers: [Gaps.MissingFact: Int32] = [:]
  private var setNumbers: [[Int32]: Int32] = [[]: 0]

  init(pack: RulePack, dossiers: Dossiers, cards: [Scorecard]) {
    self.pack = pack
    self.dossiers = dossiers
    self.cards = cards
  }

  /// For each of some subjects that lack a fact, the set of delivered facts that it lacks for that.
  ///
  /// - Parameter owner: the subject kind where it is not the scored one; nil where it is.
  mutating func lacks(of slot: Int, owner: Int?, subject: Int, at rows: [Int32]) -> [Int32] {
    let fact = pack.subjects[subject].facts[slot]
    let itself = Gaps.MissingFact(shown: fact.id, slots: [slot], owner: owner)
    switch fact.origin {
    case .derived(let index):
      let sets = lacks(of: pack.derivations[index], owner, subject, rows)
      if let sets { return sets }
    case .reference(let reference, let other):
      return lacks(through: reference, to: other, owner, subject, slot, rows)
    case .result(let rubric, _):
      return rows.map { lacks(of: rubric, subject, $0, else: itself, owner) }
    case .asOf, .record, .merged, .list, .members: break
    }
    return [Int32](repeating: set(of: itself), count: rows.count)
  }

  // MARK: - Derived facts

  /// Nil where the fact is one row's field, and so what is asked for.
  private mutating func lacks(
    of derivation: Derivation, _ owner: Int?, _ subject: Int, _ rows: [Int32]
  ) -> [Int32]? {
    switch derivation.form {
    case .value(let expression), .lookup(_, let expression, _, _), .successor(_, let expression):
      return lacks(of: [(expression, false)], owner, subject, rows)
    case .rules(let rules, _):
      return lacks(of: rules.map { ($0.when, $0.skipsUnknown) }, owner, subject, rows)
    case .pick: return nil
    }
  }

  /// What the first of some expressions that is unknown lacks; of those that may be unknown, what
  /// all of them lack where none decides.
  private mutating func lacks(
    of expressions: [(expression: CheckedExpression, mayBeUnknown: Bool)], _ owner: Int?,
    _ subject: Int, _ rows: [Int32]
  ) -> [Int32] {
    var result = [Int32](repeating: 0, count: rows.count)
    var isDone = [Bool](repeating: false, count: rows.count)
    for (expression, mayBeUnknown) in expressions {
      // Which lanes lack each of the expression's facts.
      var lanes = [[Int]](repeating: [], count: expression.facts.count)
      for start in stride(from: 0, to: rows.count, by: Dossiers.batchSize) {
        let end = min(start + Dossiers.batchSize, rows.count)
        let vector = expression.evaluate(
          over: dossiers.batch(
            of: subject, at: Array(rows[start..<end]), demand: expression.demand))
        guard !vector.missing.isEmpty else { continue }
        for lane in start..<end where !isDone[lane] && vector.missing[lane - start] != 0 {
          for fact in lanes.indices
          where vector.missing[lane - start] & 1 << UInt64(min(fact, 63)) != 0 {
            lanes[fact].append(lane)
          }
          if !mayBeUnknown { isDone[lane] = true }
        }
      }
      for (fact, lacking) in lanes.enumerated() where !lacking.isEmpty {
        let use = expression.facts[fact]
        let sets = lacks(of: use, owner, subject, lacking.map { rows[$0] })
        for (lane, set) in zip(lacking, sets) { result[lane] = union(result[lane], set) }
      }
    }
    return result
  }

  private mutating func lacks(
    of use: FactUse, _ owner: Int?, _ subject: Int, _ rows: [Int32]
  ) -> [Int32] {
    if use.slots.count == 1, use.slots[0] < Demand.outer {
      return lacks(of: use.slots[0], owner: owner, subject: subject, at: rows)
    }
    let fact = Gaps.MissingFact(shown: use.shown, slots: use.slots, owner: owner)
    return [Int32](repeating: set(of: fact), count: rows.count)
  }

  // MARK: - Facts of others

  /// What the subjects that some belong to lack; of those that belong to none, the fact that says
  /// to which, or the other's fact itself where that is said and nobody delivered the other.
  private mutating func lacks(
    through reference: Int, to other: Int, _ owner: Int?, _ subject: Int, _ slot: Int,
    _ rows: [Int32]
  ) -> [Int32] {
    let link = pack.subjects[subject].references[reference]
    guard case .reference(let kind, _, let others) = dossiers.subjects[subject].facts[slot] else {
      return lacks(of: link.by, owner: owner, subject: subject, at: rows)
    }
    let reached = rows.indices.filter { others[Int(rows[$0])] >= 0 }
    let alone = rows.indices.filter { others[Int(rows[$0])] < 0 }
    var result = [Int32](repeating: 0, count: rows.count)
    let theirs = lacks(
      of: other, owner: kind, subject: kind, at: reached.map { others[Int(rows[$0])] })
    for (lane, set) in zip(reached, theirs) { result[lane] = set }
    let itself = Gaps.MissingFact(
      shown: pack.subjects[subject].facts[slot].id, slots: [slot], owner: owner)
    let unnamed = alone.filter {
      !dossiers.isStated(subject: subject, fact: link.by, row: Int(rows[$0]))
    }
    for lane in alone { result[lane] = set(of: itself) }
    let own = lacks(of: link.by, owner: owner, subject: subject, at: unnamed.map { rows[$0] })
    for (lane, set) in zip(unnamed, own) { result[lane] = set }
    return result
  }

  /// What a subject lacks for the result of another rubric.
  private mutating func lacks(
    of rubric: String, _ subject: Int, _ row: Int32, else itself: Gaps.MissingFact, _ owner: Int?
  ) -> Int32 {
    guard let card = cards.first(where: { pack.rubrics[$0.rubric].id == rubric }) else {
      return set(of: itself)
    }
    let entry = card.subjects.partitioningIndex { $0 >= row }
    guard entry < card.count, card.subjects[entry] == row else { return set(of: itself) }
    var gap = card.gaps.entries.partitioningIndex { $0 >= Int32(entry) }
    var result: Int32 = 0
    while gap < card.gaps.entries.count, card.gaps.entries[gap] == Int32(entry) {
      var fact = card.gaps.facts[Int(card.gaps.missing[gap])]
      fact.owner = fact.owner ?? owner
      result = union(result, set(of: fact))
      gap += 1
    }
    return result == 0 ? set(of: itself) : result
  }

  // MARK: - Sets

  private mutating func set(of fact: Gaps.MissingFact) -> Int32 {
    let number = numbers[fact] ?? Int32(facts.count)
    if number == facts.count {
      facts.append(fact)
      numbers[fact] = number
    }
    return self.number(of: [number])
  }

  private mutating func union(_ left: Int32, _ right: Int32) -> Int32 {
    if left == 0 || left == right { return right }
    if right == 0 { return left }
    let (one, other) = (sets[Int(left)], sets[Int(right)])
    return number(of: one + other.filter { !one.contains($0) })
  }

  private mutating func number(of set: [Int32]) -> Int32 {
    if let number = setNumbers[set] { return number }
    let number = Int32(sets.count)
    sets.append(set)
    setNumbers[set] = number
    return number
  }
}
