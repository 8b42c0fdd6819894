import Expressions
import Tables

/// The names under which the facts of one subject kind can be called: ids and labels, and those
/// of referenced subjects after a dot.
struct FactNames {
  var slots: [String: Int] = [:]
  /// Labels that stand for several facts, with the ids to write instead.
  var ambiguous: [String: [String]] = [:]

  /// Binds a name unless it is taken; ids come before labels.
  mutating func bind(_ name: String, to slot: Int) {
    if slots[name] == nil { slots[name] = slot }
  }
}

extension PackLoader {
  mutating func nameFacts() {
    names = pack.subjects.indices.map { ownNames(of: $0) }
    let own = names
    for subject in pack.subjects.indices { addReferencedNames(to: subject, own: own) }
  }

  private func ownNames(of subject: Int) -> FactNames {
    var names = FactNames()
    let facts = pack.subjects[subject].facts
    names.slots.reserveCapacity(facts.count * 3)
    // The merged fact that a field of one record kind is part of.
    var merged: [Int: Int] = [:]
    for (slot, fact) in facts.enumerated() {
      if case .merged(let parts) = fact.origin { for part in parts { merged[part] = slot } }
    }
    var bearers: [String: Set<Int>] = [:]
    for (slot, fact) in facts.enumerated() {
      switch fact.origin {
      case .reference: continue
      case .asOf, .merged, .list, .derived, .members, .result: names.bind(fact.id, to: slot)
      case .record(let record, let field):
        let id = pack.records[record].id
        names.bind(fact.id, to: slot)
        names.bind(id + "." + pack.records[record].fields[field].id, to: slot)
      }
      guard !fact.label.isEmpty, !fact.label.contains(".") else { continue }
      bearers[fact.label, default: []].insert(merged[slot] ?? slot)
    }
    for (label, slots) in bearers where names.slots[label] == nil {
      if slots.count == 1, let slot = slots.first {
        names.slots[label] = slot
      } else {
        names.ambiguous[label] = slots.sorted().map { facts[$0].id }
      }
    }
    for (slot, fact) in facts.enumerated() {
      if case .record(let record, _) = fact.origin, !fact.label.isEmpty {
        names.bind(pack.records[record].id + "." + fact.label, to: slot)
      }
    }
    return names
  }

  private mutating func addReferencedNames(to subject: Int, own: [FactNames]) {
    // The slot of each referenced fact, by reference and the other's slot.
    var copies: [Int: [Int: Int]] = [:]
    for (slot, fact) in pack.subjects[subject].facts.enumerated() {
      if case .reference(let index, let other) = fact.origin {
        copies[index, default: [:]][other] = slot
      }
    }
    for (index, reference) in pack.subjects[subject].references.enumerated() {
      let others = own[reference.subject]
      for (name, slot) in others.slots {
        guard let copy = copies[index]?[slot] else { continue }
        names[subject].bind(reference.id + "." + name, to: copy)
      }
      for (label, ids) in others.ambiguous {
        names[subject].ambiguous[reference.id + "." + label] = ids.map { reference.id + "." + $0 }
      }
    }
  }

  // MARK: - Facts by name

  /// The slot of a fact that is named outside an expression.
  mutating func fact(_ node: YAMLNode?, of subject: Int) -> Int? {
    guard let node, let name = reading.text(node) else { return nil }
    if let slot = names[subject].slots[name] { return slot }
    if let ids = names[subject].ambiguous[name] {
      reading.fault(
        at: node.spot, say("“\(name)”有几个含义", "“\(name)” stands for several facts"),
        cure: say(
          "请写标识：\(ids.joined(separator: "、"))", "write an id: \(ids.joined(separator: ", "))"))
      return nil
    }
    reading.unknownName(
      name, at: node.spot, what: say("事实", "fact"), among: names[subject].slots.keys,
      listing: pack.subjects[subject].facts.map(\.id).filter { !$0.contains(".") })
    return nil
  }

