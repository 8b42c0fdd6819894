import RulePacks
import Tables

/// Evaluates a run's delivery with two packs and compares the results.
///
/// - Parameters:
///   - old: A pack's folder; nil is the pack that the run names.
///   - new: The folder of the edited pack.
public func impactOfRules(
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
func compare(_ before: Evaluated, _ after: Evaluated) -> Impact {
  let ids = after.rubricIDs + before.rubricIDs.filter { !after.rubricIDs.contains($0) }
  return Impact(
    run: after.plan.id, before: before.pack.shownID, after: after.pack.shownID,
    rubrics: ids.map { id in
      RubricComparison(RubricSide(before, rubric: id), RubricSide(after, rubric: id)).impact(of: id)
    },
    screenings: screeningChanges(before, after))
}

extension RulePack {
  fileprivate var shownID: String { "\(about.id) \(about.edition)" }
}

extension Evaluated {
  fileprivate var rubricIDs: [String] { scorecards.map { pack.rubrics[$0.rubric].id } }
}

/// One rubric's results in one evaluation.
struct RubricSide {
  let evaluated: Evaluated
  let card: Scorecard
  let standings: Standings
  let rubric: Rubric
  /// What each rule says, with the named conditions it uses, by kind and id.
  let rules: [String: String]
  let entries: [String: Int]

  /// Nil where the run does not apply the rubric.
  init?(_ evaluated: Evaluated, rubric id: String) {
    let index = evaluated.scorecards.firstIndex {
      evaluated.pack.rubrics[$0.rubric].id == id
    }
    guard let index else { return nil }
    self.evaluated = evaluated
    card = evaluated.scorecards[index]
    standings = evaluated.standings[index]
    rubric = evaluated.pack.rubrics[card.rubric]
    rules = signatures(of: evaluated.pack.table(ofRubric: card.rubric))
    let ids = evaluated.dossiers.subjects[rubric.subject].ids
    entries = Dictionary(
      card.subjects.enumerated().map { (ids[Int($0.element)], $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  func outcome(_ entry: Int) -> Move.Outcome {
    let status = card.statuses[entry]
    // Without a rank there is no tier either.
    let tier = status.hasRank ? Int(card.tiers[entry]) : -1
    return Move.Outcome(
      status: status, tier: tier < 0 ? "" : rubric.tiers[tier].id,
      score: Int(card.scores[entry]), rank: Int(standings.ranks[entry]),
      cohort: card.cohortNames[Int(card.cohorts[entry])],
      cohortSize: Int(standings.cohortSizes[entry]))
  }

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
      return (key(row.kind, row[.id]), meaning(of: text.joined(separator: "\n")))
    }, uniquingKeysWith: { first, _ in first })
}

func key(_ kind: RubricRow.Kind, _ id: String) -> String { "\(kind.rawValue) \(id)" }

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
    let subjects = Set(before?.entries.keys.map { $0 } ?? [])
      .union(after?.entries.keys.map { $0 } ?? []).sorted()
    var matrix: [RubricImpact.Transition: Int] = [:]
    var moves: [Move] = []
    for subject in subjects {
      let move = self.move(of: subject)
      let transition = RubricImpact.Transition(
        before: move.standingBefore, after: move.standingAfter)
      matrix[transition, default: 0] += 1
      if differ(move.before, move.after) { moves.append(move) }
    }
    let tiers = after?.rubric.tiers.map(\.id) ?? []
    let gone = (before?.rubric.tiers.map(\.id) ?? []).filter { !tiers.contains($0) }
    return RubricImpact(
      id: id, title: side?.rubric.title ?? "", subjects: subjects.count, moves: moves,
      matrix: matrix, tiers: tiers + gone)
  }

  private func move(of subject: String) -> Move {
    let old = before.flatMap { side in side.entries[subject].map { (side, $0) } }
    let new = after.flatMap { side in side.entries[subject].map { (side, $0) } }
    var move = Move(
      subject: subject, name: (new ?? old).map { $0.0.name($0.1) } ?? "",
      before: old.map { $0.0.outcome($0.1) }, after: new.map { $0.0.outcome($0.1) }, causes: [])
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
private func differ(_ before: Move.Outcome?, _ after: Move.Outcome?) -> Bool {
  guard let before, var after else { return before != after }
  after.cohortSize = before.cohortSize
  return before != after
}

// MARK: - Screening lists

private func screeningChanges(_ before: Evaluated, _ after: Evaluated) -> [ScreeningImpact] {
  after.screenings.map { screening in
    let honour = after.plan.honours[screening.honour]
    let new = after.proposals(screening)
    let earlier = before.screenings.first { before.plan.honours[$0.honour].id == honour.id }
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

extension Evaluated {
  /// The proposal for each subject of a list, with its name.
  fileprivate func proposals(
    _ screening: Screening
  ) -> [String: (proposal: Screening.Proposal, name: String)] {
    let id = pack.rubrics[plan.honours[screening.honour].rubric].id
    guard let side = RubricSide(self, rubric: id) else { return [:] }
    let ids = dossiers.subjects[side.rubric.subject].ids
    return Dictionary(
      screening.lines.map { line in
        (ids[Int(side.card.subjects[line.entry])], (line.proposal, side.name(line.entry)))
      }, uniquingKeysWith: { first, _ in first })
  }
}
