import Tables

/// `quarantine.csv`: every fault of every row that was not accepted, and how to mend it.
func quarantineTable(_ results: Results) -> Document {
  let rows = results.quarantine
  let order = rows.indices.sorted {
    let (left, right) = (rows[$0].place, rows[$1].place)
    return (left.file, left.record, left.line) < (right.file, right.record, right.line)
  }
  let files = results.files.map(\.path)
  let sensitivity = results.sensitivity
  let header = [
    "file", "line", "record", "reason", "field", "raw", "message", "message_en", "cure",
    "cure_en",
  ]
  return Document(
    "quarantine.csv",
    [
      Lines(header: header, count: order.count) { number, csv in
        let row = rows[order[number]]
        for fault in row.faults {
          let file = Int(row.place.file)
          csv.cell(files.indices.contains(file) ? files[file] : "")
          csv.cell(Int(row.place.line))
          csv.cell(Int(row.place.record))
          csv.cell(fault.code)
          csv.cell(fault.field)
          let isHidden = sensitivity.hides(fault.field, ofRecord: row.record)
          csv.cell(isHidden ? "" : fault.raw)
          csv.cell(isHidden ? Phrases.withheldText : fault.message)
          csv.cell(isHidden ? Phrases.withheldCure : fault.cure)
          csv.endRow()
        }
      }
    ])
}
