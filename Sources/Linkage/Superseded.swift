import RulePacks
import Tables

/// How many findings of one kind are written out for a record kind or fact; the rest are counted.
let findingLimit = 100_000

/// What is said about the rows of one record kind that lost to another.
///
/// - Parameter ids: Of the subjects that losses name; nil for rows of no subject, as corrections.
func findings(ofLosses kept: Kept, record: Int, ids: TextColumn?, _ rows: Rows) -> [Finding] {
  let kind = rows.pack.records[record]
  let table = rows.tables[record]
  let order = RowOrder(record, unique: [], in: rows)
  let blanked = Blanked(record, rows)
  var findings: [Finding] = []
  var copies: [FilePair: (count: Int, first: Place, kept: Place)] = [:]
  var history: (count: Int, first: Place)?
  var unwritten = 0
  var unwrittenBlanks = 0
  for loss in kept.losses {
    let (winner, loser) = (Int(loss.winner), Int(loss.loser))
    if kind.holds == .one, order.isDecidedByLatest(winner, loser) {
      let blank = blanked.fields(winner: winner, loser: loser)
      if blank.isEmpty {
        history = (1 + (history?.count ?? 0), history?.first ?? table.places[loser])
      } else if findings.count < findingLimit {
        findings.append(
          blanked.finding(
            blank, winner: winner, loser: loser, subject: ids.map { $0[Int(loss.subject)] }))
      } else {
        unwrittenBlanks += 1
      }
      continue
    }
    let fields = lostFields(record, winner: winner, loser: loser, rows)
    if fields.isEmpty {
      let pair = FilePair(table.places[winner].file, table.places[loser].file)
      copies[pair, default: (0, table.places[loser], table.places[winner])].count += 1
    } else if findings.count < findingLimit {
      findings.append(
        conflict(
          in: kind, fields, winner: winner, loser: loser, record: record,
          isUpdate: order.isDecidedByLatest(winner, loser),
          subject: ids.map { $0[Int(loss.subject)] }, rows))
    } else {
      unwritten += 1
    }
  }
  for (pair, copy) in copies.sorted(by: { $0.key < $1.key }) {
    findings.append(
      duplicates(
        in: kind, pair, count: copy.count, first: copy.first, counting: copy.kept, rows))
  }
  if let history {
    findings.append(older(in: kind, count: history.count, first: history.first))
  }
  if unwrittenBlanks > 0 {
    findings.append(more("later-row-blank", unwrittenBlanks, of: kind.title))
  }
  if unwritten > 0 { findings.append(more("conflict", unwritten, of: kind.title)) }
  return findings
}

private struct FilePair: Hashable, Comparable {
  var kept: Int32
  var dropped: Int32

  init(_ kept: Int32, _ dropped: Int32) {
    self.kept = kept
    self.dropped = dropped
  }

  static func < (left: FilePair, right: FilePair) -> Bool {
    left.kept == right.kept ? left.dropped < right.dropped : left.kept < right.kept
  }
}

/// Fields of the row that lost which the other row contradicts or does not state.
private func lostFields(_ record: Int, winner: Int, loser: Int, _ rows: Rows) -> [Int] {
  let kind = rows.pack.records[record]
  return kind.fields.indices.filter { field in
    guard kind.fields[field].isCompared, field != kind.latest else { return false }
    let lost = Statement(record: record, field: field, row: loser)
    let believed = Statement(record: record, field: field, row: winner)
    guard lost.isStated(in: rows) else { return false }
    return !believed.isStated(in: rows) || !agree(lost, believed, in: rows)
  }
}

