import PastRuns
import Pipeline
import Reports
package import Requests
import RulePacks
import Tables

/// Evaluates a run's delivery with two packs and compares the results.
///
/// - Parameters:
///   - old: A pack's folder; nil is the pack that the run names.
///   - new: The folder of the edited pack.
///   - run: A published run.
///   - request: Where runs, packs and the ledger are; delivery and rules are set by this.
package func impactOfRules(
  old: String?, new: String, run: String, request: Request
) async throws(RunFailure) -> Impact {
  var request = request
  request.delivery = try delivery(of: run, request: request)
  request.rules = old
  let before = try await evaluate(request)
  if old == nil { try requireUnchanged(before, run: run, request: request) }
  request.rules = new
  let after = try await evaluate(request)
  return compare(before, after)
}

/// What differs between two evaluations of one delivery.
func compare(_ before: RunResult, _ after: RunResult) -> Impact {
  let ids = after.rubricIDs + before.rubricIDs.filter { !after.rubricIDs.contains($0) }
  return Impact(
    run: after.run.id, before: before.pack.shownID, after: after.pack.shownID,
    titles: (before.pack.shownTitle, after.pack.shownTitle),
    rubrics: ids.map { id in
      RubricComparison(RubricSide(before, rubric: id), RubricSide(after, rubric: id)).impact(of: id)
    },
    screenings: screeningChanges(before, after))
}

extension RulePack {
  var shownID: String { "\(about.id) \(about.edition)" }
  var shownTitle: String { "\(about.title) \(about.edition)" }
}

extension RunResult {
  fileprivate var rubricIDs: [String] { scorecards.map { pack.rubrics[$0.rubric].id } }
}

/// One rubric's results in one evaluation.
struct RubricSide {
  let evaluated: RunResult
  let card: Scorecard
  let standings: Standings
  let rubric: Rubric
  /// What each rule says, with the named conditions it uses, by kind and id.
  let rules: [String: String]
  /// Ids of the public facts that each part reads itself.
  let factsRead: [String: [String]]
  /// Slots of these facts, by id.
  let slots: [String: Int]

