extension Demand {
  /// Added to the slot of a subject's fact where an expression over the rows of a list also reads
  /// facts of the subject that the rows belong to.
  public static let outer = 1_000_000
}

extension Dossiers {
  /// How many lanes a batch has at most; such a column fits into the second-level cache.
  public static let batchSize = 16_384

  /// The facts that `demand` names, for a stretch of subjects of one kind.
  public func batch(of subject: Int, rows: Range<Int>, demand: Demand) -> Batch {
    batch(of: subject, at: .run(rows), demand: demand)
  }

  /// The facts that `demand` names, for the subjects of one kind at these rows (−1: none, all
  /// unknown).
  public func batch(of subject: Int, at rows: [Int32], demand: Demand) -> Batch {
    batch(of: subject, at: Gathered(rows), demand: demand)
  }

  private func batch(of subject: Int, at rows: Gathered, demand: Demand) -> Batch {
    var batch = Batch(count: rows.count)
    for slot in demand.slots.union(demand.lists.keys) {
      batch.vectors[slot] = vector(
        of: subject, fact: slot, at: rows, demand: demand.lists[slot] ?? Demand())
    }
    return batch
  }

  /// The fields that `demand` names, for these rows of a record kind.
  public func batch(ofRecord record: Int, at rows: [Int32], demand: Demand) -> Batch {
    var batch = Batch(count: rows.count)
    for slot in demand.slots {
      batch.vectors[slot] = listed(records[record], slot, at: .rows(rows))
    }
    return batch
  }

  /// The rows of a list fact laid end to end, with the fields that `demand` names and, under
  /// `Demand.outer` plus their slot, the facts of the subjects that they belong to.
  ///
  /// - Returns: the rows' numbers in their record table, where each subject's rows begin, and the
  ///   batch; nil where the list was not delivered.
  public func rowBatch(of subject: Int, list: Int, at subjects: [Int32], demand: Demand)
    -> (rows: [Int32], offsets: [Int32], batch: Batch)?
  {
    guard case .list(let record, let offsets, let rows) = self.subjects[subject].facts[list]
    else { return nil }
    let children = Children(of: .rows(subjects), offsets: offsets, rows: rows)
    let own = Demand(slots: demand.slots.filter { $0 < Demand.outer })
    var batch = batch(ofRecord: record, at: children.rows, demand: own)
    let parents = Gathered.rows(children.parents(of: subjects))
    for slot in demand.slots where slot >= Demand.outer {
      batch.vectors[slot] = vector(
        of: subject, fact: slot - Demand.outer, at: parents, demand: Demand())
    }
    return (children.rows, children.offsets, batch)
  }

  private func vector(of subject: Int, fact: Int, at rows: Gathered, demand: Demand) -> Vector {
    switch subjects[subject].facts[fact] {
    case .absent: return unknown(count: rows.count)
    case .constant(let value): return constant(value, count: rows.count)
    case .own(let column): return gather(column, at: rows)
    case .chosen(let record, let field, let recordRows):
      return gather(records[record].columns[field], at: .rows(compose(rows, recordRows)))
    case .firstStated(let slots, let unread):
      var best = vector(of: subject, fact: slots[0], at: rows, demand: demand)
      for slot in slots.dropFirst() where !best.missing.isEmpty {
        let next = vector(of: subject, fact: slot, at: rows, demand: demand)
        best = firstKnown(best, next)
      }
      return best.unknown(where: unread, at: rows)
    case .reference(let other, let fact, let otherRows):
      return vector(of: other, fact: fact, at: .rows(compose(rows, otherRows)), demand: demand)
    case .list(let record, let offsets, let recordRows):
      let children = Children(of: rows, offsets: offsets, rows: recordRows)
      let child = batch(ofRecord: record, at: children.rows, demand: demand)
      let saysNothing = subjects[subject].unknownWhenEmpty.contains(fact)
      return Vector(
        .rows(ChildRows(offsets: children.offsets, batch: child)),
        missing: saysNothing ? children.gaps() : rows.absences)
    case .members(let other, let offsets, let memberRows):
      let children = Children(of: rows, offsets: offsets, rows: memberRows)
      let child = batch(of: other, at: .rows(children.rows), demand: demand)
      return Vector(
        .rows(ChildRows(offsets: children.offsets, batch: child)), missing: rows.absences)
    }
  }

  private func unknown(count: Int) -> Vector {
    Vector(
      .boxed(Array(repeating: .null, count: count)), missing: Array(repeating: 1, count: count))
  }

  private func constant(_ value: Value, count: Int) -> Vector {
    switch value {
    case .bool(let flag): Vector(.flags(Array(repeating: flag, count: count)))
    case .int(let number): Vector(.integers(Array(repeating: number, count: count)))
    case .decimal(let number):
      Vector(.decimals(Array(repeating: number.millionths, count: count)))
    case .date(let date): Vector(.dates(Array(repeating: date.packed, count: count)))
    case .string(let text):
      Vector(.codes(ids: Array(repeating: 0, count: count), names: [text]))
    case .null, .double, .timestamp, .duration, .list, .map, .type:
      Vector(.boxed(Array(repeating: value, count: count)))
    }
  }
}

