import RulePacks
import Tables

/// The subjects of one kind, and how rows find them.
struct Roll: Sendable {
  let kind: Int
  /// Ascending by bytes.
  let ids: TextColumn
  /// For each subject the identity steps it states, as bits.
  let stated: [UInt32]
  let steps: Steps
  /// One a step, over all roster rows of the kind.
  let indexes: [KeyIndex]
  /// For each step the keys, by first roster row, that belong to several subjects.
  let ambiguous: [Set<Int32>]
  /// The subject of each roster row; −1 where it states nobody.
  let subjects: [Int32]
  /// Record kinds whose rows create subjects, and where their rows begin among all roster rows.
  let rosters: [(record: Int, start: Int)]

  /// The first roster row of each subject.
  let firstRows: [Int32]

  var count: Int { ids.count }

  func firstRow(of subject: Int32) -> Int32? {
    firstRows.indices.contains(Int(subject)) ? firstRows[Int(subject)] : nil
  }

  /// The record kind and row of a roster row.
  func place(ofRosterRow row: Int32) -> (record: Int, row: Int) {
    for roster in rosters.reversed() where Int(row) >= roster.start {
      return (roster.record, Int(row) - roster.start)
    }
    return (0, Int(row))
  }
}

/// Makes subjects of the roster rows of one kind.
func enrol(_ kind: Int, _ rows: Rows) async -> Roll {
  let steps = Steps(of: kind, in: rows)
  var rosters: [(record: Int, start: Int)] = []
  var total = 0
  for record in rows.kinds(of: kind) where rows.pack.records[record].isRoster {
    rosters.append((record, total))
    total += rows.tables[record].count
  }
  let all = rosters
  var keys: [TextColumn] = []
  for step in steps.fields.indices { keys.append(await rosterKeys(step, steps, all, rows)) }
  let made = keys
  keys = []
  let indexes = await inParallel(made.count, jobs: rows.jobs) { KeyIndex(made[$0]) }
  let clusters = Clusters(groups: indexes.map(\.groups), count: total)
  let named = identify(clusters, indexes, steps, rosters, rows)
  let order = await byteOrder(named.ids, jobs: rows.jobs)

  var rank = Array(repeating: Int32(-1), count: total)
  var ids = TextColumn()
  var stated: [UInt32] = []
  stated.reserveCapacity(order.count)
  for (subject, entry) in order.enumerated() {
    let head = named.heads[Int(entry)]
    rank[Int(head)] = Int32(subject)
    ids.append(named.ids.bytes[named.ids.range(Int(entry))])
    stated.append(clusters.stated[Int(head)])
  }
  return Roll(
    kind: kind, ids: ids, stated: stated, steps: steps, indexes: indexes,
    ambiguous: clusters.ambiguous, subjects: clusters.heads.map { rank[Int($0)] },
    rosters: rosters, firstRows: order.map { named.heads[Int($0)] })
}

/// The keys of one step for all roster rows, one record kind after the other.
private func rosterKeys(
  _ step: Int, _ steps: Steps, _ rosters: [(record: Int, start: Int)], _ rows: Rows
) async -> TextColumn {
  var keys = TextColumn()
  for (record, _) in rosters {
    let count = rows.tables[record].count
    let more: TextColumn
    if let reader = steps.reader(step, record: record, in: rows) {
      if let ready = reader.ready {
        more = ready
      } else {
        more = await reader.keys(count: count, jobs: rows.jobs)
      }
    } else {
      more = absentTexts(count)
    }
    if rosters.count == 1 { return more }
    keys.append(contentsOf: more)
  }
  return keys
}

private func absentTexts(_ count: Int) -> TextColumn {
  var texts = TextColumn()
  for _ in 0..<count { texts.appendAbsent(.notStated) }
  return texts
}

/// The id of each subject, in order of the rows that stand for them.
private func identify(
  _ clusters: Clusters, _ indexes: [KeyIndex], _ steps: Steps,
  _ rosters: [(record: Int, start: Int)], _ rows: Rows
) -> (heads: [Int32], ids: TextColumn) {
  var heads: [Int32] = []
  // The roster row whose text is the id: it states the first step that its subject states.
  var sources = Array(repeating: Int32(-1), count: clusters.heads.count)
  for row in clusters.heads.indices {
    let head = Int(clusters.heads[row])
    guard clusters.stated[head] != 0 else { continue }
    if head == row { heads.append(Int32(row)) }
    let step = clusters.stated[head].trailingZeroBitCount
    guard indexes[step].groups[row] >= 0 else { continue }
    if sources[head] < 0 {
      sources[head] = Int32(row)
    } else if !indexes[step].keys.isEqual(row, to: indexes[step].keys, Int(sources[head]))
      || !steps.isVerbatim(step)
    {
      // Spellings of one key: the least, so that no order of rows decides.
      let mine = Array(idText(step, row, steps, rosters, rows).utf8)
      let other = Array(idText(step, Int(sources[head]), steps, rosters, rows).utf8)
      if mine.lexicographicallyPrecedes(other) { sources[head] = Int32(row) }
    }
  }
  var ids = TextColumn()
  for head in heads {
    let step = clusters.stated[Int(head)].trailingZeroBitCount
    let source = Int(sources[Int(head)])
    if steps.isVerbatim(step) {
      ids.append(indexes[step].keys.bytes[indexes[step].keys.range(source)])
    } else {
      ids.append(idText(step, source, steps, rosters, rows))
    }
  }
  return (heads, ids)
}

/// The texts of a step's fields as delivered, joined with `·`.
private func idText(
  _ step: Int, _ rosterRow: Int, _ steps: Steps, _ rosters: [(record: Int, start: Int)],
  _ rows: Rows
) -> String {
  guard let roster = rosters.last(where: { rosterRow >= $0.start }) else { return "" }
  let kind = rows.pack.records[roster.record]
  let texts = steps.fields[step].map { field in
    kind.field(field).flatMap {
      rows.tables[roster.record].columns[$0].text(rosterRow - roster.start)
    } ?? ""
  }
  return texts.joined(separator: "·")
}
