import RulePacks
import Tables

/// The rows of one record kind that its subjects keep.
struct Kept: Sendable {
  /// `one`: a row a subject, −1 for none. `many`: the rows of all subjects, laid end to end.
  var rows: [Int32] = []
  /// `many`: where each subject's rows begin; empty for `one`.
  var offsets: [Int32] = []
  /// Rows that state the same thing as a row that is kept.
  var losses: [Loss] = []

  struct Loss: Sendable {
    var subject: Int32
    var winner: Int32
    var loser: Int32
  }
}

/// Chooses among the rows of each subject by what they say.
func keep(_ record: Int, owners: [Int32], subjects: Int, _ rows: Rows) -> Kept {
  switch rows.pack.records[record].holds {
  case .one:
    keepOne(owners, subjects: subjects, RowOrder(record, unique: [], in: rows))
  case .many(_, let unique, _):
    keepMany(
      record, owners, subjects: subjects, RowOrder(record, unique: unique, in: rows),
      dropsSame: !unique.isEmpty, rows)
  }
}

private func keepOne(_ owners: [Int32], subjects: Int, _ order: RowOrder) -> Kept {
  var kept = Kept(rows: Array(repeating: -1, count: subjects))
  for row in owners.indices where owners[row] >= 0 {
    let subject = Int(owners[row])
    let other = kept.rows[subject]
    guard other >= 0 else {
      kept.rows[subject] = Int32(row)
      continue
    }
    // Of rows that say exactly the same the first stays; which one that is changes no value.
    let wins = order.compare(row, Int(other)) > 0
    if wins { kept.rows[subject] = Int32(row) }
    kept.losses.append(
      Kept.Loss(subject: Int32(subject), winner: -1, loser: wins ? other : Int32(row)))
  }
  for index in kept.losses.indices {
    kept.losses[index].winner = kept.rows[Int(kept.losses[index].subject)]
  }
  sortLosses(&kept.losses)
  return kept
}

private func keepMany(
  _ record: Int, _ owners: [Int32], subjects: Int, _ order: RowOrder, dropsSame: Bool, _ rows: Rows
) -> Kept {
  var kept = Kept()
  (kept.offsets, kept.rows) = grouped(owners, groups: subjects)
  for subject in 0..<subjects {
    let range = Int(kept.offsets[subject])..<Int(kept.offsets[subject + 1])
    if range.count > 1 { sortRows(&kept.rows, range, order) }
  }
  if dropsSame { dropSame(&kept, order) }
  let copies = copies(kept, record, order, rows)
  if !copies.isEmpty { drop(copies, from: &kept) }
  return kept
}

/// - Parameter losers: with the row that counts instead of each.
private func drop(_ losers: [Int32: Int32], from kept: inout Kept) {
  var length = 0
  for subject in 0..<kept.offsets.count - 1 {
    let range = Int(kept.offsets[subject])..<Int(kept.offsets[subject + 1])
    kept.offsets[subject] = Int32(length)
    for index in range {
      let row = kept.rows[index]
      if let winner = losers[row] {
        kept.losses.append(Kept.Loss(subject: Int32(subject), winner: winner, loser: row))
      } else {
        kept.rows[length] = row
        length += 1
      }
    }
  }
  kept.offsets[kept.offsets.count - 1] = Int32(length)
  kept.rows.removeLast(kept.rows.count - length)
  // Rows that lost to one that is itself a copy lost to the one that counts.
  for index in kept.losses.indices {
    if let winner = losers[kept.losses[index].winner] { kept.losses[index].winner = winner }
  }
  sortLosses(&kept.losses)
}

private func sortRows(_ rows: inout [Int32], _ range: Range<Int>, _ order: RowOrder) {
  if range.count > 16 {
    rows[range].sort {
      let comparison = order.compare(Int($0), Int($1))
      return comparison == 0 ? $0 < $1 : comparison < 0
    }
    return
  }
  for end in range.dropFirst() {
    let row = rows[end]
    var index = end
    while index > range.lowerBound, order.compare(Int(rows[index - 1]), Int(row)) > 0 {
      rows[index] = rows[index - 1]
      index -= 1
    }
    rows[index] = row
  }
}

/// Keeps the last, which is the greatest, of neighbours that state the same thing.
private func dropSame(_ kept: inout Kept, _ order: RowOrder) {
  var isAsked = Array(repeating: false, count: kept.rows.count)
  for subject in 0..<kept.offsets.count - 1 {
    let range = Int(kept.offsets[subject])..<Int(kept.offsets[subject + 1])
    for index in range.dropLast() { isAsked[index] = true }
  }
  let areSame = order.stateTheSame(kept.rows, isAsked)
  var length = 0
  for subject in 0..<kept.offsets.count - 1 {
    let range = Int(kept.offsets[subject])..<Int(kept.offsets[subject + 1])
    kept.offsets[subject] = Int32(length)
    var index = range.lowerBound
    while index < range.upperBound {
      var last = index
      while areSame[last] { last += 1 }
      for loser in index..<last {
        kept.losses.append(
          Kept.Loss(
            subject: Int32(subject), winner: kept.rows[last], loser: kept.rows[loser]))
      }
      kept.rows[length] = kept.rows[last]
      length += 1
      index = last + 1
    }
  }
  kept.offsets[kept.offsets.count - 1] = Int32(length)
  kept.rows.removeLast(kept.rows.count - length)
  sortLosses(&kept.losses)
}

private func sortLosses(_ losses: inout [Kept.Loss]) {
  losses.sort { $0.subject == $1.subject ? $0.loser < $1.loser : $0.subject < $1.subject }
}

/// The members of each group in order, laid end to end, and where each group's begin; −1 belongs
/// to none.
func grouped(_ owners: [Int32], groups: Int) -> (offsets: [Int32], members: [Int32]) {
  var offsets = Array(repeating: Int32(0), count: groups + 1)
  for owner in owners where owner >= 0 { offsets[Int(owner) + 1] += 1 }
  for group in 0..<groups { offsets[group + 1] += offsets[group] }
  var members = Array(repeating: Int32(0), count: Int(offsets[groups]))
  var next = offsets
  for row in owners.indices where owners[row] >= 0 {
    let group = Int(owners[row])
    members[Int(next[group])] = Int32(row)
    next[group] += 1
  }
  return (offsets, members)
}
