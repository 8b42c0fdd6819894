import Expressions
import Tables

extension PackLoader {
  /// A test that lives with a rubric.
  mutating func readExample(
    _ item: YAMLNode, into rubric: inout Rubric, _ columns: Set<String>
  ) {
    guard let map = reading.map(item, .example), let expect = map["expect"],
      let expected = reading.map(expect, .expectation)
    else { return }
    var given: [String: Value?] = [:]
    for entry in reading.entries(map["given"]) {
      let name = YAMLNode(spot: entry.spot, content: .scalar(entry.key, .plain))
      guard let slot = fact(name, of: rubric.subject) else { continue }
      let id = pack.subjects[rubric.subject].facts[slot].id
      given.updateValue(givenValue(entry.value, of: slot, subject: rubric.subject), forKey: id)
    }
    var points: [String: Int] = [:]
    for entry in reading.entries(expected["points"]) {
      if !columns.contains(entry.key) {
        reading.unknownName(
          entry.key, at: entry.spot, what: say("指标", "indicator"), among: columns)
      }
      points[entry.key] = reading.points(entry.value)
    }
    if let tier = expected["tier"], let name = reading.text(tier),
      !rubric.tiers.contains(where: { $0.id == name })
    {
      reading.unknownName(
        name, at: tier.spot, what: say("等次", "tier"), among: rubric.tiers.map(\.id))
    }
    let status = reading.choice(expected["status"], of: Status.allCases)
    rubric.examples.append(
      Rubric.Example(
        line: item.spot.line, given: given, score: reading.points(expected["score"]),
        tier: expected["tier"]?.scalar, status: status?.rawValue, points: points))
  }

  /// A fact's value in an example; nil is unknown.
  private mutating func givenValue(_ node: YAMLNode, of slot: Int, subject: Int) -> Value? {
    if node.scalar == "unknown" { return nil }
    let place = root(FactPlace(subject: subject, slot: slot))
    let fact = pack.subjects[place.subject].facts[place.slot]
    switch fact.origin {
    case .list(let record):
      return givenRows(node) { loader, name in
        guard let index = loader.field(name, of: record) else { return nil }
        let field = loader.pack.records[record].fields[index]
        return (field.id, field.type.expressionType, field.codes)
      }
    case .members(let member, _):
      return givenRows(node) { loader, name in
        guard let slot = loader.fact(name, of: member) else { return nil }
        let fact = loader.pack.subjects[member].facts[slot]
        return (fact.id, fact.type, fact.codes)
      }
    case .asOf, .record, .merged, .derived, .reference, .result:
      return typedValue(node, type: fact.type, codes: fact.codes)
    }
  }

  /// Rows of a list as maps from ids; what a row does not name is unknown.
  private mutating func givenRows(
    _ node: YAMLNode,
    column: (inout PackLoader, YAMLNode) -> (id: String, type: ExpressionType, codes: Int?)?
  ) -> Value? {
    var rows: [Value] = []
    for item in reading.list(node) {
      var entries: [Value.MapEntry] = []
      for entry in reading.entries(item) where entry.value.scalar != "unknown" {
        let name = YAMLNode(spot: entry.spot, content: .scalar(entry.key, .plain))
        guard let (id, type, codes) = column(&self, name),
          let value = typedValue(entry.value, type: type, codes: codes)
        else { continue }
        entries.append(Value.MapEntry(key: .string(id), value: value))
      }
      rows.append(.map(entries))
    }
    return .list(rows)
  }
}
