import Foundation
import Intake
import Ledger
import PastRuns
import Pipeline
package import Reports
package import Requests
import RulePacks
import Scoring
package import Tables

extension RunResult {
  /// Why one entry of a scorecard has its result, with the file and line of every fact.
  func explanation(card: Int, entry: Int) -> Explanation {
    let scorecard = scorecards[card]
    let rubric = pack.rubrics[scorecard.rubric]
    var explanation = explain(
      dossiers, pack: pack, rubric: scorecard.rubric, row: Int(scorecard.subjects[entry]),
      carried: carried[rubric.id], result: (scorecard, entry))
    explanation.rank = Int(standings[card].ranks[entry])
    if let ranks = intervals[card], ranks.draws > 0 {
      explanation.rankLow = Int(ranks.low[entry])
      explanation.rankHigh = Int(ranks.high[entry])
      explanation.draws = ranks.draws
      explanation.drawnWeights = rubric.robustness?.weights ?? 0
    }
    explanation.cohortSize = Int(standings[card].cohortSizes[entry])
    let overlays = overlays
    explanation.mapEvidence { located($0, overlays) }
    explanation.listings = listings(card: card, entry: entry)
    explanation.announced = announced(card: card, entry: entry)
    explanation.proposal = proposal(
      subject: rubric.subject, row: Int(scorecard.subjects[entry]))
    return explanation
  }

  /// The corrections that took effect on public fields, by the cell that they overlay.
  var overlays: [Provenance: Explanation.Correction] {
    Explanation.Correction.overlays(corrections, files: files).filter { target, _ in
      pack.records[target.record].fields[target.field].sensitivity == .open
    }
  }

  /// The lists on which an entry stands, and its case outside them.
  func listings(card: Int, entry: Int) -> [Explanation.Listing] {
    let rubric = scorecards[card].rubric
    var listings: [Explanation.Listing] = []
    for screening in screenings where run.honours[screening.honour].rubric == rubric {
      for line in screening.lines where line.entry == entry {
        listings.append(
          Explanation.Listing(
            title: run.honours[screening.honour].title, proposal: line.proposal, file: line.file,
            files: files.map(\.path)))
      }
    }
    let (subject, row) = (pack.rubrics[rubric].subject, Int(scorecards[card].subjects[entry]))
    for one in cases where one.subject == subject && one.row == row && one.honour == nil {
      listings.append(
        Explanation.Listing(
          title: "", proposal: nil, file: one.file, files: files.map(\.path)))
    }
    return listings
  }

  private func located(
    _ evidence: Explanation.Evidence, _ overlays: [Provenance: Explanation.Correction]
  ) -> Explanation.Evidence {
    var evidence = evidence
    evidence.from = evidence.from.map { located($0, overlays) }
    evidence.correction = evidence.provenance.flatMap { overlays[$0] }
    evidence.office = evidence.office.map { id in
      pack.about.offices.first { $0.id == id }?.title ?? id
    }
    guard let provenance = evidence.provenance else { return evidence }
    let place = dossiers.records[provenance.record].places[provenance.row]
    guard files.indices.contains(Int(place.file)) else { return evidence }
    if pack.records[provenance.record].fields[provenance.field].sensitivity != .open {
      evidence.value = "***"
    }
    evidence.file = files[Int(place.file)].path
    evidence.line = Int(place.line)
    return evidence
  }
}

/// The explanations of one subject of a run: for every rubric that ranks it, or for one.
///
/// The delivery is read and evaluated again; where a delivered file has changed since the run was
/// published, that is an error, because the explanation would be of something else.
package func explain(
  run: String, subject: String, rubric: String?, request: Request
) async throws(RunFailure) -> [Explained] {
  var request = request
  request.delivery = try delivery(of: run, request: request)
  let evaluated = try await evaluate(request)
  try requireUnchanged(evaluated, run: run, request: request)
  let id = evaluated.id(of: subject, key: try readDigestKey(request, plan: evaluated.run))
  let entries = try find(id ?? subject, rubric: rubric, in: evaluated)
  return try await explain(entries, of: evaluated, request: request)
}

/// The explanations of entries of scorecards.
func explain(
  _ entries: [(card: Int, entry: Int)], of evaluated: RunResult, request: Request
) async throws(RunFailure) -> [Explained] {
  let explanations = try await explanations(of: entries, in: evaluated, request: request)
  let frame = try letterFrame(evaluated, request: request)
  return explanations.map { explanation in
    Explained(
      explanation: explanation, frame: frame,
      json: explanationLine(
        explanation, dossiers: evaluated.dossiers, files: evaluated.files, pack: evaluated.pack))
  }
}

/// Explanations with what would better each, and the delivered texts; as many at a time as jobs.
func explanations(
  of entries: [(card: Int, entry: Int)], in evaluated: RunResult, request: Request
) async throws(RunFailure) -> [Explanation] {
  let jobs = min(request.jobs, entries.count)
  let missing = Dictionary(
    uniqueKeysWithValues: Set(entries.map(\.card)).map { ($0, MissingFacts(evaluated, card: $0)) })
  var explanations = await withTaskGroup(of: [(Int, Explanation)].self) { group in
    for job in 0..<jobs {
      group.addTask {
        var own: [(Int, Explanation)] = []
        for index in stride(from: job, to: entries.count, by: jobs) {
          let (card, entry) = entries[index]
          var explanation = evaluated.explanation(card: card, entry: entry)
          explanation.missing = missing[card]?.of(entry: entry) ?? []
          explanation.changes = await evaluated.changes(card: card, entry: entry)
          own.append((index, explanation))
        }
        return own
      }
    }
    var all = entries.map { _ in Explanation() }
    for await own in group {
      for (index, explanation) in own { all[index] = explanation }
    }
    return all
  }
  try fillRaw(&explanations, evaluated: evaluated, request: request)
  return explanations
}

