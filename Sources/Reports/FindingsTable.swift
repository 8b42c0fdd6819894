import Tables

/// `findings.csv`: what a person should look at, gravest first, each with what to do about it.
///
/// The order follows from the findings alone, whoever reported them first.
func findingsTable(_ results: Results) -> Document {
  let findings = results.findings
  let order = publicationOrder(findings)
  let files = results.files.map(\.path)
  let sensitivity = results.sensitivity
  let header = [
    "severity", "rule", "subject", "file", "line", "field", "message", "message_en", "cure",
    "cure_en",
  ]
  return Document(
    "findings.csv",
    [
      Lines(header: header, count: order.count) { number, csv in
        let finding = findings[order[number]]
        csv.cell(finding.severity.rawValue)
        csv.cell(finding.rule)
        csv.cell(finding.subject ?? "")
        if let place = finding.place, files.indices.contains(Int(place.file)) {
          csv.cell(files[Int(place.file)])
          csv.cell(Int(place.line))
        } else {
          csv.empty()
          csv.empty()
        }
        csv.cell(finding.field ?? "")
        // A message may quote what was delivered.
        let isHidden = finding.field.map { sensitivity.hides($0) } ?? false
        csv.cell(isHidden ? Phrases.withheldText : finding.message)
        csv.cell(isHidden ? Phrases.withheldCure : finding.cure)
        csv.endRow()
      }
    ])
}

extension CSV {
  /// Two cells: the Chinese sentence and the English one.
  mutating func cell(_ text: Bilingual) {
    cell(text.zh)
    cell(text.en)
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

  /// What people read.
  var shown: Bilingual {
    switch self {
    case .error: Bilingual(zh: "错误", en: "error")
    case .warning: Bilingual(zh: "警告", en: "warning")
    case .note: Bilingual(zh: "提示", en: "note")
    }
  }
}
