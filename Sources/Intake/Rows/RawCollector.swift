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

extension RowReader {
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
  private mutating func delivered(
    _ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> String? {
    switch source(of: field, bytes, cells) {
    case .nothing: nil
    case .constant(let rule):
      plan.fields[field].rules[rule].constant.map { String(decoding: $0, as: UTF8.self) }
    case .cell(let range): range.isEmpty ? nil : shown(field, bytes.extracting(range))
    }
  }
}
