import Tables
import Testing

@Suite("Cases")
struct CaseFileTests {
  typealias Direction = CaseFile.Direction

  /// Events in short: `+1` objection 1 is filed; `-1 rejected reviewer` it is answered; `-1
  /// withdrawn`; `! recommend reason` a decision, `! recommend` one without reasons, `!a` one that
  /// answers reservations, `!b` one of the chair with a basis; `~union reserves` and `~union agrees`
  /// what a body that was consulted says.
  struct Story: CustomTestStringConvertible, Sendable {
    var proposal: Screening.Proposal? = .reserve
    var events: [String]
    var state: CaseFile.State
    var faults: [CaseFile.Fault] = []
    var direction: CaseFile.Direction?

    var testDescription: String { events.joined(separator: ", ") }
  }

  static let stories: [Story] = [
    Story(events: [], state: .proposed),
    Story(events: ["+1"], state: .frozen),
    Story(events: ["+1", "-1 rejected reviewer"], state: .answered),
    Story(events: ["+1", "-1 withdrawn"], state: .answered),
    Story(events: ["+1", "+2", "-1 upheld reviewer"], state: .frozen),
    Story(events: ["+1", "+2", "-1 upheld reviewer", "-2 partly reviewer"], state: .answered),
    Story(events: ["+1", "-1 rejected reviewer", "+2"], state: .frozen),
    Story(events: ["! as-proposed"], state: .decided, direction: .same),
    Story(events: ["! reserve"], state: .decided, direction: .same),
    Story(events: ["! recommend reason"], state: .decided, direction: .upward),
    Story(events: ["! decline reason"], state: .decided, direction: .downward),
    Story(
      events: ["+1", "-1 rejected reviewer", "! as-proposed"], state: .decided, direction: .same),
    // A new objection suspends the decision; rejected, it stands again.
    Story(events: ["! as-proposed", "+1"], state: .frozen, direction: .same),
    Story(
      events: ["! as-proposed", "+1", "-1 rejected reviewer"], state: .decided, direction: .same),
    Story(events: ["! as-proposed", "+1", "-1 withdrawn"], state: .decided, direction: .same),
    // Upheld, it takes the ground from the decision.
    Story(events: ["! as-proposed", "+1", "-1 upheld reviewer"], state: .answered),
    Story(
      events: ["! as-proposed", "+1", "-1 partly reviewer", "! recommend reason"],
      state: .decided, direction: .upward),
    Story(
      events: ["! defer reason", "! recommend reason"], state: .decided, direction: .upward),
    Story(proposal: .tied, events: ["! recommend"], state: .decided, direction: .resolved),
    Story(proposal: .waiting, events: ["! decline"], state: .decided, direction: .resolved),
    Story(proposal: .waiting, events: ["! defer"], state: .decided, direction: .same),
    // Who may, puts forward whom a condition stops, and it is told so.
    Story(
      proposal: .ineligible, events: ["!b recommend reason"], state: .decided,
      direction: .againstCondition),
    Story(
      proposal: .waiting, events: ["!b reserve reason"], state: .decided,
      direction: .againstCondition),
    Story(events: ["!:reserve as-proposed"], state: .decided, direction: .same),
    // A reservation is no veto, but must be answered.
    Story(
      events: ["~union reserves", "!a as-proposed"], state: .decided, direction: .same),
    Story(
      events: ["~union reserves", "~union agrees", "! as-proposed"], state: .decided,
      direction: .same),
    Story(
      events: ["~union reserves", "! decline reason"], state: .decided, direction: .downward),
  ]

