public import Expressions
public import RulePacks
public import Tables

/// An example of a rubric that does not come out as it says.
public struct ExampleFailure: Sendable, Equatable {
  public var rubric: String
  /// Line of the example in the rubric's file.
  public var line: Int
  /// What was expected: `score`, `tier`, `status`, `applies`, or the id of a part.
  public var what: String
  public var expected: String
  public var found: String

  public var message: Bilingual {
    Bilingual(
      zh: "\(what) 应为 \(expected)，实为 \(found)",
      en: "\(what) should be \(expected), is \(found)")
  }
}

/// Applies a rubric to the examples that live with it.
///
/// - Parameters:
///   - index: Of the rubric in the pack.
///   - pack: The pack that holds the rubric.
/// - Returns: what does not come out as an example says, in order of the examples.
public func failuresOfExamples(rubric index: Int, pack: RulePack) -> [ExampleFailure] {
  let rubric = pack.rubrics[index]
  let plan = ScoringPlan(rubric: index, pack: pack)
  return rubric.examples.flatMap { example -> [ExampleFailure] in
    let dossiers = pack.dossiers(of: rubric.subject, given: example.given)
    let card = scoredAlone(plan, dossiers, row: 0)
    var found: [(what: String, expected: String?, found: String)] = [
      ("score", example.score.map(shown), shown(Int(card.scores[0]))),
      ("tier", example.tier, publishedTier(card, rubric)),
      ("status", example.status, card.statuses[0].rawValue),
    ]
    for (part, points) in zip(rubric.parts, card.parts) {
      found.append((part.id, example.points[part.id].map(shown), shown(Int(points.points[0]))))
    }
    if let applies = rubric.applies {
      let facts = dossiers.batch(of: rubric.subject, rows: 0..<1, demand: applies.demand)
      let answer = applies.evaluate(over: facts)
      if answer.isKnown(0), !answer.flags[0] { found.append(("applies", "true", "false")) }
    }
    return found.compactMap { what, expected, found -> ExampleFailure? in
      guard let expected, expected != found else { return nil }
      return ExampleFailure(
        rubric: rubric.id, line: example.line, what: what, expected: expected, found: found)
    }
  }
}

/// The tier that the subject would be published in: one that waits for a fact, or is not eligible,
/// has none, whatever its points would make of it.
private func publishedTier(_ card: Scorecard, _ rubric: Rubric) -> String {
  let status = card.statuses[0]
  guard status.hasRank else { return "— (\(status.rawValue))" }
  return card.tiers[0] < 0 ? "—" : rubric.tiers[Int(card.tiers[0])].id
}

private func shown(_ points: Int) -> String {
  Exact(millionths: Int64(points) * 1000).description
}

extension RulePack {
  /// Dossiers of one subject of which only the given facts are known.
  func dossiers(of subject: Int, given: [String: Value?]) -> Dossiers {
    var dossiers = Dossiers(
      records: records.map { RecordTable(columns: $0.fields.map { Column($0.type.column) }) },
      subjects: subjects.map { kind in
        SubjectTable(ids: TextColumn(), facts: kind.facts.map { _ in .absent })
      })
    dossiers.subjects[subject].ids.append("example")
    for (slot, fact) in subjects[subject].facts.enumerated() {
      guard let value = given[fact.id] ?? nil else { continue }
      if case .list(let rows) = value {
        dossiers.subjects[subject].facts[slot] = lay(
          rows, of: fact, subject: subject, into: &dossiers)
      } else {
        dossiers.subjects[subject].facts[slot] = .own(column([value], type: fact.type))
      }
    }
    return dossiers
  }

  /// Puts the rows of a list fact, given as maps, where such rows stand.
  private func lay(
    _ rows: [Value], of fact: Fact, subject: Int, into dossiers: inout Dossiers
  ) -> FactColumn {
    let numbers = rows.indices.map { Int32($0) }
    let offsets = [0, Int32(rows.count)]
    switch fact.origin {
    case .list(let record):
      dossiers.records[record] = RecordTable(
        columns: records[record].fields.map { field in
          column(rows.map { $0.member(field.id) }, type: field.type.expressionType)
        },
        places: rows.indices.map { Place(file: 0, line: 0, record: UInt32($0 + 1)) },
        precedences: rows.map { _ in 0 })
      return .list(record: record, offsets: offsets, rows: numbers)
    case .members(let member, _):
      var table = SubjectTable(ids: TextColumn(), facts: [])
      for number in numbers { table.ids.append(String(number + 1)) }
      table.facts = subjects[member].facts.map { fact in
        let values = rows.map { $0.member(fact.id) }
        return values.allSatisfy { $0 == nil }
          ? .absent : .own(column(values, type: fact.type))
      }
      dossiers.subjects[member] = table
      return .members(subject: member, offsets: offsets, rows: numbers)
    case .reference(let reference, let slot):
      let other = subjects[subject].references[reference].subject
      return lay(rows, of: subjects[other].facts[slot], subject: other, into: &dossiers)
    case .asOf, .record, .merged, .derived, .result: return .absent
    }
  }
}

extension Value {
  /// What a map says under a key.
  fileprivate func member(_ key: String) -> Value? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == .string(key) }?.value
  }
}

/// Values of one type as a column; nil, and a value of another type, is not stated.
public func column(_ values: [Value?], type: ExpressionType) -> Column {
  switch type {
  case .bool:
    .flag(cells(values, false) { if case .bool(let flag) = $0 { flag } else { nil } })
  case .int: .number(cells(values, 0) { if case .int(let number) = $0 { number } else { nil } })
  case .decimal: .decimal(cells(values, 0) { $0.millionths })
  case .date: .day(cells(values, 0) { if case .date(let date) = $0 { date.packed } else { nil } })
  // A `double` is held as a text, with all its digits.
  case .string, .double, .timestamp, .duration, .null, .dyn, .type, .list, .map, .row:
    .text(texts(values))
  }
}

private func cells<Element: Sendable & Equatable>(
  _ values: [Value?], _ absent: Element, _ read: (Value) -> Element?
) -> Cells<Element> {
  var cells = Cells<Element>()
  for value in values {
    let read = value.flatMap(read)
    cells.append(read ?? absent, read == nil ? .notStated : .stated)
  }
  return cells
}

private func texts(_ values: [Value?]) -> TextColumn {
  var column = TextColumn()
  for value in values {
    if case .string(let text)? = value {
      column.append(text)
    } else {
      column.appendAbsent(.notStated)
    }
  }
  return column
}

extension Value {
  /// A whole number will do for a decimal.
  fileprivate var millionths: Int64? {
    switch self {
    case .decimal(let exact): exact.millionths
    case .int(let whole): Exact(whole)?.millionths
    case .null, .bool, .double, .string, .date, .timestamp, .duration, .list, .map, .type: nil
    }
  }
}
