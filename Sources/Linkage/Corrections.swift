import RulePacks
import Tables

/// Lays decided corrections over the delivered values.
///
/// They are taken in order of their dates of decision, then of their content. One applies only
/// while its old value is what was delivered, or what an earlier correction put there. What it says
/// of a subject without a row stands in a row of its own (`Supplied`).
func overlayCorrections(on delivery: inout Delivery, pack: RulePack) -> (
  applied: [AppliedCorrection], findings: [Finding], copies: [[Kept.Loss]]
) {
  var requests = pack.records.indices
    .filter { pack.records[$0].subject == .corrections }
    .flatMap { delivered(in: delivery, record: $0, pack) }
  var copies: [[Kept.Loss]] = pack.records.map { _ in [] }
  guard !requests.isEmpty else { return ([], [], copies) }
  requests.sort { $0.precedes($1) }
  for (winner, loser) in removeCopies(from: &requests) {
    copies[loser.kind].append(
      Kept.Loss(subject: 0, winner: Int32(winner.row), loser: Int32(loser.row)))
  }
  var targets = Targets(of: requests, in: delivery, pack)
  Supplied(for: requests, targets, in: delivery, pack).add(to: &delivery, &targets)
  var overlay = Overlay()
  var applied: [AppliedCorrection] = []
  for (index, request) in requests.enumerated() {
    applied += overlay.take(request, rows: targets.rows[index], delivery, pack)
  }
  for (cell, content) in overlay.changes {
    delivery.records[cell.record].columns[cell.field].overlay(content)
  }
  let findings =
    applied.compactMap { finding(of: $0, unread: overlay.unread[$0.place] ?? .both) }
    + overlay.clashes.map { clash(of: $0) }
  return (applied, findings, copies)
}

/// The same correction delivered again is one statement.
private func removeCopies(
  from requests: inout [CorrectionRequest]
) -> [(winner: CorrectionRequest, loser: CorrectionRequest)] {
  var counting: [CorrectionRequest] = []
  var copies: [(winner: CorrectionRequest, loser: CorrectionRequest)] = []
  for request in requests {
    if let last = counting.last, last.saysTheSame(as: request) {
      copies.append((last, request))
    } else {
      counting.append(request)
    }
  }
  requests = counting
  return copies
}

/// One delivered correction.
struct CorrectionRequest: Sendable {
  var place: Place
  /// Where it stands itself: a record kind of corrections and the row.
  var kind: Int
  var row: Int
  var record: Int?
  var field: Int?
  var texts: [String: String] = [:]
  var decidedOn: Int32

  subscript(_ id: String) -> String { texts[id] ?? "" }

  func precedes(_ other: CorrectionRequest) -> Bool {
    if decidedOn != other.decidedOn { return decidedOn < other.decidedOn }
    for id in CorrectionRequest.fields where self[id] != other[id] {
      return Array(self[id].utf8).lexicographicallyPrecedes(Array(other[id].utf8))
    }
    return (kind, row) < (other.kind, other.row)
  }

  func saysTheSame(as other: CorrectionRequest) -> Bool {
    kind == other.kind && decidedOn == other.decidedOn && texts == other.texts
  }

  static let fields = [
    "record", "target", "field", "old_value", "new_value", "reason", "result", "file", "line",
    "applicant", "decided_by", "document",
  ]
}

private func delivered(in delivery: Delivery, record: Int, _ pack: RulePack)
  -> [CorrectionRequest]
{
  let kind = pack.records[record]
  let table = delivery.records[record]
  return table.places.indices.map { row in
    var request = CorrectionRequest(
      place: table.places[row], kind: record, row: row, decidedOn: Int32.max)
    for id in CorrectionRequest.fields {
      request.texts[id] = kind.field(id).flatMap { table.columns[$0].text(row) }
    }
    if let field = kind.field("decided_on"), case .day(let days) = table.columns[field],
      days.presence.isStated(row)
    {
      request.decidedOn = days.values[row]
    }
    let same = { (a: String, b: String) in
      Folding.key(of: a) == Folding.key(of: b)
    }
    request.record = pack.records.firstIndex {
      $0.subject != .corrections
        && (same($0.id, request["record"]) || same($0.title, request["record"]))
    }
    if let target = request.record {
      request.field = pack.field(called: request["field"], in: target)
    }
    return request
  }
}

/// The corrected cells, and what stands in them now.
private struct Overlay {
  var changes: [Cell: [Int: CellContent]] = [:]
  /// Those that took effect in place of others that say another value of the same delivered one.
  var clashes: [AppliedCorrection] = []
  /// What of a correction, by where it stands, cannot be read.
  var unread: [Place: UnreadValue] = [:]

