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
