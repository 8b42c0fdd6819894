import Expressions
import Requests
import Tables

/// Evaluates one expression without names; for `heng eval EXPRESSION`.
///
/// Answers one JSON line as `evaluateLine` does.
package func evaluate(expression: String) -> String {
  answer(expression, bindings: []).written
}

/// Evaluates what one line of JSON asks: `{"expr": "x + 1", "bindings": {"x": {"type": "int",
/// "value": 1}}}`.
///
/// Answers one line: `{"type": "int", "value": 2}`, `{"error": "division by zero"}`,
/// `{"unknown": ["x"]}` (a binding without a value is unknown) or
/// `{"refused": "place and reason"}`.
/// Integers are JSON integers; doubles JSON numbers or `"NaN"`, `"Infinity"`, `"-Infinity"`;
/// timestamps RFC 3339; durations `"3.5s"`; decimals and dates strings; maps arrays of
/// `[key, value]`; types their name.
package func evaluateLine(_ json: String) -> String {
  guard let line = JSON(json) else {
    return refused("the line is not JSON").written
  }
  guard let expression = line["expr"]?.text else {
    return refused("the line has no text “expr”").written
  }
  var bindings: [BoundName] = []
  if let given = line["bindings"] {
    guard case .object(let members) = given else {
      return refused("“bindings” is not an object").written
    }
    for member in members {
      switch BoundName.read(member.name, member.value) {
      case .success(let binding): bindings.append(binding)
      case .failure(let fault): return refused(fault.reason).written
      }
    }
  }
  return answer(expression, bindings: bindings).written
}

private func refused(_ reason: String) -> JSON {
  .object([JSON.Member(name: "refused", value: .string(reason))])
}

private func answer(_ text: String, bindings: [BoundName]) -> JSON {
  var scope = Scope()
  var batch = Batch(count: 1)
  for (slot, binding) in bindings.enumerated() {
    scope.names[binding.name] = Binding(
      shown: binding.name, type: binding.type, meaning: .fact(slot: slot))
    if let value = binding.value { batch.vectors[slot] = Vector(.boxed([value])) }
  }
  let expression: CheckedExpression
  do {
    expression = try check(text, in: Environment(scopes: [scope]), scope: 0)
  } catch {
    return refused("\(error.line):\(error.column): \(error.message.en)")
  }
  let result = expression.evaluate(over: batch)
  if let missing = result.missing.first, missing != 0 {
    let names = expression.missingNames(missing).map { JSON.string($0) }
    return .object([JSON.Member(name: "unknown", value: .array(names))])
  }
  if let number = result.faults.first, let fault = Fault(rawValue: number) {
    return .object([JSON.Member(name: "error", value: .string(fault.message.en))])
  }
  guard let value = result.value(at: 0) else { return refused("the result is a list of rows") }
  let type = expression.type.isDynamic ? value.expressionType : expression.type
  return .object([
    JSON.Member(name: "type", value: .string(type.description)),
    JSON.Member(name: "value", value: JSON(value)),
  ])
}

/// A name with its type and, if it is known, its value.
private struct BoundName {
  var name: String
  var type: ExpressionType
  var value: Value?

  struct Unreadable: Error {
    var reason: String
  }

  static func read(_ name: String, _ json: JSON) -> Result<BoundName, Unreadable> {
    guard let written = json["type"]?.text, let type = ExpressionType(written) else {
      return .failure(Unreadable(reason: "the type of “\(name)” is not known"))
    }
    guard let given = json["value"] else {
      return .success(BoundName(name: name, type: type, value: nil))
    }
    guard let value = Value(given, type) else {
      return .failure(Unreadable(reason: "the value of “\(name)” is not a \(type)"))
    }
    return .success(BoundName(name: name, type: type, value: value))
  }
}

