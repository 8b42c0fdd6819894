import Fields
import RulePacks
import Tables

/// Rows in which two columns that are called the same, or a label and its alias, state different
/// things: one finding a field says which column counts.
struct DifferingColumns: Sendable {
  private var fields: [Int: (rows: Int, first: Place, slots: [Int32])] = [:]

  mutating func add(_ field: Int, _ slots: [Int32], _ place: Place) {
    var met = fields[field] ?? (0, place, slots)
    met.rows += 1
    fields[field] = met
  }

  func findings(_ plan: RowPlan) -> [Finding] {
    let kind = plan.kind
    let isTable: Bool
    switch plan.profile.format {
    case .csv: isTable = true
    case .xml: isTable = false
    }
    func named(_ slot: Int32) -> Bilingual {
      let name = plan.slotNames.indices.contains(Int(slot)) ? plan.slotNames[Int(slot)] : ""
      guard isTable else { return Bilingual(zh: name, en: name) }
      return Bilingual(
        zh: "第 \(slot + 1) 列“\(scrubbed(name))”", en: "column \(slot + 1) “\(scrubbed(name))”")
    }
    return fields.sorted { $0.key < $1.key }.map { field, met in
      let label = kind.fields[field].label
      let columns = met.slots.map(named)
      let zh = columns.map(\.zh).joined(separator: "、")
      let en = columns.map(\.en).joined(separator: ", ")
      return Finding(
        .warning, "columns-differ", place: met.first, field: kind.fields[field].id,
        message: Bilingual(
          zh: "“\(label)”有几列（\(zh)），其中 \(met.rows) 行各列所填不同；已取其中先列出且有值的一列",
          en: "“\(label)” stands in several columns (\(en)), which differ in \(met.rows) "
            + (met.rows == 1 ? "row" : "rows") + "; the first of them that is stated counts"),
        cure: Bilingual(
          zh: "请核对哪一列正确，只保留一列", en: "decide which column is right and deliver only that one"))
    }
  }
}

extension RowReader {
  /// Notes where columns of one name state different things in the row in hand.
  mutating func noteDiffering(_ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ place: Place) {
    for field in special.several {
      for group in plan.fields[field].same {
        let found = group.filter { holds(field, $0.rule, bytes, cells) }.compactMap { column in
          Int(column.slot) < cells.count ? (column.rule, cells[Int(column.slot)]) : nil
        }
        if differ(field, found, bytes) { differing.add(field, group.map(\.slot), place) }
      }
    }
  }

  /// Whether two of a field's cells state different things; reading them leaves no trace.
  mutating func differ(
    _ field: Int, _ found: [(rule: Int, cell: CellRange)], _ bytes: Span<UInt8>
  ) -> Bool {
    let (kept, count) = (staged[field], faults.count)
    defer {
      staged[field] = kept
      faults.removeLast(faults.count - count)
    }
    var first: Stated?
    for (rule, cell) in found where !cell.isEmpty {
      let range = content(field, bytes, cell)
      let before = faults.count
      read(field, rule: rule, bytes, range)
      guard staged[field].state != .notStated || faults.count > before else { continue }
      let stated = Stated(staged[field], bytes.extracting(range), isText: simple[field].isText)
      if let first, first != stated { return true }
      first = stated
    }
    return false
  }
}

/// What a column states: its value, or its text as texts are compared.
private struct Stated: Equatable {
  var state: CellState
  var number: Int64
  var key: [UInt8] = []

  init(_ cell: StagedCell, _ text: Span<UInt8>, isText: Bool) {
    (state, number) = (cell.state, isText ? 0 : cell.number)
    // What cannot be read is compared as it is written.
    if isText || cell.state == .notStated { appendMatchingKey(of: text, to: &key) }
  }
}
