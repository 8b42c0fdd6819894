import Labels
import RulePacks
import Tables

/// One ranking in the order of publication; what each part is worth is in the headings' comments.
///
/// - Parameter most: how many rows the sheet holds at most.
func rankingSheet(
  _ results: Results, _ index: Int, most: Int = mostRankedRows, _ names: inout Set<String>
) -> WorkbookSheet {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let standings = results.standings[index]
  let intervals = results.intervals(of: index)
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reasons = Reasons(rubric, language: results.language)
  let language = results.language
  let rows = WorkbookSheet.Rows(count: min(most, standings.order.count)) { number in
    let entry = Int(standings.order[number])
    let status = card.statuses[entry]
    let tier = Int(card.tiers[entry])
    let hasTier = status.hasRank && rubric.tiers.indices.contains(tier)
    let cohort = Int(card.cohorts[entry])
    var cells = [WorkbookSheet.Cell(rank: Int(standings.ranks[entry]))]
    if let intervals {
      cells += [
        WorkbookSheet.Cell(rank: Int(intervals.low[entry])),
        WorkbookSheet.Cell(rank: Int(intervals.high[entry])),
      ]
    }
    cells += [
      WorkbookSheet.Cell(subjects.id(Int(card.subjects[entry]))),
      WorkbookSheet.Cell(subjects.name(Int(card.subjects[entry]))),
      WorkbookSheet.Cell(card.cohortNames.indices.contains(cohort) ? card.cohortNames[cohort] : ""),
      WorkbookSheet.Cell(number: Double(standings.cohortSizes[entry])),
      WorkbookSheet.Cell(points: Int(card.scores[entry])),
      WorkbookSheet.Cell(points: Int(card.upper[entry])),
      WorkbookSheet.Cell(points: Int(card.assessed[entry])),
      WorkbookSheet.Cell(hasTier ? rubric.tiers[tier].id : ""),
      WorkbookSheet.Cell(status.label.text(in: language)),
      WorkbookSheet.Cell(String(decoding: reasons.text(card, entry), as: UTF8.self)),
    ]
    for part in card.parts {
      let points = Int(part.points[entry])
      let isEmpty = points == 0 && part.states[entry].isWithoutPoints
      cells.append(isEmpty ? WorkbookSheet.Cell("") : WorkbookSheet.Cell(points: points))
    }
    return cells
  }
  return WorkbookSheet(
    name: sheetName(rubric.title, taken: &names),
    title: heading(
      "\(rubric.title) \(rubric.edition)", shown: rows.count, of: standings.order.count,
      file: "rankings/\(fileName(rubric.id)).csv", in: language),
    columns: rankingColumns(results, index), rows: rows,
    // The points of the parts are for the screen.
    printed: intervals == nil ? 10 : 12)
}

private func rankingColumns(_ results: Results, _ index: Int) -> [WorkbookSheet.Column] {
  let rubric = results.rubric(of: index)
  let language = results.language
  let points = WorkbookSheet.Figures.points(decimals: rubric.decimals)
  var columns = [column("名次", "Rank", 7, language)]
  if results.intervals(of: index) != nil {
    columns += [
      column("权重变动时最好", "Best rank with other weights", 9, language),
      column("权重变动时最差", "Worst rank with other weights", 9, language),
    ]
  }
  columns += [
    column("编号", "Id", 21, language), column("名称", "Name", 32, language),
    column("分组", "Cohort", 20, language), column("组内总数", "Cohort size", 8, language),
    column("得分", "Score", 8, language, points),
    column("最高可得", "At most", 8, language, points),
    column("已评比例", "Assessed", 9, language, .share),
    column("等次", "Tier", 7, language, marks: rubric.tiers.map(\.id)),
    column("状态", "Status", 10, language),
    column("原因", "Reasons", 40, language),
  ]
  let rules = results.pack.table(ofRubric: results.scorecards[index].rubric).rows
  for part in rubric.parts {
    let rule = rules.first { $0.kind.isPart && $0[.id] == part.id }
    var column = WorkbookSheet.Column(title: "\(part.id) \(part.title)", width: 9)
    column.figures = points
    column.note = note(on: part, rule, in: language)
    columns.append(column)
  }
  return columns
}

/// The rule of a part and what it rests on.
private func note(on part: Rubric.Part, _ rule: RubricRow?, in language: Language) -> String {
  let rule = rule?.shown(.rule, in: language) ?? ""
  let lines = [
    "\(part.id) \(part.title)",
    rule.isEmpty ? "" : Bilingual(zh: "规则：", en: "Rule: ").text(in: language) + rule,
    part.basis.isEmpty ? "" : Bilingual(zh: "依据：", en: "Basis: ").text(in: language) + part.basis,
  ]
  return lines.filter { !$0.isEmpty }.joined(separator: "\n")
}

extension RubricRow.Kind {
  fileprivate var isPart: Bool {
    switch self {
    case .indicator, .deduction, .bonus, .group: true
    case .setting, .named, .gate, .cap, .tier: false
    }
  }
}
