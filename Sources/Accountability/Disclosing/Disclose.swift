import Foundation
import Intake
package import Ledger
import PastRuns
package import Pipeline
import Reports
package import Requests
import RulePacks
package import Tables

/// Everything that a run holds about one subject.
package struct Disclosure: Sendable {
  package var run: String
  package var title: String
  package var purpose: String
  /// What people read in place of the purpose's id.
  package var purposeTitle: String
  package var legalBasis: String
  /// Where to ask for corrections.
  package var contact: String
  package var subject: String
  /// Title of the subject's kind.
  package var kind: String
  package var rows: [Row]
  /// What was concluded from the rows.
  package var derived: [Value]
  package var results: [Result]
  /// Lists on which the subject stands, with what is proposed, objections and decisions.
  package var listings: [Explanation.Listing]
  /// Corrections received about the subject, and what became of them.
  package var corrections: [Correction]
  /// What the run said about the subject's data.
  package var findings: [Remark]
  /// What the ledger keeps of the subject, of this and other runs.
  package var kept: [Kept]

  /// A delivered row.
  package struct Row: Sendable {
    /// Title of the record kind.
    package var record: String
    package var file: String
    package var line: Int
    /// One a field of the data dictionary.
    package var fields: [Value]
  }

  package struct Value: Sendable, Equatable {
    package var id: String
    package var label: String
    /// Nil where nothing is stated, and where it is not shown.
    package var value: String?
    /// The value as people read it: yes or no, a code by its name, an amount in its unit; nil as
    /// `value` is.
    package var words: Bilingual?
    /// As it was delivered; nil for what is not public.
    package var raw: String?
    package var state: State
    /// What is laid over the delivered value.
    package var correction: Explanation.Correction?
  }

  package enum State: String, Sendable {
    case stated
    case notStated = "not-stated"
    /// Something is held that the pack does not let anybody see.
    case withheld
  }

  package struct Result: Sendable {
    package var rubric: String
    package var title: String
    package var outcome: SubjectOutcome
    package var labels = RubricLabels()
  }

  package struct Correction: Sendable, Equatable {
    /// As the correction calls the field.
    package var field: String
    /// What the data dictionary calls it; as the correction does where it fits no field.
    package var label: String
    package var outcome: AppliedCorrection.Outcome
    /// Empty where the field is not shown.
    package var oldValue: String
    package var newValue: String
    package var reason: String
    package var document: String
    /// The role that decided it, and when.
    package var decidedBy: String
    package var decidedOn: String
  }

  /// A result in the ledger.
  package struct Kept: Sendable {
    package var run: String
    package var asOf: String
    package var rubric: String
    /// What the rubric is called.
    package var title: String
    /// Nil where only the result is kept.
    package var behind: PastFacts?
  }

  package struct Remark: Sendable, Equatable {
    package var file: String
    package var line: Int
    package var message: Bilingual
  }
}

/// Reads a run's delivery again and gathers what it says of one subject.
///
/// Public fields are told with their delivered text. A `personal` field is told, without it, where
/// its `purposes` allow the run's; a `sensitive` one is named, never told. Digests of identity
/// numbers are never told.
package func disclose(run: String, subject: String, request: Request) async throws(RunFailure)
  -> Disclosure
{
  let request = try recorded(run, rules: request.rules, request: request)
  let evaluated = try await evaluate(request, EvaluationOptions(withoutIntervals: true))
  try requireUnchanged(evaluated, run: run, request: request)
  let key = try readDigestKey(request, plan: evaluated.run)
  guard let id = evaluated.id(of: subject, key: key), let (kind, row) = evaluated.find(id) else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "批次“\(evaluated.run.id)”没有“\(subject)”的任何数据 — 请写对象的编号（如统一社会信用代码），"
            + "在报告页面 index.html 中可以按名称查到；编号无误的，可答复申请人：本批次不持有其信息",
          en:
            "run “\(evaluated.run.id)” holds nothing about “\(subject)” — give the subject's id, such "
            + "as a credit code, which index.html of the report finds by name; if the id is right, "
            + "the answer is that this run holds nothing")
      ])
  }
  let gathering = Gathering(evaluated: evaluated, kind: kind, row: row)
  let rows = gathering.rows
  let raw = try delivered(rows, of: evaluated, request: request)
  let plan = evaluated.run
  return Disclosure(
    run: plan.id, title: plan.title, purpose: plan.purpose,
    purposeTitle: evaluated.pack.about.title(ofPurpose: plan.purpose), legalBasis: plan.legalBasis,
    contact: evaluated.pack.about.contact, subject: id,
    kind: evaluated.pack.subjects[kind].title,
    rows: rows.map { gathering.disclosed($0, raw) }, derived: gathering.derived,
    results: gathering.results, listings: gathering.listings,
    corrections: gathering.corrections(id),
    findings: gathering.findings(id), kept: try kept(of: id, reports: request.reports))
}

