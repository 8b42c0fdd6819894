import RulePacks
import Tables

/// Findings about single rows, with the subject that each row belongs to.
///
/// Rows of a file stand in the order of their records, so each is found by bisection; one that is
/// not found, as a row that was returned, leaves its finding without a subject.
///
/// - Complexity: logarithmic in the rows for each finding.
func naming(
  _ findings: [Finding], of files: [DeliveredFile], _ attachments: [RowOwners],
  _ rolls: [SubjectRegister],
  _ rows: Rows
) -> [Finding] {
  let kinds = files.map { file in
    rows.pack.sources.first { $0.id == file.profile }?.record
  }
  return findings.map { finding in
    guard finding.subject == nil, let place = finding.place, place.record > 0,
      kinds.indices.contains(Int(place.file)), let record = kinds[Int(place.file)],
      case .subject(let subject) = rows.pack.records[record].subject,
      let row = row(at: place, in: rows.tables[record]),
      attachments[record].owners.indices.contains(row)
    else { return finding }
    let owner = Int(attachments[record].owners[row])
    guard let register = rolls.first(where: { $0.kind == subject }), owner >= 0 else {
      return finding
    }
    var named = finding
    named.subject = register.ids[owner]
    return named
  }
}

/// The delivered row that stands at a place; nil where none of these does.
func row(at place: Place, in table: RecordTable) -> Int? {
  let places = table.places.dropLast(table.supplied + table.unaccepted)
  let low = places.partitioningIndex { ($0.file, $0.record) >= (place.file, place.record) }
  guard low < places.endIndex, places[low].file == place.file, places[low].record == place.record
  else { return nil }
  return low
}
