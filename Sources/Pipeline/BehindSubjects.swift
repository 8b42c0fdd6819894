import RulePacks
import Tables

/// The delivered rows behind the subjects of two evaluations by one pack.
///
/// Rows are told apart by what they say, not by where they stand: a row is the same in both
/// deliveries if it is of the same kind and all its fields are equal.
struct BehindSubjects {
  private let before: Rows
  private let after: Rows
  private let isOtherwiseKnown: Bool

  init(_ before: Evaluated, _ after: Evaluated) {
    self.before = Rows(before)
    self.after = Rows(after)
    // A kind of file that only one delivery has tells something of every subject.
    isOtherwiseKnown = zip(before.dossiers.subjects, after.dossiers.subjects).contains {
      $0.0.slotsWithoutFiles != $0.1.slotsWithoutFiles
    }
  }

  /// Why one result changed between the two: `data`, `linkage` or `cohort`.
  func reason(of subject: String, rubric: String) -> ChangePart.Reason {
    let old = before.rows(behind: subject, rubric: rubric)
    let new = after.rows(behind: subject, rubric: rubric)
    let (gone, come) = differences(old, new)
    if gone.isEmpty && come.isEmpty {
      return isOtherwiseKnown || before.carries(rubric) ? .data : .cohort
    }
    let isNew = come.contains { !before.holds($0) }
    let isGone = gone.contains { !after.holds($0) }
    return isNew || isGone ? .data : .linkage
  }

  /// What only one of two ascending lists has.
  private func differences(_ old: [UInt64], _ new: [UInt64]) -> (gone: [UInt64], come: [UInt64]) {
    var (gone, come): ([UInt64], [UInt64]) = ([], [])
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if right == new.count || (left < old.count && old[left] < new[right]) {
        gone.append(old[left])
        left += 1
      } else if left == old.count || new[right] < old[left] {
        come.append(new[right])
        right += 1
      } else {
        left += 1
        right += 1
      }
    }
    return (gone, come)
  }

  /// What the rows of one evaluation say, as numbers.
  private struct Rows {
    let evaluated: Evaluated
    /// One a row, by record kind.
    let marks: [[UInt64]]
    /// Of all rows, ascending.
    let all: [UInt64]
    let rowsOfIDs: [[String: Int]]

    init(_ evaluated: Evaluated) {
      self.evaluated = evaluated
      let marks = evaluated.dossiers.records.enumerated().map { index, table in
        table.marks(seed: UInt64(index))
      }
      self.marks = marks
      all = marks.flatMap { $0 }.sorted()
      rowsOfIDs = evaluated.dossiers.subjects.map { table in
        Dictionary(
          (0..<table.count).map { (table.ids[$0], $0) }, uniquingKeysWith: { first, _ in first })
      }
    }

    func carries(_ rubric: String) -> Bool {
      evaluated.pack.rubrics.first { $0.id == rubric }?.carries ?? false
    }

    func holds(_ mark: UInt64) -> Bool {
      var (low, high) = (0, all.count)
      while low < high {
        let middle = (low + high) / 2
        if all[middle] < mark { low = middle + 1 } else { high = middle }
      }
      return low < all.count && all[low] == mark
    }

    /// The marks of the rows behind a subject, ascending: its own, and those of the subjects that
    /// it refers to and that refer to it.
    func rows(behind subject: String, rubric: String) -> [UInt64] {
      guard let kind = evaluated.pack.rubrics.first(where: { $0.id == rubric })?.subject,
        let row = rowsOfIDs[kind][subject]
      else { return [] }
      var found = own(kind, row)
      var seen: Set<Int> = []
      for (slot, fact) in evaluated.dossiers.subjects[kind].facts.enumerated() {
        switch fact {
        case .reference(let other, _, let rows):
          guard case .reference(let index, _) = evaluated.pack.subjects[kind].facts[slot].origin,
            seen.insert(index).inserted, rows[row] >= 0
          else { continue }
          found += own(other, Int(rows[row]))
        case .members(let other, let offsets, let rows):
          for member in rows[Int(offsets[row])..<Int(offsets[row + 1])] {
            found += own(other, Int(member))
          }
        case .absent, .constant, .own, .chosen, .firstStated, .list: continue
        }
      }
      return found.sorted()
    }

    private func own(_ kind: Int, _ row: Int) -> [UInt64] {
      var found: [UInt64] = []
      var seen: Set<Int> = []
      for fact in evaluated.dossiers.subjects[kind].facts {
        switch fact {
        case .chosen(let record, _, let rows):
          guard seen.insert(record).inserted, rows[row] >= 0 else { continue }
          found.append(marks[record][Int(rows[row])])
        case .list(let record, let offsets, let rows):
          for element in rows[Int(offsets[row])..<Int(offsets[row + 1])] {
            found.append(marks[record][Int(element)])
          }
        case .absent, .constant, .own, .firstStated, .reference, .members: continue
        }
      }
      return found
    }
  }
}

extension SubjectTable {
  /// Slots of facts of which no file was delivered.
  fileprivate var slotsWithoutFiles: [Int] {
    facts.indices.filter { slot in
      if case .absent = facts[slot] { true } else { false }
    }
  }
}

extension RecordTable {
  /// A number for what each row says; rows that say the same have the same.
  fileprivate func marks(seed: UInt64) -> [UInt64] {
    var marks = Array(repeating: mixed(0xCBF2_9CE4_8422_2325, seed), count: count)
    for column in columns {
      switch column {
      case .number(let cells), .decimal(let cells):
        add(cells, to: &marks) { UInt64(bitPattern: $0) }
      case .flag(let cells): add(cells, to: &marks) { $0 ? 1 : 0 }
      case .day(let cells): add(cells, to: &marks) { UInt64(bitPattern: Int64($0)) }
      case .code(let column):
        let names = column.names.map { mark(of: Array($0.utf8)[...]) }
        add(column.cells, to: &marks) { names[Int($0)] }
      case .text(let column):
        for row in marks.indices {
          let text = mark(of: column.bytes[column.range(row)])
          marks[row] = mixed(mixed(marks[row], UInt64(column.presence[row].rawValue)), text)
        }
      }
    }
    return marks
  }

  private func add<Element>(
    _ cells: Cells<Element>, to marks: inout [UInt64], _ number: (Element) -> UInt64
  ) {
    for row in marks.indices {
      let state = cells.presence[row]
      marks[row] = mixed(marks[row], UInt64(state.rawValue))
      if state == .stated { marks[row] = mixed(marks[row], number(cells.values[row])) }
    }
  }
}

private func mark(of bytes: ArraySlice<UInt8>) -> UInt64 {
  var mark: UInt64 = 0xCBF2_9CE4_8422_2325
  // Safe: wrapping is what mixes.
  for byte in bytes { mark = (mark ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return mark
}

private func mixed(_ mark: UInt64, _ number: UInt64) -> UInt64 {
  // Safe: wrapping is what mixes; an odd factor and a shift lose nothing.
  let product = (mark ^ number) &* 0x9E37_79B9_7F4A_7C15
  return product ^ (product >> 29)
}
