import Tables

/// A part of a checked expression; everything in it is of a fitting type.
struct Node: Sendable {
  indirect enum Kind: Sendable {
    case constant(Value)
    /// A fact of the batch (depth 0) or of the rows that a macro walks (its depth).
    case fact(slot: Int, index: Int)
    /// The element that a macro over a list of values stands at.
    case element
    /// A `let`, with the numbers that its facts have here.
    case inlined(CheckedExpression, facts: [Int])
    case not(Node)
    case and(Node, Node)
    case or(Node, Node)
    case conditional(Node, Node, Node)
    case compare(Comparison, Node, Node)
    case isIn(Node, Node)
    case arithmetic(Arithmetic, Node, Node)
    case negate(Node)
    /// A whole number as a decimal.
    case widen(Node)
    /// A value of any type where it may be `dyn`.
    case box(Node)
    /// A `dyn` where one type is needed; lanes of other types are in error.
    case unbox(Node)
    case textTest(TextTest, Node, Node)
    case matches(Node, Pattern)
    case size(Node)
    case between(CalendarUnit, Node, Node)
    case call(Function, Node)
    case list([Node])
    case map([NodeEntry])
    case index(Node, Node)
    case hasKey(Node, String)
    case isKnown(Node)
    /// The depth is the number by which the body knows the element.
    case macro(MacroName, depth: Int, range: Node, condition: Node?, body: Node)
  }

  var kind: Kind
  var type: ExpressionType
  /// Where it stands in the text.
  var range: Range<Int>
  /// Number of the innermost macro whose element or row it uses; 0 if none.
  var depth = 0
  /// Where it is a list of rows: the slots that lead to it.
  var path: [Int] = []
  /// Where it is a code: the closed set of codes.
  var codes: [String]?
  /// Digits of a double literal, so that it can be read exactly as a decimal.
  var written: String?
}

struct NodeEntry: Sendable {
  let key: Node
  let value: Node
}

enum Comparison: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

enum Arithmetic: Sendable {
  case add, subtract, multiply, divide, remainder
}

enum TextTest: String, Sendable, CaseIterable {
  case contains, startsWith, endsWith
}

enum CalendarUnit: String, Sendable, CaseIterable {
  case years = "yearsBetween"
  case months = "monthsBetween"
}

enum MacroName: String, Sendable, CaseIterable {
  case all, exists
  case existsOne = "exists_one"
  case filter, map
}

/// Functions of one value that are called lane by lane.
enum Function: Sendable {
  case toInt, toDouble, toString, toBool, toTimestamp, toDuration, toDecimal, toDate, typeOf
  case part(TimePart, offset: Int64)
}

enum TimePart: String, Sendable, CaseIterable {
  case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
  case getHours, getMinutes, getSeconds, getMilliseconds

  /// Whether a date, which has no clock, has it too.
  var isOfDate: Bool {
    switch self {
    case .getFullYear, .getMonth, .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear: true
    case .getHours, .getMinutes, .getSeconds, .getMilliseconds: false
    }
  }

  /// Whether a duration has it; implementations of CEL disagree about its milliseconds.
  var isOfDuration: Bool {
    switch self {
    case .getHours, .getMinutes, .getSeconds: true
    case .getFullYear, .getMonth, .getDate, .getDayOfMonth, .getDayOfWeek, .getDayOfYear,
      .getMilliseconds:
      false
    }
  }
}
