import Fields
import Tables

/// Where the text of a field stands in a row.
enum FieldSource: Equatable {
  /// Nothing is delivered.
  case nothing
  /// A text that the profile gives.
  case constant(rule: Int)
  /// The content of the cell that counts or, where none states anything, of the first that is not
  /// empty.
  case cell(Range<Int>)
}

extension RowReader {
  /// A text that is there and that no rule of the profile is meant for is a fault: nobody knows how
  /// to read it, and passed over in silence it would count as not delivered.
  mutating func leftOut(
    _ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> FieldSource {
    for index in 0..<plan.fields[field].conditional.count {
      let slot = Int(plan.fields[field].conditional[index])
      guard slot >= 0, slot < cells.count, cells[slot].start >= 0 else { continue }
      let range = content(field, bytes, cells[slot])
      let text = bytes.extracting(range)
      guard plan.absences.state(of: text) == .stated else { continue }
      note(field, .unknownCondition, text)
      return .cell(range)
    }
    return .nothing
  }
}
