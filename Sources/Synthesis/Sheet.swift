/// One kind of file of the delivery, and where its rows come from.
struct Sheet: Sendable {
  var id: String
  /// The file's name; `{by}` and `{part}` are replaced.
  var file: String
  var format: Format
  var encoding = Encoding.utf8
  var hasMark = false
  var lineEnd = "\n"
  var columns: [Column] = []
  /// The column that says whose row it is, and those that no list may show.
  var subject = 0
  var hidden: Set<Int> = []
  var sections: [Section] = []
  /// Whether each value of the fact `by` has a file of its own.
  var isSplit = false
  var faults: [Fault] = []
  /// What the file as a whole shows, for the list of expectations.
  var expectations: [Expectation] = []
  /// What is counted and added up for the head, the foot or total rows.
  var controls: [Control] = []

  /// Makes totals that are wrong on purpose right.
  mutating func rightenTotals() {
    guard case .csv(var csv) = format else { return }
    csv.totals?.off = [:]
    csv.totals?.expectation = nil
    format = .csv(csv)
  }

  enum Format: Sendable {
    case xml(XML)
    case csv(CSV)
  }

  struct XML: Sendable {
    /// Elements from the root to the row.
    var path: [String]
    var declared: String
  }

  struct CSV: Sendable {
    var separator = ","
    var titles: [String] = []
    var isTwoLined = false
    var serial: String?
    var footers: [String] = []
    var totals: Totals?
    /// Columns that leave out what the row before them says.
    var merged: [Int] = []
  }

  /// The total row; `off` is what it is wrong by.
  struct Totals: Sendable {
    var label: String
    var columns: [Int]
    var off: [Int: Int64]
    var expectation: Expectation?
  }

  /// A heading or a place in a row element.
  struct Column: Sendable {
    /// The field's id, or the heading of a column that no field has.
    var id: String
    var heading: String
    var upper = ""
    /// XML: elements below the row, and an attribute of the last of them.
    var path: [String] = []
    var attribute: String?
    /// XML: the value belongs to the element around the rows.
    var isOutside = false
  }

  struct Control: Sendable {
    var path: [String]
    /// Nil counts the rows.
    var column: Int?
  }

  struct Expectation: Sendable {
    var fault: String
    var expect: String
    var say: String
  }
}

/// The part of a sheet that one population gives.
struct Section: Sendable {
  var population: Int
  var facts: [Fact]
  var script: Script
  /// What must hold of the entity, and of each of its rows.
  var condition: Condition
  var rowCondition: Condition
  var rows: Rows
  /// The fact whose values have files of their own; it may be one of the rows' own.
  var by: Int?
  var isSplitByRow = false
  var cells: [Cell]
  /// Facts of the entity, needed to know whether it has rows; then the others; then the rows' own.
  var early: [Int] = []
  var late: [Int] = []
  var perRow: [Int] = []

  enum Rows: Sendable {
    case number(Int)
    case fact(Int)
  }
}

/// How one column's value is written.
struct Cell: Sendable {
  var fact: Int
  var form: Form
  /// The literal that stands for an absent value.
  var absent: Int?

  /// The text stands as it is.
  static let itself = -1
  /// The system has no code for it, so it says nothing.
  static let unspoken = -2

  /// Whether the fact gives the column nothing to say.
  func isEmpty(_ slots: [Slot]) -> Bool {
    let slot = slots[fact]
    if slot == .absent { return true }
    if case .spelled(let written) = form { return written[Int(slot)] == Cell.unspoken }
    return false
  }

  enum Form: Sendable {
    case plain
    /// For every text of the fact the literal that stands for it, `itself` or `unspoken`.
    case spelled([Int])
    /// Delivered in units of so many.
    case scaled(Int64)
    case days([DatePattern])
  }
}

/// A fault that clerks and systems make, put into rows on purpose.
struct Fault: Sendable {
  var id: String
  /// How many rows have it, whatever the size of the delivery.
  var count: Int
  /// How often it is chosen where rows are spoilt at a rate.
  var weight: UInt64
  var condition: Condition
  var edits: [(column: Int, edit: Edit)]
  /// How often the row comes again, and what is different then.
  var repeats: Int
  var again: [(column: Int, edit: Edit)]
  /// The column from which cells stand one to the right.
  var shift: Int?
  var expectation: Sheet.Expectation
}

/// What is done to one cell.
enum Edit: Sendable {
  case text(Template)
  case dated(DatePattern)
  case cut(Int)
  case blank, lower, wide, spaced, grouped, science, check
}
