import Labels
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
  let shown = firstLines(of: screening, most: most)
  // Most lists and lines have none, and empty cells cost as much as others.
  let hasFiles = shown.contains { $0.file != nil }
  let rows = WorkbookSheet.Rows(count: shown.count) { number in
    let line = shown[number]
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
      WorkbookSheet.Cell(line.label.text(in: language)),
      WorkbookSheet.Cell((line.file?.state ?? .proposed).shown.text(in: language)),
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
    ] + (line.file.map { recorded($0, separator, language) } ?? [])
  }
  let points = WorkbookSheet.Figures.points(decimals: rubric.decimals)
  return WorkbookSheet(
    name: sheetName(
      Bilingual(zh: "名单 ", en: "List ").text(in: language)
        + (honour.title.isEmpty ? honour.id : honour.title), taken: &names),
    title: heading(
      honour.title, shown: rows.count, of: screening.lines.count,
      file: "screening/\(fileName(honour.id)).csv", in: language),
    columns: [
      column(
        "建议", "Proposal", 12, language,
        marks: Screening.Proposal.allCases.flatMap(\.lineLabels).map { $0.text(in: language) }),
      column(
        "状态", "State", 14, language,
        marks: [.decided, nil, nil, .frozen].map { (state: CaseFile.State?) in
          state?.shown.text(in: language) ?? ""
        }), column("名次", "Rank", 7, language), column("编号", "Id", 21, language),
      column("名称", "Name", 32, language), column("分组", "Group", 14, language),
      column("得分", "Score", 8, language, points),
      column("等次", "Tier", 7, language, marks: rubric.tiers.map(\.id)),
      column("名额线", "Quota line", 8, language),
      column("距名额线", "To the line", 9, language, points),
      column("权重变动时入选", "Selected with other weights", 10, language, .share),
      column("理由", "Reasons", 40, language), column("缺少的材料", "Missing", 40, language),
    ] + (hasFiles ? recordedColumns(language) : []), rows: rows,
    // What was recorded at length is for the screen; the state tells that there is something.
    printed: 13)
}

/// The lines that are shown, those whom somebody has to decide on first.
///
/// By index and no more than these: a list of all candidates of a city is too large to be copied.
private func firstLines(of screening: Screening, most: Int) -> [Screening.Line] {
  var shown: [Screening.Line] = []
  for proposal in Screening.Proposal.allCases {
    for index in screening.lines.indices where screening.lines[index].proposal == proposal {
      guard shown.count < most else { return shown }
      shown.append(screening.lines[index])
    }
  }
  return shown
}

private func recordedColumns(_ language: Language) -> [WorkbookSheet.Column] {
  [
    column("异议", "Objections", 40, language), column("决定", "Decision", 14, language),
    column("决定与建议", "Decision and proposal", 16, language),
    column("决定人", "Decided by", 18, language), column("决定日期", "Decided on", 11, language),
    column("决定理由", "Reasons of the decision", 40, language),
  ]
}

/// What people recorded about one line, six cells.
private func recorded(_ file: CaseFile, _ separator: String, _ language: Language)
  -> [WorkbookSheet.Cell]
{
  let objections = file.objectionLines.map { $0.text(in: language) }
  return [
    objections.joined(separator: separator), file.decision?.title ?? "",
    file.direction?.shown.text(in: language) ?? "", file.decision?.by?.shown ?? "",
    file.decision?.on?.description ?? "", file.decision?.reasons ?? "",
  ].map { WorkbookSheet.Cell($0) }
}
