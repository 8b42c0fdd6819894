import RulePacks
import Tables

/// Sums of the numeric columns over the delivered rows, for comparing with what a file states.
struct Totals: Sendable {
  /// Numeric fields that can be summed; a percentage cannot.
  let fields: [Int]
  /// By field: over all rows, and since the last total row; nil once out of range.
  private(set) var all: [Int64?]
  private(set) var sinceLast: [Int64?]

  init(_ kind: RecordKind) {
    fields = kind.fields.indices.filter { field in
      switch kind.fields[field].type {
      case .int, .decimal, .money: true
      case .text, .name, .double, .percent, .flag, .date, .code, .grade, .division, .uscc,
        .registrationNumber, .usccOrNumber, .organizationCode, .residentID:
        false
      }
    }
    all = Array(repeating: 0, count: kind.fields.count)
    sinceLast = all
  }

  mutating func add(_ staged: [StagedCell]) {
    for field in fields where staged[field].state == .stated {
      add(staged[field].number, to: &all[field])
      add(staged[field].number, to: &sinceLast[field])
    }
  }

  /// Adds rows that are taken together.
  mutating func add(_ columns: [BlockColumn], _ rows: Range<Int>) {
    for field in fields {
      for row in rows where columns[field].states[row] == .stated {
        add(columns[field].numbers[row], to: &all[field])
        add(columns[field].numbers[row], to: &sinceLast[field])
      }
    }
  }

  mutating func restart() { sinceLast = Array(repeating: 0, count: sinceLast.count) }

  private func add(_ number: Int64, to sum: inout Int64?) {
    guard let before = sum else { return }
    let (after, overflow) = before.addingReportingOverflow(number)
    sum = overflow ? nil : after
  }
}

extension RowReader {
  mutating func addTotals() { totals.add(staged) }
}
