import Labels
import Tables

/// `corrections.csv`: every correction received, what became of it, and both values.
func correctionsTable(_ results: RunResult) -> ReportTable {
  let corrections = results.corrections
  let files = results.files.map(\.path)
  let places = results.dossiers.records.map(\.places)
  let sensitivity = results.sensitivity
  let outcomes = AppliedCorrection.Outcome.allCases
  @Sendable func isHidden(_ row: Int) -> Bool {
    let correction = corrections[row]
    return correction.target.map { sensitivity.hides($0) } ?? sensitivity.hides(correction.field)
  }
  @Sendable func target(_ row: Int) -> Place? {
    corrections[row].target.map { places[$0.record][$0.row] }
  }
  func text(
    _ id: String, _ label: Bilingual, _ width: Double = 16,
    _ text: @escaping @Sendable (AppliedCorrection) -> String
  ) -> ReportColumn {
    ReportColumn(id: id, label: label, values: .text { text(corrections[$0]) }, width: width)
  }
  func value(
    _ id: String, _ label: Bilingual, _ value: @escaping @Sendable (AppliedCorrection) -> String
  ) -> ReportColumn {
    ReportColumn(
      id: id, label: label, values: .text { isHidden($0) ? "" : value(corrections[$0]) }, width: 24)
  }
  func place(
    _ prefix: String, _ labels: (file: Bilingual, line: Bilingual),
    _ place: @escaping @Sendable (Int) -> Place?
  ) -> [ReportColumn] {
    @Sendable func known(_ row: Int) -> Place? {
      place(row).flatMap { files.indices.contains(Int($0.file)) ? $0 : nil }
    }
    return [
      ReportColumn(
        id: "\(prefix)file", label: labels.file,
        values: .text { row in known(row).map { files[Int($0.file)] } ?? "" }, width: 30),
      ReportColumn(
        id: "\(prefix)line", label: labels.line,
        values: .count { row in known(row).map { Int($0.line) } }, width: 8),
    ]
  }
  return ReportTable(
    path: "corrections.csv", title: Bilingual(zh: "更正", en: "Corrections"),
    columns: [
      ReportColumn(
        id: "outcome", label: ColumnLabel.outcome,
        values: .word(Words(outcomes.map { ($0.rawValue, $0.label) })) { row in
          outcomes.firstIndex(of: corrections[row].outcome)
        }, width: 16),
      text("subject", ColumnLabel.subject, 21) { $0.subject },
      text("field", ColumnLabel.field) { $0.field },
      value("delivered_value", ColumnLabel.delivered) { $0.oldValue },
      value("corrected_value", ColumnLabel.correctedValue) { $0.newValue },
      text("reason", ColumnLabel.correctionReason, 40) { $0.reason },
    ] + place("", (ColumnLabel.file, ColumnLabel.line)) { corrections[$0].place }
      + place("target_", (ColumnLabel.targetFile, ColumnLabel.targetLine)) { target($0) }
      + [
        text("document", ColumnLabel.document) { $0.document },
        text("decided_by", ColumnLabel.decidedBy) { $0.decidedBy },
        text("decided_on", ColumnLabel.decidedOn, 11) { $0.decidedOn?.description ?? "" },
      ], count: corrections.count)
}
