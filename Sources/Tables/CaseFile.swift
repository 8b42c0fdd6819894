/// What became of one proposal: the objections to it, their answers, and what a person decided.
///
/// A case moves by events, each as somebody recorded it. An event that its state does not allow
/// changes nothing and is a fault:
///
/// | state | objection filed | answered or withdrawn | decided |
/// | --- | --- | --- | --- |
/// | proposed | frozen | fault | decided |
/// | frozen | frozen | frozen while another is open; then answered, or decided where a decision still stands | fault |
/// | answered | frozen | fault | decided |
/// | decided | frozen | fault | fault, unless the first only deferred |
///
/// An objection that is upheld, wholly or in part, takes the ground from an earlier decision, which
/// is then to be taken anew. A reservation of a body that was consulted does not decide, but whoever
/// puts the subject forward must answer it. Nobody is put forward whose conditions are not met,
/// unless the rules name who may and the decision says on what basis. Persons appear as roles only.
public struct CaseFile: Sendable, Equatable {
  /// What the criteria propose; nil where the subject is on no list.
  public let proposal: Screening.Proposal?
  /// Keys of the roles that may put somebody forward whose conditions are not met.
  private let overriders: Set<String>
  public private(set) var objections: [Objection] = []
  /// What consulted bodies did not agree with and have not taken back.
  public private(set) var reservations: [Reservation] = []
  /// The decision that stands.
  public private(set) var decision: Decision?

  public init(proposal: Screening.Proposal?, overriders: Set<String> = []) {
    self.proposal = proposal
    self.overriders = overriders
  }

  public enum State: String, Sendable, CaseIterable {
    case proposed, frozen, answered, decided
  }

  public var state: State {
    if objections.contains(where: { $0.closing == nil }) { return .frozen }
    if decision != nil { return .decided }
    return objections.isEmpty ? .proposed : .answered
  }

  /// How the decision that stands relates to the proposal; nil without one.
  public var direction: Direction? {
    guard let decision, let proposal else { return nil }
    return decision.isAgainstCondition
      ? .againstCondition : decision.result.direction(from: proposal)
  }

  /// Whether a reservation waits for its answer, which only a decision can give.
  public var awaitsAnswer: Bool {
    !reservations.isEmpty && (decision.map { $0.result == .deferred } ?? true)
  }

  /// What is proposed while reservations wait for their answer; nil where the subject is on no
  /// list.
  public var heldProposal: Screening.Proposal? {
    guard let proposal, awaitsAnswer else { return proposal }
    switch proposal {
    case .recommend, .reserve, .tied: return .waiting
    case .waiting, .ineligible, .notSelected: return proposal
    }
  }

  /// Something that was recorded; `objection` is its number.
  public enum Event: Sendable, Equatable {
    /// A body answered a consultation, with a reservation or without.
    case consulted(body: String, Reservation?)
    case filed(Objection)
    case closed(objection: String, Closing)
    case decided(Decision)
  }

  /// Why an event is not allowed.
  public enum Fault: String, Error, Sendable, CaseIterable {
    case numberTaken = "objection-number-taken"
    case answerBeforeFiling = "answer-before-filing"
    case answeredTwice = "answered-twice"
    case answerUnsigned = "answer-unsigned"
    case answeredByFirstAssessor = "answered-by-first-assessor"
    case decisionWhileFrozen = "decision-while-frozen"
    case decisionUnsigned = "decision-unsigned"
    case decisionWithoutReasons = "decision-without-reasons"
    case decidedTwice = "decided-twice"
    /// It adopts a proposal that left the matter to a person.
    case adoptsNothing = "decision-adopts-nothing"
    /// It adopts what was proposed then, and by now something else is.
    case adoptsAnother = "decision-adopts-another"
    case conditionNotMet = "decision-against-condition"
    case reservationUnanswered = "reservation-unanswered"
    case nothingProposed = "nothing-proposed"
  }

