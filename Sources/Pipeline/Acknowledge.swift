import Fields
import Labels
import Reports
import RulePacks
import Tables

/// Puts what people said of findings beside them, and gives what is wrong with it.
///
/// A row of acknowledgements is about a finding of its subject, or without one about a finding of a
/// file, a row or a column, of the kind that it names by id or label. It holds while the finding's
/// stamp is the one that it names; under another the finding says something else by now, and is
/// open. There may be several of a kind, about a subject or about none: another stamp is known to
/// have been that of a finding only where it is the only one.
///
/// - Parameter files: paths of the delivered files.
func acknowledge(
  _ findings: inout [Finding], pack: RulePack, dossiers: Dossiers, files: [String]
) -> [Finding] {
  let rows = AcknowledgedRow.all(pack, dossiers)
  guard !rows.isEmpty else { return [] }
  var bySubject: [String: [Int]] = [:]
  for (index, row) in rows.enumerated() { bySubject[row.subject, default: []].append(index) }
  var used = Set<Int>()
  var alike: [Concern: Int] = [:]
  /// Which kind of finding has a stamp, for rows that name another.
  var kinds: [Stamped: Bilingual] = [:]
  for finding in findings where bySubject[finding.subject ?? ""] != nil {
    alike[Concern(finding), default: 0] += 1
  }
  for index in findings.indices {
    guard let mine = bySubject[findings[index].subject ?? ""] else { continue }
    let stamp = findings[index].stamp(in: files)
    let isKnown = alike[Concern(findings[index])] == 1
    let label = pack.label(ofFindingKind: findings[index].rule)
    kinds[Stamped(subject: findings[index].subject ?? "", stamp: matchingKey(stamp))] = label
    let names = Set([findings[index].rule, label.zh, label.en].map(matchingKey))
    for row in mine where names.contains(matchingKey(rows[row].finding)) && rows[row].isSigned {
      let holds = matchingKey(rows[row].stamp) == matchingKey(stamp)
      guard holds || isKnown else { continue }
      // The one that holds counts, and else the last.
      if findings[index].acknowledgement?.state == .acknowledged, !holds { continue }
      if holds { used.insert(row) }
      findings[index].acknowledgement = Acknowledgement(
        state: holds ? .acknowledged : .changed, by: rows[row].by, reason: rows[row].reason,
        on: rows[row].on, place: rows[row].place)
    }
  }
  return rows.indices.compactMap { index in
    if !rows[index].isSigned { return rows[index].unsigned }
    guard !used.contains(index) else { return nil }
    let stamped = Stamped(subject: rows[index].subject, stamp: matchingKey(rows[index].stamp))
    return kinds[stamped].map { rows[index].misnamed($0) } ?? rows[index].unused
  }
}

/// A stamp, and of whom it is.
private struct Stamped: Hashable {
  var subject: String
  var stamp: String
}

/// What a finding is about, and of which kind it is.
private struct Concern: Hashable {
  var subject: String
  var rule: String

  init(_ finding: Finding) {
    subject = finding.subject ?? ""
    rule = finding.rule
  }
}

/// One delivered row of acknowledgements.
private struct AcknowledgedRow {
  /// Empty where it is about what was found in a file.
  var subject: String
  var finding = ""
  var stamp = ""
  var by = ""
  var reason = ""
  var on: PartialDate?
  var place: Place

  /// Without a role and a reason nobody has explained anything.
  var isSigned: Bool { !by.isEmpty && !reason.isEmpty }

  static func all(_ pack: RulePack, _ dossiers: Dossiers) -> [AcknowledgedRow] {
    let ofSubjects = dossiers.subjects.flatMap { subjects in
      subjects.facts.flatMap { fact -> [AcknowledgedRow] in
        guard case .list(let record, let offsets, let rows) = fact,
          pack.records[record].caseRole == .acknowledgements
        else { return [] }
        return (0..<subjects.count).flatMap { subject in
          rows[Int(offsets[subject])..<Int(offsets[subject + 1])].map { row in
            AcknowledgedRow(
              of: subjects.ids[subject], pack.records[record], dossiers.records[record], Int(row))
          }
        }
      }
    }
    return ofSubjects + ofFiles(pack, dossiers)
  }

  /// Those that state nothing by which to find a subject.
  private static func ofFiles(_ pack: RulePack, _ dossiers: Dossiers) -> [AcknowledgedRow] {
    pack.records.indices.filter { pack.records[$0].caseRole == .acknowledgements }
      .flatMap { record -> [AcknowledgedRow] in
        let (kind, table) = (pack.records[record], dossiers.records[record])
        let said = (pack.identitySteps(of: kind) ?? []).joined().map { table.columns[$0].presence }
        return table.places.indices.filter { row in !said.contains { $0.isStated(row) } }
          .map { AcknowledgedRow(of: "", kind, table, $0) }
      }
  }

  private init(of subject: String, _ kind: RecordKind, _ table: RecordTable, _ row: Int) {
    func text(_ id: String) -> String {
      guard let field = kind.field(id) else { return "" }
      let text = table.columns[field].text(row) ?? ""
      return kind.fields[field].sensitivity == .open || text.isEmpty ? text : "…"
    }
    self.subject = subject
    place = table.places[row]
    finding = text("finding")
    stamp = text("stamp")
    by = text("acknowledged_by")
    reason = text("reason")
    if let field = kind.field("acknowledged_on"), case .day(let cells) = table.columns[field],
      cells.presence.isStated(row)
    {
      on = PartialDate(packed: cells.values[row])
    }
  }

  var unsigned: Finding {
    Finding(
      .warning, "acknowledgement-unsigned", subject: subject.isEmpty ? nil : subject, place: place,
      message: Bilingual(
        zh: "对“\(finding)”的确认没有写岗位或理由，没有采用。",
        en: "an acknowledgement of “\(finding)” has no role or no reason, and does not count"),
      cure: Bilingual(zh: "补写确认岗位和理由后重新报送。", en: "add both and deliver it again"))
  }

  /// Where the stamp is that of a finding of another kind.
  func misnamed(_ kind: Bilingual) -> Finding {
    Finding(
      .note, "acknowledgement-unused", subject: subject.isEmpty ? nil : subject, place: place,
      message: Bilingual(
        zh: "对“\(finding)”的确认没有采用：核对码 \(stamp) 是问题类别“\(kind.zh)”的。",
        en: "an acknowledgement of “\(finding)” does not count: \(stamp) is the stamp of a finding "
          + "of the kind “\(kind.en)”"),
      cure: Bilingual(
        zh: "核对后把问题类别改为“\(kind.zh)”，重新报送。",
        en: "look at it, write “\(kind.en)” for the kind, and deliver it again"))
  }

  var unused: Finding {
    Finding(
      .note, "acknowledgement-unused", subject: subject.isEmpty ? nil : subject, place: place,
      message: Bilingual(
        zh: "对“\(finding)”（核对码 \(stamp)）的确认没有对应的数据问题：已经改正，或者情况已变。",
        en:
          "an acknowledgement of “\(finding)” (stamp \(stamp)) is of no finding of this run: it is "
          + "mended, or says something else by now"),
      cure: Bilingual(
        zh: "不再需要的可以删去；仍有的，核对后按现在的核对码重新确认。",
        en:
          "delete it if it is not needed; else look again, and acknowledge it under its stamp of now"
      ))
  }
}
