import Fields
import RulePacks
import Tables

/// In what scales the percentages of a column are written: `95%`, `95` and `0.95` may all mean the
/// same, but only one of the bare ones can.
struct PercentScales: Sendable {
  struct Scales: Sendable {
    /// The first bare number above 0 and up to 1.
    fileprivate(set) var small: (place: Place, text: String)?
    /// The first of 10 or more, or above 1 with a percent sign.
    fileprivate(set) var large: (place: Place, text: String)?
    /// Whether bare numbers between the two make one scale of all.
    fileprivate var isContinuous = false
    fileprivate var hasSign = false

    fileprivate var areMixed: Bool { small != nil && large != nil && (hasSign || !isContinuous) }
  }

  private var byField: [Int: Scales] = [:]

  /// The columns in which two scales are mixed.
  var mixed: [(field: Int, scales: Scales)] {
    byField.filter { $0.value.areMixed }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// - Parameters:
  ///   - number: what was read, in millionths.
  ///   - unit: what a bare number counts, in millionths.
  mutating func add(
    _ field: Int, _ text: Span<UInt8>, _ number: Int64, _ unit: Int64, _ place: Place
  ) {
    var scales = byField[field] ?? Scales()
    if endsInPercent(text) {
      scales.hasSign = true
      if number > Exact.one, scales.large == nil { scales.large = (place, shown(text)) }
    } else {
      switch number / max(1, unit / Exact.one) {
      case ...0: return
      case ...Exact.one: if scales.small == nil { scales.small = (place, shown(text)) }
      case ..<(10 * Exact.one): scales.isContinuous = true
      default: if scales.large == nil { scales.large = (place, shown(text)) }
      }
    }
    byField[field] = scales
  }

  mutating func add(
    _ field: Int, _ column: BlockColumn, _ rows: Range<Int>, _ bytes: Span<UInt8>, _ unit: Int64,
    _ places: ArraySlice<Place>
  ) {
    for (row, place) in zip(rows, places) where column.states[row] == .stated {
      add(field, bytes.extracting(column.bounds(row)), column.numbers[row], unit, place)
    }
  }
}

/// Whether a percent sign of either width is the last character.
private func endsInPercent(_ text: Span<UInt8>) -> Bool {
  let count = text.count
  guard count > 0 else { return false }
  if text[count - 1] == UInt8(ascii: "%") { return true }
  return count >= 3 && text[count - 3] == 0xEF && text[count - 2] == 0xBC && text[count - 1] == 0x85
}

private func shown(_ text: Span<UInt8>) -> String {
  var bytes: [UInt8] = []
  append(text.extracting(0..<min(text.count, 40)), to: &bytes)
  return scrubbed(String(decoding: bytes, as: UTF8.self))
}

extension RowReader {
  func scalesFinding(_ field: Int, _ scales: PercentScales.Scales) -> Finding {
    let kind = plan.kind.fields[field]
    let isOpen = kind.sensitivity == .open
    let (small, large) = (scales.small, scales.large)
    let texts = [small, large].compactMap { $0 }.map { isOpen ? $0.text : "***" }
    let lines = [small, large].compactMap { $0 }.map { "\($0.place.line)" }
    let zh = zip(texts, lines).map { "“\($0)”（第 \($1) 行）" }.joined(separator: "、")
    let en = zip(texts, lines).map { "“\($0)” (line \($1))" }.joined(separator: ", ")
    return Finding(
      .warning, "mixed-scales", place: small?.place ?? Place(file: file, line: 1, record: 0),
      field: kind.id,
      message: Bilingual(
        zh: "“\(kind.label)”一列混用了两种写法，有的像比值，有的像百分数：\(zh)",
        en: "“\(kind.label)” mixes two scales, ratios and percentages: \(en)"),
      cure: Bilingual(
        zh: "请统一写成百分数（95 或 95%），再重新报送",
        en: "write them all as percentages (95 or 95%) and deliver the file again"))
  }
}
