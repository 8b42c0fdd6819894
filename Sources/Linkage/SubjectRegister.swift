import RulePacks
import Tables

/// The subjects of one kind, and how rows find them.
struct SubjectRegister: Sendable {
  let kind: Int
  /// Ascending by bytes.
  let ids: TextColumn
  /// For each subject the identity steps it states, as bits.
  let stated: [UInt32]
  let steps: Steps
  /// One a step, over all roster rows of the kind.
  private(set) var indexes: [KeyIndex]
  /// For each step the keys, by first roster row, that belong to several subjects.
  let ambiguous: [Set<Int32>]
  /// The subject of each roster row; −1 where it states nobody.
  let subjects: [Int32]
  /// Record kinds whose rows create subjects, and where their rows begin among all roster rows.
  let rosters: [(record: Int, start: Int)]

  /// What the first step finds of other record kinds' rows; none where it is not known yet.
  private(set) var ahead: [Int: [[Int32]]]

  /// The first roster row of each subject.
  let firstRows: [Int32]

  var count: Int { ids.count }

  func firstRow(of subject: Int32) -> Int32? {
    firstRows.indices.contains(Int(subject)) ? firstRows[Int(subject)] : nil
  }

  /// Gives back what only finding rows asks for.
  mutating func forgetKeys() {
    for step in indexes.indices { indexes[step].forgetKeys() }
    ahead = [:]
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
func enrol(_ kind: Int, _ rows: Rows) async -> SubjectRegister {
  let steps = Steps(of: kind, in: rows)
  var rosters: [(record: Int, start: Int)] = []
  var total = 0
  for record in rows.kinds(of: kind) where rows.pack.records[record].isRoster {
    rosters.append((record, total))
    total += rows.tables[record].count
  }
  let indexes = await indexed(steps, rosters, rows)
  // Rows are looked up while it is found out which roster rows are one subject.
  async let found =
    rows.jobs > 1 && !indexes.isEmpty ? findAhead(indexes[0], steps, of: kind, rows) : [:]
  let clusters = Clusters(groups: indexes.map(\.groups), count: total)
  let named = identify(clusters, indexes, steps, rosters, rows)
  let order = await byteOrder(named.ids, jobs: rows.jobs)

  var rank = Array(repeating: Int32(-1), count: total)
  var stated: [UInt32] = []
  stated.reserveCapacity(order.count)
  for (subject, entry) in order.enumerated() {
    let head = Int(named.heads[Int(entry)])
    rank[head] = Int32(subject)
    stated.append(clusters.stated[head])
  }
  return SubjectRegister(
    kind: kind, ids: named.ids.picked(order), stated: stated, steps: steps, indexes: indexes,
    ambiguous: clusters.ambiguous, subjects: clusters.heads.map { rank[Int($0)] },
    rosters: rosters, ahead: await found, firstRows: order.map { named.heads[Int($0)] })
}

/// For each step an index of the keys of all roster rows, one record kind after the other.
private func indexed(
  _ steps: Steps, _ rosters: [(record: Int, start: Int)], _ rows: Rows
) async -> [KeyIndex] {
  var pieces: [(step: Int, record: Int, rows: Range<Int>)] = []
  for step in steps.fields.indices {
    for (record, _) in rosters {
      let count = rows.tables[record].count
      let reader = steps.reader(step, record: record, in: rows)
      let isMade = reader != nil && reader?.ready == nil
      pieces += stretches(of: count, length: isMade ? 1 << 16 : max(1, count)).map {
        (step, record, $0)
      }
    }
  }
  let readers = steps.fields.indices.map { step in
    rows.pack.records.indices.map { record in
      rosters.contains { $0.record == record } ? steps.reader(step, record: record, in: rows) : nil
    }
  }
  let work = pieces
  let keys = await inParallel(work.count, jobs: rows.jobs) { piece in
    let (step, record, range) = work[piece]
    guard let reader = readers[step][record] else {
      return TextColumn(absent: .notStated, count: range.count)
    }
    return reader.ready ?? reader.keys(of: range)
  }
  return await inParallel(steps.fields.count, jobs: rows.jobs) { step in
    KeyIndex(TextColumn.joined(work.indices.filter { work[$0].step == step }.map { keys[$0] }))
  }
}

/// The id of each subject, in order of the rows that stand for them.
private func identify(
  _ clusters: Clusters, _ indexes: [KeyIndex], _ steps: Steps,
  _ rosters: [(record: Int, start: Int)], _ rows: Rows
) -> (heads: [Int32], ids: TextColumn) {
  var heads: [Int32] = []
  // The roster row whose text is the id: it states the first step that its subject states.
  var sources = Array(repeating: Int32(-1), count: clusters.heads.count)
  let groups = indexes.map(\.groups)
  for row in clusters.heads.indices {
    let head = Int(clusters.heads[row])
    guard clusters.stated[head] != 0 else { continue }
    if head == row { heads.append(Int32(row)) }
    let step = clusters.stated[head].trailingZeroBitCount
    guard groups[step][row] >= 0 else { continue }
    if sources[head] < 0 {
      sources[head] = Int32(row)
    } else if !steps.isVerbatim(step) || groups[step][row] != groups[step][Int(sources[head])] {
      // Spellings of one key: the least, so that no order of rows decides.
      let mine = Array(idText(step, row, steps, rosters, rows).utf8)
      let other = Array(idText(step, Int(sources[head]), steps, rosters, rows).utf8)
      if mine.lexicographicallyPrecedes(other) { sources[head] = Int32(row) }
    }
  }
  let columns = indexes.map(\.keys)
  let areVerbatim = steps.fields.indices.map { steps.isVerbatim($0) }
  var ids = TextColumn()
  ids.reserveCapacity(heads.count, bytes: columns.first.map { $0.bytes.count } ?? 0)
  // As many as have their ids from the same column are taken together.
  var start = 0
  while start < heads.count {
    let step = clusters.stated[Int(heads[start])].trailingZeroBitCount
    let end =
      heads[start...].firstIndex { clusters.stated[Int($0)].trailingZeroBitCount != step }
      ?? heads.count
    let rosterRows = heads[start..<end].map { sources[Int($0)] }
    if areVerbatim[step] {
      ids.append(columns[step], rosterRows)
    } else {
      for row in rosterRows { ids.append(idText(step, Int(row), steps, rosters, rows)) }
    }
    start = end
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