  /// Moves by one event.
  public mutating func take(_ event: Event) throws(Fault) {
    switch (state, event) {
    case (_, .consulted(let body, let reservation)):
      // What nobody dated may have been said after the answer that would take it back.
      reservations.removeAll { $0.body == body && $0.on != nil }
      if let reservation { reservations.append(reservation) }
    case (.proposed, .filed(let objection)), (.frozen, .filed(let objection)),
      (.answered, .filed(let objection)), (.decided, .filed(let objection)):
      guard !objections.contains(where: { $0.number == objection.number }) else {
        throw .numberTaken
      }
      objections.append(objection)
    case (.frozen, .closed(let number, let closing)):
      try close(number, closing)
    case (.proposed, .closed): throw .answerBeforeFiling
    case (.answered, .closed(let number, _)), (.decided, .closed(let number, _)):
      throw objections.contains { $0.number == number } ? .answeredTwice : .answerBeforeFiling
    case (.proposed, .decided(let decision)), (.answered, .decided(let decision)):
      try decide(decision)
    case (.frozen, .decided): throw .decisionWhileFrozen
    case (.decided, .decided(let decision)):
      guard self.decision?.result == .deferred else { throw .decidedTwice }
      try decide(decision)
    }
  }

  private mutating func close(_ number: String, _ closing: Closing) throws(Fault) {
    guard let place = objections.firstIndex(where: { $0.number == number }) else {
      throw .answerBeforeFiling
    }
    let objection = objections[place]
    guard objection.closing == nil else { throw .answeredTwice }
    switch closing.outcome {
    case .withdrawn: break
    case .upheld, .partly, .rejected:
      // Without both roles nobody can tell that another person looked at it.
      guard let by = closing.by, let first = objection.firstAssessor else { throw .answerUnsigned }
      guard by != first else { throw .answeredByFirstAssessor }
    }
    objections[place].closing = closing
    switch closing.outcome {
    case .upheld, .partly: decision = nil
    case .rejected, .withdrawn: break
    }
  }

  private mutating func decide(_ decision: Decision) throws(Fault) {
    guard let proposal else { throw .nothingProposed }
    guard let by = decision.by, decision.on != nil else { throw .decisionUnsigned }
    if decision.result == .asProposed {
      // What was decided is what stood before those who decided; of whoever was held for a
      // reservation, that was the waiting.
      let isHeld = decision.adopted == .waiting && !reservations.isEmpty
      if let adopted = decision.adopted, adopted != proposal, !isHeld { throw .adoptsAnother }
      guard !proposal.isOpen else { throw .adoptsNothing }
    }
    var decision = decision
    if decision.result.putsForward(from: proposal) {
      if proposal == .waiting || proposal == .ineligible {
        guard overriders.contains(by.key), !decision.basis.isEmpty, !decision.reasons.isEmpty
        else { throw .conditionNotMet }
        decision.isAgainstCondition = true
      }
      guard reservations.isEmpty || !decision.answer.isEmpty else { throw .reservationUnanswered }
    }
    let direction = decision.result.direction(from: proposal)
    guard !direction.differs || !decision.reasons.isEmpty else { throw .decisionWithoutReasons }
    self.decision = decision
  }
}

extension CaseFile {
  /// What a body that was consulted did not agree with.
  public struct Reservation: Sendable, Equatable {
    /// The body, in the words of the pack's code table.
    public var body: String
    /// Its answer in the same words: with reservations, not agreed.
    public var value: String
    public var text: String
    public var on: PartialDate?
    public var place: Place

    public init(body: String, value: String, text: String, on: PartialDate?, place: Place) {
      self.body = body
      self.value = value
      self.text = text
      self.on = on
      self.place = place
    }
  }
}

extension CaseFile {
  /// Who did something, as a role; two are the same where their keys are.
  public struct Role: Sendable, Equatable {
    public var shown: String
    /// The form in which roles are compared.
    public var key: String

    public init(_ shown: String, key: String) {
      self.shown = shown
      self.key = key
    }

    public static func == (left: Role, right: Role) -> Bool { left.key == right.key }
  }

  /// An objection, and how it was closed.
  public struct Objection: Sendable, Equatable {
    public var number: String
    public var filedOn: PartialDate?
    public var grounds: String
    /// Who assessed first, and may therefore not answer.
    public var firstAssessor: Role?
    public var place: Place
    /// Nil while it is open.
    public internal(set) var closing: Closing?

    public init(
      number: String, filedOn: PartialDate?, grounds: String, firstAssessor: Role?, place: Place
    ) {
      self.number = number
      self.filedOn = filedOn
      self.grounds = grounds
      self.firstAssessor = firstAssessor
      self.place = place
    }
  }

  /// The answer to an objection, or its withdrawal.
  public struct Closing: Sendable, Equatable {
    public var outcome: Outcome
    public var on: PartialDate
    public var by: Role?
    public var answer: String

    public init(outcome: Outcome, on: PartialDate, by: Role?, answer: String) {
      self.outcome = outcome
      self.on = on
      self.by = by
      self.answer = answer
    }

