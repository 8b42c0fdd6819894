import Fields
import FoundationEssentials
import RulePacks
import Tables

/// How many rows of a ranking or screening list `rankings.xlsx` holds at most, and how many of
/// the other tables, which have fewer columns.
///
/// So the workbook costs the same however large the run is: libxlsxwriter takes more than a
/// microsecond a cell, on one core.
let mostRankedRows = 500
let mostTableRows = 1000

/// `rankings.xlsx`: what officials look at first, as a workbook that prints.
///
/// The CSV files beside it hold every row; a sheet that does not says so in its first line.
func writeRunWorkbook(_ results: Results, _ gaps: [ShownGaps], to folder: String)
  throws(ReportFailure) -> WrittenFile
{
  let name = "rankings.xlsx"
  let path = "\(folder)/\(name)"
  var names: Set<String> = []
  var book = try Workbook(
    path, created: Int(results.run.asOf.firstDay) * 86_400, inRows: true)
  try book.add(overviewSheet(results, &names))
  for index in results.scorecards.indices { try book.add(rankingSheet(results, index, &names)) }
  for screening in results.screenings {
    guard let sheet = screeningSheet(results, screening, gaps, &names) else { continue }
    try book.add(sheet)
  }
  try book.add(coverageSheet(results, &names))
  try book.add(findingsSheet(results, &names))
  try book.close()
  guard let data = FileManager.default.contents(atPath: path) else { throw .system(path) }
  let bytes = [UInt8](data)
  return WrittenFile(path: name, bytes: bytes.count, sha256: sha256(bytes))
}

// MARK: - Rankings

func rankingSheet(_ results: Results, _ index: Int, _ names: inout Set<String>) -> WorkbookSheet {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let standings = results.standings[index]
  let intervals = results.intervals(of: index)
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reasons = Reasons(rubric, language: results.language)
  let rows = standings.order.prefix(mostRankedRows).map { place -> [WorkbookSheet.Cell] in
    let entry = Int(place)
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
      WorkbookSheet.Cell(status.shown.text(in: results.language)),
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
      file: "rankings/\(fileName(rubric.id)).csv", in: results.language),
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

// MARK: - Screening lists

/// - Returns: nil where the honour's rubric was not scored.
func screeningSheet(
  _ results: Results, _ screening: Screening, _ gaps: [ShownGaps], _ names: inout Set<String>
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
  // Those whom somebody has to decide on before those behind the quota.
  let lines = Screening.Proposal.allCases.flatMap { proposal in
    screening.lines.filter { $0.proposal == proposal }
  }
  let rows = lines.prefix(mostRankedRows).map { line -> [WorkbookSheet.Cell] in
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

// MARK: - Coverage and findings

func coverageSheet(_ results: Results, _ names: inout Set<String>) -> WorkbookSheet {
  let language = results.language
  let all = results.coverage.reduce(0) { $0 + $1.measures.count }
  var rows: [[WorkbookSheet.Cell]] = []
  for line in results.coverage {
    for measure in line.measures where rows.count < mostTableRows {
      rows.append(
        [
          WorkbookSheet.Cell(line.populationTitle), WorkbookSheet.Cell(line.dimension),
          WorkbookSheet.Cell(line.group), WorkbookSheet.Cell(number: Double(line.units)),
          WorkbookSheet.Cell(measure.title),
          WorkbookSheet.Cell(number: Double(measure.numerator)),
          WorkbookSheet.Cell(number: Double(measure.unknown)),
          WorkbookSheet.Cell(number: Double(measure.denominator)),
          share(measure.numerator, of: measure.denominator).map { WorkbookSheet.Cell(points: $0) }
            ?? WorkbookSheet.Cell(""),
          WorkbookSheet.Cell(measure.definition, .quiet),
        ])
    }
  }
  let title = Bilingual(zh: "覆盖情况", en: "Coverage").text(in: language)
  return WorkbookSheet(
    name: sheetName(title, taken: &names),
    title: heading(title, shown: rows.count, of: all, file: "coverage.csv", in: language),
    columns: [
      column("范围", "Population", 24, language), column("维度", "Dimension", 14, language),
      column("组", "Group", 24, language), column("单位数", "Number", 9, language),
      column("指标", "Measure", 20, language), column("分子", "Numerator", 9, language),
      column("待查", "Unknown", 9, language), column("分母", "Denominator", 9, language),
      column("比率", "Rate", 9, language, .share), column("定义", "Definition", 50, language),
    ], rows: rows)
}

func findingsSheet(_ results: Results, _ names: inout Set<String>) -> WorkbookSheet {
  let language = results.language
  let files = results.files.map(\.path)
  let sensitivity = Sensitivity(results.pack)
  let order = publicationOrder(results.findings)
  let rows = order.prefix(mostTableRows).map { number -> [WorkbookSheet.Cell] in
    let finding = results.findings[number]
    let isHidden = finding.field.map { sensitivity.hides($0) } ?? false
    let place = finding.place.flatMap { files.indices.contains(Int($0.file)) ? $0 : nil }
    return [
      WorkbookSheet.Cell(finding.severity.shown.text(in: language)),
      WorkbookSheet.Cell(finding.rule, .quiet), WorkbookSheet.Cell(finding.subject ?? ""),
      WorkbookSheet.Cell(place.map { files[Int($0.file)] } ?? ""),
      place.map { WorkbookSheet.Cell(number: Double($0.line)) } ?? WorkbookSheet.Cell(""),
      WorkbookSheet.Cell(finding.field ?? ""),
      WorkbookSheet.Cell(
        (isHidden ? Phrases.withheldText : finding.message).text(in: language)),
      WorkbookSheet.Cell((isHidden ? Phrases.withheldCure : finding.cure).text(in: language)),
    ]
  }
  let title = Bilingual(zh: "数据问题", en: "Findings").text(in: language)
  return WorkbookSheet(
    name: sheetName(title, taken: &names),
    title: heading(
      title, shown: rows.count, of: results.findings.count, file: "findings.csv", in: language),
    columns: [
      column("程度", "Severity", 9, language), column("规则", "Rule", 18, language),
      column("对象", "Subject", 21, language), column("文件", "File", 30, language),
      column("行", "Line", 8, language), column("字段", "Field", 16, language),
      column("问题", "Message", 60, language), column("如何处理", "What to do", 50, language),
    ], rows: rows)
}

// MARK: - Shared

/// The first line of a sheet; says where the rest is, if there is one.
func heading(_ title: String, shown: Int, of all: Int, file: String, in language: Language)
  -> String
{
  guard shown < all else { return title }
  let rest = Bilingual(
    zh: "（前 \(grouped(shown)) 行，共 \(grouped(all)) 行，全部见 \(file)）",
    en: " (the first \(grouped(shown)) of \(grouped(all)) rows; all are in \(file))")
  return title + rest.text(in: language)
}

func column(
  _ zh: String, _ en: String, _ width: Double, _ language: Language,
  _ figures: WorkbookSheet.Figures = .plain, marks: [String] = []
) -> WorkbookSheet.Column {
  WorkbookSheet.Column(
    title: Bilingual(zh: zh, en: en).text(in: language), width: width, figures: figures,
    marks: marks)
}

extension WorkbookSheet.Cell {
  /// Empty where there is no rank.
  fileprivate init(rank: Int) {
    if rank > 0 { self.init(number: Double(rank)) } else { self.init("") }
  }

  /// Thousandths of a point, or of a whole.
  init(points thousandths: Int) { self.init(number: Double(thousandths) / 1000) }
}
