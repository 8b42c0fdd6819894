import Expressions
import Tables

/// A fact that a rubric reads, itself or through derived facts.
public struct FactRead: Sendable, Equatable {
  /// Slot in the schema of the rubric's subject.
  public var slot: Int
  /// For a list, the fields (or, for members, the facts) that are read of its rows.
  public var fields: [Int]
  /// For a derived fact, the slots of the facts that it follows from.
  public var from: [Int]
}

extension RulePack {
  /// What a rubric reads, each fact once, in the order in which its rules come to it.
  ///
  /// Facts of another subject are not opened further; they are explained where that subject is.
  public func factsRead(by rubric: Rubric) -> [FactRead] {
    var reads = FactReads(pack: self, subject: rubric.subject)
    for gate in rubric.gates { reads.add(gate.require) }
    for part in rubric.parts {
      part.applies.map { reads.add($0) }
      reads.add(part.form)
    }
    for cap in rubric.caps { reads.add(cap.when) }
    if let applies = rubric.applies { reads.add(applies) }
    return reads.facts
  }
}

extension Rubric {
  /// The facts of the rubric's subjects that a part reads itself, by slot, each once, in the order
  /// in which it comes to them; not what derived facts among them follow from.
  package func slotsRead(by part: Part, _ pack: RulePack) -> [Int] {
    var reads = FactReads(pack: pack, subject: subject, opensDerived: false)
    part.applies.map { reads.add($0) }
    reads.add(part.form)
    return reads.facts.map(\.slot)
  }
}

/// Follows expressions to the facts behind them.
private struct FactReads {
  let pack: RulePack
  let subject: Int
  /// Whether derived facts are followed to what they were derived from.
  let opensDerived: Bool
  private(set) var facts: [FactRead] = []
  private var positions: [Int: Int] = [:]

  init(pack: RulePack, subject: Int, opensDerived: Bool = true) {
    self.pack = pack
    self.opensDerived = opensDerived
    self.subject = subject
  }

  mutating func add(_ form: Rubric.Form) {
    switch form {
    case .condition(_, let when): add(when)
    case .bands(let on, _), .lookup(let on, _, _): add(on)
    case .ratio(_, let part, let whole):
      add(part)
      add(whole)
    case .number(_, let value): add(value)
    case .each(_, let count, _): add(count)
    case .measure(let measure): add(measure.value)
    case .group: break
    case .opinions(let opinions):
      let fields = [opinions.grade] + [opinions.signed, opinions.basis].compactMap { $0 }
      addList(opinions.list, fields, [opinions.condition, opinions.inForce])
    }
  }

  mutating func add(_ expression: CheckedExpression) {
    for use in expression.facts { add(use.slots[0], field: use.slots.dropFirst().first) }
  }

  /// A list with the fields that are read of it, and what a condition on its rows reads besides.
  private mutating func addList(_ list: Int, _ fields: [Int], _ conditions: [CheckedExpression?]) {
    for field in fields { add(list, field: field) }
    for use in conditions.flatMap({ $0?.facts ?? [] }) {
      if use.slots[0] >= Demand.outer {
        add(use.slots[0] - Demand.outer, field: nil)
      } else {
        add(list, field: use.slots[0])
      }
    }
  }

  private mutating func add(_ slot: Int, field: Int?) {
    let isNew = positions[slot] == nil
    if isNew {
      positions[slot] = facts.count
      facts.append(FactRead(slot: slot, fields: [], from: []))
    }
    if let field, let position = positions[slot], !facts[position].fields.contains(field) {
      facts[position].fields.append(field)
    }
    guard isNew, opensDerived, case .derived(let index) = pack.subjects[subject].facts[slot].origin
    else {
      return
    }
    open(pack.derivations[index].form)
    if let position = positions[slot] { facts[position].from = sources(index) }
  }

  private mutating func open(_ form: Derivation.Form) {
    switch form {
    case .value(let expression), .lookup(_, let expression, _, _), .successor(_, let expression):
      add(expression)
    case .rules(let rules, _): for rule in rules { add(rule.when) }
    case .pick(let pick): addList(pick.list, [pick.order, pick.take], [pick.condition])
    }
  }

  /// The slots that a derivation itself names.
  private func sources(_ index: Int) -> [Int] {
    var slots: [Int] = []
    func name(_ expression: CheckedExpression?, list: Int? = nil) {
      for use in expression?.facts ?? [] {
        var slot = use.slots[0]
        if let list { slot = slot >= Demand.outer ? slot - Demand.outer : list }
        if !slots.contains(slot) { slots.append(slot) }
      }
    }
    switch pack.derivations[index].form {
    case .value(let expression), .lookup(_, let expression, _, _), .successor(_, let expression):
      name(expression)
    case .rules(let rules, _):
      for rule in rules { name(rule.when) }
    case .pick(let pick):
      slots.append(pick.list)
      name(pick.condition, list: pick.list)
    }
    return slots
  }
}
