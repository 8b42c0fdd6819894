import Fields
import RulePacks
import Tables

/// Rows in which one cell holds several values, or one element occurs several times.
extension RowReader {
  /// Takes the row once for every combination of the values of its split fields.
  mutating func takeSeveral(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ repeats: [RepeatedCell], _ place: Place
  ) {
    let delivered = cells
    let counting = firstStated(cells, repeats, bytes)
    let cells = counting.span
    var choices: [(field: Int, ranges: [CellRange])] = []
    for field in special.splits {
      let ranges = values(of: field, bytes, cells, repeats)
      if ranges.count > 1 { choices.append((field, ranges)) }
    }
    let combinations = choices.reduce(1) { min($0 * $1.ranges.count, 1000) }
    for combination in 0..<combinations {
      if !choices.isEmpty {
        chosen = Array(repeating: .absent, count: plan.fields.count)
        var rest = combination
        for choice in choices {
          chosen[choice.field] = choice.ranges[rest % choice.ranges.count]
          rest /= choice.ranges.count
        }
      }
      readOne(bytes, cells, place)
      if combination == 0 { addTotals() }
    }
    chosen = []
    noteRepeats(repeats, delivered, bytes, place)
  }

  /// The cells of the row, where one states nothing with the first of its repetitions that does.
  private func firstStated(
    _ cells: Span<CellRange>, _ repeats: [RepeatedCell], _ bytes: Span<UInt8>
  ) -> [CellRange] {
    var counting = cells.indices.map { cells[$0] }
    for further in repeats where Int(further.slot) < counting.count {
      let cell = counting[Int(further.slot)]
      guard !cell.isEmpty else { continue }
      let text = trimmed(bytes, Int(cell.start), Int(cell.end))
      if plan.absences.state(of: bytes.extracting(text)) == .notStated {
        counting[Int(further.slot)] = further.range
      }
    }
    return counting
  }

  /// The values of a field with `split`: the parts of its cell, and those of its repetitions.
  func values(
    of field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ repeats: [RepeatedCell]
  ) -> [CellRange] {
    let slots = plan.fields[field].rules.flatMap(\.slots)
    let separators = plan.kind.fields[field].split.map { Array($0.utf8) }
    guard let first = slots.first(where: { Int($0) < cells.count && !cells[Int($0)].isEmpty })
    else { return [] }
    var ranges: [CellRange] = []
    for cell in [cells[Int(first)]] + repeats.filter({ $0.slot == first }).map(\.range) {
      split(bytes, cell, separators, into: &ranges)
    }
    return ranges
  }

  private func split(
    _ bytes: Span<UInt8>, _ cell: CellRange, _ separators: [[UInt8]], into ranges: inout [CellRange]
  ) {
    var start = Int(cell.start)
    var index = start
    let end = Int(cell.end)
    func add(_ from: Int, _ to: Int) {
      let range = trimmed(bytes, from, to)
      guard !range.isEmpty else { return }
      ranges.append(CellRange(start: Int32(range.lowerBound), end: Int32(range.upperBound)))
    }
    while index < end {
      if let separator = separators.first(where: { stands($0, in: bytes, at: index, end) }) {
        add(start, index)
        index += separator.count
        start = index
      } else {
        index += 1
      }
    }
    add(start, end)
  }

  private func stands(_ text: [UInt8], in bytes: Span<UInt8>, at index: Int, _ end: Int) -> Bool {
    guard !text.isEmpty, index + text.count <= end else { return false }
    for offset in text.indices where bytes[index + offset] != text[offset] { return false }
    return true
  }

  /// A finding for each field whose element occurs again with another value, without `split`.
  private mutating func noteRepeats(
    _ repeats: [RepeatedCell], _ cells: Span<CellRange>, _ bytes: Span<UInt8>, _ place: Place
  ) {
    guard !repeats.isEmpty else { return }
    for field in plan.fields.indices
    where plan.kind.fields[field].split.isEmpty && doRepeatsDiffer(field, repeats, cells, bytes) {
      let words = words(for: CellProblem(field: field, kind: .repeated, raw: ""))
      findings.append(
        Finding(
          .warning, words.code, place: place, field: plan.kind.fields[field].id,
          message: words.message, cure: words.cure))
    }
  }

  private mutating func doRepeatsDiffer(
    _ field: Int, _ repeats: [RepeatedCell], _ cells: Span<CellRange>, _ bytes: Span<UInt8>
  ) -> Bool {
    for rule in plan.fields[field].rules.indices {
      for slot in plan.fields[field].rules[rule].slots where Int(slot) < cells.count {
        let further = repeats.filter { $0.slot == slot }.map { (rule, $0.range) }
        guard !further.isEmpty else { continue }
        if differ(field, [(rule, cells[Int(slot)])] + further, bytes) { return true }
      }
    }
    return false
  }
}