private func conflict(
  in kind: RecordKind, _ fields: [Int], winner: Int, loser: Int, record: Int, isUpdate: Bool,
  subject: String?, _ rows: Rows
) -> Finding {
  let table = rows.tables[record]
  let parts = fields.map { field -> (zh: String, en: String) in
    let believed = Statement(record: record, field: field, row: winner).shown(in: rows)
    let lost = Statement(record: record, field: field, row: loser).shown(in: rows)
    let label = kind.fields[field].label
    return (
      "\(label)：采用\(believed.zh)，舍弃\(lost.zh)",
      "\(label): \(believed.en) is used, \(lost.en) is not"
    )
  }
  // A later row that states less than the one before may only have been filled in in part.
  let leavesBlank = fields.contains { field in
    table.columns[field].presence[winner] == .notStated
  }
  let (used, left) = (rows.name(of: table.places[winner]), rows.name(of: table.places[loser]))
  let why =
    isUpdate
    ? Bilingual(zh: "较新的记录优先", en: "the later row is used")
    : Bilingual(zh: "两行内容不一致", en: "the two rows differ")
  return Finding(
    isUpdate && !leavesBlank ? .note : .warning, "conflict", subject: subject,
    place: table.places[loser],
    field: kind.fields[fields[0]].id,
    message: Bilingual(
      zh: "\(kind.title)有重复记录，\(why.zh)：采用 \(used)，舍弃 \(left)。"
        + parts.map(\.zh).joined(separator: "；") + "。",
      en: "\(kind.title) is stated twice and \(why.en): \(used) is used, \(left) is not. "
        + parts.map(\.en).joined(separator: "; ") + "."),
    cure: Bilingual(
      zh: "请核实哪一行正确；采用有误的，请提交更正。",
      en: "Check which row is right; if the wrong one is used, send a correction."))
}

private func duplicates(
  in kind: RecordKind, _ pair: FilePair, count: Int, first: Place, counting kept: Place,
  _ rows: Rows
) -> Finding {
  let (dropped, counted) = (rows.name(of: first), rows.name(of: kept))
  let path = { (file: Int32) in
    rows.paths.indices.contains(Int(file)) ? rows.paths[Int(file)] : "?"
  }
  return Finding(
    .note, "duplicate", place: first,
    message: Bilingual(
      zh: "\(kind.title)：\(path(pair.dropped)) 中有 \(count) 行与 \(path(pair.kept)) 中的行重复，只计一次："
        + "\(dropped) 以 \(counted) 为准\(count > 1 ? "，等" : "")。",
      en: "\(kind.title): \(count) rows of \(path(pair.dropped)) repeat rows of "
        + "\(path(pair.kept)) and count once: \(counted) counts for \(dropped)"
        + (count > 1 ? " and so on." : ".")),
    cure: Bilingual(zh: "无需处理；下次可不再报送重复的行。", en: "Nothing to do; they need not be sent again."))
}

/// Older rows of a kind of which the latest counts are its history, not mistakes.
private func older(in kind: RecordKind, count: Int, first: Place) -> Finding {
  let label = kind.latest.map { kind.fields[$0].label } ?? ""
  return Finding(
    .note, "history", place: first,
    message: Bilingual(
      zh: "\(kind.title)：有 \(count) 行是以往的记录（按“\(label)”取最新一行），仅作历史，不参与取值。",
      en: "\(kind.title): \(count) \(count == 1 ? "row is" : "rows are") of earlier times (by "
        + "“\(label)” the latest counts) and history only."),
    cure: Bilingual(zh: "无需处理。", en: "Nothing to do."))
}

/// Stands for findings that are not written out.
func more(_ rule: String, _ count: Int, of title: String) -> Finding {
  Finding(
    .note, rule,
    message: Bilingual(
      zh: "\(title)：另有 \(count) 处同类情况，未逐条列出。",
      en: "\(title): \(count) more of this kind, not listed one by one."),
    cure: Bilingual(
      zh: "先处理已列出的，再重新运行。", en: "Settle those that are listed, then run again."))
}

/// Counts superseded rows in their files.
///
/// A delivered row that was taken several times, once for each of several values in a cell, is
/// superseded only when all of them are.
func countSuperseded(_ losers: [Int32], in table: RecordTable, files: inout [DeliveredFile]) {
  guard !losers.isEmpty else { return }
  var isLost = Array(repeating: false, count: table.count)
  for row in losers { isLost[Int(row)] = true }
  var row = 0
  while row < table.count {
    var end = row + 1
    while end < table.count, table.places[end] == table.places[row] { end += 1 }
    let file = Int(table.places[row].file)
    if isLost[row..<end].allSatisfy({ $0 }), files.indices.contains(file) {
      files[file].superseded += 1
      files[file].accepted -= 1
    }
    row = end
  }
}