/// An explanation for people, and the same for machines.
package struct Explained: Sendable {
  package var explanation: Explanation
  /// What a printed letter says beside the result.
  package var frame: LetterFrame
  /// One line, as `reports/explanation.schema.json` describes it.
  package var json: String

  /// The same as a letter.
  ///
  /// - Parameter showsExpressions: Whether each rule is also shown as it stands in the pack.
  package func letter(in language: Language, showsExpressions: Bool = false) -> String {
    explanation.letter(in: language, showsExpressions: showsExpressions)
  }
}

/// Writes explanations of one subject as letters to print.
///
/// - Parameter annex: Whether each is followed by all the evidence, rule by rule.
package func writeLetter(
  _ explained: [Explained], to path: String, in language: Language, annex: Bool = false
) throws(RunFailure) {
  let frame = explained.first?.frame ?? LetterFrame()
  let page = letterPage(
    explained.map(\.explanation), frame: frame, in: language, annex: annex)
  try write(Data(page), to: path)
}

func letterFrame(_ evaluated: RunResult, request: Request) throws(RunFailure) -> LetterFrame {
  let plan = evaluated.run
  let about = evaluated.pack.about
  var frame = LetterFrame()
  frame.run = plan.title.isEmpty ? plan.id : plan.title
  frame.purpose = about.title(ofPurpose: plan.purpose)
  frame.legalBasis = plan.legalBasis
  frame.owner = about.owner
  frame.notice = about.notice
  frame.objectionDays = about.objectionDays
  frame.published = try record(of: plan.id, request).flatMap { day(of: $0.finished) }
  return frame
}

/// The day on which people here say that something happened.
func day(of moment: Date) -> PartialDate? {
  var calendar = Calendar(identifier: .gregorian)
  calendar.timeZone = .current
  let day = calendar.dateComponents([.year, .month, .day], from: moment)
  guard let year = day.year else { return nil }
  return PartialDate(year: year, month: day.month, day: day.day)
}

private func find(_ subject: String, rubric: String?, in evaluated: RunResult)
  throws(RunFailure) -> [(card: Int, entry: Int)]
{
  if let rubric, !evaluated.pack.rubrics.contains(where: { $0.id == rubric }) {
    throw noSuchRubric(rubric, known: evaluated.pack.rubrics.map { ($0.id, $0.title) })
  }
  var found: [(card: Int, entry: Int)] = []
  for card in evaluated.scorecards.indices {
    let scorecard = evaluated.scorecards[card]
    let rules = evaluated.pack.rubrics[scorecard.rubric]
    guard rubric == nil || rules.id == rubric else { continue }
    let table = evaluated.dossiers.subjects[rules.subject]
    for entry in scorecard.subjects.indices
    where table.ids[Int(scorecard.subjects[entry])] == subject {
      found.append((card, entry))
    }
  }
  guard found.isEmpty else { return found }
  throw RunFailure(
    .refused,
    [
      Bilingual(
        zh: "批次“\(evaluated.run.id)”没有对“\(subject)”评分 — 请写对象的编号（如统一社会信用代码）；在报告页面 index.html "
          + "中可以按名称查到",
        en:
          "run “\(evaluated.run.id)” has no result for “\(subject)” — give the subject's id, such as a "
          + "credit code; index.html of the report finds it by name"
      )
    ])
}

/// Reads the delivered text of every shown fact again.
private func fillRaw(
  _ explanations: inout [Explanation], evaluated: RunResult, request: Request
) throws(RunFailure) {
  var wanted: [Int32: Set<UInt32>] = [:]
  func collect(_ evidence: Explanation.Evidence) {
    if let provenance = evidence.provenance {
      let place = evaluated.dossiers.records[provenance.record].places[provenance.row]
      wanted[place.file, default: []].insert(place.record)
    }
    evidence.from.forEach(collect)
  }
  for explanation in explanations { explanation.allEvidence.forEach(collect) }
  let requests = wanted.sorted { $0.key < $1.key }.compactMap { file, records in
    evaluated.files.indices.contains(Int(file))
      ? (file: evaluated.files[Int(file)].path, records: records.sorted()) : nil
  }
  let rows: [String: [UInt32: DeliveredRow]]
  do {
    rows = try reread(
      requests, folder: request.delivery, delivery: evaluated.files, pack: evaluated.pack)
  } catch {
    throw RunFailure(.failed, error.messages)
  }
  func filled(_ evidence: Explanation.Evidence) -> Explanation.Evidence {
    var evidence = evidence
    evidence.from = evidence.from.map(filled)
    guard let provenance = evidence.provenance else { return evidence }
    let place = evaluated.dossiers.records[provenance.record].places[provenance.row]
    let field = evaluated.pack.records[provenance.record].fields[provenance.field].id
    evidence.raw = evidence.file.flatMap { rows[$0]?[place.record]?.texts[field] }
    return evidence
  }
  for index in explanations.indices { explanations[index].mapEvidence(filled) }
}

extension Explanation {
  /// The evidence of all gates, parts and caps.
  var allEvidence: [Evidence] {
    gates.flatMap(\.facts) + parts.flatMap(\.facts) + caps.flatMap(\.facts)
  }

  mutating func mapEvidence(_ change: (Evidence) -> Evidence) {
    for index in gates.indices { gates[index].facts = gates[index].facts.map(change) }
    for index in parts.indices { parts[index].facts = parts[index].facts.map(change) }
    for index in caps.indices { caps[index].facts = caps[index].facts.map(change) }
  }
}
