import Labels
import RulePacks
import Tables

/// `findings.csv`: what a person should look at, gravest first, each with what to do about it.
///
/// The order follows from the findings alone, whoever reported them first.
func findingsTable(_ results: RunResult) -> ReportTable {
  let findings = results.findings
  let files = results.files.map(\.path)
  let sensitivity = results.sensitivity
  let severities = Finding.Severity.allCases
  let kinds = KindWords(findings.lazy.map(\.rule), results)
  let subjects = NamedSubjects(results)
  let offices = ActingOffices(results, subjects)
  @Sendable func place(_ row: Int) -> Place? {
    findings[row].place.flatMap { files.indices.contains(Int($0.file)) ? $0 : nil }
  }
  // A message may quote what was delivered.
  @Sendable func isHidden(_ row: Int) -> Bool {
    findings[row].field.map { sensitivity.hides($0) } ?? false
  }
  let columns =
    [
      ReportColumn(
        id: "severity", label: ColumnLabel.degree,
        values: .word(Words(severities.map { ($0.rawValue, $0.label) })) { row in
          severities.firstIndex(of: findings[row].severity)
        }, width: 9),
      ReportColumn(
        id: "rule", label: ColumnLabel.kind,
        values: .word(kinds.words) { kinds.numbers[findings[$0].rule] }, width: 22),
      ReportColumn(
        id: "subject", label: ColumnLabel.subject, values: .text { findings[$0].subject ?? "" },
        width: 21),
      ReportColumn(
        id: "name", label: ColumnLabel.name,
        values: .text { findings[$0].subject.map { subjects.name(of: $0) } ?? "" }, width: 32),
      .ranking(subjects, results) { findings[$0].subject },
      .office(offices) { offices.number(of: findings[$0]) },
      ReportColumn(
        id: "file", label: ColumnLabel.file,
        values: .text { row in place(row).map { files[Int($0.file)] } ?? "" }, width: 30),
      ReportColumn(
        id: "line", label: ColumnLabel.line,
        values: .count { row in place(row).map { Int($0.line) } }, width: 8),
      ReportColumn(
        id: "field", label: ColumnLabel.field, values: .text { findings[$0].field ?? "" },
        readers: [.machines, .page]),
    ]
    + .sentence("message", ColumnLabel.message, width: 60, language: results.language) { row in
      isHidden(row) ? Phrases.withheldText : findings[row].message
    }
    + .sentence("cure", ColumnLabel.cure, width: 50, language: results.language) { row in
      isHidden(row) ? Phrases.withheldCure : findings[row].cure
    }
  return ReportTable(
    path: "findings.csv", title: Finding.labelOfAll,
    columns: columns + acknowledgementColumns(results),
    count: findings.count, order: publicationOrder(findings).map { Int32($0) })
}

/// What people said of findings, where the pack keeps it.
private func acknowledgementColumns(_ results: RunResult) -> [ReportColumn] {
  guard results.pack.records.contains(where: { $0.caseRole == .acknowledgements }) else {
    return []
  }
  let (findings, files) = (results.findings, results.files.map(\.path))
  // The last is for none.
  let states = Acknowledgement.State.allCases
  let words = states.map { ($0.rawValue, $0.label) } + [("open", Acknowledgement.open)]
  func text(
    _ id: String, _ label: Bilingual, _ width: Double,
    _ text: @escaping @Sendable (Acknowledgement) -> String
  ) -> ReportColumn {
    ReportColumn(
      id: id, label: label,
      values: .text { findings[$0].acknowledgement.map(text) ?? "" }, width: width)
  }
  return [
    ReportColumn(
      id: "state", label: ColumnLabel.findingState,
      values: .word(Words(words)) { row in
        findings[row].acknowledgement.flatMap { states.firstIndex(of: $0.state) } ?? states.count
      }, width: 14),
    ReportColumn(
      id: "stamp", label: ColumnLabel.stamp,
      values: .text { findings[$0].stamp(in: files) }, width: 12),
    text("acknowledged_by", ColumnLabel.acknowledgedBy, 18) { $0.by },
    text("acknowledged_reason", ColumnLabel.acknowledgedReason, 36) { $0.reason },
    text("acknowledged_on", ColumnLabel.acknowledgedOn, 12) { $0.on?.description ?? "" },
    text("acknowledged_in", ColumnLabel.acknowledgedIn, 24) { given in
      let file = Int(given.place.file)
      return files.indices.contains(file) ? "\(files[file]):\(given.place.line)" : ""
    },
  ]
}

/// The kinds of some findings or faults: their ids, and what people read.
struct KindWords: Sendable {
  let words: Words
  /// By id, the number of the word.
  let numbers: [String: Int]

  init(_ ids: some Sequence<String>, _ results: RunResult) {
    let ids = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    words = Words(ids.map { ($0, results.pack.label(ofFindingKind: $0)) })
    numbers = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
  }
}

/// By severity, rule, place, subject, field and message.
func publicationOrder(_ findings: [Finding]) -> [Int] {
  let rules = Set(findings.map(\.rule)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
  // Numbers decide nearly always; texts are compared only where they leave a tie.
  let keys = findings.map { finding in
    let place = finding.place
    let group = finding.severity.order * rules.count + (places[finding.rule] ?? 0)
    return (group, Int(place?.file ?? -1), Int(place?.line ?? 0), Int(place?.record ?? 0))
  }
  return findings.indices.sorted { left, right in
    guard keys[left] == keys[right] else { return keys[left] < keys[right] }
    return findings[left].texts < findings[right].texts
  }
}

extension Finding {
  fileprivate var texts: (String, String, String, String, String) {
    (subject ?? "", field ?? "", message.zh, message.en, cure.zh)
  }
}

extension Finding.Severity {
  /// Gravest first.
  fileprivate var order: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}
