import Fields
import RulePacks
import Tables

/// The columns of which an empty cell repeats the one above, as merged cells do.
///
/// What stands above is known only as long as every row in between was accepted: a row that was
/// returned may have begun another group. So it breaks what it stated, or all where its cells do
/// not stand under the header, until a row states its own value; what depends on it goes with it.
struct FillDown {
  let columns: [Int]
  /// Where the texts last seen stand in the window, by place in `columns`.
  var above: [CellRange]
  /// The line of the returned row on which such a cell depends, or 0.
  private var broken: [Int]
  /// The cells of the row in hand; absent where they are empty.
  private var stated: [CellRange]
  /// What the rows that wait state last, and on which line; absent where they state nothing.
  private var waiting: [CellRange]
  private var waitingLines: [Int]

  init(_ columns: [Int]) {
    self.columns = columns
    above = Array(repeating: .absent, count: columns.count)
    broken = Array(repeating: 0, count: columns.count)
    stated = above
    waiting = above
    waitingLines = broken
  }

  var isEmpty: Bool { columns.isEmpty }

  /// An empty cell whose value is not known.
  struct Dependence {
    var column: Int
    /// Of the row that was returned.
    var line: Int
  }

  /// Fills the row in hand and lets it wait to be taken with others, if it needs no cell of a row
  /// that waits too: nobody knows yet whether that will be returned.
  ///
  /// - Returns: whether it may wait; otherwise it stays as it is.
  mutating func letWait(_ scanner: inout CSVScanner) -> Bool {
    for place in columns.indices where content(scanner, place).isEmpty {
      guard broken[place] == 0, waiting[place].start < 0 else { return false }
    }
    for place in columns.indices {
      let range = content(scanner, place)
      if !range.isEmpty {
        waiting[place] = CellRange(start: Int32(range.lowerBound), end: Int32(range.upperBound))
        waitingLines[place] = scanner.rowLine
      } else if above[place].start >= 0 {
        scanner.replace(columns[place], with: above[place])
      }
    }
    return true
  }

  private func content(_ scanner: CSVScanner, _ place: Int) -> Range<Int> {
    let cell = scanner.cells[columns[place]]
    return trimmed(scanner.window.span, Int(cell.start), Int(cell.end))
  }

  /// Notes what became of the rows that waited.
  ///
  /// - Parameter isReturned: whether the row of a line was.
  mutating func settleWaiting(isReturned: (_ line: Int) -> Bool) {
    for place in columns.indices where waiting[place].start >= 0 {
      let line = waitingLines[place]
      let wasReturned = isReturned(line)
      above[place] = wasReturned ? .absent : waiting[place]
      broken[place] = wasReturned ? line : 0
      waiting[place] = .absent
    }
  }

  /// Lets the empty cells of the row in hand be those above them.
  ///
  /// - Returns: the first that nobody can fill.
  mutating func fill(_ scanner: inout CSVScanner) -> Dependence? {
    var dependence: Dependence?
    for place in columns.indices {
      let range = content(scanner, place)
      stated[place] = .absent
      if !range.isEmpty {
        stated[place] = CellRange(start: Int32(range.lowerBound), end: Int32(range.upperBound))
      } else if broken[place] > 0 {
        if dependence == nil {
          dependence = Dependence(column: columns[place], line: broken[place])
        }
      } else if above[place].start >= 0 {
        scanner.replace(columns[place], with: above[place])
      }
    }
    return dependence
  }

  /// Notes what became of the row that was filled.
  mutating func settle(line: Int, isReturned: Bool) {
    for place in columns.indices where stated[place].start >= 0 {
      above[place] = isReturned ? .absent : stated[place]
      broken[place] = isReturned ? line : 0
    }
  }

  /// Notes a returned row of which nobody knows what stands in which column.
  mutating func breakAll(line: Int) {
    for place in columns.indices {
      above[place] = .absent
      broken[place] = line
    }
  }
}

extension CSVReading {
  /// A row that needs a cell of one that was returned.
  func fault(_ dependence: FillDown.Dependence) -> QuarantinedRow.Fault {
    let field = reader.plan.kind.fields[columns.readers[dependence.column]]
    return QuarantinedRow.Fault(
      code: "fill-down-broken", field: field.id, raw: "",
      message: Bilingual(
        zh: "“\(field.label)”留空，应与上面相同，但第 \(dependence.line) 行已被退回，无法得知其值",
        en: "“\(field.label)” is empty and repeats what stands above, but the row on line "
          + "\(dependence.line) was returned, so its value is not known"),
      cure: Bilingual(
        zh: "请改正第 \(dependence.line) 行后一并重新报送，或在这一行填写该值",
        en: "mend line \(dependence.line) and deliver both again, or fill in the cell"))
  }
}
