import RulePacks
import Tables

/// `screening/HONOUR.csv`: what is proposed for every candidate of one honour, and why.
func screeningList(_ results: Results, _ screening: Screening, _ gaps: [ShownGaps]) -> Document {
  let honour = results.run.honours[screening.honour]
  let header = [
    "decision_proposed", "state", "rank", "subject", "name", "group", "score", "tier",
    "quota_line", "to_line", "firm", "chance", "reasons", "missing", "objections", "decision",
    "decision_direction", "decided_by", "decided_on", "decision_reasons",
  ]
  let path = "screening/\(fileName(honour.id)).csv"
  guard let index = results.scorecards.firstIndex(where: { $0.rubric == honour.rubric }) else {
    return Document(path, [Lines(CSV(header: header).bytes)])
  }
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reasons = Reasons(rubric, language: results.language)
  let separator = Phrases.separator.text(in: results.language)
  let opening = Phrases.opening.text(in: results.language)
  let closing = Phrases.closing.text(in: results.language)
  return Document(
    path,
    [
      Lines(header: header, count: screening.lines.count) { number, csv in
        let line = screening.lines[number]
        let entry = line.entry
        csv.cell(line.proposal.rawValue)
        csv.cell((line.file?.state ?? .proposed).rawValue)
        if line.rank > 0 { csv.cell(line.rank) } else { csv.empty() }
        subjects.append(Int(card.subjects[entry]), to: &csv)
        csv.cell(line.group)
        csv.points(Int(card.scores[entry]), decimals: rubric.decimals)
        let tier = Int(card.tiers[entry])
        let hasTier = card.statuses[entry].hasRank && rubric.tiers.indices.contains(tier)
        csv.cell(hasTier ? rubric.tiers[tier].id : "")
        csv.cell(line.quota)
        if let points = line.toLine {
          csv.points(points, decimals: rubric.decimals)
        } else {
          csv.empty()
        }
        csv.cell(line.chance.map { $0.isFirm ? "yes" : "no" } ?? "")
        csv.percent(line.chance?.share)
        var why = line.reason.phrase.map { [$0.text(in: results.language)] } ?? []
        let rules = String(decoding: reasons.text(card, entry), as: UTF8.self)
        if !rules.isEmpty { why.append(rules) }
        csv.cell(why.joined(separator: separator))
        let missing = gaps[index].missing(entry, of: card).map {
          $0.office.isEmpty ? $0.label : $0.label + opening + $0.office + closing
        }
        csv.cell(missing.joined(separator: separator))
        caseCells(line.file, results.language, separator, &csv)
        csv.endRow()
      }
    ])
}

/// What people recorded about one line.
private func caseCells(
  _ file: CaseFile?, _ language: Language, _ separator: String, _ csv: inout CSV
) {
  guard let file else {
    for _ in 0..<6 { csv.empty() }
    return
  }
  csv.cell(file.objectionLines.map { $0.text(in: language) }.joined(separator: separator))
  csv.cell(file.decision?.title ?? "")
  csv.cell(file.direction?.rawValue ?? "")
  csv.cell(file.decision?.by?.shown ?? "")
  csv.cell(file.decision?.on?.description ?? "")
  csv.cell(file.decision?.reasons ?? "")
}

extension Screening.Reason {
  /// What a person is told beside the rules' own reasons.
  var phrase: Bilingual? {
    switch self {
    case .place, .status: nil
    case .tieAcrossQuota: Phrases.tieAcrossQuota
    case .candidacyUnknown: Phrases.candidacyUnknown
    }
  }
}
