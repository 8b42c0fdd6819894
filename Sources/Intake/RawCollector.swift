import RulePacks
import Tables

/// The delivered text of the dictionary fields of some rows of a file.
struct RawCollector: Sendable {
  /// Ordinals of rows.
  let wanted: Set<UInt32>
  /// By row and field id.
  var texts: [UInt32: [String: String]] = [:]
  var lines: [UInt32: Int] = [:]

  init(wanted: Set<UInt32>) { self.wanted = wanted }

  /// Whether no further row is wanted.
  var isComplete: Bool { texts.count == wanted.count }
}

extension RowTaker {
  mutating func collect(_ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ place: Place) {
    guard let collector, collector.wanted.contains(place.record) else { return }
    var texts: [String: String] = [:]
    for (index, field) in plan.kind.fields.enumerated() where field.sensitivity == .open {
      texts[field.id] = delivered(index, bytes, cells)
    }
    self.collector?.texts[place.record] = texts
    self.collector?.lines[place.record] = Int(place.line)
  }

  /// The text that a field was read from; nil where its cells are empty.
  private func delivered(
    _ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> String? {
    for (index, rule) in plan.fields[field].rules.enumerated()
    where holds(field, index, bytes, cells) {
      if let constant = rule.constant { return String(decoding: constant, as: UTF8.self) }
      for slot in rule.slots where Int(slot) < cells.count && cells[Int(slot)].start >= 0 {
        let range = content(bytes, cells[Int(slot)])
        if !range.isEmpty { return shown(field, bytes.extracting(range)) }
      }
    }
    return nil
  }
}
