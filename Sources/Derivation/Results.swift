import Expressions
import RulePacks
import Tables

/// What a derivation gives for some subjects; a lane that is not known holds a meaningless value.
struct Results: Sendable {
  var values: Values
  var known: [Bool]

  /// Nothing is known.
  init(unknown count: Int) {
    values = .flags(Array(repeating: false, count: count))
    known = Array(repeating: false, count: count)
  }

  /// Texts become codes: numbers into the few names that occur.
  init(_ vector: Vector) {
    let known = vector.known
    switch vector.values {
    case .texts(let texts):
      self.init(Results.coded(known) { texts[$0] }, known)
    case .boxed(let boxed):
      self.init(boxed: boxed, known: known)
    case .flags, .integers, .decimals, .dates, .codes:
      self.init(vector.values, known)
    case .reals, .rows:
      self.init(unknown: vector.count)
    }
  }

  /// One of a few values for each subject, by number; −1 is `otherwise`, −2 unknown.
  init(_ decided: [Int32], _ values: [Value], otherwise: Value?) {
    // Last the value of −1, so that every number has its place.
    let all = values + [otherwise ?? .null]
    let numbers = decided.map { $0 == -1 ? Int32(values.count) : $0 }
    func lanes<Lane>(_ absent: Lane, _ lane: (Value) -> Lane?) -> [Lane] {
      let table = all.map { lane($0) ?? absent }
      return numbers.map { $0 < 0 ? absent : table[Int($0)] }
    }
    let lanesOfAll: Values
    switch all.first(where: { $0 != .null }) {
    case .bool?:
      lanesOfAll = .flags(lanes(false) { if case .bool(let flag) = $0 { flag } else { nil } })
    case .int?:
      lanesOfAll = .integers(lanes(0) { if case .int(let number) = $0 { number } else { nil } })
    case .decimal?:
      lanesOfAll = .decimals(
        lanes(0) { if case .decimal(let number) = $0 { number.millionths } else { nil } })
    case .date?:
      lanesOfAll = .dates(lanes(0) { if case .date(let date) = $0 { date.packed } else { nil } })
    case .string?:
      let names = all.map { if case .string(let text) = $0 { text } else { "" } }
      lanesOfAll = .codes(ids: numbers.map { max(0, $0) }, names: names)
    case nil, .null?, .double?, .timestamp?, .duration?, .list?, .map?, .type?:
      self.init(unknown: decided.count)
      return
    }
    let isKnown = all.map { $0 != .null }
    self.init(lanesOfAll, numbers.map { $0 >= 0 && isKnown[Int($0)] })
  }

  private init(_ values: Values, _ known: [Bool]) {
    self.values = values
    self.known = known
  }

  private init(boxed: [Value], known: [Bool]) {
    let values: Values
    let first = zip(boxed, known).first { $0.1 }?.0
    switch first {
    case .bool?:
      values = .flags(boxed.map { if case .bool(let flag) = $0 { flag } else { false } })
    case .int?:
      values = .integers(boxed.map { if case .int(let number) = $0 { number } else { 0 } })
    case .decimal?:
      values = .decimals(
        boxed.map { if case .decimal(let number) = $0 { number.millionths } else { 0 } })
    case .date?:
      values = .dates(boxed.map { if case .date(let date) = $0 { date.packed } else { 0 } })
    case .string?:
      values = Results.coded(known) { if case .string(let text) = boxed[$0] { text } else { "" } }
    case nil, .null?, .double?, .timestamp?, .duration?, .list?, .map?, .type?:
      self.init(unknown: boxed.count)
      return
    }
    self.init(values, known)
  }

  private static func coded(_ known: [Bool], _ text: (Int) -> String) -> Values {
    var numbers: [String: Int32] = [:]
    var names: [String] = []
    let ids = known.indices.map { lane -> Int32 in
      guard known[lane] else { return 0 }
      let text = text(lane)
      if let number = numbers[text] { return number }
      numbers[text] = Int32(names.count)
      names.append(text)
      return Int32(names.count - 1)
    }
    return .codes(ids: ids, names: names)
  }

