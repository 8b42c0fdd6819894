import Fields
import RulePacks
import Tables

/// Where the text of a column of returned rows comes from.
struct ReturnedColumn: Sendable {
  enum Source: Sendable, Equatable {
    /// A cell as it was delivered.
    case slot(Int32)
    /// Whatever element the field was read from.
    case field(Int)
    /// A cell that says whether the row is in force; what else it holds is nobody's concern.
    case mark(RowMark)
  }

  var title: String
  var source: Source
  /// Fields that are read from it.
  var fields: [Int]

  /// The columns of a file: those of a table as they stand, with the names of its header; of XML
  /// one a field, and one an element where rules ask for several.
  ///
  /// What is not read is not kept either: it may tell of people what nobody asked for.
  static func all(of plan: RowPlan) -> [ReturnedColumn] {
    switch plan.profile.format {
    case .csv: tableColumns(of: plan)
    case .xml: elementColumns(of: plan)
    }
  }

  private static func tableColumns(of plan: RowPlan) -> [ReturnedColumn] {
    var readers: [Int32: [Int]] = [:]
    for (field, read) in plan.fields.enumerated() {
      for rule in read.rules {
        for slot in rule.slots where readers[slot]?.last != field {
          readers[slot, default: []].append(field)
        }
        for condition in rule.conditions where condition.slot >= 0 {
          readers[condition.slot, default: []] += []
        }
      }
    }
    return plan.slotNames.indices.compactMap { column in
      readers[Int32(column)].map {
        ReturnedColumn(title: plan.slotNames[column], source: .slot(Int32(column)), fields: $0)
      }
    }
  }

  private static func elementColumns(of plan: RowPlan) -> [ReturnedColumn] {
    var columns: [ReturnedColumn] = []
    func add(_ column: ReturnedColumn) {
      if !columns.contains(where: { $0.title == column.title }) { columns.append(column) }
    }
    for (index, field) in plan.fields.enumerated() {
      let rules = plan.profile.columns.filter { $0.field == index }
      guard field.rules.contains(where: { !$0.slots.isEmpty }) else { continue }
      let label = plan.kind.fields[index].label
      guard !isReadByOneRule(rules) else {
        add(ReturnedColumn(title: label, source: .field(index), fields: [index]))
        continue
      }
      for (rule, read) in zip(rules, field.rules) {
        for (condition, found) in zip(rule.when, read.conditions) where found.slot >= 0 {
          add(ReturnedColumn(title: condition.column, source: .slot(found.slot), fields: []))
        }
        for (path, slot) in zip(rule.from, read.slots) {
          let title = elementTitle(label, path)
          add(ReturnedColumn(title: title, source: .slot(slot), fields: [index]))
        }
      }
    }
    return columns
  }

  /// Whether it makes no difference for a field's value which of its elements it stood in.
  static func isReadByOneRule(_ rules: [SourceProfile.ColumnRule]) -> Bool {
    rules.count < 2 && rules.allSatisfy { $0.when.isEmpty }
  }

  /// What heads an element of a field that several rules read.
  static func elementTitle(_ label: String, _ path: String) -> String { "\(label)（\(path)）" }
}

extension RowReader {
  /// Keeps the cells of a row that is returned.
  mutating func keepReturned(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ repeats: [RepeatedCell] = [], record: UInt32
  ) {
    guard !returned.isFull, !isSurveyed else { return }
    if returnedColumns.isEmpty { layOutReturned() }
    var row = [ReturnedRows.Cell](repeating: .text(""), count: returned.columns.count)
    for (place, column) in returnedColumns {
      row[place] = returnedCell(column, bytes, cells, repeats)
    }
    returned.append(.cells(row), record: record)
  }

  /// Keeps a row whose cells do not stand under the header as one text, if all of it may be shown.
  mutating func keepBroken(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, separator: UInt8, record: UInt32
  ) {
    guard !returned.isFull, !isSurveyed else { return }
    if returnedColumns.isEmpty { layOutReturned() }
    let read = returnedColumns.filter { column in
      if case .mark = column.column.source { return false }
      return column.column.fields.allSatisfy { isOpen($0) }
    }
    let named = plan.slotNames.count { !$0.isEmpty }
    var line: [UInt8] = []
    var mayBeShown = read.count == named
    for index in cells.indices where mayBeShown {
      if index > 0 { line.append(separator) }
      guard !cells[index].isEmpty else { continue }
      let text = bytes.extracting(cells[index].bounds)
      mayBeShown = !mayTellPerson(text) && line.count + text.count <= mostInReturnedCell
      for byte in text.indices where mayBeShown { line.append(text[byte]) }
    }
    let shown = String(decoding: line, as: UTF8.self)
    returned.append(mayBeShown && !line.isEmpty ? .line(shown) : .withheldLine, record: record)
  }