/// Nothing where there is no ledger, or it does not know the subject.
///
/// - Throws: where the ledger cannot be read: what it keeps must not be left out in silence.
private func kept(of subject: String, reports: String) throws(RunFailure) -> [Disclosure.Kept] {
  let history: History
  do {
    history = try Accountability.history(of: subject, reports: reports)
  } catch {
    guard error.kind == .refused else { throw error }
    return []
  }
  return history.rubrics.flatMap { rubric in
    rubric.entries.filter { $0.outcome != nil }.map { entry in
      Disclosure.Kept(
        run: entry.run, asOf: entry.asOf, rubric: rubric.id, title: rubric.title,
        behind: entry.behind)
    }
  }
}

extension RunResult {
  fileprivate func find(_ subject: String) -> (kind: Int, row: Int)? {
    for (kind, table) in dossiers.subjects.enumerated() {
      for row in 0..<table.count where table.ids[row] == subject { return (kind, row) }
    }
    return nil
  }
}

private typealias RawTexts = [String: [UInt32: DeliveredRow]]

private func delivered(
  _ rows: [(record: Int, row: Int)], of evaluated: RunResult, request: Request
) throws(RunFailure) -> RawTexts {
  var wanted: [Int32: Set<UInt32>] = [:]
  for (record, row) in rows {
    let place = evaluated.dossiers.records[record].places[row]
    wanted[place.file, default: []].insert(place.record)
  }
  let requests = wanted.sorted { $0.key < $1.key }.compactMap { file, records in
    evaluated.files.indices.contains(Int(file))
      ? (file: evaluated.files[Int(file)].path, records: records.sorted()) : nil
  }
  do {
    return try reread(
      requests, folder: request.delivery, delivery: evaluated.files, pack: evaluated.pack)
  } catch {
    throw RunFailure(.failed, error.messages)
  }
}

/// What one subject's dossier holds.
private struct Gathering {
  let evaluated: RunResult
  let kind: Int
  let row: Int

  private var pack: RulePack { evaluated.pack }

  /// The rows of the dossier, by record kind.
  var rows: [(record: Int, row: Int)] {
    var found: [(record: Int, row: Int)] = []
    for fact in evaluated.dossiers.subjects[kind].facts {
      switch fact {
      case .chosen(let record, _, let rows):
        guard rows[row] >= 0, !found.contains(where: { $0.record == record }) else { continue }
        found.append((record, Int(rows[row])))
      case .list(let record, let offsets, let rows):
        found += rows[Int(offsets[row])..<Int(offsets[row + 1])].map { (record, Int($0)) }
      case .absent, .constant, .own, .firstStated, .reference, .members: continue
      }
    }
    return found
  }

  func disclosed(_ place: (record: Int, row: Int), _ raw: RawTexts) -> Disclosure.Row {
    let table = evaluated.dossiers.records[place.record]
    let stands = table.places[place.row]
    let file =
      evaluated.files.indices.contains(Int(stands.file))
      ? evaluated.files[Int(stands.file)].path : ""
    let texts = raw[file]?[stands.record]?.texts ?? [:]
    let overlays = evaluated.overlays
    return Disclosure.Row(
      record: pack.records[place.record].title, file: file, line: Int(stands.line),
      fields: pack.records[place.record].fields.enumerated().map { index, field in
        let text = table.columns[index].text(place.row)
        var value = value(
          field.id, field.label, text, raw: texts[field.id], codes: field.codes,
          isTold: tells(field)
        ) { pack.words(of: $0, as: field) }
        value.correction =
          overlays[Provenance(record: place.record, field: index, row: place.row)]
        return value
      })
  }

