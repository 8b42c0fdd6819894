import Tables

/// Puts rows that were mended and sent again in the place of those that had not been accepted.
///
/// Where several mend one row, an accepted one counts before one that has faults of its own, and
/// among equals the last in the order of the files. The row that is mended, and every other that
/// mends it, are superseded: a row stands in the list of what is returned once, as it was sent last.
func settleMended(_ results: inout [Result<[TakenFile], IntakeFailure>?]) {
  var sheets = results.flatMap { result -> [TakenFile] in
    if case .success(let sheets)? = result { sheets } else { [] }
  }
  guard sheets.contains(where: \.isMending) else { return }
  var mending = Mending(sheets)
  mending.settle(&sheets)
  var next = 0
  for index in results.indices {
    guard case .success(let own)? = results[index] else { continue }
    results[index] = .success(Array(sheets[next..<next + own.count]))
    next += own.count
  }
}

/// One row of one sheet.
private struct SheetRowID: Hashable, Comparable {
  var sheet: Int
  var record: UInt32

  static func < (left: SheetRowID, right: SheetRowID) -> Bool {
    left.sheet == right.sheet ? left.record < right.record : left.sheet < right.sheet
  }
}

/// Which rows mend which.
private struct Mending {
  /// By the row that had not been accepted, those that mend it, in order.
  private var attempts: [SheetRowID: [SheetRowID]] = [:]
  /// Rows that mend nothing.
  private var idle: [Idle: [UInt32]] = [:]
  private var returned: [Set<UInt32>]

  struct Idle: Hashable {
    var sheet: Int
    var reason: IdleReason
  }

  init(_ sheets: [TakenFile]) {
    returned = sheets.map { Set($0.quarantine.lazy.map(\.place.record)) }
    let places = Dictionary(
      sheets.indices.map { (sheets[$0].file.path, $0) }, uniquingKeysWith: { first, _ in first })
    for (sheet, taken) in sheets.enumerated() where taken.isMending {
      for (record, text) in taken.file.returned.mends.sorted(by: { $0.key < $1.key }) {
        let own = SheetRowID(sheet: sheet, record: record)
        switch target(text, sheets, places, notIn: sheet) {
        case .success(let target): attempts[target, default: []].append(own)
        case .failure(let reason):
          idle[Idle(sheet: sheet, reason: reason), default: []].append(record)
        }
      }
    }
  }

  private func target(
    _ text: String, _ sheets: [TakenFile], _ places: [String: Int], notIn own: Int
  ) -> Result<SheetRowID, IdleReason> {
    guard let target = RowTarget(text) else { return .failure(.unreadable) }
    guard let sheet = places[target.file], sheet != own else { return .failure(.noFile) }
    guard target.isMeant(sheets[sheet].file) else { return .failure(.changed) }
    guard returned[sheet].contains(target.record) else { return .failure(.notReturned) }
    return .success(SheetRowID(sheet: sheet, record: target.record))
  }

  mutating func settle(_ sheets: inout [TakenFile]) {
    var dropped: [Int: Set<UInt32>] = [:]
    var mended: [SheetPair: [UInt32]] = [:]
    for (target, rows) in attempts.sorted(by: { $0.key < $1.key }) {
      dropped[target.sheet, default: []].insert(target.record)
      let accepted = rows.filter { !returned[$0.sheet].contains($0.record) }
      guard let counting = accepted.last ?? rows.last else { continue }
      for row in rows where row != counting {
        dropped[row.sheet, default: []].insert(row.record)
        idle[Idle(sheet: row.sheet, reason: .again), default: []].append(row.record)
      }
      guard !accepted.isEmpty else { continue }
      mended[SheetPair(target: target.sheet, mender: counting.sheet), default: []]
        .append(target.record)
    }
    for (rows, records) in idle { dropped[rows.sheet, default: []].formUnion(records) }
    var findings: [(sheet: Int, finding: Finding)] = []
    for (pair, records) in mended.sorted(by: { $0.key < $1.key }) {
      findings.append((pair.target, mendedFinding(records, pair, sheets)))
    }
    for (rows, records) in idle.sorted(by: {
      ($0.key.sheet, $0.key.reason) < ($1.key.sheet, $1.key.reason)
    }) {
      findings.append((rows.sheet, idleFinding(records.sorted(), rows, sheets)))
    }
    for (sheet, records) in dropped { sheets[sheet].supersede(records) }
    for (sheet, finding) in findings { sheets[sheet].findings.append(finding) }
    for sheet in sheets.indices where sheets[sheet].isMending {
      let left = Set(sheets[sheet].quarantine.map(\.place.record))
      sheets[sheet].file.returned.mends = sheets[sheet].file.returned.mends.filter {
        left.contains($0.key)
      }
    }
  }
}

private struct SheetPair: Hashable, Comparable {
  var target: Int
  var mender: Int

  static func < (left: SheetPair, right: SheetPair) -> Bool {
    left.target == right.target ? left.mender < right.mender : left.target < right.target
  }
}