  struct Cell: Hashable {
    var record: Int
    var field: Int
  }

  mutating func take(
    _ request: CorrectionRequest, rows: [Int], _ delivery: Delivery, _ pack: RulePack
  ) -> [AppliedCorrection] {
    guard request["result"] == "accepted" else { return [request.outcome(.notAccepted, pack)] }
    guard let record = request.record, let field = request.field, let first = rows.first else {
      return [request.outcome(.noTarget, pack)]
    }
    let definition = pack.records[record].fields[field]
    guard request.isSigned(pack) else { return [request.outcome(.unsigned, pack, row: first)] }
    guard !Folding.key(of: request["new_value"]).isEmpty else {
      return [request.outcome(.blank, pack, row: first)]
    }
    let old = readCell(request["old_value"], as: definition, in: pack)
    let column = delivery.records[record].columns[field]
    let texts = DeliveredCells(delivery.records[record], field)
    let cell = Cell(record: record, field: field)
    let current = rows.filter { row in
      texts.says(request["old_value"], row)
        || old.map { CellContent(of: column, row).agrees(with: $0) } ?? false
        || old.map { changes[cell]?[row]?.agrees(with: $0) == true } ?? false
    }
    let isOldRead = old != nil || !current.isEmpty
    let read = readCell(request["new_value"], as: definition, in: pack)
    guard let new = read, isOldRead else {
      unread[request.place] = isOldRead ? .new : read == nil ? .both : .old
      return [request.outcome(.unreadable, pack, row: first)]
    }
    guard let target = current.first else { return [request.outcome(.stale, pack, row: first)] }
    // In a list several rows may say the same of different things; which is meant must be said.
    if case .many = pack.records[record].holds, current.count > 1,
      !areOneStatement(current, record, delivery, pack)
    {
      return [request.outcome(.noTarget, pack, row: target)]
    }
    for row in current {
      if let last = changes[cell]?[row], !last.agrees(with: new),
        !(old.map { last.agrees(with: $0) } ?? false)
      {
        clashes.append(request.outcome(.applied, pack, row: row))
      }
      changes[cell, default: [:]][row] = new
    }
    return current.map { request.outcome(.applied, pack, row: $0) }
  }
}

/// What the cells of a field read as they were delivered, as far as that was kept.
private struct DeliveredCells {
  private let texts: DeliveredTexts?

  init(_ table: RecordTable, _ field: Int) {
    texts = table.delivered.indices.contains(field) ? table.delivered[field] : nil
  }

  /// Whether a person wrote down what was delivered, and not what it was read as.
  func says(_ text: String, _ row: Int) -> Bool {
    guard let texts, row < texts.count, !texts.range(row).isEmpty else { return false }
    return Folding.key(of: texts[row]) == Folding.key(of: text)
  }
}

/// Whether rows of a list are copies of one.
private func areOneStatement(
  _ rows: [Int], _ record: Int, _ delivery: Delivery, _ pack: RulePack
) -> Bool {
  guard !pack.records[record].countsRepeats else { return false }
  let all = Rows(
    pack: pack, tables: delivery.records, delivered: delivery.delivered, paths: [], jobs: 1)
  let order = RowOrder(record, unique: [], in: all)
  return rows.allSatisfy { order.compareContent(rows[0], $0) == 0 }
}

extension CorrectionRequest {
  /// Whether it says who decided it, when and why, as far as the pack's records have room for that.
  func isSigned(_ pack: RulePack) -> Bool {
    let fields = pack.records[kind]
    func says(_ id: String) -> Bool { fields.field(id) == nil || !self[id].isEmpty }
    return says("decided_by") && says("reason")
      && (fields.field("decided_on") == nil || decidedOn != Int32.max)
  }

  fileprivate func outcome(
    _ outcome: AppliedCorrection.Outcome, _ pack: RulePack, row: Int? = nil
  ) -> AppliedCorrection {
    var target: Provenance?
    var isOpen = true
    if let record, let field {
      isOpen = pack.records[record].fields[field].sensitivity == .open
      target = row.map { Provenance(record: record, field: field, row: $0) }
    }
    var applied = AppliedCorrection(
      outcome: outcome, place: place, target: target, subject: self["target"],
      field: self["field"], oldValue: isOpen ? self["old_value"] : "…",
      newValue: isOpen ? self["new_value"] : "…", reason: self["reason"])
    applied.document = self["document"]
    applied.decidedBy = self["decided_by"]
    applied.decidedOn = decidedOn == Int32.max ? nil : PartialDate(packed: decidedOn)
    return applied
  }
}