  /// Nil where the run does not apply the rubric.
  init?(_ evaluated: RunResult, rubric id: String) {
    let index = evaluated.scorecards.firstIndex {
      evaluated.pack.rubrics[$0.rubric].id == id
    }
    guard let index else { return nil }
    self.evaluated = evaluated
    card = evaluated.scorecards[index]
    standings = evaluated.standings[index]
    rubric = evaluated.pack.rubrics[card.rubric]
    rules = signatures(of: evaluated.pack.table(ofRubric: card.rubric))
    factsRead = RubricSide.factsRead(rubric, evaluated.pack)
    let kind = evaluated.pack.subjects[rubric.subject]
    slots = Dictionary(
      Set(factsRead.values.joined()).compactMap { id in kind.fact(id).map { (id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Ascending by bytes.
  var ids: TextColumn { evaluated.dossiers.subjects[rubric.subject].ids }

  /// A subject's place on the scorecard; nil where the rubric does not apply to it.
  func entry(of subject: String) -> Int? { ids.row(of: subject).flatMap { card.entry(of: $0) } }

  func outcome(_ entry: Int) -> SubjectOutcome {
    SubjectOutcome(card, standings, rubric, entry: entry)
  }

  func id(_ entry: Int) -> String { ids[Int(card.subjects[entry])] }

  func name(_ entry: Int) -> String {
    let kind = evaluated.pack.subjects[rubric.subject]
    guard kind.facts[kind.name].sensitivity == .open else { return "" }
    return evaluated.dossiers.text(
      subject: rubric.subject, fact: kind.name, row: Int(card.subjects[entry])) ?? ""
  }

  /// The sum of the parts, before bounds and limits.
  func sum(_ entry: Int) -> Int { card.parts.reduce(0) { $0 + Int($1.points[entry]) } }

  /// The tier of a score, caps aside.
  func tier(of score: Int) -> String {
    rubric.tiers.first { tier in tier.from.map { score >= $0 } ?? true }?.id ?? ""
  }
}

/// What the rules of a table say, by kind and id.
private func signatures(of table: RubricTable) -> [String: String] {
  let lets = table.rows.filter { $0.kind == .named }
  var meanings: [String: String] = [:]
  func meaning(of text: String) -> String {
    // A condition uses those above it, whose meanings are known by then.
    let used = lets.filter { text.contains($0[.id]) }
    return text + used.map { "\n\($0[.id]) = \(meanings[$0[.id]] ?? "")" }.joined()
  }
  for row in lets { meanings[row[.id]] = meaning(of: row[.rule]) }
  return Dictionary(
    table.rows.map { row in
      let text = [RubricRow.Column.points, .rule, .applies, .unknown].map { row[$0] }
      return (row.kind.key(of: row[.id]), meaning(of: text.joined(separator: "\n")))
    }, uniquingKeysWith: { first, _ in first })
}

/// One rubric under both packs.
struct RubricComparison {
  let before: RubricSide?
  let after: RubricSide?

  init(_ before: RubricSide?, _ after: RubricSide?) {
    self.before = before
    self.after = after
  }

  func impact(of id: String) -> RubricImpact {
    let side = after ?? before
    var subjects = 0
    var matrix: [RubricImpact.Transition: Int] = [:]
    var moves: [Move] = []
    forEachBody { old, new in
      subjects += 1
      let move = self.move(old, new)
      let transition = RubricImpact.Transition(
        before: move.standingBefore, after: move.standingAfter)
      matrix[transition, default: 0] += 1
      if differ(move.before, move.after) { moves.append(move) }
    }
    let tiers = after?.rubric.tiers.map(\.id) ?? []
    let gone = (before?.rubric.tiers.map(\.id) ?? []).filter { !tiers.contains($0) }
    return RubricImpact(
      id: id, title: side?.rubric.title ?? "", subjects: subjects, moves: moves,
      matrix: matrix, tiers: tiers + gone,
      labels: RubricLabels([after, before].compactMap { $0?.rubric }))
  }

  /// The entries of every body on either side: ids that stand for another name than before are two
  /// bodies, and a body under a new id is one, where a person has said so.
  private func forEachBody(_ body: (_ old: Int?, _ new: Int?) -> Void) {
    let successors = successors
    let moved = Set(successors.values)
    forEachSubject { old, new in
      switch (old, new) {
      case (let old?, let new?) where isAnother(old, new):
        body(old, nil)
        body(nil, new)
      case (let old?, nil): if !moved.contains(old) { body(old, nil) }
      case (nil, let new?): body(successors[new], new)
      default: body(old, new)
      }
    }
  }

  /// Entries of now whose body stood under another id before, with the entry of then.
  private var successors: [Int: Int] {
    guard let before, let after, !after.evaluated.said.isEmpty else { return [:] }
    let kind = after.evaluated.pack.subjects[after.rubric.subject].id
    var found: [Int: Int] = [:]
    for entry in after.card.subjects.indices {
      let id = after.id(entry)
      let ids = after.evaluated.said.earlierIDs(kind: kind, subject: id)
      guard !ids.isEmpty, before.entry(of: id) == nil else { continue }
      let earlier = ids.first { id in
        guard let old = before.entry(of: id), after.entry(of: id) == nil else { return false }
        return after.evaluated.said.isMeant(kind: kind, earlier: id, name: before.name(old))
      }
      if let earlier { found[entry] = before.entry(of: earlier) }
    }
    return found
  }

  /// Whether one id stands for another name now, and nobody has said that it is one body.
  private func isAnother(_ old: Int, _ new: Int) -> Bool {
    guard let before, let after,
      isKnownByName(after.rubric.subject, after.evaluated.pack)
    else { return false }
    let (was, now) = (before.name(old), after.name(new))
    guard was != now, !was.isEmpty, !now.isEmpty else { return false }
    return after.evaluated.said.isAnother(
      kind: after.evaluated.pack.subjects[after.rubric.subject].id, subject: after.id(new),
      then: was, now: now)
  }

  /// The entries of every subject on either side, in order of the ids.
  private func forEachSubject(_ body: (_ old: Int?, _ new: Int?) -> Void) {
    let (old, new) = (before?.card.subjects ?? [], after?.card.subjects ?? [])
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      let order = left == old.count ? 1 : right == new.count ? -1 : compared(left, right)
      body(order <= 0 ? left : nil, order >= 0 ? right : nil)
      if order <= 0 { left += 1 }
      if order >= 0 { right += 1 }
    }
  }

  /// −1, 0 or 1 as the id of an earlier entry comes before a later one's, is it, or comes after.
  private func compared(_ old: Int, _ new: Int) -> Int {
    guard let before, let after else { return 0 }
    let (one, other) = (before.ids, after.ids)
    let (row, otherRow) = (Int(before.card.subjects[old]), Int(after.card.subjects[new]))
    if one.isEqual(row, to: other, otherRow) { return 0 }
    let text = other.bytes[other.range(otherRow)]
    return one.bytes[one.range(row)].lexicographicallyPrecedes(text) ? -1 : 1
  }

  private func move(_ oldEntry: Int?, _ newEntry: Int?) -> Move {
    let old = before.flatMap { side in oldEntry.map { (side, $0) } }
    let new = after.flatMap { side in newEntry.map { (side, $0) } }
    let shown = new ?? old
    var move = Move(
      subject: shown.map { $0.0.id($0.1) } ?? "", name: shown.map { $0.0.name($0.1) } ?? "",
      before: old.map { $0.0.outcome($0.1) }, after: new.map { $0.0.outcome($0.1) }, causes: [])
    if let old, let new, old.0.id(old.1) != move.subject, new.0.id(new.1) == move.subject {
      move.earlierSubject = old.0.id(old.1)
    }
    guard let old, let new else {
      move.causes = [Cause(rule: .applies, id: "", reason: appliesReason, points: 0)]
      return move
    }
    guard differ(move.before, move.after) else { return move }
    move.causes = gateCauses(old, new) + partCauses(old, new) + capCauses(old, new)
    move.causes += boundsCauses(old, new) + otherCauses(old, new, move)
    if move.causes.isEmpty {
      move.causes = [Cause(rule: .others, id: "", reason: .facts, points: 0)]
    }
    return move
  }
}

/// Whether a subject's own result differs; how many others are ranked beside it does not count.
private func differ(_ before: SubjectOutcome?, _ after: SubjectOutcome?) -> Bool {
  guard let before, var after else { return before != after }
  after.cohortSize = before.cohortSize
  return before != after
}

// MARK: - Screening lists

private func screeningChanges(_ before: RunResult, _ after: RunResult) -> [ScreeningImpact] {
  after.screenings.map { screening in
    let honour = after.run.honours[screening.honour]
    let new = after.proposals(screening)
    let earlier = before.screenings.first { before.run.honours[$0.honour].id == honour.id }
    let old = earlier.map { before.proposals($0) } ?? [:]
    let subjects = Set(new.keys).union(old.keys).sorted()
    return ScreeningImpact(
      honour: honour.id, title: honour.title,
      changes: subjects.compactMap { subject in
        let (was, now) = (old[subject]?.proposal, new[subject]?.proposal)
        guard was != now else { return nil }
        return ScreeningImpact.Change(
          subject: subject, name: (new[subject] ?? old[subject])?.name ?? "", before: was,
          after: now)
      })
  }
}

extension RunResult {
  /// The proposal for each subject of a list, with its name.
  fileprivate func proposals(
    _ screening: Screening
  ) -> [String: (proposal: Screening.Proposal, name: String)] {
    let id = pack.rubrics[run.honours[screening.honour].rubric].id
    guard let side = RubricSide(self, rubric: id) else { return [:] }
    let ids = dossiers.subjects[side.rubric.subject].ids
    return Dictionary(
      screening.lines.map { line in
        (ids[Int(side.card.subjects[line.entry])], (line.proposal, side.name(line.entry)))
      }, uniquingKeysWith: { first, _ in first })
  }
}
