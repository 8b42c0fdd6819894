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
///   - pack: The pack that the dossiers were made with.
///   - index: Of the rubric in the pack.
///   - row: Row of the subject table.
///   - carried: What the run was scored with for this rubric.
///   - scored: The rubric's scorecard and the subject's entry in it. A composite rubric compares
///     subjects with each other, so that without it the subject is scored as if it were alone.
public func explain(
  _ dossiers: Dossiers, pack: RulePack, rubric index: Int, row: Int,
  carried: CarriedResults? = nil, result scored: (card: Scorecard, entry: Int)? = nil
) -> Explanation {
  let plan = ScoringPlan(rubric: index, pack: pack)
  let rubric = plan.rubric
  let isComposite = rubric.composite != nil
  let card: Scorecard
  var entry = 0
  if isComposite, let scored {
    (card, entry) = scored
  } else {
    card = scoredAlone(plan, dossiers, row: Int32(clamping: row), carried: carried)
  }
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
  result.status = card.statuses[entry]
  result.tier = card.tiers[entry] < 0 ? "" : rubric.tiers[Int(card.tiers[entry])].id
  result.score = Int(card.scores[entry])
  result.upper = Int(card.upper[entry])
  result.full = rubric.full
  result.assessed = Int(card.assessed[entry])
  result.cohort = card.cohortNames[Int(card.cohorts[entry])]
  result.asOf = asOf(dossiers, kind, subject: rubric.subject)
  result.tierTitle = card.tiers[entry] < 0 ? "" : rubric.tiers[Int(card.tiers[entry])].title
  result.tiers = rubric.tiers.map {
    Explanation.Tier(id: $0.id, title: $0.title, from: $0.from)
  }
  result.judgesPeople = rubric.parts.contains { $0.isOpinionBased }
  result.sum = card.parts.reduce(0) { $0 + Int($1.points[entry]) }
  if let composed = composition(rubric, card, entry) {
    result.composition = composed.made
    result.sum = composed.score
  }
  let finder = ReasonFinder(dossiers: dossiers, pack: pack, subject: rubric.subject, row: row)
  let teller = RuleTeller(pack: pack, subject: rubric.subject)
  result.gates = rubric.gates.enumerated().map { index, gate in
    let decision = finder.decision(gate.require)
    var explained = Explanation.Gate(
      id: gate.id, text: gate.text, state: card.gates[index][entry], rule: gate.require.text,
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
      points: Int(card.parts[index].points[entry]), most: part.part.most,
      state: card.parts[index].states[entry], rule: part.part.text, basis: part.part.basis,
      facts: reader.evidence(of: part, found, subject: rubric.subject, row: row))
    explained.kind = part.part.kind.explained
    explained.least = part.part.least
    explained.sentence = teller.tell(part.part)
    explained.whenMissing = part.part.unknown.wordsOfPart
    explained.note = part.part.note
    explained.because = found.reasons
    explained.measured = measured(part.part, rubric, card, entry)
    if case .group(let node, _) = part.part.form {
      explained.composition = rubric.composition(ofNode: node, in: card, entry: entry)
      explained.because += explained.composition.map { [$0.reason] } ?? []
    }
    return explained
  }
  result.caps = rubric.caps.enumerated().map { index, cap in
    let decision = finder.decision(cap.when)
    var explained = Explanation.Cap(
      id: cap.id, text: cap.text, state: card.caps[index][entry], rule: cap.when.text,
      basis: cap.basis,
      facts: reader.evidence(
        of: decision.used, subject: rubric.subject, row: row, verdicts: decision.verdicts))
    explained.sentence = decision.sentence
    explained.cure = cap.cure
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
    case .group: .group
    }
  }
}

/// One subject's result as if there were no other.
func scoredAlone(
  _ plan: ScoringPlan, _ dossiers: Dossiers, row: Int32, carried: CarriedResults? = nil
) -> Scorecard {
  let result = BatchScorer(plan: plan, dossiers: dossiers, carried: carried).score([row])
  var card = result.card
  _ = compose(plan, result.values, into: &card, dossiers)
  return card
}

/// What a composite score is made of, and what it is before caps; nil where points are added.
private func composition(
  _ rubric: Rubric, _ card: Scorecard, _ entry: Int
) -> (made: Explanation.Composition, score: Int)? {
  guard let made = rubric.compositions(in: card, entry: entry).first else { return nil }
  // Who has no score at all has none to round.
  return (made, made.score.map { Int(rounded([$0], rubric.roundingUnit)[0]) } ?? 0)
}

/// How a measure or group counts; nil where points are added.
private func measured(
  _ part: Rubric.Part, _ rubric: Rubric, _ card: Scorecard, _ entry: Int
) -> Explanation.Measured? {
  guard let composite = rubric.composite, let scores = card.measured else { return nil }
  func known(_ columns: [[Double]], _ index: Int) -> Double? {
    guard columns.indices.contains(index), !columns[index][entry].isNaN else { return nil }
    return columns[index][entry]
  }
  switch part.form {
  case .measure(let measure):
    return Explanation.Measured(
      value: known(scores.values, measure.leaf), normalised: known(scores.normalised, measure.leaf),
      weight: measure.weight, share: measure.share)
  case .group(let node, _):
    let all = composite.hierarchy.nodes.flatMap(\.children)
    let child = all.first { $0.source == .node(node) }
    let shares = composite.hierarchy.nodeShares
    return Explanation.Measured(
      value: nil, normalised: known(scores.groups, node), weight: child?.weight ?? 1,
      share: Int((shares[node] * 1_000_000).rounded()))
  case .condition, .bands, .lookup, .ratio, .number, .opinions, .each: return nil
  }
}

extension Explanation.Composition {
  /// As what decided the points of a group.
  fileprivate var reason: Explanation.Reason {
    Explanation.Reason(sentence: parts, rule: formula, outcome: Bilingual(zh: formula, en: formula))
  }
}
