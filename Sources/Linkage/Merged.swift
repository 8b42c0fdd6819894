import RulePacks
import Tables

/// Conflicts between record kinds that state the same fact: what is believed and what is lost.
func findings(
  ofMerged slots: [Int], slot: Int, subject: Int, _ table: SubjectTable, _ rows: Rows
) -> [Finding] {
  let fact = rows.pack.subjects[subject].facts[slot]
  let ids = table.ids
  let sources = slots.compactMap { Source(table.facts[$0], rows) }
  guard sources.count > 1 else { return [] }
  let prints = sources.map { $0.fingerprints(subjects: ids.count) }
  var findings: [Finding] = []
  var unwritten = 0
  // Only the believed statement, the first that is made, is compared with the others.
  var isDecided = Array(repeating: false, count: ids.count)
  // Where it could not be read, none is believed, and that is said by itself.
  if case .firstStated(_, let unread) = table.facts[slot], !unread.isEmpty {
    for row in isDecided.indices { isDecided[row] = unread.place(of: row) != nil }
  }
  for (index, believed) in sources.enumerated() {
    for (later, lost) in sources.enumerated().dropFirst(index + 1)
    where believed.isCompared && lost.isCompared {
      for row in unequal(prints[index], prints[later], unless: isDecided) {
        guard !believed.agrees(with: lost, at: row) else { continue }
        if findings.count < findingLimit {
          findings.append(conflict(believed, lost, row, fact, ids[row], rows))
        } else {
          unwritten += 1
        }
      }
    }
    let stated = prints[index]
    for row in isDecided.indices where stated[row] != 0 { isDecided[row] = true }
  }
  findings.sort { ($0.subject ?? "") < ($1.subject ?? "") }
  if unwritten > 0 { findings.append(more("conflict", unwritten, of: fact.label)) }
  return findings
}

/// One record kind's statement of a fact.
private struct Source {
  let record: Int
  let field: Int
  let column: Column
  let rows: [Int32]
  let isCompared: Bool
  let isName: Bool

  init?(_ fact: FactColumn, _ all: Rows) {
    guard case .chosen(let record, let field, let rows) = fact else { return nil }
    self.record = record
    self.field = field
    self.rows = rows
    column = all.tables[record].columns[field]
    isCompared = all.pack.records[record].fields[field].isCompared
    isName = all.pack.records[record].fields[field].type == .name
  }

  func statement(_ subject: Int) -> Statement {
    Statement(record: record, field: field, row: Int(rows[subject]))
  }

  /// Whether both, which must be stated, mean the same for a subject.
  func agrees(with other: Source, at subject: Int) -> Bool {
    agree(
      column, Int(rows[subject]), other.column, Int(other.rows[subject]),
      asNames: isName || other.isName)
  }

  /// 64 bits for what is stated of each subject, 0 where nothing is.
  ///
  /// The column is read in its own order, once, so that no cell is waited for; what two columns
  /// state is then compared in order of the subjects. Different cells have the same bits once in
  /// 2⁶⁴ times.
  func fingerprints(subjects: Int) -> [UInt64] {
    var owners = Array(repeating: Int32(-1), count: column.count)
    for subject in rows.indices where rows[subject] >= 0 {
      owners[Int(rows[subject])] = Int32(subject)
    }
    var prints = Array(repeating: UInt64(0), count: subjects)
    switch column {
    case .number(let cells), .decimal(let cells):
      scatter(owners, cells.presence, into: &prints) { UInt64(bitPattern: cells.values[$0]) }
    case .day(let cells):
      scatter(owners, cells.presence, into: &prints) {
        UInt64(UInt32(bitPattern: cells.values[$0]))
      }
    case .flag(let cells):
      scatter(owners, cells.presence, into: &prints) { cells.values[$0] ? 1 : 0 }
    case .code(let codes):
      let hashes = codes.names.map { textHash(Array($0.utf8).span, 0..<$0.utf8.count) }
      scatter(owners, codes.cells.presence, into: &prints) { hashes[Int(codes.cells.values[$0])] }
    case .text(let texts):
      scatter(texts.bytes.span, texts.extents, owners, texts.presence, into: &prints)
    }
    return prints
  }
}

@inline(__always)
private func scatter(
  _ owners: [Int32], _ presence: Presence, into prints: inout [UInt64], _ bits: (Int) -> UInt64
) {
  for row in owners.indices where owners[row] >= 0 && presence.isStated(row) {
    // 0 says that nothing is stated.
    prints[Int(owners[row])] = max(1, mixed(bits(row)))
  }
}

private func scatter(
  _ bytes: Span<UInt8>, _ extents: TextExtents, _ owners: [Int32], _ presence: Presence,
  into prints: inout [UInt64]
) {
  for row in owners.indices where owners[row] >= 0 && presence.isStated(row) {
    let hash = textHash(bytes, extents[row])
    prints[Int(owners[row])] = max(1, mixed(hash))
  }
}

/// Subjects for which both are stated and not by the same bits.
private func unequal(_ a: [UInt64], _ b: [UInt64], unless isDecided: [Bool]) -> [Int] {
  var unequal: [Int] = []
  for row in a.indices where a[row] != b[row] && a[row] != 0 && b[row] != 0 && !isDecided[row] {
    unequal.append(row)
  }
  return unequal
}

private func conflict(
  _ believed: Source, _ lost: Source, _ row: Int, _ fact: Fact, _ id: String, _ rows: Rows
) -> Finding {
  let (used, left) = (believed.statement(row), lost.statement(row))
  let (usedText, leftText) = (used.shown(in: rows), left.shown(in: rows))
  let places = (rows.name(of: used.place(in: rows)), rows.name(of: left.place(in: rows)))
  let titles = (rows.pack.records[believed.record].title, rows.pack.records[lost.record].title)
  return Finding(
    .warning, "conflict", subject: id, place: left.place(in: rows), field: fact.id,
    message: Bilingual(
      zh: "\(fact.label)：\(titles.0)为\(usedText.zh)（\(places.0)），\(titles.1)为\(leftText.zh)"
        + "（\(places.1)）；采用前者。",
      en: "\(fact.label): \(titles.0) states \(usedText.en) (\(places.0)), \(titles.1) states "
        + "\(leftText.en) (\(places.1)); the former is used."),
    cure: Bilingual(
      zh: "请两家报送单位核对，错的一方更正后重新报送。",
      en: "Have both offices check; the one in error sends the row again or a correction."))
}