extension Column {
  /// Replaces the content of some rows.
  mutating func overlay(_ changes: [Int: CellContent]) {
    switch self {
    case .number(var cells):
      cells.overlay(changes) { if case .number(let value) = $0 { value } else { nil } }
      self = .number(cells)
    case .decimal(var cells):
      cells.overlay(changes) { if case .number(let value) = $0 { value } else { nil } }
      self = .decimal(cells)
    case .flag(var cells):
      cells.overlay(changes) { if case .flag(let value) = $0 { value } else { nil } }
      self = .flag(cells)
    case .day(var cells):
      cells.overlay(changes) { if case .day(let value) = $0 { value } else { nil } }
      self = .day(cells)
    case .code(var codes):
      codes.cells.overlay(changes) { if case .code(let value) = $0 { value } else { nil } }
      self = .code(codes)
    case .text(let texts):
      var rebuilt = TextColumn()
      for row in 0..<texts.count {
        if case .text(let text)? = changes[row] {
          rebuilt.append(text)
        } else if changes[row] != nil {
          rebuilt.appendAbsent(.notStated)
        } else if texts.presence.isStated(row) {
          rebuilt.append(texts.bytes[texts.range(row)])
        } else {
          rebuilt.appendAbsent(texts.presence[row])
        }
      }
      self = .text(rebuilt)
    }
  }
}

extension Cells {
  fileprivate mutating func overlay(
    _ changes: [Int: CellContent], _ value: (CellContent) -> Element?
  ) {
    for (row, content) in changes {
      if let value = value(content) {
        values[row] = value
        presence[row] = .stated
      } else {
        presence[row] = .notStated
      }
    }
  }
}

private func finding(of correction: AppliedCorrection, unread: UnreadValue) -> Finding? {
  let message: Bilingual
  let cure: Bilingual
  switch correction.outcome {
  case .applied, .notAccepted: return nil
  case .stale:
    message = Bilingual(
      zh: "更正未采用：\(correction.subject)的“\(correction.field)”现在已不是“\(correction.oldValue)”。",
      en: "The correction was not applied: “\(correction.field)” of \(correction.subject) is no "
        + "longer “\(correction.oldValue)”.")
    cure = Bilingual(
      zh: "核对现值；仍需更正的，按现值重新提交。",
      en: "Check the present value; if it still needs correcting, send a correction of it.")
  case .noTarget:
    message = Bilingual(
      zh: "更正未采用：没有唯一的一行与\(correction.subject)的“\(correction.field)”对应。",
      en: "The correction was not applied: no single row fits “\(correction.field)” of "
        + "\(correction.subject).")
    cure = Bilingual(
      zh: "核对记录种类、主体代码和字段；同一主体有多行时写明原始文件和行号；没有报送过该类记录的，请用报送表补报整行。",
      en: "Check record kind, subject and field; where a subject has several rows, name file and "
        + "line; where no such record was delivered, deliver the whole row on its form.")
  case .unreadable:
    (message, cure) = unread.words(of: correction)
  case .unsigned:
    message = Bilingual(
      zh: "更正未采用：\(correction.subject)的“\(correction.field)”没有写明处理人（岗位）、处理日期或理由。",
      en: "The correction was not applied: that of “\(correction.field)” of "
        + "\(correction.subject) does not say who decided it, when or why.")
    cure = Bilingual(zh: "补齐后重新报送。", en: "Fill that in and deliver it again.")
  case .blank:
    message = Bilingual(
      zh: "更正未采用：\(correction.subject)的“\(correction.field)”没有填写更正值，原值未改动。",
      en: "The correction was not applied: it says no new value for “\(correction.field)” of "
        + "\(correction.subject), which stays as it is.")
    cure = Bilingual(
      zh: "填写更正值；原值应当撤销的，由报送单位更正后重新报送。",
      en: "Say the new value; where the old one is to be taken back, have whoever delivered it "
        + "deliver it anew.")
  }
  return Finding(
    .warning, "correction-\(correction.outcome.rawValue)", subject: correction.subject,
    place: correction.place, field: correction.field, message: message, cure: cure)
}

/// Said of a correction that took the place of another of the same delivered value.
private func clash(of correction: AppliedCorrection) -> Finding {
  Finding(
    .warning, "corrections-differ", subject: correction.subject, place: correction.place,
    field: correction.field,
    message: Bilingual(
      zh: "\(correction.subject)的“\(correction.field)”有几次不同的更正，以处理日期最后的一次为准。",
      en: "“\(correction.field)” of \(correction.subject) was corrected more than once, to "
        + "different values; the one decided last counts."),
    cure: Bilingual(
      zh: "核对哪一次正确，撤回其余的更正。", en: "See which is right and take the others back."))
}
