import RulePacks
import Tables

/// A field of a row, for comparing what rows say and for printing it.
struct Statement: Sendable {
  var record: Int
  var field: Int
  var row: Int

  func isStated(in rows: Rows) -> Bool {
    rows.tables[record].columns[field].presence.isStated(row)
  }

  func column(in rows: Rows) -> Column { rows.tables[record].columns[field] }

  func field(in rows: Rows) -> Field { rows.pack.records[record].fields[field] }

  func place(in rows: Rows) -> Place { rows.tables[record].places[row] }

  /// What stands there, as messages show it: codes by their names; values that are not public stay
  /// unsaid.
  func shown(in rows: Rows) -> Bilingual {
    guard isStated(in: rows) else { return Bilingual(zh: "未填", en: "not stated") }
    guard field(in: rows).sensitivity == .open else {
      return Bilingual(zh: "不公开", en: "not public")
    }
    let text = words(in: rows)
    return Bilingual(zh: "“\(text.zh)”", en: "“\(text.en)”")
  }

  private func words(in rows: Rows) -> Bilingual {
    let column = column(in: rows)
    let text = column.text(row) ?? ""
    switch column {
    case .flag(let cells):
      return cells.values[row] ? Bilingual(zh: "是", en: "yes") : Bilingual(zh: "否", en: "no")
    case .code:
      return field(in: rows).codes.map { rows.pack.codes[$0].words(of: text) }
        ?? Bilingual(zh: text, en: text)
    case .number, .decimal, .day, .text: return Bilingual(zh: text, en: text)
    }
  }
}

/// Whether two stated cells mean the same: words by matching key, names also where one has
/// remarks in brackets that the other lacks, codes by their text, and a date
/// without a day agrees with every day it may mean.
func agree(_ a: Statement, _ b: Statement, in rows: Rows) -> Bool {
  agree(
    a.column(in: rows), a.row, b.column(in: rows), b.row,
    asNames: a.field(in: rows).type == .name || b.field(in: rows).type == .name)
}

func agree(_ a: Column, _ aRow: Int, _ b: Column, _ bRow: Int, asNames: Bool) -> Bool {
  switch (a, b) {
  case (.number(let left), .number(let right)), (.decimal(let left), .decimal(let right)):
    return left.values[aRow] == right.values[bRow]
  case (.flag(let left), .flag(let right)): return left.values[aRow] == right.values[bRow]
  case (.day(let left), .day(let right)):
    let (left, right) = (left.values[aRow], right.values[bRow])
    return left == right || overlap(PartialDate(packed: left), PartialDate(packed: right))
  case (.text(let left), .text(let right)):
    if left.isEqual(aRow, to: right, bRow) { return true }
    var (leftKey, rightKey): ([UInt8], [UInt8]) = ([], [])
    append(left, aRow, to: &leftKey)
    append(right, bRow, to: &rightKey)
    // A name may have a remark where the other has none; two remarks are two names.
    return leftKey == rightKey || asNames && Folding.isOneWithRemarks(leftKey, rightKey)
  case (.number, _), (.decimal, _), (.flag, _), (.day, _), (.code, _), (.text, _):
    let (left, right) = (a.text(aRow) ?? "", b.text(bRow) ?? "")
    return left == right || Folding.key(of: left) == Folding.key(of: right)
  }
}

private func append(_ texts: TextColumn, _ row: Int, to key: inout [UInt8]) {
  Folding.append(texts.bytes.span.extracting(texts.range(row)), withoutRemarks: false, to: &key)
}

private func overlap(_ a: PartialDate, _ b: PartialDate) -> Bool {
  guard a.precision != .day || b.precision != .day else { return false }
  return a.firstDay <= b.lastDay && b.firstDay <= a.lastDay
}
