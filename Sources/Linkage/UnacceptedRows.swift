import RulePacks
import Tables

/// Rows that were not accepted, with the subjects that they name.
///
/// Nothing that such a row says counts. But that it was delivered is known: a penalty whose kind
/// could not be read may be any, so that its body is not one without penalties. It stands in the
/// dossier as a row of which nothing is stated and of which nobody knows what would be.
struct UnacceptedRows: Sendable {
  /// By record kind, what could be read of them.
  let tables: [RecordTable]
  /// By record kind, for each row its subject; −1 where it names none, or two.
  let owners: [[Int32]]

  /// - Parameter rows: the accepted rows, of whose subjects the registers are.
  init(_ tables: [RecordTable], _ registers: [SubjectRegister], _ rows: Rows) {
    self.tables = tables
    guard !tables.isEmpty else {
      owners = []
      return
    }
    let read = Rows(
      pack: rows.pack, tables: tables, delivered: rows.delivered, paths: rows.paths,
      jobs: rows.jobs)
    owners = ownersOfUnaccepted(registers, read)
  }

  /// The rows of a record kind that name a subject.
  func named(_ record: Int) -> [OpenRow] {
    guard owners.indices.contains(record) else { return [] }
    return owners[record].indices.compactMap { row in
      owners[record][row] < 0 ? nil : OpenRow(row: row, owner: Int(owners[record][row]))
    }
  }
}

/// A row that was not accepted, and whose it is.
struct OpenRow: Sendable {
  var row: Int
  var owner: Int
}

extension Dossiers {
  /// Puts rows that were not accepted into the dossiers of those that they name, unless a row that
  /// was accepted stands for them: a later one, or one of the same thing.
  ///
  /// - Returns: a finding for each.
  mutating func add(_ unaccepted: UnacceptedRows, _ pack: RulePack) -> [Finding] {
    var findings: [Finding] = []
    for (record, kind) in pack.records.enumerated() where kind.mayStayOpen {
      guard case .subject(let subject) = kind.subject else { continue }
      let named = unaccepted.named(record)
      guard !named.isEmpty else { continue }
      let table = unaccepted.tables[record]
      let open: [OpenRow]
      switch kind.holds {
      case .one:
        open = choose(named, table, record, of: subject, pack)
        block(open.map(\.owner), record, of: subject, pack)
      case .many(_, let unique, _): open = list(named, table, record, unique, of: subject, pack)
      }
      findings += open.prefix(findingLimit).map {
        notUsed(kind, subjects[subject].ids[$0.owner], table.places[$0.row])
      }
      if open.count > findingLimit {
        findings.append(more("returned-row-open", open.count - findingLimit, of: kind.title))
      }
    }
    return findings
  }

  /// Lets them stand for the rows of a kind that has one a subject.
  private mutating func choose(
    _ named: [OpenRow], _ table: RecordTable, _ record: Int, of subject: Int, _ pack: RulePack
  ) -> [OpenRow] {
    let facts = pack.subjects[subject].facts
    let slots = facts.indices.filter {
      if case .record(record, _) = facts[$0].origin { true } else { false }
    }
    var chosen = Array(repeating: Int32(-1), count: subjects[subject].count)
    for slot in slots {
      guard case .chosen(_, _, let rows) = subjects[subject].facts[slot] else { continue }
      chosen = rows
      break
    }
    let first = records[record].count
    var open: [OpenRow] = []
    for row in named {
      let other = Int(chosen[row.owner])
      guard other < first,
        other < 0
          || table.mayBeLater(row.row, than: other, in: records[record], by: pack.records[record])
      else { continue }
      chosen[row.owner] = Int32(first + open.count)
      open.append(row)
    }
    guard !open.isEmpty else { return [] }
    records[record].append(unaccepted: table, open.map(\.row), stating: [])
    for slot in slots {
      guard case .record(_, let field) = facts[slot].origin else { continue }
      subjects[subject].facts[slot] = .chosen(record: record, field: field, rows: chosen)
    }
    return open
  }

