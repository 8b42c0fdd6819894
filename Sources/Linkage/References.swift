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
  let own = Stated(reference.by, subject: subject, dossiers, rows)
  let theirs = Stated(reference.match, subject: reference.subject, dossiers, rows)
  // Whoever is fewer is looked up.
  let matched =
    own.count < theirs.count
    ? await matches(ofFew: own, among: theirs) : await matches(of: own, amongFew: theirs)
  var findings: [Finding] = []
  var unwritten = 0
  let isEmpty = dossiers.subjects[reference.subject].count == 0
  for miss in matched.misses {
    // Where no such subject exists at all, one line says so for all.
    if isEmpty || findings.count >= findingLimit {
      unwritten += 1
    } else {
      findings.append(
        unresolved(reference, subject, miss.row, dossiers, isShared: miss.isShared, rows))
    }
  }
  if unwritten > 0 {
    findings.append(
      more("no-reference", unwritten, of: rows.pack.subjects[reference.subject].title))
  }
  return Belonging(others: matched.others, findings: findings)
}

/// Which other each has; −1 for none.
private struct Matches: Sendable {
  var others: [Int32] = []
  /// Those who state something that none of the others has, or several.
  var misses: [(row: Int, isShared: Bool)] = []

  /// - Parameters:
  ///   - row: the next row.
  ///   - other: the first other that has the same, or −1.
  mutating func append(_ row: Int, _ other: Int32, isShared: Bool, isStated: Bool) {
    others.append(isShared ? -1 : other)
    if isStated, isShared || other < 0 { misses.append((row, isShared)) }
  }
}

private func matches(of own: Stated, amongFew theirs: Stated) async -> Matches {
  let index = KeyIndex(theirs.keys(of: 0..<theirs.count))
  var isShared = Array(repeating: false, count: theirs.count)
  for row in index.groups.indices where index.groups[row] >= 0 && index.groups[row] != Int32(row) {
    isShared[Int(index.groups[row])] = true
  }
  let shared = isShared
  let pieces = await own.overStretches { rows, keys in
    var matches = Matches()
    for (lane, other) in index.find(0..<keys.count, in: keys).enumerated() {
      matches.append(
        rows.lowerBound + lane, other, isShared: other >= 0 && shared[Int(other)],
        isStated: keys.presence.isStated(lane))
    }
    return matches
  }
  var all = Matches()
  all.others.reserveCapacity(own.count)
  for piece in pieces {
    all.others.append(contentsOf: piece.others)
    all.misses.append(contentsOf: piece.misses)
  }
  return all
}

private func matches(ofFew own: Stated, among theirs: Stated) async -> Matches {
  let index = KeyIndex(own.keys(of: 0..<own.count))
  let pieces = await theirs.overStretches { rows, keys in
    index.find(0..<keys.count, in: keys).enumerated().compactMap { lane, group in
      group < 0 ? nil : (group: group, row: Int32(rows.lowerBound + lane))
    }
  }
  var first = Array(repeating: Int32(-1), count: own.count)
  var isShared = Array(repeating: false, count: own.count)
  for (group, row) in pieces.joined() {
    if first[Int(group)] < 0 { first[Int(group)] = row } else { isShared[Int(group)] = true }
  }
  var matches = Matches()
  for (row, group) in index.groups.enumerated() {
    matches.append(
      row, group < 0 ? -1 : first[Int(group)], isShared: group >= 0 && isShared[Int(group)],
      isStated: index.keys.presence.isStated(row))
  }
  return matches
}

/// A fact of all subjects of a kind, as matching keys.
private struct Stated: Sendable {
  let count: Int
  private let sources: [Source]
  private let jobs: Int

  init(
    _ fact: Int, subject: Int, _ dossiers: Dossiers, _ rows: Rows
  ) {
    let table = dossiers.subjects[subject]
    var slots = [fact]
    if case .firstStated(let several, _) = table.facts[fact] { slots = several }
    sources = slots.compactMap { Source(table.facts[$0], dossiers) }
    count = table.count
    jobs = rows.jobs
  }

  func keys(of subjects: Range<Int>) -> TextColumn { Linkage.keys(of: subjects, sources) }

  func overStretches<Outcome: Sendable>(
    _ work: @escaping @Sendable (Range<Int>, TextColumn) -> Outcome
  ) async -> [Outcome] {
    let parts = stretches(of: count, length: 1 << 16)
    return await inParallel(parts.count, jobs: jobs) { work(parts[$0], keys(of: parts[$0])) }
  }
}

/// A record kind's column that states the fact, and the row of each subject.
private struct Source: Sendable {
  let rows: [Int32]
  let part: KeyPart

  init?(_ fact: FactColumn, _ dossiers: Dossiers) {
    guard case .chosen(let record, let field, let rows) = fact else { return nil }
    self.rows = rows
    part = KeyPart(dossiers.records[record].columns[field], .folded)
  }
}

/// The first that is stated counts.
private func keys(of subjects: Range<Int>, _ sources: [Source]) -> TextColumn {
  var keys = TextColumn()
  for stretch in stretches(of: subjects.count, length: KeyRun.length) {
    let first = subjects.lowerBound + stretch.lowerBound
    let run = run(of: first..<first + stretch.count, sources)
    keys.append(run.bytes.span, ends: run.ends.span)
  }
  return keys
}

private func run(of subjects: Range<Int>, _ sources: [Source]) -> KeyRun {
  var run = KeyRun()
  // Those of whom no source so far states anything.
  var isOpen = Array(repeating: true, count: subjects.count)
  let everyone = Array(repeating: Int32(0), count: subjects.count)
  for (number, source) in sources.enumerated() where isOpen.contains(true) {
    var rows = Array(source.rows[subjects])
    for lane in rows.indices where !isOpen[lane] { rows[lane] = -1 }
    source.part.dropUnstated(from: &rows)
    for lane in rows.indices where rows[lane] >= 0 { isOpen[lane] = false }
    var more = KeyRun()
    source.part.append(rows, to: &more)
    guard number > 0 else {
      run = more
      continue
    }
    var joined = KeyRun()
    joined.append(run, more, seam: nil, everyone.span)
    run = joined
  }
  return run
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
