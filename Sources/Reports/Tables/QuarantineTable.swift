import Labels
import RulePacks
import Tables

/// `quarantine.csv`: every fault of every row that was not accepted, and how to mend it.
func quarantineTable(_ results: RunResult) -> ReportTable {
  let rows = results.quarantine
  let order = rows.indices.sorted {
    let (left, right) = (rows[$0].place, rows[$1].place)
    return (left.file, left.record, left.line) < (right.file, right.record, right.line)
  }
  let faults = order.flatMap { row in rows[row].faults.indices.map { (row: row, fault: $0) } }
  let files = results.files.map(\.path)
  let kinds = KindWords(rows.lazy.flatMap(\.faults).map(\.code), results)
  let fields = FieldWords(rows, results)
  let sensitivity = results.sensitivity
  let subjects = NamedSubjects(results)
  let offices = ActingOffices(results, subjects)
  let bodies = ReturnedBodies(results, subjects)
  @Sendable func place(_ number: Int) -> Place { rows[faults[number].row].place }
  @Sendable func fault(_ number: Int) -> QuarantinedRow.Fault {
    rows[faults[number].row].faults[faults[number].fault]
  }
  @Sendable func isHidden(_ number: Int) -> Bool {
    sensitivity.hides(fault(number).field, ofRecord: rows[faults[number].row].record)
  }
  let columns =
    [
      ReportColumn(
        id: "file", label: ColumnLabel.file,
        values: .text { number in
          let file = Int(place(number).file)
          return files.indices.contains(file) ? files[file] : ""
        }, width: 30),
      ReportColumn(
        id: "line", label: ColumnLabel.line, values: .count { Int(place($0).line) }, width: 8),
      ReportColumn(
        id: "record", label: ColumnLabel.record, values: .count { Int(place($0).record) }, width: 8),
      ReportColumn(
        id: "reason", label: ColumnLabel.kind,
        values: .word(kinds.words) { kinds.numbers[fault($0).code] }, width: 22),
      ReportColumn(
        id: "field", label: ColumnLabel.field,
        values: .word(fields.words) { number in
          fields.number(of: fault(number), in: rows[faults[number].row])
        }, width: 16),
      ReportColumn(
        id: "raw", label: ColumnLabel.delivered,
        values: .text { isHidden($0) ? "" : fault($0).raw }, width: 24),
      ReportColumn(
        id: "subject", label: ColumnLabel.subject,
        values: .text { bodies.id(of: rows[faults[$0].row]) }, width: 21),
      ReportColumn(
        id: "name", label: ColumnLabel.name,
        values: .text { bodies.name(of: rows[faults[$0].row]) }, width: 32),
      .ranking(subjects, results) { bodies.id(of: rows[faults[$0].row]) },
      .office(offices) { offices.number(ofRecord: rows[faults[$0].row].record) },
    ]
    + .sentence("message", ColumnLabel.message, width: 60, language: results.language) { number in
      isHidden(number) ? Phrases.withheldText : fault(number).message
    }
    + .sentence("cure", ColumnLabel.cure, width: 50, language: results.language) { number in
      isHidden(number) ? Phrases.withheldCure : fault(number).cure
    }
  return ReportTable(
    path: "quarantine.csv", title: RowLabel.returnedRows,
    columns: columns, count: faults.count)
}

/// The fields that faults of rows are about: their ids, and how the dictionary calls them.
private struct FieldWords: Sendable {
  let words: Words
  private var numbers: [FieldOfRecord: Int] = [:]

  /// Two record kinds may call fields of one id otherwise.
  private struct FieldOfRecord: Hashable, Sendable {
    var record: String
    var field: String
  }

  init(_ rows: [QuarantinedRow], _ results: RunResult) {
    var words: [(id: String, label: Bilingual)] = []
    for row in rows {
      for fault in row.faults where !fault.field.isEmpty {
        let key = FieldOfRecord(record: row.record, field: fault.field)
        guard numbers[key] == nil else { continue }
        numbers[key] = words.count
        let kind = results.pack.records.first { $0.id == row.record }
        let label = kind?.fields.first { $0.id == fault.field }?.label ?? fault.field
        words.append((fault.field, Bilingual(zh: label, en: label)))
      }
    }
    self.words = Words(words)
  }

  /// Nil where a fault is about the row as a whole.
  func number(of fault: QuarantinedRow.Fault, in row: QuarantinedRow) -> Int? {
    numbers[FieldOfRecord(record: row.record, field: fault.field)]
  }
}
