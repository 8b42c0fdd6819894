import PastRuns
import Pipeline
import Reports
import RulePacks
import Tables

/// What the rows of one evaluation say, as numbers, and whose they are.
struct RowsBehind {
  /// One a row, by record kind.
  private let marks: [[UInt64]]
  /// Of all rows, ascending.
  private let all: [UInt64]
  private let kinds: [Kind]
  private let rubrics: [String: (kind: Int, carries: Bool)]

  /// The subjects of a kind, and which rows and which others belong to each.
  private struct Kind {
    var ids: TextColumn
    /// One row a subject, −1 where it has none.
    var single: [(record: Int, rows: [Int32])] = []
    /// Those of subject `i` are `rows[offsets[i]..<offsets[i + 1]]`.
    var lists: [(record: Int, offsets: [Int32], rows: [Int32])] = []
    var references: [(kind: Int, rows: [Int32])] = []
    var members: [(kind: Int, offsets: [Int32], rows: [Int32])] = []
    /// Slots of facts of which no file was delivered.
    var withoutFiles: [Int] = []
  }

  init(_ evaluated: RunResult) {
    let marks = evaluated.dossiers.records.enumerated().map { index, table in
      table.marks(seed: UInt64(index))
    }
    self.marks = marks
    all = marks.flatMap { $0 }.sorted()
    rubrics = Dictionary(
      evaluated.pack.rubrics.map { ($0.id, ($0.subject, $0.carries)) },
      uniquingKeysWith: { first, _ in first })
    kinds = evaluated.dossiers.subjects.enumerated().map { index, table in
      RowsBehind.kind(table, evaluated.pack.subjects[index])
    }
  }

  private static func kind(_ table: SubjectTable, _ subject: SubjectKind) -> Kind {
    var kind = Kind(ids: table.ids)
    var records: Set<Int> = []
    var references: Set<Int> = []
    for (slot, fact) in table.facts.enumerated() {
      switch fact {
      case .chosen(let record, _, let rows):
        if records.insert(record).inserted { kind.single.append((record, rows)) }
      case .list(let record, let offsets, let rows): kind.lists.append((record, offsets, rows))
      case .reference(let other, _, let rows):
        guard case .reference(let index, _) = subject.facts[slot].origin,
          references.insert(index).inserted
        else { continue }
        kind.references.append((other, rows))
      case .members(let other, let offsets, let rows): kind.members.append((other, offsets, rows))
      case .absent: kind.withoutFiles.append(slot)
      case .constant, .own, .firstStated: continue
      }
    }
    return kind
  }

  func hasSameFiles(as other: RowsBehind) -> Bool {
    zip(kinds, other.kinds).allSatisfy { $0.withoutFiles == $1.withoutFiles }
  }

  func carries(_ rubric: String) -> Bool { rubrics[rubric]?.carries ?? false }

  func holds(_ mark: UInt64) -> Bool {
    let low = all.partitioningIndex { $0 >= mark }
    return low < all.count && all[low] == mark
  }

  /// The marks of the rows behind a subject, ascending: its own, and those of the subjects that
  /// it refers to and that refer to it.
  func rows(behind subject: String, rubric: String) -> [UInt64] {
    guard let kind = rubrics[rubric]?.kind, let row = kinds[kind].ids.row(of: subject) else {
      return []
    }
    var found = own(kind, row)
    for (other, rows) in kinds[kind].references where rows[row] >= 0 {
      found += own(other, Int(rows[row]))
    }
    for (other, offsets, rows) in kinds[kind].members {
      for member in rows[Int(offsets[row])..<Int(offsets[row + 1])] {
        found += own(other, Int(member))
      }
    }
    return found.sorted()
  }

  private func own(_ kind: Int, _ row: Int) -> [UInt64] {
    var found: [UInt64] = []
    for (record, rows) in kinds[kind].single where rows[row] >= 0 {
      found.append(marks[record][Int(rows[row])])
    }
    for (record, offsets, rows) in kinds[kind].lists {
      for element in rows[Int(offsets[row])..<Int(offsets[row + 1])] {
        found.append(marks[record][Int(element)])
      }
    }
    return found
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
