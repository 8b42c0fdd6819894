import Fields
public import RulePacks
public import Tables

/// Lays what people recorded (objections, answers, decisions) beside what is proposed.
///
/// Rows of the record kinds that the pack marks with `case` are the events, in the order of their
/// dates. Those that name an honour concern the subject's line there; the others all its lines, as do
/// objections that name no list of the run: none is lost to a misspelling. An event that the case's
/// state does not allow changes nothing and is a finding.
public func openCases(
  of screenings: inout [Screening], cards: [Scorecard], plan: RunPlan, pack: RulePack,
  dossiers: Dossiers
) -> (cases: [Case], findings: [Finding]) {
  var cases: [Case] = []
  var findings: [Finding] = []
  for subject in pack.subjects.indices {
    let recorded = RecordedEvents(of: subject, pack: pack, dossiers: dossiers)
    guard !recorded.bySubject.isEmpty else { continue }
    var lines: [Int: [(screening: Int, line: Int)]] = [:]
    for (index, screening) in screenings.enumerated() {
      let rubric = plan.honours[screening.honour].rubric
      guard let card = cards.first(where: { $0.rubric == rubric }),
        pack.rubrics[rubric].subject == subject
      else { continue }
      for (number, line) in screening.lines.enumerated() {
        let row = Int(card.subjects[line.entry])
        if recorded.bySubject[row] != nil { lines[row, default: []].append((index, number)) }
      }
    }
    for (row, events) in recorded.bySubject.sorted(by: { $0.key < $1.key }) {
      var desk = Desk(subject: dossiers.subjects[subject].ids[row], plan: plan)
      let own = lines[row] ?? []
      for (screening, line) in own {
        let honour = screenings[screening].honour
        let file = desk.file(
          events, honour: honour, proposal: screenings[screening].lines[line].proposal,
          overriders: Set(pack.rubrics[plan.honours[honour].rubric].overriders.map(matchingKey)))
        guard let file else { continue }
        screenings[screening].lines[line].file = file
        if let held = file.heldProposal, held != file.proposal {
          screenings[screening].lines[line].proposal = held
          screenings[screening].lines[line].reason = .reservation
        }
        cases.append(Case(subject: subject, row: row, honour: honour, file: file))
      }
      let listed = Set(own.map { screenings[$0.screening].honour })
      if let file = desk.fileOutside(events, listed: listed) {
        cases.append(Case(subject: subject, row: row, honour: nil, file: file))
      }
      findings += desk.findings
    }
  }
  for screening in screenings {
    let honour = plan.honours[screening.honour]
    if let finding = overrides(in: screening, honour) { findings.append(finding) }
    guard let card = cards.first(where: { $0.rubric == honour.rubric }) else { continue }
    let ids = dossiers.subjects[pack.rubrics[honour.rubric].subject].ids
    findings += overQuota(in: screening, honour) { ids[Int(card.subjects[$0.entry])] }
  }
  return (cases, findings)
}

/// An event as it was recorded, and which list it names.
struct RecordedEvent {
  var event: CaseFile.Event
  /// Packed date; those of one day are taken in the order filed, closed, decided.
  var on: Int32
  var honour: String
  var place: Place

  fileprivate var step: Int {
    switch event {
    case .consulted: 0
    case .filed: 1
    case .closed: 2
    case .decided: 3
    }
  }

  var isDecision: Bool { if case .decided = event { true } else { false } }
  var isConsultation: Bool { if case .consulted = event { true } else { false } }

  func precedes(_ other: RecordedEvent) -> Bool {
    if on != other.on { return on < other.on }
    if step != other.step { return step < other.step }
    if place.file != other.place.file { return place.file < other.place.file }
    return place.record < other.place.record
  }
}

/// Works through the events of one subject and notes what is not in order.
private struct Desk {
  let subject: String
  let plan: RunPlan
  private(set) var findings: [Finding] = []
  private var told: Set<Told> = []

  private struct Told: Hashable {
    var place: Place
    var fault: String
  }

  init(subject: String, plan: RunPlan) {
    self.subject = subject
    self.plan = plan
  }

  /// The case on one list; nil where nothing concerns it.
  mutating func file(
    _ events: [RecordedEvent], honour: Int, proposal: Screening.Proposal, overriders: Set<String>
  ) -> CaseFile? {
    let mine = events.filter { concerns($0, honour) }
    guard !mine.isEmpty else { return nil }
    let file = file(mine, proposal: proposal, overriders: overriders)
    return file.hasAnything || !mine.allSatisfy(\.isConsultation) ? file : nil
  }