  static let illegal: [Story] = [
    Story(events: ["-1 rejected reviewer"], state: .proposed, faults: [.answerBeforeFiling]),
    Story(events: ["+1", "-2 rejected reviewer"], state: .frozen, faults: [.answerBeforeFiling]),
    Story(
      events: ["! as-proposed", "-1 rejected reviewer"], state: .decided,
      faults: [.answerBeforeFiling], direction: .same),
    Story(events: ["+1", "+1"], state: .frozen, faults: [.numberTaken]),
    Story(
      events: ["+1", "-1 rejected assessor"], state: .frozen, faults: [.answeredByFirstAssessor]),
    Story(events: ["+1", "-1 rejected"], state: .frozen, faults: [.answerUnsigned]),
    Story(events: ["+0", "-0 rejected reviewer"], state: .frozen, faults: [.answerUnsigned]),
    Story(
      events: ["+1", "-1 rejected reviewer", "-1 upheld reviewer"], state: .answered,
      faults: [.answeredTwice]),
    Story(
      events: ["+1", "+2", "-1 rejected reviewer", "-1 upheld reviewer"], state: .frozen,
      faults: [.answeredTwice]),
    Story(events: ["+1", "! as-proposed"], state: .frozen, faults: [.decisionWhileFrozen]),
    Story(
      events: ["+1", "-1 rejected assessor", "! as-proposed"], state: .frozen,
      faults: [.answeredByFirstAssessor, .decisionWhileFrozen]),
    Story(events: ["! recommend"], state: .proposed, faults: [.decisionWithoutReasons]),
    Story(events: ["! decline"], state: .proposed, faults: [.decisionWithoutReasons]),
    Story(events: ["! defer"], state: .proposed, faults: [.decisionWithoutReasons]),
    Story(events: ["? as-proposed"], state: .proposed, faults: [.decisionUnsigned]),
    Story(
      events: ["! as-proposed", "! recommend reason"], state: .decided, faults: [.decidedTwice],
      direction: .same),
    Story(
      proposal: nil, events: ["! recommend reason"], state: .proposed, faults: [.nothingProposed]),
    Story(proposal: nil, events: ["+1"], state: .frozen),
    Story(proposal: .tied, events: ["! as-proposed"], state: .proposed, faults: [.adoptsNothing]),
    Story(
      proposal: .waiting, events: ["!b as-proposed reason"], state: .proposed,
      faults: [.adoptsNothing]),
    Story(
      proposal: .waiting, events: ["! recommend reason", "! changed reason", "! reserve reason"],
      state: .proposed, faults: [.conditionNotMet, .conditionNotMet, .conditionNotMet]),
    // Neither reasons nor the right role alone will do.
    Story(
      proposal: .ineligible, events: ["! recommend reason", "!b recommend"], state: .proposed,
      faults: [.conditionNotMet, .conditionNotMet]),
    // The reserve of today was recommended when the panel adopted that, or is adopted as such.
    Story(
      events: ["!:recommend as-proposed"], state: .proposed, faults: [.adoptsAnother]),
    Story(
      events: ["!:waiting as-proposed"], state: .proposed, faults: [.adoptsAnother]),
    // Nobody knows whether it was said before or after the agreement.
    Story(
      events: ["~union reserves undated", "~union agrees", "! as-proposed"], state: .proposed,
      faults: [.reservationUnanswered]),
    Story(
      events: ["~union reserves", "~league agrees", "! as-proposed", "! recommend reason"],
      state: .proposed, faults: [.reservationUnanswered, .reservationUnanswered]),
  ]

  @Test("move by events, and illegal ones change nothing", arguments: stories + illegal)
  func moves(_ story: Story) {
    var file = CaseFile(proposal: story.proposal, overriders: ["CHAIR"])
    var faults: [CaseFile.Fault] = []
    for text in story.events {
      let before = file
      do {
        try file.take(event(text))
      } catch {
        faults.append(error)
        #expect(file == before)
      }
    }
    #expect(file.state == story.state)
    #expect(faults == story.faults)
    #expect(file.direction == story.direction)
  }

  @Test("name every fault in a story")
  func allFaults() {
    #expect(Set(Self.illegal.flatMap(\.faults)) == Set(CaseFile.Fault.allCases))
  }

