import Expressions
import Tables

extension PackLoader {
  /// The facts of every subject kind: as-of date, fields, lists, derived facts, results, members,
  /// then the facts of referenced subjects.
  mutating func buildSchemas() {
    referenceMaps = pack.subjects.map { _ in [] }
    for subject in pack.subjects.indices { readReferences(of: subject) }
    var claims = pack.subjects.map { _ in Claims() }
    for subject in pack.subjects.indices {
      addAsOf(to: subject, &claims[subject])
      addFields(to: subject, &claims[subject])
      addLists(to: subject, &claims[subject])
      addDerived(to: subject, &claims[subject])
      addResults(to: subject, &claims[subject])
    }
    for subject in pack.subjects.indices { addMembers(to: subject, &claims[subject]) }
    let own = pack.subjects.map(\.facts)
    for subject in pack.subjects.indices { addReferences(to: subject, own: own) }
  }

  /// The names that facts of one subject kind have taken.
  private struct Claims {
    var names: Set<String> = []
  }

  private mutating func add(
    _ fact: Fact, to subject: Int, _ claims: inout Claims, at spot: Spot
  ) {
    if !claims.names.insert(fact.id).inserted { duplicate(fact.id, at: spot) }
    pack.subjects[subject].facts.append(fact)
  }

  private mutating func addAsOf(to subject: Int, _ claims: inout Claims) {
    let label =
      switch pack.about.language {
      case .zh: "评价截止日期"
      case .en: "as-of date"
      }
    let spot = subjectMaps[subject].spot
    add(
      Fact(id: "as_of", label: label, type: .date, origin: .asOf), to: subject, &claims, at: spot)
    // Rows are called so in `pick` and `opinions`.
    claims.names.insert("row")
  }

  // MARK: - Fields

  private mutating func addFields(to subject: Int, _ claims: inout Claims) {
    var bearers: [String: [RecordField]] = [:]
    var order: [String] = []
    let kinds = pack.records.indices.filter {
      pack.records[$0].subject == .subject(subject) && pack.records[$0].holds == .one
    }
    for record in kinds {
      for (index, field) in pack.records[record].fields.enumerated() {
        if bearers[field.id] == nil { order.append(field.id) }
        bearers[field.id, default: []].append(RecordField(record: record, field: index))
      }
    }
    var slots: [RecordField: Int] = [:]
    for record in kinds {
      for index in pack.records[record].fields.indices {
        let place = RecordField(record: record, field: index)
        let id = pack.records[record].fields[index].id
        let isAlone = bearers[id]?.count == 1
        slots[place] = pack.subjects[subject].facts.count
        let shown = isAlone ? id : pack.records[record].id + "." + id
        add(fact(of: place, id: shown), to: subject, &claims, at: fieldSpots[record][index])
      }
    }
    for id in order {
      guard let places = bearers[id], places.count > 1 else { continue }
      merge(id, places, slots: slots, into: subject, &claims)
    }
  }

  private func fact(of place: RecordField, id: String) -> Fact {
    let field = pack.records[place.record].fields[place.field]
    var fact = Fact(
      id: id, label: field.label,
      type: untyped.contains(place) ? .dyn : field.type.expressionType,
      origin: .record(record: place.record, field: place.field))
    fact.codes = field.codes
    fact.unit = field.unit
    fact.definition = field.definition
    fact.office = field.office
    fact.sensitivity = field.sensitivity
    fact.subjectCanSupply = field.subjectCanSupply
    fact.changeable = field.changeable
    return fact
  }

  /// One fact for the fields of that id in several record kinds, most believed first.
  private mutating func merge(
    _ id: String, _ places: [RecordField], slots: [RecordField: Int], into subject: Int,
    _ claims: inout Claims
  ) {
    // Sorting is stable by hand: equals stay in the order of the files.
    let sorted = places.enumerated().sorted { left, right in
      let (a, b) = (pack.records[left.element.record], pack.records[right.element.record])
      return a.precedence == b.precedence
        ? left.offset < right.offset : a.precedence > b.precedence
    }.map(\.element)
    let first = pack.records[sorted[0].record].fields[sorted[0].field]
    var merged = fact(of: sorted[0], id: id)
    merged.origin = .merged(sorted.compactMap { slots[$0] })
    for place in sorted.dropFirst() {
      let field = pack.records[place.record].fields[place.field]
      merged.subjectCanSupply = merged.subjectCanSupply || field.subjectCanSupply
      if merged.changeable == .no { merged.changeable = field.changeable }
      merged.sensitivity = stricter(merged.sensitivity, field.sensitivity)
      let isAlike = field.type.column == first.type.column && field.codes == first.codes
      guard !isAlike, !untyped.contains(place), !untyped.contains(sorted[0]) else { continue }
      let other = pack.records[sorted[0].record].id
      reading.fault(
        at: fieldSpots[place.record][place.field],
        say(
          "字段“\(id)”的类型或代码表与“\(other)”中的不同",
          "the field “\(id)” differs in type or code table from the one in “\(other)”"),
        cure: say("请统一类型和代码表，或换一个标识", "make them alike, or choose another id"))
    }
    let spot = fieldSpots[sorted[0].record][sorted[0].field]
    add(merged, to: subject, &claims, at: spot)
  }

