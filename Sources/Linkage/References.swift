import RulePacks
import Tables

/// Which other subject each subject of one kind belongs to, by reference.
struct Belonging: Sendable {
  /// The other subject's row; −1 for none.
  var others: [Int32]
  var findings: [Finding]
}

/// Resolves one reference by comparing the two facts' texts as matching keys.
///
/// - Parameter dossiers: with all facts that come from records.
func resolve(
  _ reference: SubjectKind.Reference, of subject: Int, _ dossiers: Dossiers, _ rows: Rows
) async -> Belonging {
  let likeness = likeness(of: reference, from: subject, rows)
  let own = await keys(of: reference.by, subject: subject, likeness, dossiers, rows)
  let theirs = KeyIndex(
    await keys(of: reference.match, subject: reference.subject, likeness, dossiers, rows))
  var shared: Set<Int32> = []
  for row in theirs.groups.indices where theirs.groups[row] >= 0 {
    if theirs.groups[row] != Int32(row) { shared.insert(theirs.groups[row]) }
  }
  var others = theirs.find(0..<own.count, in: own)
  var findings: [Finding] = []
  var unwritten = 0
  let isEmpty = dossiers.subjects[reference.subject].count == 0
  for row in others.indices {
    let isShared = shared.contains(others[row])
    if isShared { others[row] = -1 }
    guard others[row] < 0, own.presence.isStated(row) else { continue }
    // Where no such subject exists at all, one line says so for all.
    if isEmpty || findings.count >= findingLimit {
      unwritten += 1
    } else {
      findings.append(
        unresolved(reference, subject, row, dossiers, isShared: isShared, rows))
    }
  }
  if unwritten > 0 {
    findings.append(
      more("no-reference", unwritten, of: rows.pack.subjects[reference.subject].title))
  }
  return Belonging(others: others, findings: findings)
}

/// As names where either side is one.
private func likeness(of reference: SubjectKind.Reference, from subject: Int, _ rows: Rows)
  -> Likeness
{
  let ids = [
    rows.pack.subjects[subject].facts[reference.by].id,
    rows.pack.subjects[reference.subject].facts[reference.match].id,
  ]
  let hasName = rows.pack.records.contains { kind in
    kind.fields.contains { ids.contains($0.id) && $0.type == .name }
  }
  return hasName ? .name : .folded
}

/// Matching keys of a fact for all subjects of a kind.
private func keys(
  of fact: Int, subject: Int, _ likeness: Likeness, _ dossiers: Dossiers, _ rows: Rows
) async -> TextColumn {
  let table = dossiers.subjects[subject]
  var slots = [fact]
  if case .firstStated(let several) = table.facts[fact] { slots = several }
  let sources = slots.compactMap { Source(table.facts[$0], likeness, dossiers) }
  let parts = stretches(of: table.count, length: 1 << 16)
  return await joinedKeys(parts.count, jobs: rows.jobs) { keys(of: parts[$0], sources) }
}

/// A record kind's column that states the fact, and the row of each subject.
private struct Source: Sendable {
  let rows: [Int32]
  let part: KeyPart

  init?(_ fact: FactColumn, _ likeness: Likeness, _ dossiers: Dossiers) {
    guard case .chosen(let record, let field, let rows) = fact else { return nil }
    self.rows = rows
    part = KeyPart(dossiers.records[record].columns[field], likeness)
  }
}

/// The first that is stated counts.
private func keys(of subjects: Range<Int>, _ sources: [Source]) -> TextColumn {
  var keys = TextColumn()
  var key: [UInt8] = []
  for subject in subjects {
    key.removeAll(keepingCapacity: true)
    for source in sources.indices {
      let row = Int(sources[source].rows[subject])
      guard row >= 0, sources[source].part.isStated(row) else { continue }
      sources[source].part.append(row, to: &key)
      break
    }
    if key.isEmpty { keys.appendAbsent(.notStated) } else { keys.append(key[...]) }
  }
  return keys
}

private func unresolved(
  _ reference: SubjectKind.Reference, _ subject: Int, _ row: Int, _ dossiers: Dossiers,
  isShared: Bool, _ rows: Rows
) -> Finding {
  let kind = rows.pack.subjects[subject]
  let other = rows.pack.subjects[reference.subject]
  let fact = kind.facts[reference.by]
  let text =
    fact.sensitivity == .open
    ? dossiers.text(subject: subject, fact: reference.by, row: row) ?? "" : "…"
  let why =
    isShared
    ? Bilingual(zh: "对应多个\(other.title)", en: "names several subjects of “\(other.title)”")
    : Bilingual(zh: "没有对应的\(other.title)", en: "names no known subject of “\(other.title)”")
  let place = dossiers.provenance(subject: subject, fact: reference.by, row: row).map {
    dossiers.records[$0.record].places[$0.row]
  }
  return Finding(
    .note, "no-reference", subject: dossiers.subjects[subject].ids[row], place: place,
    field: fact.id,
    message: Bilingual(
      zh: "\(fact.label)“\(text)”\(why.zh)。", en: "\(fact.label) “\(text)” \(why.en)."),
    cure: Bilingual(
      zh: "核对名称，或报送该\(other.title)的登记。",
      en: "Check the name, or deliver the row of “\(other.title)” that it names."))
}
