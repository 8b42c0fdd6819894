import RulePacks
import Tables

/// Codes that two names use, and codes that two subjects state.
func findings(ofRoll register: SubjectRegister, _ rows: Rows) -> [Finding] {
  twoNames(register, rows) + sharedCodes(register, rows)
}

/// Roster rows that are one subject by a code and have different names.
private func twoNames(_ register: SubjectRegister, _ rows: Rows) -> [Finding] {
  let subject = rows.pack.subjects[register.kind]
  guard subject.facts.indices.contains(subject.name) else { return [] }
  let nameField = subject.facts[subject.name].id
  var first = Array(repeating: Int32(-1), count: register.count)
  var findings: [Finding] = []
  var unwritten = 0
  for row in register.subjects.indices where register.subjects[row] >= 0 {
    let owner = Int(register.subjects[row])
    guard first[owner] >= 0 else {
      first[owner] = Int32(row)
      continue
    }
    guard let mine = statement(nameField, Int32(row), register, rows),
      let other = statement(nameField, first[owner], register, rows),
      let step = sharedCode(row, Int(first[owner]), register), !agree(mine, other, in: rows)
    else { continue }
    if findings.count < findingLimit {
      findings.append(twoNames(step, mine, other, id: register.ids[owner], register, rows))
    } else {
      unwritten += 1
    }
  }
  if unwritten > 0 { findings.append(more("code-two-names", unwritten, of: subject.title)) }
  return findings
}

private func twoNames(
  _ step: Int, _ mine: Statement, _ other: Statement, id: String, _ register: SubjectRegister,
  _ rows: Rows
) -> Finding {
  let code = register.steps.fields[step][0]
  let codeText = statement(code, record: mine, rows)?.shown(in: rows)
  let (a, b) = (other.shown(in: rows), mine.shown(in: rows))
  let places = (rows.name(of: other.place(in: rows)), rows.name(of: mine.place(in: rows)))
  let label = rows.pack.records[mine.record].field(code).map {
    rows.pack.records[mine.record].fields[$0].label
  }
  return Finding(
    .warning, "code-two-names", subject: id, place: mine.place(in: rows), field: code,
    message: Bilingual(
      zh: "\(label ?? code)\(codeText?.zh ?? "")用于两个名称：\(a.zh)（\(places.0)）和\(b.zh)（\(places.1)）。",
      en: "\(label ?? code) \(codeText?.en ?? "") is used for two names: \(a.en) (\(places.0)) and "
        + "\(b.en) (\(places.1))."),
    cure: Bilingual(
      zh: "确认是否更名；若为两个单位，请更正其中一行的代码。",
      en: "Confirm a change of name; if these are two subjects, correct the code of one row."))
}

private func statement(
  _ field: String, _ rosterRow: Int32, _ register: SubjectRegister, _ rows: Rows
)
  -> Statement?
{
  let (record, row) = register.place(ofRosterRow: rosterRow)
  guard let index = rows.pack.records[record].field(field) else { return nil }
  let statement = Statement(record: record, field: index, row: row)
  return statement.isStated(in: rows) ? statement : nil
}

private func statement(_ field: String, record like: Statement, _ rows: Rows) -> Statement? {
  rows.pack.records[like.record].field(field).map {
    Statement(record: like.record, field: $0, row: like.row)
  }
}

/// The first step of a single code in which two roster rows have the same key.
private func sharedCode(_ a: Int, _ b: Int, _ register: SubjectRegister) -> Int? {
  register.indexes.indices.first { step in
    let groups = register.indexes[step].groups
    return register.steps.areCodes[step] && groups[a] >= 0 && groups[a] == groups[b]
  }
}

/// Keys of later steps that several subjects state: rows with nothing else are given to none.
private func sharedCodes(_ register: SubjectRegister, _ rows: Rows) -> [Finding] {
  let title = rows.pack.subjects[register.kind].title
  var findings: [Finding] = []
  for step in register.ambiguous.indices where !register.ambiguous[step].isEmpty {
    let groups = register.indexes[step].groups
    var owners: [Int32: Set<Int32>] = [:]
    for row in groups.indices where register.ambiguous[step].contains(groups[row]) {
      owners[groups[row], default: []].insert(register.subjects[row])
    }
    let shared = owners.sorted { $0.key < $1.key }
    for (key, subjects) in shared.prefix(findingLimit) {
      findings.append(sharedCode(step, key, subjects.sorted(), register, rows))
    }
    if shared.count > findingLimit {
      findings.append(more("shared-identity", shared.count - findingLimit, of: title))
    }
  }
  return findings
}

private func sharedCode(
  _ step: Int, _ key: Int32, _ subjects: [Int32], _ register: SubjectRegister, _ rows: Rows
) -> Finding {
  let (record, row) = register.place(ofRosterRow: key)
  let kind = rows.pack.records[record]
  let parts = register.steps.fields[step].compactMap { field -> (String, Bilingual)? in
    guard let index = kind.field(field) else { return nil }
    let shown = Statement(record: record, field: index, row: row).shown(in: rows)
    return (kind.fields[index].label, shown)
  }
  let ids = subjects.prefix(5).map { register.ids[Int($0)] }
  return Finding(
    register.steps.areCodes[step] ? .warning : .note, "shared-identity", subject: ids.first,
    place: rows.tables[record].places[row], field: register.steps.fields[step][0],
    message: Bilingual(
      zh: "\(subjects.count) 个主体的"
        + parts.map { $0.0 + $0.1.zh }.joined(separator: "、")
        + "相同，但代码不同：\(ids.joined(separator: "、"))。",
      en: "\(subjects.count) subjects with different codes share "
        + parts.map { $0.0 + " " + $0.1.en }.joined(separator: ", ")
        + ": \(ids.joined(separator: ", "))."),
    cure: Bilingual(
      zh: "请人工判断是否为同一主体；是，则更正其中的代码。",
      en: "A person decides whether they are one; if so, correct the code that is wrong."))
}