extension ExpressionType {
  /// Reads `int`, `list(int)`, `map(string, list(int))`; nil for other texts.
  fileprivate init?(_ written: String) {
    let text = written.filter { $0 != " " }
    switch text {
    case "bool": self = .bool
    case "int": self = .int
    case "double": self = .double
    case "decimal": self = .decimal
    case "string": self = .string
    case "date": self = .date
    case "timestamp", "google.protobuf.Timestamp": self = .timestamp
    case "duration", "google.protobuf.Duration": self = .duration
    case "null", "null_type": self = .null
    case "dyn": self = .dyn
    case "type": self = .type
    case "list": self = .list(.dyn)
    case "map": self = .map(.dyn, .dyn)
    default:
      guard text.hasSuffix(")"), let open = text.firstIndex(of: "("), text.count < 1_000 else {
        return nil
      }
      let inner = text[text.index(after: open)...].dropLast()
      switch text[..<open] {
      case "list":
        guard let element = ExpressionType(String(inner)) else { return nil }
        self = .list(element)
      case "map":
        guard let comma = inner.firstIndex(of: ","),
          let key = ExpressionType(String(inner[..<comma])),
          let value = ExpressionType(String(inner[inner.index(after: comma)...]))
        else { return nil }
        self = .map(key, value)
      default: return nil
      }
    }
  }
}

extension Value {
  /// Reads a value of a type; nil where the JSON is not one.
  fileprivate init?(_ json: JSON, _ type: ExpressionType) {
    switch (type, json) {
    case (.bool, .bool(let flag)), (.dyn, .bool(let flag)): self = .bool(flag)
    case (.int, .number(let digits)):
      guard let number = Int64(digits) else { return nil }
      self = .int(number)
    case (.double, .number(let digits)):
      guard let number = Double(digits) else { return nil }
      self = .double(number)
    case (.double, .string(let word)):
      switch word {
      case "NaN": self = .double(.nan)
      case "Infinity": self = .double(.infinity)
      case "-Infinity": self = .double(-.infinity)
      default: return nil
      }
    case (.dyn, .number(let digits)):
      if let number = Int64(digits) {
        self = .int(number)
      } else if let number = Double(digits) {
        self = .double(number)
      } else {
        return nil
      }
    case (.string, .string(let text)), (.dyn, .string(let text)): self = .string(text)
    case (.decimal, .string(let text)), (.decimal, .number(let text)):
      self.init(reading: "decimal", text)
    case (.date, .string(let text)): self.init(reading: "date", text)
    case (.timestamp, .string(let text)): self.init(reading: "timestamp", text)
    case (.duration, .string(let text)): self.init(reading: "duration", text)
    case (.type, .string(let name)): self = .type(name)
    case (.null, .null), (.dyn, .null): self = .null
    case (.list(let element), .array(let items)):
      let values = items.compactMap { Value($0, element) }
      guard values.count == items.count else { return nil }
      self = .list(values)
    case (.dyn, .array): self.init(json, .list(.dyn))
    case (.dyn, .object): self.init(json, .map(.string, .dyn))
    case (.map(let key, let value), .array(let pairs)):
      let entries = pairs.compactMap { MapEntry($0, key, value) }
      guard entries.count == pairs.count else { return nil }
      self = .map(entries)
    case (.map(let key, let value), .object(let members)):
      let entries = members.compactMap {
        MapEntry(.array([.string($0.name), $0.value]), key, value)
      }
      guard entries.count == members.count else { return nil }
      self = .map(entries)
    default: return nil
    }
  }

  /// Reads a text as the function of that name does.
  private init?(reading function: String, _ text: String) {
    guard
      let expression = try? check(
        "\(function)(x)", in: Environment(scopes: [Scope(names: ["x": Value.text])]), scope: 0)
    else { return nil }
    let batch = Batch(count: 1, vectors: [0: Vector(.texts(Texts([text])))])
    guard let value = expression.evaluate(over: batch).value(at: 0) else { return nil }
    self = value
  }

  private static let text = Binding(shown: "x", type: .string, meaning: .fact(slot: 0))
}

extension Value.MapEntry {
  fileprivate init?(_ json: JSON, _ key: ExpressionType, _ value: ExpressionType) {
    guard case .array(let pair) = json, pair.count == 2, let key = Value(pair[0], key),
      let value = Value(pair[1], value)
    else { return nil }
    self.init(key: key, value: value)
  }
}

extension JSON {
  fileprivate init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .number(String(number))
    case .double(let number):
      if number.isNaN {
        self = .string("NaN")
      } else if number.isInfinite {
        self = .string(number < 0 ? "-Infinity" : "Infinity")
      } else {
        self = .number(number.debugDescription)
      }
    case .string(let text): self = .string(text)
    case .decimal, .date, .timestamp, .duration, .type: self = .string(value.description)
    case .list(let items): self = .array(items.map { JSON($0) })
    case .map(let entries):
      self = .array(entries.map { .array([JSON($0.key), JSON($0.value)]) })
    }
  }
}
