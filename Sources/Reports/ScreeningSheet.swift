import RulePacks
import Tables

/// One screening list, those whom somebody has to decide on before those behind the quota.
///
/// - Parameter most: how many rows the sheet holds at most.
/// - Returns: nil where the honour's rubric was not scored.
func screeningSheet(
  _ results: Results, _ screening: Screening, _ gaps: [ShownGaps], most: Int = mostRankedRows,
  _ names: inout Set<String>
) -> WorkbookSheet? {
  let honour = results.run.honours[screening.honour]
  guard let index = results.scorecards.firstIndex(where: { $0.rubric == honour.rubric }) else {
    return nil
  }
  let language = results.language
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reasons = Reasons(rubric, language: language)
  let separator = Phrases.separator.text(in: language)
  let lines = Screening.Proposal.allCases.flatMap { proposal in
    screening.lines.filter { $0.proposal == proposal }
  }
  let rows = WorkbookSheet.Rows(count: min(most, lines.count)) { number in
    let line = lines[number]
    let tier = Int(card.tiers[line.entry])
    let hasTier = card.statuses[line.entry].hasRank && rubric.tiers.indices.contains(tier)
    var why = line.reason.phrase.map { [$0.text(in: language)] } ?? []
    let rules = String(decoding: reasons.text(card, line.entry), as: UTF8.self)
    if !rules.isEmpty { why.append(rules) }
    let missing = gaps[index].missing(line.entry, of: card).map { fact in
      fact.office.isEmpty
        ? fact.label
        : fact.label + Phrases.opening.text(in: language) + fact.office
          + Phrases.closing.text(in: language)
    }
    return [
      WorkbookSheet.Cell(line.proposal.shown.text(in: language)),
      WorkbookSheet.Cell(rank: line.rank),
      WorkbookSheet.Cell(subjects.id(Int(card.subjects[line.entry]))),
      WorkbookSheet.Cell(subjects.name(Int(card.subjects[line.entry]))),
      WorkbookSheet.Cell(line.group),
      WorkbookSheet.Cell(points: Int(card.scores[line.entry])),
      WorkbookSheet.Cell(hasTier ? rubric.tiers[tier].id : ""),
      WorkbookSheet.Cell(number: Double(line.quota)),
      line.toLine.map { WorkbookSheet.Cell(points: $0) } ?? WorkbookSheet.Cell(""),
      line.chance.map { WorkbookSheet.Cell(points: $0.share) } ?? WorkbookSheet.Cell(""),
      WorkbookSheet.Cell(why.joined(separator: separator)),
      WorkbookSheet.Cell(missing.joined(separator: separator)),
    ]
  }
  let points = WorkbookSheet.Figures.points(decimals: rubric.decimals)
  return WorkbookSheet(
    name: sheetName(
      Bilingual(zh: "名单 ", en: "List ").text(in: language)
        + (honour.title.isEmpty ? honour.id : honour.title), taken: &names),
    title: heading(
      honour.title, shown: rows.count, of: lines.count,
      file: "screening/\(fileName(honour.id)).csv", in: language),
    columns: [
      column(
        "建议", "Proposal", 12, language,
        marks: Screening.Proposal.allCases.map { $0.shown.text(in: language) }),
      column("名次", "Rank", 7, language), column("编号", "Id", 21, language),
      column("名称", "Name", 32, language), column("分组", "Group", 14, language),
      column("得分", "Score", 8, language, points),
      column("等次", "Tier", 7, language, marks: rubric.tiers.map(\.id)),
      column("名额线", "Quota line", 8, language),
      column("距名额线", "To the line", 9, language, points),
      column("权重变动时入选", "Selected with other weights", 10, language, .share),
      column("理由", "Reasons", 40, language), column("缺少的材料", "Missing", 40, language),
    ], rows: rows)
}