  /// The slot of a fact by whose values subjects are grouped or shown: one value, and public.
  mutating func openFact(_ node: YAMLNode?, of subject: Int) -> Int? {
    guard let node, let slot = fact(node, of: subject) else { return nil }
    let fact = pack.subjects[subject].facts[slot]
    if case .list = fact.type {
      reading.fault(
        at: node.spot, say("“\(fact.id)”是列表，不是一个值", "“\(fact.id)” is a list, not one value"),
        cure: say("请写只有一个值的事实", "name a fact with one value"))
      return nil
    }
    guard fact.sensitivity == .open else {
      reading.fault(
        at: node.spot,
        say("“\(fact.id)”不公开，不能出现在结果中", "“\(fact.id)” is not public and may not be shown"),
        cure: say("请改用公开的事实", "name a public fact"))
      return nil
    }
    return slot
  }

  /// The fact that a chain of references ends at.
  func root(_ place: FactPlace) -> FactPlace {
    let subject = pack.subjects[place.subject]
    guard case .reference(let index, let slot) = subject.facts[place.slot].origin else {
      return place
    }
    return FactPlace(subject: subject.references[index].subject, slot: slot)
  }

  // MARK: - What subjects say about their own facts

  mutating func settleSubjects() {
    for subject in pack.subjects.indices {
      let map = subjectMaps[subject]
      if let name = openFact(map["name"], of: subject) { pack.subjects[subject].name = name }
      settleIdentity(of: subject, map)
      if let candidates = map["candidates"] { _ = fact(candidates, of: subject) }
    }
    for subject in pack.subjects.indices { settleReferences(of: subject) }
  }

  private mutating func settleReferences(of subject: Int) {
    for (index, map) in referenceMaps[subject].enumerated() {
      let other = pack.subjects[subject].references[index].subject
      guard let by = fact(map["by"], of: subject) else { continue }
      var match = fact(map["match"], of: other)
      if map["match"] == nil {
        match = pack.subjects[other].identity.first.flatMap { step in
          step.count == 1 ? names[other].slots[step[0]] : nil
        }
        if match == nil {
          reading.fault(
            at: map.spot, say("缺少“match”", "“match” is missing"),
            cure: say("请写明对方的哪个字段与之相等", "say which fact of the other subject equals it"))
        }
      }
      guard let match else { continue }
      let types = (pack.subjects[subject].facts[by].type, pack.subjects[other].facts[match].type)
      if types.0 != types.1, types.0 != .dyn, types.1 != .dyn {
        reading.fault(
          at: map.spot(of: "by"),
          say(
            "类型\(types.0)与对方的类型\(types.1)不能相等",
            "a value of type \(types.0) never equals one of type \(types.1)"),
          cure: say("请改用同类型的字段", "name facts of one type"))
      }
      pack.subjects[subject].references[index].by = by
      pack.subjects[subject].references[index].match = match
    }
  }

  /// Every record kind of a subject must be able to find it by one of the steps.
  private mutating func settleIdentity(of subject: Int, _ map: YAMLMap) {
    let spot = map["identity"]?.spot ?? map.spot
    let kinds = pack.records.indices.filter { pack.records[$0].subject == .subject(subject) }
    let known = Set(kinds.flatMap { pack.records[$0].fields.map(\.id) })
    let identity = pack.subjects[subject].identity
    for id in identity.joined() where !known.contains(id) {
      reading.unknownName(id, at: spot, what: say("字段", "field"), among: known)
    }
    if !kinds.contains(where: { pack.records[$0].isRoster }) {
      reading.fault(
        at: map.spot,
        say(
          "没有哪种记录能产生“\(pack.subjects[subject].id)”",
          "no record kind brings “\(pack.subjects[subject].id)” into being"),
        cure: say("请在一种记录上写“roster: yes”", "write “roster: yes” in one of its record kinds"))
    }
    for record in kinds {
      let fields = Set(pack.records[record].fields.map(\.id))
      if identity.contains(where: { fields.isSuperset(of: $0) }) { continue }
      let steps = identity.map { $0.joined(separator: "+") }.joined(separator: ", ")
      reading.fault(
        at: recordMaps[record].spot(of: "fields"),
        say(
          "这种记录的行找不到对象：没有“identity”中的字段",
          "rows of this kind can find no subject: no step of “identity” is among its fields"),
        cure: say("请加上其中一组字段：\(steps)", "add the fields of one step: \(steps)"))
    }
  }
}