/// The rows of a list for some subjects, laid end to end.
private struct Children {
  var rows: [Int32] = []
  var offsets: [Int32] = [0]

  init(of subjects: Gathered, offsets all: [Int32], rows listed: [Int32]) {
    offsets.reserveCapacity(subjects.count + 1)
    switch subjects {
    case .run(let run):
      // Those of neighbours lie end to end.
      let first = all[run.lowerBound]
      rows = Array(listed[Int(first)..<Int(all[run.upperBound])])
      for subject in run { offsets.append(all[subject + 1] - first) }
    case .rows(let subjects):
      for subject in subjects {
        if subject >= 0 {
          let range = Int(all[Int(subject)])..<Int(all[Int(subject) + 1])
          for index in range { rows.append(listed[index]) }
        }
        offsets.append(Int32(rows.count))
      }
    }
  }

  /// Unknown where a subject has no row.
  func gaps() -> [UInt64] {
    let lanes = 0..<offsets.count - 1
    guard lanes.contains(where: { offsets[$0] == offsets[$0 + 1] }) else { return [] }
    return lanes.map { offsets[$0] == offsets[$0 + 1] ? 1 : 0 }
  }

  /// For each row the subject it belongs to.
  func parents(of subjects: [Int32]) -> [Int32] {
    var parents: [Int32] = []
    parents.reserveCapacity(rows.count)
    for lane in subjects.indices {
      for _ in offsets[lane]..<offsets[lane + 1] { parents.append(subjects[lane]) }
    }
    return parents
  }
}

/// The rows that a batch is of.
private enum Gathered {
  /// Neighbours.
  case run(Range<Int>)
  /// −1 is none.
  case rows([Int32])

  var count: Int {
    switch self {
    case .run(let run): run.count
    case .rows(let rows): rows.count
    }
  }

  init(_ rows: [Int32]) {
    let first = Int(rows.first ?? -1)
    let isRun = first >= 0 && rows.indices.allSatisfy { Int(rows[$0]) == first + $0 }
    self = isRun ? .run(first..<first + rows.count) : .rows(rows)
  }

  /// The row of a lane; nil where there is none.
  func row(of lane: Int) -> Int? {
    switch self {
    case .run(let run): run.lowerBound + lane
    case .rows(let rows): rows[lane] < 0 ? nil : Int(rows[lane])
    }
  }

  /// For each 1 where there is no row; empty if there are all.
  var absences: [UInt64] {
    guard case .rows(let rows) = self, rows.contains(where: { $0 < 0 }) else { return [] }
    return rows.map { $0 < 0 ? 1 : 0 }
  }
}

private func compose(_ rows: Gathered, _ targets: [Int32]) -> [Int32] {
  switch rows {
  case .run(let run): Array(targets[run])
  case .rows(let rows): rows.map { $0 < 0 ? -1 : targets[Int($0)] }
  }
}

extension CellStore {
  fileprivate func gathered(_ rows: Gathered, absent: Element) -> [Element] {
    switch rows {
    case .run(let run): part(run)
    case .rows(let rows): picked(rows, absent: absent)
    }
  }
}

/// The cells of a field at rows of lists; what rows that were not accepted do not state is undecided.
private func listed(_ table: RecordTable, _ field: Int, at gathered: Gathered) -> Vector {
  var vector = gather(table.columns[field], at: gathered)
  guard table.unaccepted > 0, !vector.missing.isEmpty else { return vector }
  for lane in vector.missing.indices where vector.missing[lane] != 0 {
    guard let row = gathered.row(of: lane), table.isUnaccepted(row) else { continue }
    vector.missing[lane] = Vector.undecided
  }
  return vector
}

/// The cells of a column at these rows; −1 and cells that are not stated are unknown.
private func gather(_ column: Column, at gathered: Gathered) -> Vector {
  let presence = column.presence
  let missing =
    switch gathered {
    case .run(let run): presence.absences(in: run)
    case .rows(let rows): presence.absences(at: rows)
    }
  switch column {
  case .number(let cells):
    return Vector(.integers(cells.values.gathered(gathered, absent: 0)), missing: missing)
  case .decimal(let cells):
    return Vector(.decimals(cells.values.gathered(gathered, absent: 0)), missing: missing)
  case .flag(let cells):
    return Vector(.flags(cells.values.gathered(gathered, absent: false)), missing: missing)
  case .day(let cells):
    return Vector(.dates(cells.values.gathered(gathered, absent: 0)), missing: missing)
  case .code(let column):
    return Vector(
      .codes(ids: column.cells.values.gathered(gathered, absent: 0), names: column.names),
      missing: missing)
  case .text(let column):
    let extents = column.extents
    var starts: [Int] = []
    var lengths: [Int32] = []
    starts.reserveCapacity(gathered.count)
    lengths.reserveCapacity(gathered.count)
    func add(_ range: Range<Int>) {
      starts.append(range.lowerBound)
      lengths.append(Int32(range.count))
    }
    switch gathered {
    case .run(let run): for row in run { add(extents[row]) }
    case .rows(let rows): for row in rows { add(row < 0 ? 0..<0 : extents[Int(row)]) }
    }
    return Vector(
      .texts(Texts(bytes: column.bytes, starts: starts, lengths: lengths)), missing: missing)
  }
}

