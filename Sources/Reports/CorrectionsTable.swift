import Tables

/// `corrections.csv`: every correction received, what became of it, and both values.
func correctionsTable(_ results: Results) -> Document {
  let corrections = results.corrections
  let files = results.files.map(\.path)
  let places = results.dossiers.records.map(\.places)
  let sensitivity = results.sensitivity
  let header = [
    "outcome", "subject", "field", "delivered_value", "corrected_value", "reason", "file",
    "line", "target_file", "target_line", "document", "decided_by", "decided_on",
  ]
  return Document(
    "corrections.csv",
    [
      Lines(header: header, count: corrections.count) { number, csv in
        let correction = corrections[number]
        let isHidden =
          correction.target.map { sensitivity.hides($0) } ?? sensitivity.hides(correction.field)
        csv.cell(correction.outcome.rawValue)
        csv.cell(correction.subject)
        csv.cell(correction.field)
        csv.cell(isHidden ? "" : correction.oldValue)
        csv.cell(isHidden ? "" : correction.newValue)
        csv.cell(correction.reason)
        place(correction.place, &csv)
        place(correction.target.map { places[$0.record][$0.row] }, &csv)
        csv.cell(correction.document)
        csv.cell(correction.decidedBy)
        csv.cell(correction.decidedOn?.description ?? "")
        csv.endRow()
      }
    ])

  @Sendable func place(_ place: Place?, _ csv: inout CSV) {
    guard let place, files.indices.contains(Int(place.file)) else {
      csv.empty()
      return csv.empty()
    }
    csv.cell(files[Int(place.file)])
    csv.cell(Int(place.line))
  }
}