  /// Each text replaced by another, or by unknown.
  func translated(_ translate: (String) -> String?) -> Results {
    guard case .codes(let ids, let names) = values else { return Results(unknown: known.count) }
    let others = names.map(translate)
    var result = self
    for lane in known.indices where known[lane] && others[Int(ids[lane])] == nil {
      result.known[lane] = false
    }
    result.values = .codes(ids: ids, names: others.map { $0 ?? "" })
    return result
  }
}

/// The results of an expression for some subjects.
func results(
  of expression: CheckedExpression, _ subject: Int, _ rows: Range<Int>, _ dossiers: Dossiers
) -> Results {
  Results(
    expression.evaluate(over: dossiers.batch(of: subject, rows: rows, demand: expression.demand)))
}

/// Lays the results of all stretches end to end.
///
/// - Parameter codes: the codes of the fact's table, whose order the column keeps.
func column(_ pieces: [Results], of type: ExpressionType, codes: [String]) -> Column {
  switch type {
  case .bool:
    .flag(
      joined(pieces) { if case .flags(let lanes) = $0 { lanes.map { $0 ? 1 : 0 } } else { nil } })
  case .int: .number(joined(pieces) { if case .integers(let lanes) = $0 { lanes } else { nil } })
  case .decimal: .decimal(joined(pieces, decimals))
  case .date:
    .day(
      joined(pieces) { if case .dates(let lanes) = $0 { lanes.map { Int64($0) } } else { nil } })
  case .string, .double, .timestamp, .duration, .null, .dyn, .type, .list, .map, .row:
    .code(codeColumn(pieces, codes: codes))
  }
}

private func decimals(_ values: Values) -> [Int64]? {
  switch values {
  case .decimals(let lanes): lanes
  case .integers(let lanes): lanes.map { Exact($0)?.millionths ?? 0 }
  case .flags, .reals, .dates, .codes, .texts, .rows, .boxed: nil
  }
}

private func joined<Element: CellElement>(
  _ pieces: [Results], _ lanes: (Values) -> [Int64]?
) -> Cells<Element> {
  var cells = Cells<Element>()
  for (number, piece) in pieces.enumerated() {
    cells.append(lanes(piece.values), piece.known)
    // As wide as the first, which most are like.
    if number == 0 { cells.reserveCapacity(pieces.reduce(0) { $0 + $1.known.count }, like: cells) }
  }
  return cells
}

extension Cells {
  /// Adds lanes; those that are not known, or all where there are none, state nothing.
  fileprivate mutating func append(_ lanes: [Int64]?, _ known: [Bool]) {
    let states: [CellState] = known.map { $0 && lanes != nil ? .stated : .notStated }
    var numbers = Array(repeating: Int64(0), count: known.count)
    if let lanes { take(lanes.span, where: known.span, into: &numbers) }
    append(truncating: numbers.span, states.span)
  }
}

/// Counts are compared first, so that many lanes go at once.
private func take(_ lanes: Span<Int64>, where known: Span<Bool>, into numbers: inout [Int64]) {
  precondition(lanes.count == numbers.count && known.count == numbers.count)
  var output = numbers.mutableSpan
  for lane in lanes.indices { output[lane] = known[lane] ? lanes[lane] : 0 }
}

private func codeColumn(_ pieces: [Results], codes: [String]) -> CodeColumn {
  var column = CodeColumn(names: codes)
  var numbers: [String: Int32] = [:]
  for (number, code) in codes.enumerated() where numbers[code] == nil {
    numbers[code] = Int32(number)
  }
  for piece in pieces {
    guard case .codes(let ids, let names) = piece.values else {
      column.cells.append(nil, piece.known)
      continue
    }
    // A name gets its number when it first occurs.
    var translation = Array(repeating: Int64(-1), count: names.count)
    var lanes = Array(repeating: Int64(0), count: piece.known.count)
    for lane in lanes.indices where piece.known[lane] {
      let id = Int(ids[lane])
      if translation[id] < 0 {
        let number = numbers[names[id]] ?? Int32(column.names.count)
        if number == column.names.count {
          numbers[names[id]] = number
          column.names.append(names[id])
        }
        translation[id] = Int64(number)
      }
      lanes[lane] = translation[id]
    }
    column.cells.append(lanes, piece.known)
  }
  return column
}
