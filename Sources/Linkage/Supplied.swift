import RulePacks
import Tables

/// Rows for what was decided about subjects of which no row of a record kind was delivered at all:
/// they state whose they are, and nothing else until corrections are laid over them.
///
/// Only kinds that hold one row a subject are supplied so, whose every field is a fact by itself; of
/// a list nobody knows which row is meant. Nor does a correction put a subject into a register. A
/// subject that nothing was delivered of is not made.
struct Supplied {
  /// By record kind the rows to be added, as cells by field, each at the place of the correction
  /// that was decided first.
  private var rows: [Int: [(place: Place, cells: [Int: CellContent])]] = [:]
  /// Which of the new rows of its record kind each correction speaks of, by its index.
  private var meant: [Int: (record: Int, number: Int)] = [:]

  /// - Parameter targets: which corrections speak of no row.
  init(
    for requests: [CorrectionRequest], _ targets: Targets, in delivery: Delivery, _ pack: RulePack
  ) {
    let all = Rows(
      pack: pack, tables: delivery.records, delivered: delivery.delivered,
      paths: delivery.files.map(\.path), jobs: 1)
    for record in pack.records.indices {
      let open = requests.indices.filter {
        requests[$0].record == record && targets.speaksOfNoRow(requests[$0], $0)
      }
      guard open.contains(where: { requests[$0].supplies(pack) }),
        case .one = pack.records[record].holds, !pack.records[record].isRoster,
        case .subject(let subject) = pack.records[record].subject
      else { continue }
      let known = KnownTargets(open, requests, of: subject, all)
      add(open, requests, record, known, pack, all)
    }
  }

  private mutating func add(
    _ open: [Int], _ requests: [CorrectionRequest], _ record: Int, _ known: KnownTargets,
    _ pack: RulePack, _ all: Rows
  ) {
    var numbers: [String: Int] = [:]
    for index in open where requests[index].supplies(pack) {
      guard numbers[requests[index]["target"]] == nil,
        let cells = known.identity(index, in: record, all)
      else { continue }
      numbers[requests[index]["target"]] = rows[record, default: []].count
      rows[record, default: []].append((requests[index].place, cells))
    }
    for index in open {
      if let number = numbers[requests[index]["target"]] { meant[index] = (record, number) }
    }
  }

  /// Adds the rows behind those that were delivered, and aims the corrections at them.
  func add(to delivery: inout Delivery, _ targets: inout Targets) {
    for (index, row) in meant {
      targets.aim(index, at: delivery.records[row.record].count + row.number)
    }
    for (record, added) in rows {
      let first = delivery.records[record].count
      for field in delivery.records[record].columns.indices {
        for _ in added { delivery.records[record].columns[field].appendAbsent(.notStated) }
        var cells: [Int: CellContent] = [:]
        for (number, row) in added.enumerated() { cells[first + number] = row.cells[field] }
        if !cells.isEmpty { delivery.records[record].columns[field].overlay(cells) }
      }
      delivery.records[record].places += added.map(\.place)
      delivery.records[record].precedences += added.map { _ in 0 }
      delivery.records[record].supplied += added.count
      for field in delivery.records[record].delivered.indices {
        delivery.records[record].delivered[field]?.appendNone(added.count)
      }
    }
  }
}

/// Where the subjects that corrections speak of are stated at all.
private struct KnownTargets {
  /// By the correction's index: a row that states the identity step, and which step it is.
  private var found: [Int: (record: Int, row: Int, step: Int)] = [:]
  private let steps: Steps

  init(_ open: [Int], _ requests: [CorrectionRequest], of subject: Int, _ all: Rows) {
    steps = Steps(of: subject, in: all)
    for step in steps.fields.indices {
      for record in all.kinds(of: subject) {
        let waiting = open.filter { found[$0] == nil }
        for (index, rows) in steps.rows(step, waiting, requests, in: record, all) {
          if let row = rows.first { found[index] = (record, row, step) }
        }
      }
    }
  }

  /// The cells by which a row of a record kind finds the subject; nil where the subject is not
  /// known, or the kind has no room for what it is known by.
  func identity(_ index: Int, in record: Int, _ all: Rows) -> [Int: CellContent]? {
    guard let known = found[index] else { return nil }
    let (from, to) = (all.pack.records[known.record], all.pack.records[record])
    var cells: [Int: CellContent] = [:]
    for id in steps.fields[known.step] {
      guard let source = from.field(id), let target = to.field(id) else { return nil }
      let column = all.tables[known.record].columns[source]
      cells[target] =
        to.fields[target].codes == nil
        ? CellContent(of: column, known.row)
        : readCell(column.text(known.row), as: to.fields[target], in: all.pack)
    }
    return cells
  }
}

extension CorrectionRequest {
  /// Whether it is in force and says something of which nothing was delivered.
  fileprivate func supplies(_ pack: RulePack) -> Bool {
    guard self["result"] == "accepted", isSigned(pack), let record, let field else { return false }
    let definition = pack.records[record].fields[field]
    guard let new = readCell(self["new_value"], as: definition, in: pack), new != .absent
    else { return false }
    return readCell(self["old_value"], as: definition, in: pack) == .absent
  }
}
