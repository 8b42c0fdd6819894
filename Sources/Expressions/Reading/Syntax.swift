import Tables

/// An expression as it is written, with nothing looked up yet.
indirect enum Syntax {
  case literal(Value, Range<Int>)
  /// A double literal keeps its digits, so that it can be read exactly as a decimal.
  case double(Double, written: String, Range<Int>)
  case identifier(String, Range<Int>)
  case select(Syntax, String, isQuoted: Bool, Range<Int>)
  case index(Syntax, Syntax, Range<Int>)
  case call(String, [Syntax], Range<Int>)
  case method(Syntax, String, [Syntax], name: Range<Int>, Range<Int>)
  case list([Syntax], Range<Int>)
  case map([(key: Syntax, value: Syntax)], Range<Int>)
  case unary(UnaryOperator, Syntax, Range<Int>)
  case binary(BinaryOperator, Syntax, Syntax, Range<Int>)
  case conditional(Syntax, Syntax, Syntax, Range<Int>)

  var range: Range<Int> {
    switch self {
    case .literal(_, let range), .double(_, _, let range), .identifier(_, let range),
      .select(_, _, _, let range), .index(_, _, let range), .call(_, _, let range),
      .method(_, _, _, _, let range), .list(_, let range), .map(_, let range),
      .unary(_, _, let range), .binary(_, _, _, let range), .conditional(_, _, _, let range):
      range
    }
  }
}

enum UnaryOperator: String {
  case not = "!"
  case negate = "-"
}

enum BinaryOperator: String {
  case or = "||"
  case and = "&&"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case isIn = "in"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"

  /// How tightly it binds; 1 is loosest.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: 3
    case .add, .subtract: 4
    case .multiply, .divide, .remainder: 5
    }
  }
}
