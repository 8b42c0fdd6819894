public import RulePacks
public import Tables

public struct LinkSettings: Sendable {
  /// The date that all criteria are applied at.
  public var asOf: PartialDate
  /// How many pieces of work run at once; decides nothing else.
  public var jobs: Int

  public init(asOf: PartialDate, jobs: Int) {
    self.asOf = asOf
    self.jobs = jobs
  }
}

/// What linkage gives: dossiers, and everything about the rows that a person should look at.
public struct Linked: Sendable {
  /// With the corrections laid over the records; derived facts and results are still absent.
  public var dossiers: Dossiers
  /// Superseded rows are counted, and no longer as accepted.
  public var files: [DeliveredFile]
  public var findings: [Finding]
  public var corrections: [AppliedCorrection]
  /// Rows that found no subject.
  public var unmatched: Int
  /// What intake found, with the subjects that the rows concerned belong to.
  public var delivered: [Finding]
}

/// Joins all rows that speak of the same subject into its dossier.
///
/// Corrections are laid over the delivered values first. Rows are joined by the identity steps of
/// their subject kind, never by likeness; what is near is listed for a person. Of rows that were not
/// accepted the dossier knows that they are there. The outcome does not depend on the order of rows
/// or files, on how rows are split among files, nor on `jobs`.
///
/// - Complexity: linear in the rows but for sorting the subjects' ids.
public func link(_ delivery: consuming Delivery, pack: RulePack, settings: LinkSettings) async
  -> Linked
{
  var (linked, unaccepted) = await linkAccepted(delivery, pack: pack, settings: settings)
  // Last, when nobody else holds the tables, so that they grow where they are.
  linked.findings += linked.dossiers.add(unaccepted, pack)
  return linked
}

/// The same of the accepted rows, and whose the others are.
private func linkAccepted(
  _ delivery: consuming Delivery, pack: RulePack, settings: LinkSettings
) async -> (linked: Linked, unaccepted: UnacceptedRows) {
  var delivery = delivery
  let corrections = overlayCorrections(on: &delivery, pack: pack)
  let rows = Rows(
    pack: pack, tables: delivery.records, delivered: delivery.delivered,
    paths: delivery.files.map(\.path), jobs: max(1, settings.jobs),
    originals: originals(of: delivery.files), shareLines: delivery.files.map(\.sharesLines))
  var rolls: [SubjectRegister] = []
  for kind in pack.subjects.indices { rolls.append(await enrol(kind, rows)) }
  let attachments = await attachAll(rolls, rows)
  let unaccepted = UnacceptedRows(delivery.unaccepted, rolls, rows)
  for kind in rolls.indices { rolls[kind].forgetKeys() }
  // Looking for near names goes on while dossiers are made of the rows that have found theirs.
  let enrolled = rolls
  async let searched =
    rows.jobs > 1 ? unmatchedFindings(attachments, enrolled, rows) : []
  let kept = await keepAll(attachments, rolls, rows)

  var dossiers = Dossiers(
    records: rows.tables.map { $0.withoutPrecedences },
    subjects: rolls.map { register in
      SubjectTable(
        ids: register.ids,
        facts: factColumns(of: register.kind, kept: kept.map(\.kept), asOf: settings.asOf, rows),
        unknownWhenEmpty: unknownWhenEmpty(of: register.kind, pack))
    })
  let unread = blockUnread(&dossiers, delivery.findings, rows)
  let references = await refer(&dossiers, rows)
  let merged = await mergedFindings(dossiers, rows)
  let unmatched =
    rows.jobs > 1 ? await searched : await unmatchedFindings(attachments, rolls, rows)

  var files = delivery.files
  for (record, kept) in kept.enumerated() {
    countSuperseded(kept.kept.losses.map(\.loser), in: rows.tables[record], files: &files)
  }
  for record in corrections.copies.indices where !corrections.copies[record].isEmpty {
    countSuperseded(
      corrections.copies[record].map(\.loser), in: rows.tables[record], files: &files)
  }
  let linked = Linked(
    dossiers: dossiers, files: files,
    findings: findings(ofCopied: files) + corrections.findings
      + pack.records.indices.flatMap { record in
        findings(
          ofLosses: Kept(losses: corrections.copies[record]), record: record, ids: nil,
          rows)
      } + rolls.flatMap { findings(ofRoll: $0, rows) } + unmatched
      + kept.flatMap(\.findings) + merged + unread + references,
    corrections: counting(corrections.applied, kept.map(\.kept), rows),
    unmatched: rolls.reduce(0) { sum, register in
      rows.kinds(of: register.kind).reduce(sum) {
        $0 + attachments[$1].rowsWithoutSubject($1, register.steps, rows).count
      }
    },
    delivered: naming(delivery.findings, of: delivery.files, attachments, rolls, rows))
  return (linked, unaccepted)
}

