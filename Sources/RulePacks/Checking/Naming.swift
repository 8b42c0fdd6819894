import Expressions
import Tables

extension PackLoader {
  /// Builds all scopes of the environment; the types of derived values are filled in later.
  mutating func buildEnvironment() {
    var scopes = pack.subjects.map { _ in Scope(names: [:]) }
    for subject in pack.subjects.indices {
      scopes[subject] = subjectScope(subject)
    }
    for record in pack.records.indices { scopes.append(rowScope(record, prefix: "")) }
    for record in pack.records.indices {
      guard case .subject(let subject) = pack.records[record].subject,
        case .many = pack.records[record].holds
      else {
        scopes.append(Scope(names: [:]))
        continue
      }
      var scope = rowScope(record, prefix: "row.")
      scope.outer = subject
      scopes.append(scope)
    }
    pack.environment = Environment(scopes: scopes)
  }

  private mutating func subjectScope(_ subject: Int) -> Scope {
    var scope = Scope(names: [:])
    scope.names.reserveCapacity(names[subject].slots.count)
    for (name, slot) in names[subject].slots {
      scope.names[name] = binding(of: slot, subject: subject)
      note(name, slot: slot, subject: subject)
    }
    for (label, ids) in names[subject].ambiguous {
      scope.names[label] = refused(label, meaning: ids)
    }
    return scope
  }

  /// Remembers where a derived fact is named, unless its type is known.
  private mutating func note(_ name: String, slot: Int, subject: Int) {
    let place = root(FactPlace(subject: subject, slot: slot))
    guard case .derived = pack.subjects[place.subject].facts[place.slot].origin else { return }
    bindings[place, default: []].append(BindingPlace(scope: subject, name: name))
  }

  private func binding(of slot: Int, subject: Int) -> Binding {
    let fact = pack.subjects[subject].facts[slot]
    var shown = fact.label.isEmpty ? fact.id : fact.label
    if case .record(let record, _) = fact.origin, fact.id.contains(".") {
      shown = pack.records[record].title + "·" + shown
    }
    return Binding(
      shown: shown, type: fact.type, meaning: .fact(slot: slot),
      codes: codes(of: FactPlace(subject: subject, slot: slot)),
      refusal: fact.sensitivity == .sensitive ? sensitive(shown) : nil, holdsDigits: true)
  }

  /// The closed set of values of a fact.
  private func codes(of place: FactPlace) -> [String]? {
    let place = root(place)
    let fact = pack.subjects[place.subject].facts[place.slot]
    if let codes = fact.codes { return codeNames(codes) }
    switch fact.origin {
    case .result(_, .status): return Status.allCases.map(\.rawValue)
    case .result(let rubric, .tier):
      return rubricMaps.first { $0.id == rubric }?.tiers
    case .asOf, .record, .merged, .list, .derived, .reference, .members, .result(_, .score):
      return nil
    }
  }

  private func sensitive(_ shown: String) -> Bilingual {
    say(
      "“\(shown)”是敏感信息，不能写入表达式", "“\(shown)” is sensitive and may stand in no expression")
  }

  private func refused(_ label: String, meaning ids: [String]) -> Binding {
    Binding(
      shown: label, type: .dyn, meaning: .fact(slot: 0),
      refusal: say(
        "“\(label)”有几个含义，请写标识：\(ids.joined(separator: "、"))",
        "“\(label)” stands for several facts; write an id: \(ids.joined(separator: ", "))"))
  }

  // MARK: - Rows

  private func rowScope(_ record: Int, prefix: String) -> Scope {
    let fields = pack.records[record].fields
    var scope = Scope(names: [:])
    var bearers: [String: [Int]] = [:]
    for (index, field) in fields.enumerated() {
      let shown = field.label.isEmpty ? field.id : field.label
      scope.names[prefix + field.id] = Binding(
        shown: shown,
        type: untyped.contains(RecordField(record: record, field: index))
          ? .dyn : field.type.expressionType,
        meaning: .fact(slot: index), codes: codeNames(field.codes),
        refusal: field.sensitivity == .sensitive ? sensitive(shown) : nil, holdsDigits: true)
      bearers[field.label, default: []].append(index)
    }
    for (label, indices) in bearers where !label.isEmpty && scope.names[prefix + label] == nil {
      scope.names[prefix + label] =
        indices.count == 1
        ? scope.names[prefix + fields[indices[0]].id]
        : refused(label, meaning: indices.map { prefix + fields[$0].id })
    }
    return scope
  }

  // MARK: - Types found late

  /// Fills in the type and the protection of a derived fact wherever it is named.
  mutating func settle(_ place: FactPlace, type: ExpressionType, sensitivity: Field.Sensitivity) {
    pack.subjects[place.subject].facts[place.slot].type = type
    pack.subjects[place.subject].facts[place.slot].sensitivity = sensitivity
    let codes = codes(of: place)
    for binding in bindings[place] ?? [] {
      pack.environment.scopes[binding.scope].names[binding.name]?.type = type
      pack.environment.scopes[binding.scope].names[binding.name]?.codes = codes
    }
  }

  /// Copies what was found out about derived facts to where other subjects read them.
  mutating func settleReferencedFacts() {
    for subject in pack.subjects.indices {
      for slot in pack.subjects[subject].facts.indices {
        let place = root(FactPlace(subject: subject, slot: slot))
        guard place != FactPlace(subject: subject, slot: slot) else { continue }
        let fact = pack.subjects[place.subject].facts[place.slot]
        pack.subjects[subject].facts[slot].type = fact.type
        pack.subjects[subject].facts[slot].codes = fact.codes
        pack.subjects[subject].facts[slot].sensitivity = fact.sensitivity
      }
    }
  }
}