    public enum Outcome: String, Sendable, CaseIterable { case upheld, partly, rejected, withdrawn }
  }

  /// What a person decided about the proposal.
  public struct Decision: Sendable, Equatable {
    public var result: Result
    /// The result in the words of the pack's code table.
    public var title: String
    public var on: PartialDate?
    public var by: Role?
    public var reasons: String
    /// Whether it says of itself that it differs from the proposal.
    public var saysDiffers: Bool?
    public var place: Place
    /// What was proposed when it was taken; nil where it does not say so.
    public var adopted: Screening.Proposal?
    /// What it answers to reservations.
    public var answer = ""
    /// By what right it puts somebody forward whose conditions are not met.
    public var basis = ""
    /// Whether it does so.
    public internal(set) var isAgainstCondition = false

    public init(
      result: Result, title: String, on: PartialDate?, by: Role?, reasons: String,
      saysDiffers: Bool?, place: Place
    ) {
      self.result = result
      self.title = title
      self.on = on
      self.by = by
      self.reasons = reasons
      self.saysDiffers = saysDiffers
      self.place = place
    }

    public enum Result: String, Sendable, CaseIterable {
      case asProposed = "as-proposed"
      case recommend, reserve, decline
      case deferred = "defer"
      /// Other than proposed; the code does not say what.
      case changed
    }
  }

  /// How a decision relates to the proposal.
  public enum Direction: String, Sendable, CaseIterable {
    case same, upward, downward
    /// The proposal left it to a person, who decided.
    case resolved
    case deferred
    /// Puts somebody forward whose conditions are not met, as the rules allow.
    case againstCondition = "against-condition"
    /// Otherwise; the code of the decision does not say how.
    case changed

    public var differs: Bool {
      switch self {
      case .same, .resolved: false
      case .upward, .downward, .deferred, .againstCondition, .changed: true
      }
    }
  }
}

extension CaseFile.Decision.Result {
  /// Whether it puts somebody forward; of a change that does not say which, whether it can.
  public func putsForward(from proposal: Screening.Proposal) -> Bool {
    switch self {
    case .recommend, .reserve: true
    case .decline, .deferred: false
    case .asProposed: proposal == .recommend || proposal == .reserve
    case .changed: proposal != .recommend
    }
  }

  /// What it makes of a proposal.
  public func direction(from proposal: Screening.Proposal) -> CaseFile.Direction {
    let decided: Int
    switch self {
    case .asProposed: return .same
    case .deferred: return proposal.isOpen ? .same : .deferred
    case .changed: return proposal.isOpen ? .resolved : .changed
    case .recommend: decided = 0
    case .reserve: decided = 1
    case .decline: decided = 2
    }
    let proposed: Int
    switch proposal {
    case .tied, .waiting: return .resolved
    case .recommend: proposed = 0
    case .reserve: proposed = 1
    case .notSelected, .ineligible: proposed = 2
    }
    return decided == proposed ? .same : decided < proposed ? .upward : .downward
  }
}

/// The case of one subject on one screening list, or on none.
public struct Case: Sendable, Equatable {
  /// Index of the subject kind, and row of the subject.
  public var subject: Int
  public var row: Int
  /// Index into the run's honours; nil where the subject is on no list.
  public var honour: Int?
  public var file: CaseFile

  public init(subject: Int, row: Int, honour: Int?, file: CaseFile) {
    self.subject = subject
    self.row = row
    self.honour = honour
    self.file = file
  }
}

extension Screening.Line {
  /// What the decision that stands makes of the line: recommended, in reserve, declined, deferred or
  /// otherwise; nil where none stands, or while an objection suspends it.
  public var decided: CaseFile.Decision.Result? {
    guard let file, file.state == .decided, let decision = file.decision else { return nil }
    guard decision.result == .asProposed else { return decision.result }
    switch file.proposal {
    case .recommend: return .recommend
    case .reserve: return .reserve
    case .ineligible, .notSelected: return .decline
    case .tied, .waiting, nil: return .asProposed
    }
  }
}

extension Screening {
  /// How many lines are in each state, and how the decisions relate to their proposals.
  public var caseCounts: (states: [CaseFile.State: Int], directions: [CaseFile.Direction: Int]) {
    var states: [CaseFile.State: Int] = [:]
    var directions: [CaseFile.Direction: Int] = [:]
    for line in lines {
      guard let file = line.file else { continue }
      states[file.state, default: 0] += 1
      if file.state == .decided, let direction = file.direction {
        directions[direction, default: 0] += 1
      }
    }
    return (states, directions)
  }
}