/// Applied corrections without those of rows that are copies of a row that has them too.
private func counting(_ applied: [AppliedCorrection], _ kept: [Kept], _ rows: Rows)
  -> [AppliedCorrection]
{
  let targets = Set(applied.compactMap { $0.target?.place })
  guard !targets.isEmpty else { return applied }
  // Of the corrected rows that lost, those that won.
  var winners: [RowPlace: Int] = [:]
  for record in Set(targets.map(\.record)) {
    for loss in kept[record].losses {
      let loser = RowPlace(record: record, row: Int(loss.loser))
      if targets.contains(loser) { winners[loser] = Int(loss.winner) }
    }
  }
  let all = Set(applied.compactMap(CorrectedCell.init))
  return applied.filter { correction in
    guard let target = correction.target, let winner = winners[target.place],
      var cell = CorrectedCell(correction)
    else { return true }
    cell.target.row = winner
    return !all.contains(cell)
      || RowOrder(target.record, unique: [], in: rows).compareContent(target.row, winner) != 0
  }
}

private struct RowPlace: Hashable {
  var record: Int
  var row: Int
}

/// What one correction did to one cell.
private struct CorrectedCell: Hashable {
  var correction: Place
  var target: Provenance

  init?(_ correction: AppliedCorrection) {
    guard let target = correction.target else { return nil }
    self.correction = correction.place
    self.target = target
  }
}

extension Provenance {
  fileprivate var place: RowPlace { RowPlace(record: record, row: row) }
}

private func register(of record: Int, _ rolls: [SubjectRegister], _ rows: Rows) -> SubjectRegister?
{
  guard case .subject(let kind) = rows.pack.records[record].subject else { return nil }
  return rolls[kind]
}

private func keepAll(_ attachments: [RowOwners], _ rolls: [SubjectRegister], _ rows: Rows) async
  -> [(kept: Kept, findings: [Finding])]
{
  await inParallel(rows.pack.records.count, jobs: rows.jobs) { record in
    guard let register = register(of: record, rolls, rows) else { return (Kept(), []) }
    let kept = keep(record, owners: attachments[record].owners, subjects: register.count, rows)
    return (kept, findings(ofLosses: kept, record: record, ids: register.ids, rows))
  }
}

private func unmatchedFindings(_ attachments: [RowOwners], _ rolls: [SubjectRegister], _ rows: Rows)
  async
  -> [Finding]
{
  var all: [Finding] = []
  for register in rolls {
    let records = rows.kinds(of: register.kind)
    let near = await nearNames(attachments, records: records, register, rows)
    for record in records {
      all += findings(
        ofUnmatched: attachments[record], record: record, register: register,
        candidates: near[record] ?? [:], rows)
      all += findings(ofDiffering: attachments[record], record: record, register: register, rows)
    }
    all += await findings(ofNamesIn: records, attachments, register, rows)
  }
  return all
}

private func mergedFindings(_ dossiers: Dossiers, _ rows: Rows) async -> [Finding] {
  var merged: [(subject: Int, slots: [Int], slot: Int)] = []
  for (subject, kind) in rows.pack.subjects.enumerated() {
    for (slot, fact) in kind.facts.enumerated() {
      guard case .merged(let slots) = fact.origin else { continue }
      // Rows have the key of the first step in common, or `code-differs` was said of them.
      if kind.identity.first == [fact.id] { continue }
      merged.append((subject, slots, slot))
    }
  }
  let work = merged
  let found = await inParallel(work.count, jobs: rows.jobs) { index in
    let (subject, slots, slot) = work[index]
    return findings(
      ofMerged: slots, slot: slot, subject: subject, dossiers.subjects[subject], rows)
  }
  return found.flatMap { $0 }
}

/// Fills references and members, after all facts that come from records.
private func refer(_ dossiers: inout Dossiers, _ rows: Rows) async -> [Finding] {
  var references: [(subject: Int, reference: Int)] = []
  for (subject, kind) in rows.pack.subjects.enumerated() {
    for reference in kind.references.indices { references.append((subject, reference)) }
  }
  var found: [Belonging] = []
  for (subject, reference) in references {
    let reference = rows.pack.subjects[subject].references[reference]
    found.append(await resolve(reference, of: subject, dossiers, rows))
  }
  for (index, belonging) in found.enumerated() {
    fill(
      references[index].reference, of: references[index].subject, others: belonging.others,
      into: &dossiers, rows.pack)
  }
  return found.flatMap(\.findings)
}
