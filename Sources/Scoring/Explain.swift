import Expressions
public import RulePacks
public import Tables

/// Explains one subject's result under one rubric: the evaluator of a run, applied to a batch of
/// one, with the facts behind each gate, part and cap.
///
/// The rubric is applied whether or not it is about the subject. Rank and cohort size are the
/// caller's to fill, as are files and lines of the evidence.
///
/// - Parameters:
///   - dossiers: With the results of the rubrics that this one reads, as `score` leaves them.
///   - rubric: Index into the pack's rubrics.
///   - row: Row of the subject table.
///   - carried: What the run was scored with for this rubric.
public func explain(
  _ dossiers: Dossiers, pack: RulePack, rubric index: Int, row: Int,
  carried: CarriedResults? = nil
) -> Explanation {
  let plan = ScoringPlan(rubric: index, pack: pack)
  let scorer = BatchScorer(plan: plan, dossiers: dossiers, carried: carried)
  let card = scorer.score([Int32(clamping: row)]).card
  let rubric = plan.rubric
  let kind = pack.subjects[rubric.subject]
  let reader = EvidenceReader(dossiers: dossiers, pack: pack)
  let contact = rubric.appeal.isEmpty ? pack.about.contact : rubric.appeal

  var result = Explanation()
  result.subject = dossiers.subjects[rubric.subject].ids[row]
  result.name = dossiers.text(subject: rubric.subject, fact: kind.name, row: row) ?? ""
  result.rubric = rubric.id
  result.title = rubric.title
  result.edition = rubric.edition
  result.basis = rubric.basis
  result.contact = contact
  result.status = card.statuses[0]
  result.tier = card.tiers[0] < 0 ? "" : rubric.tiers[Int(card.tiers[0])].id
  result.score = Int(card.scores[0])
  result.upper = Int(card.upper[0])
  result.full = rubric.full
  result.assessed = Int(card.assessed[0])
  result.cohort = card.cohortNames[Int(card.cohorts[0])]
  result.asOf = asOf(dossiers, kind, subject: rubric.subject)
  result.tierTitle = card.tiers[0] < 0 ? "" : rubric.tiers[Int(card.tiers[0])].title
  result.tiers = rubric.tiers.map {
    Explanation.Tier(id: $0.id, title: $0.title, from: $0.from)
  }
  result.judgesPeople = rubric.parts.contains { $0.isOpinionBased }
  result.sum = card.parts.reduce(0) { $0 + Int($1.points[0]) }
  let finder = ReasonFinder(dossiers: dossiers, pack: pack, subject: rubric.subject, row: row)
  let teller = RuleTeller(pack: pack, subject: rubric.subject)
  result.gates = rubric.gates.enumerated().map { index, gate in
    let decision = finder.decision(gate.require)
    var explained = Explanation.Gate(
      id: gate.id, text: gate.text, state: card.gates[index][0], rule: gate.require.text,
      basis: gate.basis, cure: gate.cure,
      contact: gate.contact.isEmpty ? contact : gate.contact,
      facts: reader.evidence(
        of: decision.used, subject: rubric.subject, row: row, verdicts: decision.verdicts))
    explained.sentence = decision.sentence
    explained.because = decision.reasons
    return explained
  }
  result.parts = plan.parts.enumerated().map { index, part in
    let found = finder.reasons(of: part.part)
    var explained = Explanation.Part(
      id: part.part.id, title: part.part.title,
      group: part.part.group.map { rubric.groups[$0].title } ?? "",
      points: Int(card.parts[index].points[0]), most: part.part.most,
      state: card.parts[index].states[0], rule: part.part.text, basis: part.part.basis,
      facts: reader.evidence(of: part, found, subject: rubric.subject, row: row))
    explained.kind = part.part.kind.explained
    explained.least = part.part.least
    explained.sentence = teller.tell(part.part)
    explained.whenMissing = part.part.unknown.wordsOfPart
    explained.note = part.part.note
    explained.because = found.reasons
    return explained
  }
  result.caps = rubric.caps.enumerated().map { index, cap in
    let decision = finder.decision(cap.when)
    var explained = Explanation.Cap(
      id: cap.id, text: cap.text, state: card.caps[index][0], rule: cap.when.text,
      basis: cap.basis,
      facts: reader.evidence(
        of: decision.used, subject: rubric.subject, row: row, verdicts: decision.verdicts))
    explained.sentence = decision.sentence
    explained.limit = cap.limitInWords(rubric)
    explained.because = decision.reasons
    explained.bites = explained.state == .capped && bites(cap, result.sum, rubric)
    return explained
  }
  return result
}

/// Whether a cap that applies takes something from what the parts add up to.
private func bites(_ cap: Rubric.Cap, _ sum: Int, _ rubric: Rubric) -> Bool {
  switch cap.limit {
  case .score(let most): sum > most
  case .tier(let tier):
    (rubric.tiers.firstIndex { $0.from.map { $0 <= sum } ?? true } ?? tier) < tier
  }
}

private func asOf(_ dossiers: Dossiers, _ kind: SubjectKind, subject: Int) -> String {
  guard let slot = kind.facts.firstIndex(where: { $0.origin == .asOf }),
    case .constant(let date) = dossiers.subjects[subject].facts[slot]
  else { return "" }
  return date.description
}

extension Rubric.Part.Kind {
  fileprivate var explained: Explanation.Part.Kind {
    switch self {
    case .indicator: .indicator
    case .deduction: .deduction
    case .bonus: .bonus
    }
  }
}