extension TakenFile {
  /// Takes rows out, be they accepted or returned, and counts them as superseded.
  fileprivate mutating func supersede(_ records: Set<UInt32>) {
    let returned = quarantine.count
    quarantine.removeAll { records.contains($0.place.record) }
    findings.removeAll { $0.place.map { records.contains($0.record) } ?? false }
    let kept = table.places.indices.filter { !records.contains(table.places[$0].record) }
    let accepted = table.count - kept.count
    if accepted > 0 { table = table.keeping(kept) }
    unaccepted = unaccepted.keeping(
      unaccepted.places.indices.filter { !records.contains(unaccepted.places[$0].record) })
    file.quarantined -= returned - quarantine.count
    file.accepted -= accepted
    file.superseded += accepted + returned - quarantine.count
    for record in records {
      for field in unreadInRow[record] ?? [] { unread[field] -= 1 }
    }
  }

  /// The lines of some rows, the first few written out.
  fileprivate func lines(of records: [UInt32]) -> (first: UInt32, shown: String) {
    let wanted = Set(records)
    let places = table.places + quarantine.map(\.place)
    let lines = Set(places.lazy.filter { wanted.contains($0.record) }.map(\.line)).sorted()
    let shown = lines.prefix(10).map { "\($0)" }.joined(separator: "、")
    return (lines.first ?? 1, lines.count > 10 ? shown + "…" : shown)
  }
}

// MARK: - Findings

/// Why a row that was mended is not used.
private enum IdleReason: Int, Error, Hashable, Comparable {
  case unreadable, noFile, changed, notReturned, again

  static func < (left: IdleReason, right: IdleReason) -> Bool { left.rawValue < right.rawValue }

  var words: Bilingual {
    switch self {
    case .unreadable:
      Bilingual(
        zh: "末列被改动，看不出更正的是哪一行",
        en: "the last column was changed and does not tell which row is meant")
    case .noFile:
      Bilingual(zh: "所更正的文件不在本次报送中", en: "the file that they mend is not in the delivery")
    case .changed:
      Bilingual(
        zh: "所更正的文件在退回之后被改动", en: "the file that they mend has changed since the rows were returned"
      )
    case .notReturned:
      Bilingual(zh: "所更正的行没有退回，或已经采用", en: "the rows that they mend are not among those returned")
    case .again:
      Bilingual(
        zh: "同一行更正了几次，以可采用的、最后的为准",
        en: "they mend rows that others mend, too; the last that can be used counts")
    }
  }

  var cure: Bilingual {
    switch self {
    case .unreadable:
      Bilingual(
        zh: "请从退回的工作簿复制原来的末列，再次报送",
        en: "copy the last column from the returned workbook and deliver them again")
    case .noFile:
      Bilingual(
        zh: "请把原文件和更正后的工作簿放在同一报送文件夹；原文件不再报送的，请移出工作簿",
        en: "put the file and the mended workbook into the same delivery; take the workbook out if "
          + "the file is not to come any more")
    case .changed:
      Bilingual(
        zh: "请恢复退回时的文件；确已换新的，请移出工作簿，按再次运行后退回的更正",
        en: "put back the file as it was; if it is to be a new one, take the workbook out and mend "
          + "what the next run returns")
    case .notReturned:
      Bilingual(
        zh: "无需再报；要改动已采用的行，请提交更正申请",
        en: "they need not be sent; to change a row that is used, send a correction")
    case .again:
      Bilingual(
        zh: "请核对采用的内容，删去多余的行", en: "check what is used, and delete the rows that are too many")
    }
  }
}

private func idleFinding(
  _ records: [UInt32], _ rows: Mending.Idle, _ sheets: [TakenFile]
) -> Finding {
  let sheet = sheets[rows.sheet]
  let (first, lines) = sheet.lines(of: records)
  let why = rows.reason.words
  return Finding(
    .warning, "mending-not-used",
    place: Place(file: Int32(sheet.index), line: first, record: 0),
    message: Bilingual(
      zh: "\(sheet.file.path) 有 \(records.count) 行更正未采用：\(why.zh)（第 \(lines) 行）",
      en: "mended rows of \(sheet.file.path) that are not used: \(records.count) (line "
        + "\(lines)); \(why.en)"), cure: rows.reason.cure)
}

private func mendedFinding(
  _ records: [UInt32], _ pair: SheetPair, _ sheets: [TakenFile]
) -> Finding {
  let (target, mender) = (sheets[pair.target], sheets[pair.mender])
  let (first, lines) = target.lines(of: records)
  return Finding(
    .note, "row-mended", place: Place(file: Int32(target.index), line: first, record: 0),
    message: Bilingual(
      zh: "\(target.file.path) 退回的 \(records.count) 行已按 \(mender.file.path) 更正并采用（第 \(lines) 行）",
      en: "returned rows of \(target.file.path) that were mended in \(mender.file.path) and are "
        + "used: \(records.count) (line \(lines))"),
    cure: Bilingual(
      zh: "无需处理；请在业务系统中也作同样更正",
      en: "nothing to do; mend them in the system that they come from, too"))
}