  /// What concerns no list on which the subject stands.
  mutating func fileOutside(_ events: [RecordedEvent], listed: Set<Int>) -> CaseFile? {
    var outside: [RecordedEvent] = []
    for event in events where !event.isConsultation {
      if event.honour.isEmpty {
        if listed.isEmpty { outside.append(event) }
      } else if let honour = honour(named: event.honour) {
        if !listed.contains(honour) { outside.append(event) }
      } else {
        if listed.isEmpty, !event.isDecision { outside.append(event) }
        note(
          "case-unknown-list", at: event.place,
          unknownList(
            event.honour, subject, isDecision: event.isDecision,
            among: plan.honours.map(\.title)))
      }
    }
    return outside.isEmpty ? nil : file(outside, proposal: nil, overriders: [])
  }

  private func concerns(_ event: RecordedEvent, _ honour: Int) -> Bool {
    guard !event.honour.isEmpty else { return true }
    guard let named = self.honour(named: event.honour) else { return !event.isDecision }
    return named == honour
  }

  private mutating func file(
    _ events: [RecordedEvent], proposal: Screening.Proposal?, overriders: Set<String>
  ) -> CaseFile {
    var file = CaseFile(proposal: proposal, overriders: overriders)
    let clashing = ClashingDecisions(among: events, proposal: proposal)
    for (event, results) in clashing.found {
      note("decisions-clash", at: event.place, clash(of: results, event.on, subject), .error)
    }
    for event in events.sorted(by: { $0.precedes($1) }) where !clashing.contain(event) {
      do {
        try file.take(event.event)
        check(event, in: file)
      } catch {
        note(error.rawValue, at: event.place, words(of: error, subject), error.severity)
      }
    }
    return file
  }

  /// An objection that says no day counts, and is told.
  private mutating func check(_ event: RecordedEvent, in file: CaseFile) {
    switch event.event {
    case .filed(let objection):
      if objection.filedOn == nil { note("objection-undated", at: event.place, undated(subject)) }
    case .decided(let decision): check(decision, of: event, in: file)
    case .consulted, .closed: break
    }
  }

  /// A decision that counts, but was hardly taken on the day it names, or misstates how it relates to
  /// the proposal; that may have changed since.
  private mutating func check(
    _ decision: CaseFile.Decision, of event: RecordedEvent, in file: CaseFile
  ) {
    if let on = decision.on, on.isFarAhead(of: plan.asOf) {
      note("decision-far-ahead", at: event.place, farAhead(on, of: plan.asOf, subject))
    }
    guard let says = decision.saysDiffers, let direction = file.direction,
      direction != .resolved, says != direction.differs
    else { return }
    note("decision-misstates-proposal", at: event.place, misstated(says, subject))
  }

  private func honour(named name: String) -> Int? {
    let key = matchingKey(name)
    return plan.honours.firstIndex {
      matchingKey($0.id) == key || matchingKey($0.title) == key
    }
  }

  private mutating func note(
    _ rule: String, at place: Place, _ words: CaseWords, _ severity: Finding.Severity = .warning
  ) {
    guard told.insert(Told(place: place, fault: rule)).inserted else { return }
    findings.append(
      Finding(
        severity, rule, subject: subject, place: place, message: words.message, cure: words.cure))
  }
}

extension PartialDate {
  /// Whether it is more than a year later: by then the next run has proposed anew.
  fileprivate func isFarAhead(of asOf: PartialDate) -> Bool {
    Int(firstDay) - Int(asOf.lastDay) > 366
  }
}

extension CaseFile {
  /// Whether anything is to be told; that all who were consulted agreed is not.
  fileprivate var hasAnything: Bool {
    !reservations.isEmpty || !objections.isEmpty || decision != nil
  }
}

extension CaseFile.Fault {
  /// A decision that may not count is to be settled; the rest is to be looked at.
  fileprivate var severity: Finding.Severity {
    switch self {
    case .adoptsNothing, .adoptsAnother, .conditionNotMet, .reservationUnanswered: .error
    case .numberTaken, .answerBeforeFiling, .answeredTwice, .answerUnsigned,
      .answeredByFirstAssessor, .decisionWhileFrozen, .decisionUnsigned, .decisionWithoutReasons,
      .decidedTwice, .nothingProposed:
      .warning
    }
  }
}