  @Test("hold whoever would be put forward until a reservation is answered")
  func held() throws {
    for (proposal, held) in [
      (.recommend, .waiting), (.reserve, .waiting), (.tied, .waiting), (.waiting, .waiting),
      (.ineligible, .ineligible), (.notSelected, .notSelected),
    ] as [(Screening.Proposal, Screening.Proposal)] {
      var file = CaseFile(proposal: proposal)
      #expect(file.heldProposal == proposal)
      try file.take(event("~union reserves"))
      #expect(file.heldProposal == held && file.proposal == proposal)
      try file.take(event("~union agrees"))
      #expect(file.heldProposal == proposal)
    }
    var file = CaseFile(proposal: .recommend)
    try file.take(event("~union reserves"))
    try file.take(event("! defer reason"))
    #expect(file.heldProposal == .waiting)
    try file.take(event("!a recommend"))
    #expect(file.heldProposal == .recommend && file.reservations.count == 1)
  }

  @Test(
    "say how a decision relates to the proposal",
    arguments: [
      (.recommend, [.same, .same, .downward, .downward, .deferred, .changed]),
      (.reserve, [.same, .upward, .same, .downward, .deferred, .changed]),
      (.tied, [.same, .resolved, .resolved, .resolved, .same, .resolved]),
      (.waiting, [.same, .resolved, .resolved, .resolved, .same, .resolved]),
      (.ineligible, [.same, .upward, .upward, .same, .deferred, .changed]),
      (.notSelected, [.same, .upward, .upward, .same, .deferred, .changed]),
    ] as [(Screening.Proposal, [Direction])])
  func directions(proposal: Screening.Proposal, directions: [Direction]) {
    #expect(CaseFile.Decision.Result.allCases.map { $0.direction(from: proposal) } == directions)
  }

  private func event(_ text: String) -> CaseFile.Event {
    let words = text.split(separator: " ").map(String.init)
    let place = Place(file: 0, line: 1, record: 1)
    func role(_ name: String) -> CaseFile.Role { CaseFile.Role(name, key: name.uppercased()) }
    let day = PartialDate(day: 17_000)
    switch words[0].first {
    case "+":
      let number = String(words[0].dropFirst())
      return .filed(
        CaseFile.Objection(
          number: number, filedOn: day, grounds: "",
          firstAssessor: number == "0" ? nil : role("assessor"),
          place: place))
    case "-":
      return .closed(
        objection: String(words[0].dropFirst()),
        CaseFile.Closing(
          outcome: CaseFile.Closing.Outcome(rawValue: words[1]) ?? .upheld, on: day,
          by: words.count > 2 ? role(words[2]) : nil, answer: ""))
    case "~":
      let body = String(words[0].dropFirst())
      let reservation = CaseFile.Reservation(
        body: body, value: words[1], text: "", on: words.count > 2 ? nil : day, place: place)
      return .consulted(body: body, words[1] == "reserves" ? reservation : nil)
    default:
      let roles = ["!": "panel", "!a": "panel", "!b": "chair"]
      var decision = CaseFile.Decision(
        result: CaseFile.Decision.Result(rawValue: words[1]) ?? .changed, title: words[1],
        on: day, by: roles[words[0]].map { role($0) }, reasons: words.dropFirst(2).joined(),
        saysDiffers: nil, place: place)
      // What was proposed then stands behind a colon: "!:recommend".
      let then = words[0].split(separator: ":").dropFirst().first.map(String.init)
      decision.adopted = then.flatMap { Screening.Proposal(rawValue: $0) }
      decision.by = decision.by ?? (then == nil ? nil : role("panel"))
      decision.answer = words[0] == "!a" ? "looked into" : ""
      decision.basis = words[0] == "!b" ? "rule 7" : ""
      return .decided(decision)
    }
  }
}
