import RulePacks
import Tables

/// Reads facts of one population, or facts of the rows of one sheet that stand on them.
struct FactReader {
  var builder: WorldBuilder
  let population: Int
  /// Facts so far, as they are before the variant moves them.
  var facts: [Fact]
  private var moves: [Int: Fact.Move] = [:]
  private let firstOwn: Int

  init(builder: WorldBuilder, population: Int, facts: [Fact]) {
    self.builder = builder
    self.population = population
    self.facts = facts
    firstOwn = facts.count
  }

  /// The facts with what the variant changes in them.
  func finished() -> [Fact] {
    var finished = facts
    for (index, move) in moves { finished[index].move = move }
    return finished
  }

  /// Reads facts in their order; a list of groups of facts counts as one after the other.
  mutating func read(_ place: Place) throws(SynthesisFailure) {
    for group in place.list() { try readGroup(group) }
  }

  private mutating func readGroup(_ place: Place) throws(SynthesisFailure) {
    for (id, body) in try place.entries() {
      guard !facts.contains(where: { $0.id == id }) else {
        throw body.failure("“\(id)”已经有了", "“\(id)” is there already")
      }
      try readFact(id, body)
    }
  }

  private static let options = ["per", "blank", "step", "total", "moves"]

  private mutating func readFact(_ id: String, _ place: Place) throws(SynthesisFailure) {
    var draft = Draft(
      fact: Fact(
        id: id, kind: .number, draw: .constant(.absent),
        salt: salt(of: builder.world.populations[population].id + " " + id)))
    if place.isMapping {
      if let per = place["per"] {
        draft.fact.per = try fact(per)
        draft.fact.needs.append(try fact(per))
      }
      draft.fact.blank = try place["blank"]?.share() ?? 0
      draft.fact.step = Slot(try place["step"]?.int() ?? 1)
    }
    if let code = place["code"] {
      try readCode(code, place, into: &draft)
    } else {
      draft.fact.draw = try draw(place, &draft, options: FactReader.options)
    }
    if let total = place["total"] { try calibrate(&draft.fact, to: total) }
    if let move = place["moves"]?[builder.variant] {
      let share = try move.required("share").share()
      let moved = try draw(move, &draft, options: ["share"])
      moves[facts.count] = Fact.Move(share: share, draw: moved)
    }
    draft.fact.kind = draft.kind ?? .number
    facts.append(draft.fact)
  }

  /// The earlier fact of a name.
  func fact(_ place: Place) throws(SynthesisFailure) -> Int {
    let id = try place.text()
    guard let index = facts.firstIndex(where: { $0.id == id }) else {
      throw place.failure("前面没有事实“\(id)”", "there is no fact “\(id)” before this")
    }
    return index
  }

  /// A text in which `{fact}` stands for what a fact holds.
  mutating func template(_ text: String, _ place: Place) throws(SynthesisFailure) -> Template {
    var template = Template(parts: [])
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex {
        template.parts.append(.literal(builder.literal(String(rest[..<open]))))
      }
      let id = String(rest[rest.index(after: open)..<close])
      guard let index = facts.firstIndex(where: { $0.id == id }) else {
        throw place.failure("前面没有事实“\(id)”", "there is no fact “\(id)” before this")
      }
      template.parts.append(.fact(index))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty || template.parts.isEmpty {
      template.parts.append(.literal(builder.literal(String(rest))))
    }
    return template
  }

  mutating func condition(_ all: Place?, _ none: Place?) throws(SynthesisFailure) -> Condition {
    var condition = Condition()
    if let all { condition.all = try questions(all) }
    if let none { condition.none = try questions(none) }
    return condition
  }

  private func questions(_ place: Place) throws(SynthesisFailure) -> [Condition.Question] {
    var questions: [Condition.Question] = []
    for (id, wanted) in try place.entries() {
      guard let index = facts.firstIndex(where: { $0.id == id }) else {
        throw wanted.failure("前面没有事实“\(id)”", "there is no fact “\(id)” before this")
      }
      questions.append(Condition.Question(fact: index, test: try test(of: facts[index], wanted)))
    }
    return questions
  }

  private func test(of fact: Fact, _ place: Place) throws(SynthesisFailure) -> Condition.Test {
    if place.isNull { return .absent }
    guard fact.kind == .text else { return try interval(of: fact, place) }
    var slots: [Slot] = []
    for wanted in place.list() {
      let text = try wanted.text()
      let slot = fact.texts.firstIndex { template in
        template.literal.map { builder.world.literals[$0] == text } ?? false
      }
      guard let slot else {
        throw wanted.failure(
          "“\(fact.id)”没有“\(text)”这个值", "“\(fact.id)” has no value “\(text)”")
      }
      slots.append(Slot(slot))
    }
    return .among(slots)
  }

  private func interval(of fact: Fact, _ place: Place) throws(SynthesisFailure) -> Condition.Test {
    let text = try place.text()
    let bounds: [(String, (Slot) -> Condition.Test)] = [
      (">= ", { .between($0, .max) }), ("<= ", { .between(.min + 1, $0) }),
      ("> ", { .between($0 + 1, .max) }), ("< ", { .between(.min + 1, $0 - 1) }),
      ("= ", { .between($0, $0) }), ("", { .between($0, $0) }),
    ]
    for (sign, test) in bounds where text.hasPrefix(sign) {
      let rest = Place(
        node: YAMLNode(
          spot: place.node.spot, content: .scalar(String(text.dropFirst(sign.count)), .plain)),
        source: place.source)
      return test(fact.kind == .day ? try rest.day() : Slot(try rest.int()))
    }
    throw place.failure("看不懂条件“\(text)”", "the condition “\(text)” cannot be read")
  }
}

/// A fact while it is being read; its kind shows with its first draw.
struct Draft {
  var fact: Fact
  var kind: Fact.Kind?
  /// How many draws it has, so that each rolls for itself.
  var rolls: UInt64 = 0

  mutating func roll() -> UInt64 {
    rolls += 1
    return scrambled(rolls)
  }

  mutating func need(_ fact: Int) -> Int {
    if !self.fact.needs.contains(fact) { self.fact.needs.append(fact) }
    return fact
  }

  mutating func become(_ kind: Fact.Kind, _ place: Place) throws(SynthesisFailure) {
    guard self.kind == nil || self.kind == kind else {
      throw place.failure(
        "“\(fact.id)”的几种取法类型不同", "the draws of “\(fact.id)” are of different kinds")
    }
    self.kind = kind
  }

  /// The slot of a text.
  mutating func slot(of template: Template) -> Slot {
    for case .fact(let fact) in template.parts { _ = need(fact) }
    if let known = fact.texts.firstIndex(of: template) { return Slot(known) }
    fact.texts.append(template)
    return Slot(fact.texts.count - 1)
  }
}
