import RulePacks
import Tables

/// The rows of one record kind that found no subject, each with what it states of itself and who
/// it may mean.
func findings(
  ofUnmatched attachment: RowOwners, record: Int, register: SubjectRegister,
  candidates: [Int32: [Int32]],
  _ rows: Rows
) -> [Finding] {
  let kind = rows.pack.records[record]
  var findings: [Finding] = []
  var unwritten = 0
  for row in attachment.rowsWithoutSubject(record, register.steps, rows) {
    guard findings.count < findingLimit else {
      unwritten += 1
      continue
    }
    let said = identity(of: row, record: record, register.steps, rows)
    let why = reason(kind, said, isAmbiguous: attachment.ambiguous.contains(Int32(row)))
    let near = (candidates[Int32(row)] ?? []).map { candidate($0, register, rows) }
    findings.append(
      Finding(
        .warning, "unmatched", place: rows.tables[record].places[row],
        message: Bilingual(
          zh: why.zh + (near.isEmpty ? "" : "相近的有：" + near.joined(separator: "；") + "。"),
          en: why.en + (near.isEmpty ? "" : " Near are: " + near.joined(separator: "; ") + ".")),
        cure: near.isEmpty
          ? Bilingual(
            zh: "核对代码和名称，更正后重新报送；若主体漏报，请补报其登记。",
            en: "Check code and name and send the row again; or deliver the missing registration.")
          : Bilingual(
            zh: "请人工判断是否为所列主体，确认后更正代码重新报送；系统不自动归并。",
            en: "A person decides whether one of these is meant and corrects the code; "
              + "nothing is joined by likeness.")))
  }
  if unwritten > 0 { findings.append(more("unmatched", unwritten, of: kind.title)) }
  return findings
}

extension RowOwners {
  /// The rows that should have a subject and found none.
  func rowsWithoutSubject(_ record: Int, _ steps: Steps, _ rows: Rows) -> [Int] {
    let kind = rows.pack.records[record]
    let found = owners.indices.filter { owners[$0] < 0 }
    guard !kind.needsSubject else { return found }
    let said = steps.fields.joined().compactMap { kind.field($0) }
      .map { rows.tables[record].columns[$0].presence }
    return found.filter { row in said.contains { $0.isStated(row) } }
  }
}

private func reason(_ kind: RecordKind, _ said: String, isAmbiguous: Bool) -> Bilingual {
  if said.isEmpty {
    return Bilingual(
      zh: "\(kind.title)的这一行没有可用于归户的代码或名称。",
      en: "This row of “\(kind.title)” states no code or name by which to find its subject.")
  }
  if isAmbiguous {
    return Bilingual(
      zh: "\(kind.title)的这一行（\(said)）对应多个主体，未归户。",
      en: "This row of “\(kind.title)” (\(said)) fits several subjects and was given to none.")
  }
  return Bilingual(
    zh: "\(kind.title)的这一行（\(said)）未找到对应主体。",
    en: "This row of “\(kind.title)” (\(said)) fits no subject.")
}

/// The identity fields that a row states, as `label value`; those that are not public stay unsaid.
private func identity(of row: Int, record: Int, _ steps: Steps, _ rows: Rows) -> String {
  let kind = rows.pack.records[record]
  var shown: [String] = []
  var seen: Set<String> = []
  for field in steps.fields.joined() where seen.insert(field).inserted {
    guard let index = kind.field(field), rows.isOpen(record, index),
      let text = rows.tables[record].columns[index].text(row)
    else { continue }
    shown.append("\(kind.fields[index].label) \(text)")
  }
  return shown.joined(separator: "，")
}

private func candidate(_ subject: Int32, _ register: SubjectRegister, _ rows: Rows) -> String {
  let id = register.ids[Int(subject)]
  guard let source = nameSource(of: subject, register, rows),
    rows.isOpen(source.record, source.field),
    let name = rows.tables[source.record].columns[source.field].text(source.row)
  else { return id }
  return name == id ? id : "\(name)（\(id)）"
}

private func nameSource(of subject: Int32, _ register: SubjectRegister, _ rows: Rows) -> Statement?
{
  guard let field = rows.pack.subjects[register.kind].candidates,
    let row = register.firstRow(of: subject)
  else { return nil }
  let (record, recordRow) = register.place(ofRosterRow: row)
  return rows.pack.records[record].field(field).map {
    Statement(record: record, field: $0, row: recordRow)
  }
}

/// Rows that found their subject although they state another code than it does.
func findings(
  ofDiffering attachment: RowOwners, record: Int, register: SubjectRegister, _ rows: Rows
)
  -> [Finding]
{
  let kind = rows.pack.records[record]
  var findings: [Finding] = []
  for (row, step) in attachment.differing.prefix(findingLimit) {
    let field = register.steps.fields[step][0]
    let index = kind.field(field)
    let text = index.map {
      Statement(record: record, field: $0, row: Int(row)).shown(in: rows)
    }
    let label = index.map { kind.fields[$0].label } ?? field
    let id = register.ids[Int(attachment.owners[Int(row)])]
    findings.append(
      Finding(
        .warning, "code-differs", subject: id, place: rows.tables[record].places[Int(row)],
        field: field,
        message: Bilingual(
          zh: "\(kind.title)的这一行\(label)为\(text?.zh ?? "")，与主体 \(id) 不同；按后面的识别项归入该主体。",
          en: "\(label) of this row of “\(kind.title)” is \(text?.en ?? ""), not that of \(id), "
            + "to which its other identity fields lead."),
        cure: Bilingual(
          zh: "核对该行是否属于这一主体，更正\(label)后重新报送。",
          en: "Check that the row belongs there, correct \(label) and send it again.")))
  }
  if attachment.differing.count > findingLimit {
    findings.append(
      more("code-differs", attachment.differing.count - findingLimit, of: kind.title))
  }
  return findings
}
