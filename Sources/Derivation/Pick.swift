import Expressions
import RulePacks
import Tables

/// For each subject the list's row with the greatest or least value of a field; −1 where there is
/// none, or where it is unknown whether the row fulfils the condition or, because it was not
/// accepted, where in the order it stands.
func picked(
  _ pick: Derivation.Pick, _ subject: Int, _ rows: Range<Int>, _ dossiers: Dossiers
) -> [Int32] {
  let subjects = rows.map { Int32($0) }
  let demand = pick.condition?.demand ?? Demand()
  guard
    let list = dossiers.rowBatch(of: subject, list: pick.list, at: subjects, demand: demand)
  else { return Array(repeating: -1, count: rows.count) }
  let condition = pick.condition?.evaluate(over: list.batch)
  let order = dossiers.records[pick.record].columns[pick.order]
  // Apart, because taking it out of the column for every row costs more than a look.
  let isOrdered = order.presence
  let records = dossiers.records[pick.record]
  return subjects.indices.map { lane in
    var best: (row: Int32, lane: Int)?
    for child in Int(list.offsets[lane])..<Int(list.offsets[lane + 1])
    where mayHold(condition, child) {
      guard isOrdered.isStated(Int(list.rows[child])) else {
        if records.isUnaccepted(Int(list.rows[child])) { return -1 }
        continue
      }
      // Rows of a list stand in the order of their content, so the first of equals is always the
      // same one.
      if let best, !precedes(order, Int(best.row), Int(list.rows[child]), pick.takesLatest) {
        continue
      }
      best = (list.rows[child], child)
    }
    guard let best, condition?.isKnown(best.lane) != false else { return -1 }
    return best.row
  }
}

private func mayHold(_ condition: Vector?, _ lane: Int) -> Bool {
  guard let condition, condition.isKnown(lane) else { return true }
  if case .flags(let holds) = condition.values { return holds[lane] }
  return true
}

/// Whether the second of two stated cells is to be preferred.
private func precedes(_ column: Column, _ a: Int, _ b: Int, _ takesLatest: Bool) -> Bool {
  let order =
    switch column {
    case .number(let cells), .decimal(let cells): compare(cells.values[a], cells.values[b])
    case .day(let cells):
      compare(
        PartialDate(packed: cells.values[a]).firstDay,
        PartialDate(packed: cells.values[b]).firstDay)
    case .flag(let cells): compare(cells.values[a] ? 1 : 0, cells.values[b] ? 1 : 0)
    case .code(let codes): compare(codes.cells.values[a], codes.cells.values[b])
    case .text(let texts):
      texts.bytes[texts.range(a)].lexicographicallyPrecedes(texts.bytes[texts.range(b)])
        ? -1 : texts.isEqual(a, to: texts, b) ? 0 : 1
    }
  return takesLatest ? order < 0 : order > 0
}

private func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Int {
  a == b ? 0 : a < b ? -1 : 1
}