  /// Adds them to the lists of a kind that has many a subject.
  private mutating func list(
    _ named: [OpenRow], _ table: RecordTable, _ record: Int, _ unique: [Int], of subject: Int,
    _ pack: RulePack
  ) -> [OpenRow] {
    guard
      let slot = pack.subjects[subject].facts.firstIndex(where: {
        $0.origin == .list(record: record)
      }), case .list(_, let offsets, let rows) = subjects[subject].facts[slot]
    else { return [] }
    let open = named.filter { row in
      !rows[Int(offsets[row.owner])..<Int(offsets[row.owner + 1])].contains {
        table.statesTheSame(row.row, as: Int($0), in: records[record], unique)
      }
    }
    guard !open.isEmpty else { return [] }
    var added: [Int: [Int32]] = [:]
    for (number, row) in open.enumerated() {
      added[row.owner, default: []].append(Int32(records[record].count + number))
    }
    records[record].append(unaccepted: table, open.map(\.row), stating: unique)
    var (starts, all): ([Int32], [Int32]) = ([0], [])
    starts.reserveCapacity(offsets.count)
    all.reserveCapacity(rows.count + open.count)
    for owner in 0..<offsets.count - 1 {
      all += rows[Int(offsets[owner])..<Int(offsets[owner + 1])]
      if let more = added[owner] { all += more }
      starts.append(Int32(all.count))
    }
    subjects[subject].facts[slot] = .list(record: record, offsets: starts, rows: all)
    return open
  }

  /// Keeps less believed sources from speaking for a row that was not accepted.
  private mutating func block(
    _ owners: [Int], _ record: Int, of subject: Int, _ pack: RulePack
  ) {
    let kind = pack.subjects[subject]
    let identity = Set(kind.identity.joined())
    for (slot, fact) in kind.facts.enumerated() where !identity.contains(fact.id) {
      guard case .firstStated(let slots, var unread) = subjects[subject].facts[slot],
        let place = slots.firstIndex(where: {
          if case .record(record, _) = kind.facts[$0].origin { true } else { false }
        })
      else { continue }
      for owner in owners
      where !slots[..<place].contains(where: {
        isStated(subject: subject, fact: $0, row: owner)
      }) {
        unread.add(place, for: owner)
      }
      subjects[subject].facts[slot] = .firstStated(slots, unread: unread)
    }
  }
}

extension RecordKind {
  /// Whether a row of it that was not accepted leaves open what it would say of its subject. Papers
  /// about a run's own cases are read one by one; who sent one that cannot be read is told so.
  fileprivate var mayStayOpen: Bool {
    switch caseRole {
    case nil, .consultations: true
    case .objections, .decisions, .successions, .acknowledgements: false
    }
  }
}

extension RecordTable {
  /// Whether a row may be later than one of another table; where a kind has nothing that tells,
  /// the accepted one counts.
  fileprivate func mayBeLater(
    _ row: Int, than other: Int, in accepted: RecordTable, by kind: RecordKind
  ) -> Bool {
    guard let latest = kind.latest else { return false }
    let cells = (
      CellContent(of: columns[latest], row), CellContent(of: accepted.columns[latest], other)
    )
    switch cells {
    case (.number(let mine), .number(let theirs)): return mine > theirs
    case (.day(let mine), .day(let theirs)):
      return PartialDate(packed: mine).lastDay > PartialDate(packed: theirs).firstDay
    default: return true
    }
  }

  /// Whether a row and one of another table are about the same thing.
  fileprivate func statesTheSame(
    _ row: Int, as other: Int, in accepted: RecordTable, _ unique: [Int]
  ) -> Bool {
    !unique.isEmpty
      && unique.allSatisfy { field in
        columns[field].presence.isStated(row)
          && accepted.columns[field].presence.isStated(other)
          && agree(columns[field], row, accepted.columns[field], other, asNames: false)
      }
  }

  /// Adds rows of which only some fields are stated, those that tell what they are about.
  fileprivate mutating func append(
    unaccepted table: RecordTable, _ rows: [Int], stating fields: [Int]
  ) {
    var added = table.picked(rows, stating: fields)
    added.precedences = []
    added.delivered = delivered.map { texts in
      texts.map { _ in
        var none = DeliveredTexts()
        none.appendNone(rows.count)
        return none
      }
    }
    append(contentsOf: added)
    unaccepted += rows.count
  }

  private func picked(_ rows: [Int], stating fields: [Int]) -> RecordTable {
    var picked = keeping(rows)
    let nothing = Dictionary(uniqueKeysWithValues: rows.indices.map { ($0, CellContent.absent) })
    for field in columns.indices where !fields.contains(field) {
      picked.columns[field].overlay(nothing)
    }
    return picked
  }
}

private func notUsed(_ kind: RecordKind, _ id: String, _ place: Place) -> Finding {
  Finding(
    .warning, "returned-row-open", subject: id, place: place,
    message: Bilingual(
      zh: "“\(kind.title)”的这一行没有采用；更正之前，凡取决于它的都按未知处理。",
      en: "This row of “\(kind.title)” is not used; until it is mended, whatever depends on it is "
        + "not known."),
    cure: Bilingual(
      zh: "请报送单位更正后重新报送；已另行报送的，请移出原来的文件。",
      en: "Have the office mend the row and send it again; if that was done in another file, take "
        + "the first one out of the delivery."))
}
