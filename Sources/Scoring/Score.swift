import Expressions
public import RulePacks
public import Tables

/// What a run asks of scoring.
public struct ScoreSettings: Sendable {
  /// The run's purpose; rubrics that do not allow it are left out.
  public var purpose: String
  /// How many batches are scored at a time; the result does not depend on it.
  public var jobs: Int
  /// Results of the run before, by rubric id, for what the criteria carry over.
  public var carried: [String: CarriedResults]

  public init(purpose: String, jobs: Int = 1, carried: [String: CarriedResults] = [:]) {
    self.purpose = purpose
    self.jobs = jobs
    self.carried = carried
  }
}

/// What scoring gives.
public struct Scored: Sendable {
  /// One a rubric that the purpose allows, in the order of the pack.
  public var scorecards: [Scorecard] = []
  /// What a person should look at: refused opinions, faulty expressions, numbers out of range.
  /// By rubric, then by subject.
  public var findings: [Finding] = []

  public init() {}
}

/// Applies every rubric that the purpose allows to every subject it is about.
///
/// Rubrics are taken in the order of the pack. What each gives is put into the subjects' score,
/// tier and status facts before the next is applied, so that later ones can read it. The score and
/// tier of a subject that waits, or of which too little is known, stay unknown there: what is
/// missing must not look like a low score to whoever reads on.
public func score(
  _ dossiers: inout Dossiers, pack: RulePack, settings: ScoreSettings
) async -> Scored {
  var scored = Scored()
  for (index, rubric) in pack.rubrics.enumerated() {
    if let purposes = rubric.purposes, !purposes.contains(settings.purpose) { continue }
    let plan = ScoringPlan(rubric: index, pack: pack)
    let snapshot = dossiers
    let chosen = await subjects(of: plan, in: snapshot, jobs: settings.jobs)
    let carried = settings.carried[rubric.id]
    var result = await apply(
      plan, to: chosen.rows, of: snapshot, carried: carried, jobs: settings.jobs)
    result.card.gaps = await delivered(
      result.card.gaps, of: result.card, pack: pack, dossiers: snapshot,
      others: scored.scorecards, jobs: settings.jobs)
    await store(result.card, of: rubric, in: &dossiers, jobs: settings.jobs)
    scored.scorecards.append(result.card)
    scored.findings.append(contentsOf: chosen.findings)
    scored.findings.append(contentsOf: result.findings)
  }
  return scored
}

/// The subjects that a rubric is about; those for which that is unknown are findings instead.
private func subjects(
  of plan: ScoringPlan, in dossiers: Dossiers, jobs: Int
) async -> (rows: [Int32], findings: [Finding]) {
  let table = dossiers.subjects[plan.rubric.subject]
  guard let applies = plan.rubric.applies else { return ((0..<Int32(table.count)).map { $0 }, []) }
  var rows: [Int32] = []
  var findings: [Finding] = []
  let batches = (table.count + Dossiers.batchSize - 1) / Dossiers.batchSize
  await inOrder(
    batches, jobs: jobs,
    { batch in
      let start = batch * Dossiers.batchSize
      let range = start..<min(start + Dossiers.batchSize, table.count)
      let facts = dossiers.batch(
        of: plan.rubric.subject, rows: range, demand: applies.demand)
      let answer = applies.evaluate(over: facts)
      let flags = answer.flags
      var yes: [Int32] = []
      var unclear: [Int32] = []
      for lane in range.indices where answer.isKnown(lane - start) {
        if flags[lane - start] { yes.append(Int32(lane)) }
      }
      for lane in range where !answer.isKnown(lane - start) { unclear.append(Int32(lane)) }
      return (yes, unclear)
    },
    take: { found in
      rows.append(contentsOf: found.0)
      for row in found.1 {
        findings.append(.unclearWhetherConcerned(plan.rubric, subject: table.ids[Int(row)]))
      }
    })
  return (rows, findings)
}

private func apply(
  _ plan: ScoringPlan, to rows: [Int32], of dossiers: Dossiers, carried: CarriedResults?,
  jobs: Int
) async -> (card: Scorecard, findings: [Finding]) {
  var assembly = Assembly(plan: plan, count: rows.count)
  var findings: [Finding] = []
  let batches = (rows.count + Dossiers.batchSize - 1) / Dossiers.batchSize
  await inOrder(
    batches, jobs: jobs,
    { batch in
      let start = batch * Dossiers.batchSize
      let some = Array(rows[start..<min(start + Dossiers.batchSize, rows.count)])
      return BatchScorer(plan: plan, dossiers: dossiers, carried: carried).score(some)
    },
    take: { result in
      assembly.append(result)
      for remark in result.remarks {
        findings.append(remark.finding(of: plan, in: dossiers))
      }
    })
  var card = assembly.card()
  findings += compose(plan, assembly.values, into: &card, dossiers)
  card.leastIsBest = plan.rubric.leastIsBest
  if plan.rubric.ranksWithinTiers { card.rankWithinTiers() }
  return (card, findings)
}

/// Puts a rubric's results into the facts of its subjects.
private func store(
  _ card: Scorecard, of rubric: Rubric, in dossiers: inout Dossiers, jobs: Int
) async {
  let count = dossiers.subjects[rubric.subject].count
  let columns = await inParallel(3, jobs: jobs) { fact -> Column in
    switch fact {
    case 0:
      // Millionths are a thousand times thousandths.
      .decimal(
        Outcome(count, card) { card.statuses[$0].isSettled ? Int64(card.scores[$0]) * 1000 : nil }
          .cells())
    case 1:
      .code(
        Outcome(count, card) {
          card.statuses[$0].isSettled && card.tiers[$0] >= 0 ? Int64(card.tiers[$0]) : nil
        }.codes(rubric.tiers.map(\.id)))
    default:
      .code(
        Outcome(count, card) { Int64(card.statuses[$0].place) }.codes(
          Status.allCases.map(\.rawValue)))
    }
  }
  for (slot, column) in zip([rubric.scoreSlot, rubric.tierSlot, rubric.statusSlot], columns) {
    dossiers.subjects[rubric.subject].facts[slot] = .own(column)
  }
}

/// One result of all subjects, of which some have none.
private struct Outcome {
  private var numbers: [Int64]
  private var states: [CellState]

  /// - Parameter result: of an entry of the card; nil where it has none.
  init(_ count: Int, _ card: Scorecard, _ result: (Int) -> Int64?) {
    numbers = Array(repeating: 0, count: count)
    states = Array(repeating: .notStated, count: count)
    for entry in card.subjects.indices {
      guard let number = result(entry) else { continue }
      numbers[Int(card.subjects[entry])] = number
      states[Int(card.subjects[entry])] = .stated
    }
  }

  func cells<Element: CellElement>() -> Cells<Element> {
    var cells = Cells<Element>()
    cells.append(truncating: numbers.span, states.span)
    return cells
  }

  func codes(_ names: [String]) -> CodeColumn {
    var column = CodeColumn(names: names)
    column.cells = cells()
    return column
  }
}

extension Status {
  /// Whether the score stands as it is, rather than waiting for facts.
  fileprivate var isSettled: Bool {
    switch self {
    case .ranked, .provisional, .gated, .unrated: true
    case .pending, .notEvaluable: false
    }
  }
}