  // MARK: - Lists, derived facts, results

  private mutating func addLists(to subject: Int, _ claims: inout Claims) {
    for record in pack.records.indices where pack.records[record].subject == .subject(subject) {
      guard case .many(let list, _, _) = pack.records[record].holds else { continue }
      var fact = Fact(
        id: list, label: pack.records[record].title,
        type: .list(.row(scope: pack.scope(ofRows: record))), origin: .list(record: record))
      fact.office = pack.records[record].office
      let map = recordMaps[record]
      add(fact, to: subject, &claims, at: (map["list"] ?? map["record"])?.spot ?? map.spot)
    }
  }

  private mutating func addDerived(to subject: Int, _ claims: inout Claims) {
    for index in derivationMaps.indices where derivationMaps[index].subject == subject {
      let map = derivationMaps[index].map
      derivationMaps[index].slot = pack.subjects[subject].facts.count
      var fact = Fact(
        id: derivationMaps[index].id, label: reading.text(map["label"]) ?? "", type: .dyn,
        origin: .derived(index))
      fact.codes = table(map["codes"])
      fact.unit = reading.text(map["unit"]) ?? ""
      fact.definition = reading.text(map["definition"]) ?? ""
      fact.office = office(map["office"])
      add(fact, to: subject, &claims, at: map["id"]?.spot ?? map.spot)
    }
  }

  private mutating func addResults(to subject: Int, _ claims: inout Claims) {
    for index in rubricMaps.indices where rubricMaps[index].subject == subject {
      let rubric = rubricMaps[index]
      let stem = String(rubric.id.map { $0 == "-" ? "_" : $0 })
      let title = reading.text(rubric.map["title"]) ?? ""
      for result in Fact.Result.allCases {
        let word =
          switch (result, pack.about.language) {
          case (.score, .zh): "得分"
          case (.tier, .zh): "等次"
          case (.status, .zh): "状态"
          case (.score, .en), (.tier, .en), (.status, .en): " " + result.rawValue
          }
        let fact = Fact(
          id: stem + "_" + result.rawValue, label: title + word,
          type: result == .score ? .decimal : .string,
          origin: .result(rubric: rubric.id, result))
        let spot = rubric.map["rubric"]?.spot ?? rubric.map.spot
        add(fact, to: subject, &claims, at: spot)
      }
    }
  }

  // MARK: - Other subjects

  private mutating func readReferences(of subject: Int) {
    for item in reading.list(subjectMaps[subject]["references"]) {
      guard let map = reading.map(item, .reference),
        let id = reading.id(map["id"], inExpressions: true),
        let other = find(map["subject"], in: subjects, what: say("评价对象", "subject"))
      else { continue }
      if pack.subjects[subject].references.contains(where: { $0.id == id }) || records[id] != nil {
        duplicate(id, at: map["id"]?.spot ?? map.spot)
      }
      let members = reading.id(map["members"], inExpressions: true)
      pack.subjects[subject].references.append(
        SubjectKind.Reference(id: id, subject: other, by: 0, match: 0, members: members))
      referenceMaps[subject].append(map)
    }
  }

  private mutating func addMembers(to subject: Int, _ claims: inout Claims) {
    for (other, kind) in pack.subjects.enumerated() {
      for (index, reference) in kind.references.enumerated()
      where reference.subject == subject {
        guard let members = reference.members else { continue }
        let fact = Fact(
          id: members, label: kind.title, type: .list(.row(scope: other)),
          origin: .members(subject: other, reference: index))
        let map = subjectMaps[other]
        add(fact, to: subject, &claims, at: map["references"]?.spot ?? map.spot)
      }
    }
  }

  private mutating func addReferences(to subject: Int, own: [[Fact]]) {
    for (index, reference) in pack.subjects[subject].references.enumerated() {
      let title = pack.subjects[reference.subject].title
      for (slot, fact) in own[reference.subject].enumerated() where fact.origin != .asOf {
        var copy = fact
        copy.id = reference.id + "." + fact.id
        copy.label = title + "·" + fact.label
        copy.origin = .reference(index, fact: slot)
        pack.subjects[subject].facts.append(copy)
      }
    }
  }
}

/// The more protective of two sensitivities.
func stricter(_ left: Field.Sensitivity, _ right: Field.Sensitivity) -> Field.Sensitivity {
  switch (left, right) {
  case (.sensitive, _), (_, .sensitive): .sensitive
  case (.personal, _), (_, .personal): .personal
  case (.open, .open): .open
  }
}
