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
    batch(of: subject, at: rows.map { Int32($0) }, demand: demand)
  }

  /// The facts that `demand` names, for the subjects of one kind at these rows (−1: none, all
  /// unknown).
  public func batch(of subject: Int, at rows: [Int32], demand: Demand) -> Batch {
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
      batch.vectors[slot] = gather(records[record].columns[slot], at: rows)
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
    let children = Children(of: subjects, offsets: offsets, rows: rows)
    let own = Demand(slots: demand.slots.filter { $0 < Demand.outer })
    var batch = batch(ofRecord: record, at: children.rows, demand: own)
    let parents = children.parents(of: subjects)
    for slot in demand.slots where slot >= Demand.outer {
      batch.vectors[slot] = vector(
        of: subject, fact: slot - Demand.outer, at: parents, demand: Demand())
    }
    return (children.rows, children.offsets, batch)
  }

  private func vector(of subject: Int, fact: Int, at rows: [Int32], demand: Demand) -> Vector {
    switch subjects[subject].facts[fact] {
    case .absent: return unknown(count: rows.count)
    case .constant(let value): return constant(value, count: rows.count)
    case .own(let column): return gather(column, at: rows)
    case .chosen(let record, let field, let recordRows):
      return gather(records[record].columns[field], at: compose(rows, recordRows))
    case .firstStated(let slots):
      var best = vector(of: subject, fact: slots[0], at: rows, demand: demand)
      for slot in slots.dropFirst() where !best.missing.isEmpty {
        let next = vector(of: subject, fact: slot, at: rows, demand: demand)
        best = firstKnown(best, next)
      }
      return best
    case .reference(let other, let fact, let otherRows):
      return vector(of: other, fact: fact, at: compose(rows, otherRows), demand: demand)
    case .list(let record, let offsets, let recordRows):
      let children = Children(of: rows, offsets: offsets, rows: recordRows)
      let child = batch(ofRecord: record, at: children.rows, demand: demand)
      let saysNothing = subjects[subject].unknownWhenEmpty.contains(fact)
      return Vector(
        .rows(ChildRows(offsets: children.offsets, batch: child)),
        missing: saysNothing ? children.gaps() : absences(rows))
    case .members(let other, let offsets, let memberRows):
      let children = Children(of: rows, offsets: offsets, rows: memberRows)
      let child = batch(of: other, at: children.rows, demand: demand)
      return Vector(
        .rows(ChildRows(offsets: children.offsets, batch: child)), missing: absences(rows))
    }
  }

  private func absences(_ rows: [Int32]) -> [UInt64] {
    rows.contains { $0 < 0 } ? rows.map { $0 < 0 ? 1 : 0 } : []
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

  init(of subjects: [Int32], offsets all: [Int32], rows listed: [Int32]) {
    offsets.reserveCapacity(subjects.count + 1)
    for subject in subjects {
      if subject >= 0 {
        let range = Int(all[Int(subject)])..<Int(all[Int(subject) + 1])
        for index in range { rows.append(listed[index]) }
      }
      offsets.append(Int32(rows.count))
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

private func compose(_ rows: [Int32], _ targets: [Int32]) -> [Int32] {
  rows.map { $0 < 0 ? -1 : targets[Int($0)] }
}

/// The cells of a column at these rows; −1 and cells that are not stated are unknown.
private func gather(_ column: Column, at rows: [Int32]) -> Vector {
  let missing = absences(in: column.presence, at: rows)
  switch column {
  case .number(let cells):
    return Vector(.integers(cells.values.picked(rows, absent: 0)), missing: missing)
  case .decimal(let cells):
    return Vector(.decimals(cells.values.picked(rows, absent: 0)), missing: missing)
  case .flag(let cells):
    return Vector(.flags(cells.values.picked(rows, absent: false)), missing: missing)
  case .day(let cells):
    return Vector(.dates(cells.values.picked(rows, absent: 0)), missing: missing)
  case .code(let column):
    return Vector(
      .codes(ids: column.cells.values.picked(rows, absent: 0), names: column.names),
      missing: missing)
  case .text(let column):
    var starts: [Int] = []
    var lengths: [Int32] = []
    starts.reserveCapacity(rows.count)
    lengths.reserveCapacity(rows.count)
    for row in rows {
      let range = row < 0 ? 0..<0 : column.range(Int(row))
      starts.append(range.lowerBound)
      lengths.append(Int32(range.count))
    }
    return Vector(
      .texts(Texts(bytes: column.bytes, starts: starts, lengths: lengths)), missing: missing)
  }
}

private func absences(in presence: Presence, at rows: [Int32]) -> [UInt64] {
  guard let first = rows.firstIndex(where: { $0 < 0 || !presence.isStated(Int($0)) }) else {
    return []
  }
  var missing: [UInt64] = Array(repeating: 0, count: rows.count)
  if presence.isComplete {
    for lane in first..<rows.count { missing[lane] = rows[lane] < 0 ? 1 : 0 }
  } else {
    for lane in first..<rows.count {
      let row = rows[lane]
      missing[lane] = row < 0 || !presence.isStated(Int(row)) ? 1 : 0
    }
  }
  return missing
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
  default:
    let taken = Set(take)
    let texts = missing.isEmpty ? first.count : missing.count
    return Vector(
      .texts(
        Texts(
          (0..<texts).map { taken.contains($0) ? text(second, $0) : text(first, $0) })),
      missing: missing)
  }
}

private func overwrite<Element>(_ a: [Element], with b: [Element], at lanes: [Int]) -> [Element] {
  var result = a
  for lane in lanes { result[lane] = b[lane] }
  return result
}

private func text(_ vector: Vector, _ lane: Int) -> String {
  switch vector.values {
  case .codes(let ids, let names): names[Int(ids[lane])]
  case .texts(let texts): texts[lane]
  case .flags, .integers, .decimals, .reals, .dates, .rows, .boxed: ""
  }
}
