import RulePacks
import Tables

/// Which subject each row of a record kind belongs to.
struct Attachment: Sendable {
  /// −1 where a row found none.
  var owners: [Int32] = []
  /// Rows that found their subject by a later step, although they state another key of this
  /// earlier one than it does.
  var differing: [(row: Int32, step: Int)] = []
  /// Rows without a subject of which a key belongs to several.
  var ambiguous: Set<Int32> = []

  mutating func append(_ other: Attachment) {
    owners.append(contentsOf: other.owners)
    differing.append(contentsOf: other.differing)
    ambiguous.formUnion(other.ambiguous)
  }
}

/// Finds the subjects of all rows of one record kind, by the steps in their order.
func attach(_ record: Int, to roll: Roll, _ rows: Rows) async -> Attachment {
  let count = rows.tables[record].count
  if let roster = roll.rosters.first(where: { $0.record == record }) {
    return Attachment(owners: Array(roll.subjects[roster.start..<roster.start + count]))
  }
  let parts = stretches(of: count, length: 1 << 17)
  let readers = roll.steps.fields.indices.map { roll.steps.reader($0, record: record, in: rows) }
  let found = await inParallel(parts.count, jobs: rows.jobs) { part in
    attach(parts[part], readers, roll)
  }
  var all = Attachment()
  all.owners.reserveCapacity(count)
  for part in found { all.append(part) }
  return all
}

private func attach(_ range: Range<Int>, _ readers: [KeyReader?], _ roll: Roll) -> Attachment {
  var outcome = Attachment(owners: Array(repeating: -1, count: range.count))
  var search = Search(waiting: nil, range: range)
  for step in readers.indices {
    guard let reader = readers[step], !search.isOver else { continue }
    search.take(step, reader, roll, &outcome)
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

  mutating func take(_ step: Int, _ reader: KeyReader, _ roll: Roll, _ outcome: inout Attachment) {
    if waiting == nil, let ready = reader.ready {
      sort(roll.indexes[step].find(range, in: ready), ready, range.lowerBound, step, roll, &outcome)
      return
    }
    let keys = waiting.map { reader.keys(of: $0.map(\.row)) } ?? reader.keys(of: range)
    sort(roll.indexes[step].find(0..<keys.count, in: keys), keys, 0, step, roll, &outcome)
  }

  /// - Parameter start: where the searched rows begin in `keys`.
  private mutating func sort(
    _ found: [Int32], _ keys: TextColumn, _ start: Int, _ step: Int, _ roll: Roll,
    _ outcome: inout Attachment
  ) {
    let before = waiting
    let ambiguous = roll.ambiguous[step]
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
        let subject = roll.subjects[Int(key)]
        outcome.owners[mine.row - range.lowerBound] = subject
        if !outcome.ambiguous.isEmpty { outcome.ambiguous.remove(Int32(mine.row)) }
        let differing = mine.missed & roll.stated[Int(subject)]
        if differing != 0 {
          outcome.differing.append((Int32(mine.row), differing.trailingZeroBitCount))
        }
      }
    }
    waiting = still
  }
}
