import Expressions
import Tables

extension PackLoader {
  /// Checks an expression; its faults are put where they stand in the file.
  mutating func expression(
    _ node: YAMLNode?, scope: Int, expecting types: [ExpressionType]
  ) -> CheckedExpression? {
    guard let node, let text = reading.text(node) else { return nil }
    do {
      let checked = try check(text, in: pack.environment, scope: scope, expecting: types)
      checkPurposes(of: checked, scope: scope, at: node.spot)
      return checked
    } catch {
      reading.fault(
        at: reading.spot(in: node, line: error.line, column: error.column), error.message,
        cure: say("请更正表达式", "correct the expression"))
      return nil
    }
  }

  mutating func condition(_ node: YAMLNode?, scope: Int) -> CheckedExpression? {
    expression(node, scope: scope, expecting: [.bool])
  }

  mutating func number(_ node: YAMLNode?, scope: Int) -> CheckedExpression? {
    expression(node, scope: scope, expecting: [.int, .decimal])
  }

  /// A field may be read only if every purpose in force is among those it is open to.
  private mutating func checkPurposes(
    of expression: CheckedExpression, scope: Int, at spot: Spot
  ) {
    var closed: [(shown: String, purposes: [String])] = []
    visit(expression.demand, scope: scope) { use in
      for place in fields(behind: use) {
        let field = pack.records[place.record].fields[place.field]
        guard let purposes = field.purposes else { continue }
        let missing = purposesInForce.filter { !purposes.contains($0) }
        if !missing.isEmpty { closed.append((field.label, missing)) }
      }
    }
    for use in closed.sorted(by: { $0.shown < $1.shown }) {
      let purposes = use.purposes.joined(separator: ", ")
      reading.fault(
        at: spot,
        say(
          "“\(use.shown)”不得用于用途“\(purposes)”",
          "“\(use.shown)” may not be used for the purpose “\(purposes)”"),
        cure: say(
          "请删去这个字段，或在“purposes”中只写允许的用途",
          "leave the field out, or name only allowed purposes under “purposes”"))
    }
  }

  // MARK: - What an expression reads

  /// Something an expression reads.
  enum Use {
    case fact(FactPlace)
    case field(RecordField)
  }

  /// Calls back for everything that a demand names, in rows of lists too.
  func visit(_ demand: Demand, scope: Int, _ body: (Use) -> Void) {
    let owner: Int?
    let record: Int?
    switch scope {
    case ..<pack.subjects.count: (owner, record) = (scope, nil)
    case ..<(pack.subjects.count + pack.records.count):
      (owner, record) = (nil, scope - pack.subjects.count)
    default:
      let row = scope - pack.subjects.count - pack.records.count
      record = row
      if case .subject(let subject) = pack.records[row].subject {
        owner = subject
      } else {
        owner = nil
      }
    }
    for slot in demand.slots.union(demand.lists.keys) {
      let isOuter = slot >= Demand.outer
      if let record, !isOuter {
        body(.field(RecordField(record: record, field: slot)))
      } else if let owner {
        let place = root(
          FactPlace(subject: owner, slot: isOuter ? slot - Demand.outer : slot))
        body(.fact(place))
        let type = pack.subjects[place.subject].facts[place.slot].type
        if let inner = demand.lists[slot], case .list(.row(let scope)) = type {
          visit(inner, scope: scope, body)
        }
      }
    }
  }

  /// The delivered fields that a use reads directly.
  func fields(behind use: Use) -> [RecordField] {
    switch use {
    case .field(let place): return [place]
    case .fact(let place):
      let facts = pack.subjects[place.subject].facts
      switch facts[place.slot].origin {
      case .record(let record, let field): return [RecordField(record: record, field: field)]
      case .merged(let slots):
        return slots.compactMap { slot in
          guard case .record(let record, let field) = facts[slot].origin else { return nil }
          return RecordField(record: record, field: field)
        }
      case .asOf, .list, .derived, .reference, .members, .result: return []
      }
    }
  }

  /// The strictest protection among what an expression reads.
  func sensitivity(of expression: CheckedExpression, scope: Int) -> Field.Sensitivity {
    var strictest = Field.Sensitivity.open
    visit(expression.demand, scope: scope) { use in
      switch use {
      case .field(let place):
        strictest = stricter(
          strictest, pack.records[place.record].fields[place.field].sensitivity)
      case .fact(let place):
        strictest = stricter(
          strictest, pack.subjects[place.subject].facts[place.slot].sensitivity)
      }
    }
    return strictest
  }

  /// The rubric results that an expression reads, by rubric id.
  func results(in expression: CheckedExpression, scope: Int) -> Set<String> {
    var rubrics: Set<String> = []
    visit(expression.demand, scope: scope) { use in
      if case .fact(let place) = use,
        case .result(let rubric, _) = pack.subjects[place.subject].facts[place.slot].origin
      {
        rubrics.insert(rubric)
      }
    }
    return rubrics
  }
}

extension Reading {
  /// Where a place within a scalar's text stands in the file.
  ///
  /// Folding and quotes change blanks only, so characters that are no blanks are counted in both.
  func spot(in node: YAMLNode, line: Int, column: Int) -> Spot {
    guard case .scalar(let text, let style) = node.content else { return node.spot }
    var before = 0
    var (textLine, textColumn) = (1, 1)
    for scalar in text.unicodeScalars {
      guard textLine < line || (textLine == line && textColumn < column) else { break }
      if !scalar.isBlank { before += 1 }
      if scalar == "\n" {
        textLine += 1
        textColumn = 1
      } else {
        textColumn += 1
      }
    }
    return walk(past: before, in: node.spot, style: style)
  }

  private func walk(past count: Int, in start: Spot, style: YAMLNode.Style) -> Spot {
    var spot = start
    var left = count
    var isEscaped = false
    var rest = lines(from: start)
    switch style {
    case .plain: break
    case .singleQuoted, .doubleQuoted:
      rest = rest.dropFirst()
      spot.column += 1
    case .block:
      rest = rest.drop { $0 != "\n" }.dropFirst()
      (spot.line, spot.column) = (spot.line + 1, 1)
    }
    for scalar in rest {
      if !scalar.isBlank, left == 0, !isEscaped { return spot }
      if style.escapes(scalar), !isEscaped {
        isEscaped = true
      } else if !scalar.isBlank {
        left -= 1
        isEscaped = false
      }
      if scalar == "\n" {
        (spot.line, spot.column) = (spot.line + 1, 1)
      } else {
        spot.column += 1
      }
    }
    return spot
  }

  /// The file's text from a place on.
  private func lines(from spot: Spot) -> Substring.UnicodeScalarView {
    var rest = files[spot.file].text.unicodeScalars[...]
    for _ in 1..<max(spot.line, 1) { rest = rest.drop { $0 != "\n" }.dropFirst() }
    return rest.dropFirst(spot.column - 1)
  }
}

extension YAMLNode.Style {
  /// Whether a character announces that the next one is meant literally.
  fileprivate func escapes(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .singleQuoted: scalar == "'"
    case .doubleQuoted: scalar == "\\"
    case .plain, .block: false
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
}
