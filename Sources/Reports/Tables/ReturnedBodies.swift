import RulePacks
import Tables

/// Whom rows that were not accepted are about, as far as they say it themselves.
///
/// The name is the delivered text: it may be what is wrong. An id is given only where there is such
/// a subject.
struct ReturnedBodies: Sendable {
  private let results: RunResult
  private let subjects: NamedSubjects

  init(_ results: RunResult, _ subjects: NamedSubjects) {
    self.results = results
    self.subjects = subjects
  }

  func name(of row: QuarantinedRow) -> String {
    guard let (record, kind) = described(row),
      let field = results.pack.nameField(of: kind, in: record)
    else { return "" }
    return text(of: results.pack.records[record].fields[field].id, in: row)
  }

  func id(of row: QuarantinedRow) -> String {
    guard let (_, kind) = described(row) else { return "" }
    for step in results.pack.subjects[kind].identity where step.count == 1 {
      let text = text(of: step[0], in: row)
      if !text.isEmpty, subjects.find(text)?.kind == kind { return text }
    }
    return ""
  }

  private func described(_ row: QuarantinedRow) -> (record: Int, kind: Int)? {
    guard let record = results.pack.records.firstIndex(where: { $0.id == row.record }),
      case .subject(let kind) = results.pack.records[record].subject
    else { return nil }
    return (record, kind)
  }

  /// What a row says of a field; empty where it may not be shown.
  private func text(of field: String, in row: QuarantinedRow) -> String {
    let file = Int(row.place.file)
    guard results.files.indices.contains(file) else { return "" }
    let returned = results.files[file].returned
    let place = returned.records.partitioningIndex { $0 >= row.place.record }
    guard place < returned.count, returned.records[place] == row.place.record,
      case .cells(let cells) = returned[place],
      let column = returned.columns.firstIndex(where: { $0.fields.contains(field) }),
      cells.indices.contains(column), case .text(let text) = cells[column]
    else { return "" }
    return text
  }
}

extension RulePack {
  /// The field of a record kind from which its subjects have their names.
  fileprivate func nameField(of kind: Int, in record: Int) -> Int? {
    field(behind: subjects[kind].name, of: kind, in: record)
  }

  private func field(behind slot: Int, of kind: Int, in record: Int) -> Int? {
    switch subjects[kind].facts[slot].origin {
    case .record(record, let field): field
    case .merged(let slots):
      slots.lazy.compactMap { self.field(behind: $0, of: kind, in: record) }.first
    case .record, .asOf, .list, .derived, .reference, .members, .result: nil
    }
  }
}
