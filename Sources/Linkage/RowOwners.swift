import RulePacks
import Tables

/// Which subject each row of a record kind belongs to.
struct RowOwners: Sendable {
  /// −1 where a row found none.
  var owners: [Int32] = []
  /// Rows that found their subject by a later step, although they state another key of this
  /// earlier one than it does.
  var differing: [(row: Int32, step: Int)] = []
  /// Rows without a subject of which a key belongs to several.
  var ambiguous: Set<Int32> = []

  mutating func append(_ other: RowOwners) {
    owners.append(contentsOf: other.owners)
    differing.append(contentsOf: other.differing)
    ambiguous.formUnion(other.ambiguous)
  }
}

/// How many rows are looked up by one piece of work.
private let stretch = 1 << 17

/// Rows of one record kind that are looked up together.
private struct Stretch: Sendable {
  let record: Int
  let number: Int
  let rows: Range<Int>
}

/// The rows of some record kinds in stretches.
private func stretches(of records: [Int], _ rows: Rows) -> [Stretch] {
  records.flatMap { record in
    stretches(of: rows.tables[record].count, length: stretch).enumerated().map {
      Stretch(record: record, number: $0.offset, rows: $0.element)
    }
  }
}

/// What the first step finds of the rows of record kinds that create no subjects: for each stretch
/// the first roster row with the same key, or −1, by record kind.
///
/// It can be known before the subjects are, because it needs the roster's keys alone.
func findAhead(_ index: KeyIndex, _ steps: Steps, of kind: Int, _ rows: Rows) async
  -> [Int: [[Int32]]]
{
  var ready: [Int: TextColumn] = [:]
  for record in rows.kinds(of: kind) where !rows.pack.records[record].isRoster {
    ready[record] = steps.reader(0, record: record, in: rows)?.ready
  }
  let columns = ready
  let work = stretches(of: ready.keys.sorted(), rows)
  let found = await inParallel(work.count, jobs: rows.jobs) { piece -> [Int32] in
    guard let column = columns[work[piece].record] else { return [] }
    return index.find(work[piece].rows, in: column)
  }
  var ahead: [Int: [[Int32]]] = [:]
  for (piece, rows) in zip(work, found) { ahead[piece.record, default: []].append(rows) }
  return ahead
}

/// Finds the subjects of all rows, by the steps in their order; nobody's for corrections.
///
/// - Returns: an attachment a record kind.
func attachAll(_ rolls: [SubjectRegister], _ rows: Rows) async -> [RowOwners] {
  var attachments = rows.pack.records.map { _ in RowOwners() }
  var readers = rows.pack.records.map { _ in [KeyReader?]() }
  var searched: [Int] = []
  for (record, kind) in rows.pack.records.enumerated() {
    guard case .subject(let subject) = kind.subject else { continue }
    let register = rolls[subject]
    let count = rows.tables[record].count
    if let roster = register.rosters.first(where: { $0.record == record }) {
      attachments[record].owners = Array(register.subjects[roster.start..<roster.start + count])
      continue
    }
    attachments[record].owners.reserveCapacity(count)
    readers[record] = register.steps.fields.indices.map {
      register.steps.reader($0, record: record, in: rows)
    }
    searched.append(record)
  }
  let (work, mine) = (stretches(of: searched, rows), readers)
  let found = await inParallel(work.count, jobs: rows.jobs) { piece -> RowOwners in
    let piece = work[piece]
    guard case .subject(let subject) = rows.pack.records[piece.record].subject else {
      return RowOwners()
    }
    let ahead = rolls[subject].ahead[piece.record]
    return attach(piece.rows, mine[piece.record], rolls[subject], ahead: ahead?[piece.number])
  }
  for (piece, part) in zip(work, found) { attachments[piece.record].append(part) }
  return attachments
}

/// The subjects of rows that were not accepted, by record kind; −1 where what could be read of a row
/// names nobody, or two.
///
/// - Parameter rows: these, in the place of the accepted ones.
func ownersOfUnaccepted(_ rolls: [SubjectRegister], _ rows: Rows) -> [[Int32]] {
  rows.pack.records.indices.map { record in
    let count = rows.tables[record].count
    guard count > 0, case .subject(let subject) = rows.pack.records[record].subject else {
      return []
    }
    let register = rolls[subject]
    let readers = register.steps.fields.indices.map {
      register.steps.reader($0, record: record, in: rows)
    }
    var found = attach(0..<count, readers, register, ahead: nil)
    for (row, _) in found.differing { found.owners[Int(row)] = -1 }
    return found.owners
  }
}

/// - Parameter ahead: what the first step finds, if that is known.
private func attach(
  _ range: Range<Int>, _ readers: [KeyReader?], _ register: SubjectRegister, ahead: [Int32]?
) -> RowOwners {
  var outcome = RowOwners(owners: Array(repeating: -1, count: range.count))
  var search = Search(waiting: nil, range: range)
  for step in readers.indices {
    guard let reader = readers[step], !search.isOver else { continue }
    search.take(step, reader, register, ahead: step == 0 ? ahead : nil, &outcome)
  }
  return outcome
}

/// The rows of a stretch that have not found their subject yet.
private struct Search {
  /// Nil while it is the whole range.
  var waiting: [Waiting]?
  let range: Range<Int>

  struct Waiting {
    var row: Int
    /// Steps of which the row states a key that nobody has, as bits.
    var missed: UInt32
  }

  var isOver: Bool { waiting?.isEmpty ?? range.isEmpty }

  mutating func take(
    _ step: Int, _ reader: KeyReader, _ register: SubjectRegister, ahead: [Int32]?,
    _ outcome: inout RowOwners
  ) {
    if waiting == nil, let ready = reader.ready {
      let found = ahead ?? register.indexes[step].find(range, in: ready)
      sort(found, ready, range.lowerBound, step, register, &outcome)
      return
    }
    let keys = waiting.map { reader.keys(of: $0.map(\.row)) } ?? reader.keys(of: range)
    sort(register.indexes[step].find(0..<keys.count, in: keys), keys, 0, step, register, &outcome)
  }

  /// - Parameter start: where the searched rows begin in `keys`.
  private mutating func sort(
    _ found: [Int32], _ keys: TextColumn, _ start: Int, _ step: Int, _ register: SubjectRegister,
    _ outcome: inout RowOwners
  ) {
    let before = waiting
    let ambiguous = register.ambiguous[step]
    var still: [Waiting] = []
    for entry in found.indices {
      let mine = before?[entry] ?? Waiting(row: range.lowerBound + entry, missed: 0)
      let key = found[entry]
      if key < 0 {
        let bit = keys.presence.isStated(start + entry) ? UInt32(1) << UInt32(step) : 0
        still.append(Waiting(row: mine.row, missed: mine.missed | bit))
      } else if !ambiguous.isEmpty && ambiguous.contains(key) {
        outcome.ambiguous.insert(Int32(mine.row))
        still.append(mine)
      } else {
        let subject = register.subjects[Int(key)]
        outcome.owners[mine.row - range.lowerBound] = subject
        if !outcome.ambiguous.isEmpty { outcome.ambiguous.remove(Int32(mine.row)) }
        let differing = mine.missed & register.stated[Int(subject)]
        if differing != 0 {
          outcome.differing.append((Int32(mine.row), differing.trailingZeroBitCount))
        }
      }
    }
    waiting = still
  }
}