  /// The columns of the table in hand; those of a further table of a file stand beside them.
  private mutating func layOutReturned() {
    var taken: Set<Int> = []
    for column in ReturnedColumn.all(of: plan) {
      let fields = column.fields.map { plan.kind.fields[$0].id }
      let known = returned.columns.indices.first {
        !taken.contains($0) && returned.columns[$0].title == column.title
      }
      if known == nil {
        returned.columns.append(ReturnedRows.Column(title: column.title, fields: fields))
      }
      let place = known ?? returned.columns.count - 1
      taken.insert(place)
      returnedColumns.append((place, column))
    }
  }

  /// Gives a mark a column of its own, once a row is returned for it: without one, a row that comes
  /// back untouched would be in force.
  mutating func layOutReturned(_ mark: RowMark, title: String) {
    guard !returned.isFull, !isSurveyed else { return }
    if returnedColumns.isEmpty { layOutReturned() }
    guard !returnedColumns.contains(where: { $0.column.title == title }) else { return }
    let known = returned.columns.firstIndex { $0.title == title && $0.fields.isEmpty }
    if known == nil { returned.columns.append(ReturnedRows.Column(title: title, fields: [])) }
    returnedColumns.append(
      (
        known ?? returned.columns.count - 1,
        ReturnedColumn(title: title, source: .mark(mark), fields: [])
      )
    )
  }

  private func isOpen(_ field: Int) -> Bool {
    plan.kind.fields[field].sensitivity == .open && plan.kind.fields[field].type != .residentID
  }

  private mutating func returnedCell(
    _ column: ReturnedColumn, _ bytes: Span<UInt8>, _ cells: Span<CellRange>,
    _ repeats: [RepeatedCell]
  ) -> ReturnedRows.Cell {
    let split = column.fields.first { !plan.kind.fields[$0].split.isEmpty }
    var texts: [Range<Int>] = []
    switch column.source {
    case .slot(let slot):
      guard Int(slot) < cells.count else { return .text("") }
      let further = split == nil ? [] : repeats.filter { $0.slot == slot }.map(\.range)
      texts = ([cells[Int(slot)]] + further).filter { !$0.isEmpty }.map {
        trimmed(bytes, Int($0.start), Int($0.end))
      }
    case .mark(let mark):
      if mark.meaning(bytes, cells) == .returned { texts = [cells[Int(mark.slot)].bounds] }
    case .field(let field) where split != nil && !repeats.isEmpty:
      texts = values(of: field, bytes, cells, repeats).map(\.bounds)
    case .field(let field):
      if case .cell(let range) = source(of: field, bytes, cells) { texts = [range] }
    }
    texts = texts.filter { !$0.isEmpty }
    let between = split.flatMap { plan.kind.fields[$0].split.first } ?? ""
    guard texts.allSatisfy({ mayBeReturned(column.fields, bytes.extracting($0)) }) else {
      return .withheld
    }
    let shown = texts.map { range in
      var copy: [UInt8] = []
      append(bytes.extracting(range), to: &copy)
      return String(decoding: copy, as: UTF8.self)
    }.joined(separator: between)
    return shown.utf8.count > mostInReturnedCell ? .withheld : .text(shown)
  }

  /// Whether a text may stand in a report, and stands there whole.
  private func mayBeReturned(_ fields: [Int], _ text: Span<UInt8>) -> Bool {
    guard fields.allSatisfy({ isOpen($0) }), text.count <= mostInReturnedCell else { return false }
    guard mayTellPerson(text) else { return true }
    // Among 15 digits in its own column the check digit tells a registration number.
    return fields.contains { field in
      let type = plan.kind.fields[field].type
      return type == .registrationNumber || type == .usccOrNumber
    } && isRegistrationNumber(text)
  }
}

/// What a cell of a workbook takes, in bytes; cut short, a text would be delivered again as another.
private let mostInReturnedCell = 30_000

/// Keeps the row that a scanner stands at and that was just refused.
func keepReturned(_ scanner: CSVScanner, in reader: inout RowReader) {
  reader.keepReturned(
    scanner.window.span, scanner.cells.span, record: UInt32(clamping: reader.delivered))
}

/// The same of one whose cells do not stand under the header.
func keepBroken(_ scanner: CSVScanner, in reader: inout RowReader) {
  reader.keepBroken(
    scanner.window.span, scanner.cells.span, separator: scanner.dialect.separator,
    record: UInt32(clamping: reader.delivered))
}