extension Vector {
  /// The same without what stands for subjects of which a more believed source could not be read.
  fileprivate func unknown(where unread: UnreadSources, at rows: Gathered) -> Vector {
    guard !unread.isEmpty else { return self }
    let lanes = (0..<rows.count).filter { lane in
      rows.row(of: lane).map { unread.place(of: $0) != nil } ?? false
    }
    guard !lanes.isEmpty else { return self }
    var vector = self
    if vector.missing.isEmpty { vector.missing = Array(repeating: 0, count: rows.count) }
    for lane in lanes { vector.missing[lane] = 1 }
    return vector
  }
}

/// Lane by lane the first vector's value, or the second's where the first is unknown.
private func firstKnown(_ first: Vector, _ second: Vector) -> Vector {
  var missing = first.missing
  let take = missing.indices.filter {
    missing[$0] != 0 && (second.missing.isEmpty || second.missing[$0] == 0)
  }
  guard !take.isEmpty else { return first }
  for lane in take { missing[lane] = 0 }
  if missing.allSatisfy({ $0 == 0 }) { missing = [] }
  switch (first.values, second.values) {
  case (.flags(let a), .flags(let b)):
    return Vector(.flags(overwrite(a, with: b, at: take)), missing: missing)
  case (.integers(let a), .integers(let b)):
    return Vector(.integers(overwrite(a, with: b, at: take)), missing: missing)
  case (.decimals(let a), .decimals(let b)):
    return Vector(.decimals(overwrite(a, with: b, at: take)), missing: missing)
  case (.dates(let a), .dates(let b)):
    return Vector(.dates(overwrite(a, with: b, at: take)), missing: missing)
  case (.codes(let a, let names), .codes(let b, let others)) where names == others:
    return Vector(.codes(ids: overwrite(a, with: b, at: take), names: names), missing: missing)
  case (.boxed, _): return Vector(second.values, missing: second.missing)
  case (_, .boxed): return first
  default: return Vector(.texts(texts(first, second, at: take)), missing: missing)
  }
}

/// Lane by lane the text of the first vector, or of the second at some lanes.
private func texts(_ first: Vector, _ second: Vector, at lanes: [Int]) -> Texts {
  let (mine, theirs) = (texts(first), texts(second))
  var isTheirs = Array(repeating: false, count: mine.count)
  for lane in lanes { isTheirs[lane] = true }
  var lengths = mine.lengths
  for lane in lanes { lengths[lane] = theirs.lengths[lane] }
  var starts: [Int] = []
  starts.reserveCapacity(lengths.count)
  var end = 0
  for length in lengths {
    starts.append(end)
    end += Int(length)
  }
  var bytes: [UInt8] = []
  let (first, second) = (mine.bytes.span, theirs.bytes.span)
  bytes.append(addingCapacity: end) { output in
    for lane in lengths.indices {
      let start = isTheirs[lane] ? theirs.starts[lane] : mine.starts[lane]
      let text = start..<start + Int(lengths[lane])
      output.append(copying: isTheirs[lane] ? second.extracting(text) : first.extracting(text))
    }
  }
  return Texts(bytes: bytes, starts: starts, lengths: lengths)
}

/// The lanes of a vector as texts; empty where it holds something else.
private func texts(_ vector: Vector) -> Texts {
  switch vector.values {
  case .texts(let texts): return texts
  case .codes(let ids, let names):
    let all = Texts(names)
    // The code of a lane that is not known may be anything.
    let places = ids.map { names.indices.contains(Int($0)) ? Int($0) : -1 }
    return Texts(
      bytes: all.bytes, starts: places.map { $0 < 0 ? 0 : all.starts[$0] },
      lengths: places.map { $0 < 0 ? 0 : all.lengths[$0] })
  case .flags, .integers, .decimals, .reals, .dates, .rows, .boxed:
    return Texts(
      bytes: [], starts: Array(repeating: 0, count: vector.count),
      lengths: Array(repeating: 0, count: vector.count))
  }
}

private func overwrite<Element>(_ a: [Element], with b: [Element], at lanes: [Int]) -> [Element] {
  var result = a
  for lane in lanes { result[lane] = b[lane] }
  return result
}