  /// Facts that were derived, in the order of the pack.
  var derived: [Disclosure.Value] {
    pack.subjects[kind].facts.enumerated().compactMap { slot, fact in
      guard case .derived = fact.origin else { return nil }
      return value(
        fact.id, fact.label, evaluated.dossiers.text(subject: kind, fact: slot, row: row),
        raw: nil, codes: fact.codes, isTold: fact.sensitivity == .open
      ) { pack.words(of: $0, as: fact) }
    }
  }

  var results: [Disclosure.Result] {
    evaluated.scorecards.indices.compactMap { index in
      let card = evaluated.scorecards[index]
      let rubric = pack.rubrics[card.rubric]
      guard rubric.subject == kind, let entry = card.entry(of: row) else { return nil }
      return Disclosure.Result(
        rubric: rubric.id, title: rubric.title,
        outcome: SubjectOutcome(card, evaluated.standings[index], rubric, entry: entry),
        labels: RubricLabels([rubric]))
    }
  }

  func corrections(_ subject: String) -> [Disclosure.Correction] {
    let own = rows
    let about = evaluated.corrections.filter { correction in
      correction.subject == subject
        || own.contains { row in
          correction.target.map { $0.record == row.record && $0.row == row.row } ?? false
        }
    }
    return about.map { correction in
      let field = correction.target.map { pack.records[$0.record].fields[$0.field] }
      let isOpen = field?.sensitivity == .open
      return Disclosure.Correction(
        field: correction.field, label: field?.label ?? correction.field,
        outcome: correction.outcome,
        oldValue: isOpen ? correction.oldValue : "", newValue: isOpen ? correction.newValue : "",
        reason: correction.reason, document: correction.document,
        decidedBy: correction.decidedBy, decidedOn: correction.decidedOn?.description ?? "")
    }
  }

  var listings: [Explanation.Listing] {
    var listings: [Explanation.Listing] = []
    let files = evaluated.files.map(\.path)
    for screening in evaluated.screenings {
      let honour = evaluated.run.honours[screening.honour]
      guard pack.rubrics[honour.rubric].subject == kind,
        let card = evaluated.scorecards.first(where: { $0.rubric == honour.rubric })
      else { continue }
      for line in screening.lines where Int(card.subjects[line.entry]) == row {
        listings.append(
          Explanation.Listing(
            title: honour.title, proposal: line.proposal, file: line.file, files: files))
      }
    }
    for one in evaluated.cases where one.subject == kind && one.row == row && one.honour == nil {
      listings.append(
        Explanation.Listing(title: "", proposal: nil, file: one.file, files: files))
    }
    return listings
  }

  func findings(_ subject: String) -> [Disclosure.Remark] {
    evaluated.findings.filter { $0.subject == subject }.map { finding in
      let file = finding.place.map { Int($0.file) } ?? -1
      return Disclosure.Remark(
        file: evaluated.files.indices.contains(file) ? evaluated.files[file].path : "",
        line: finding.place.map { Int($0.line) } ?? 0, message: finding.message)
    }
  }

  /// Whether a field may be told to those whom it is about.
  private func tells(_ field: Field) -> Bool {
    guard field.type != .residentID else { return false }
    switch field.sensitivity {
    case .open: return true
    case .personal: return field.purposes?.contains(evaluated.run.purpose) ?? true
    case .sensitive: return false
    }
  }

  private func value(
    _ id: String, _ label: String, _ text: String?, raw: String?, codes: Int?, isTold: Bool,
    words: (String) -> Bilingual
  ) -> Disclosure.Value {
    guard let text else {
      return Disclosure.Value(id: id, label: label, value: nil, raw: raw, state: .notStated)
    }
    guard isTold else {
      return Disclosure.Value(id: id, label: label, value: nil, raw: nil, state: .withheld)
    }
    let name = codes.flatMap { table in
      pack.codes[table].codes.first { $0.code == text }?.name
    }
    let isNamed = name.map { !$0.isEmpty && $0 != text } ?? false
    return Disclosure.Value(
      id: id, label: label, value: isNamed ? "\(name ?? "") (\(text))" : text,
      words: words(text), raw: raw, state: .stated)
  }
}
