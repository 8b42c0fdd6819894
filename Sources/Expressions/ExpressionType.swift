public import Tables

/// The type that every part of an expression has before a row is read.
public indirect enum ExpressionType: Sendable, Hashable {
  case bool, int, double, decimal, string, date, timestamp, duration, null, dyn, type
  case list(ExpressionType)
  case map(ExpressionType, ExpressionType)
  /// A row of a list fact, with the number of the scope that its fields are named in. A list of
  /// rows is `.list(.row(scope:))`.
  case row(scope: Int)
}

extension ExpressionType: CustomStringConvertible {
  /// As faults and answers write it: `int`, `list(string)`, `map(string, int)`.
  public var description: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .decimal: "decimal"
    case .string: "string"
    case .date: "date"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .null: "null"
    case .dyn: "dyn"
    case .type: "type"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .row: "row"
    }
  }
}

extension ExpressionType {
  var isRows: Bool {
    if case .list(.row) = self { return true }
    return false
  }

  /// Whether its values are kept in a column of their own kind rather than boxed.
  var isColumnar: Bool {
    switch self {
    case .bool, .int, .double, .decimal, .string, .date: true
    case .timestamp, .duration, .null, .dyn, .type, .list, .map, .row: false
    }
  }

  /// Whether it says `dyn` anywhere, so that only the value shows what it is.
  public var isDynamic: Bool {
    switch self {
    case .dyn: true
    case .list(let element): element.isDynamic
    case .map(let key, let value): key.isDynamic || value.isDynamic
    case .bool, .int, .double, .decimal, .string, .date, .timestamp, .duration, .null, .type,
      .row:
      false
    }
  }

  /// Whether values of the two types may meet in an equation, `dyn` standing for any.
  func meets(_ other: ExpressionType) -> Bool {
    switch (self, other) {
    case (.dyn, _), (_, .dyn): true
    case (.list(let left), .list(let right)): left.meets(right)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      key.meets(otherKey) && value.meets(otherValue)
    default: self == other
    }
  }

  /// The one type that stands for both: the more specific where one says `dyn`, otherwise `dyn`.
  func joined(_ other: ExpressionType) -> ExpressionType {
    self == other ? self : .dyn
  }

  /// For types that meet, the one with fewer `dyn`.
  func sharpened(by other: ExpressionType) -> ExpressionType {
    switch (self, other) {
    case (.dyn, _): other
    case (.list(let left), .list(let right)): .list(left.sharpened(by: right))
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      .map(key.sharpened(by: otherKey), value.sharpened(by: otherValue))
    default: self
    }
  }
}

extension Value {
  /// Its type as far as it shows; `dyn` for the elements of an empty or mixed list.
  public var expressionType: ExpressionType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .double: .double
    case .decimal: .decimal
    case .string: .string
    case .date: .date
    case .timestamp: .timestamp
    case .duration: .duration
    case .list(let items): .list(Value.common(items.map(\.expressionType)))
    case .map(let entries):
      .map(
        Value.common(entries.map(\.key.expressionType)),
        Value.common(entries.map(\.value.expressionType)))
    case .type: .type
    }
  }

  private static func common(_ types: [ExpressionType]) -> ExpressionType {
    guard let first = types.first else { return .dyn }
    return types.dropFirst().reduce(first) { $0.joined($1) }
  }
}
