import RulePacks
import Tables

/// For every population and group how many have it now and would have it by the plan, as
/// `formation-summary.csv` has them.
///
/// - Returns: nil where nothing was planned.
func formationSummarySheet(
  _ results: Results, most: Int = mostTableRows, _ names: inout Set<String>
) -> WorkbookSheet? {
  let language = results.language
  let lines = results.coverage.filter { $0.plan != nil }
  guard !lines.isEmpty else { return nil }
  let rows = WorkbookSheet.Rows(count: min(most, lines.count)) { number in
    let line = lines[number]
    let plan = line.plan ?? FormationCounts()
    let before = plan.before(of: line.units)
    let rates = [before, before + plan.gained].map { count in
      share(count, of: line.units).map { WorkbookSheet.Cell(points: $0) } ?? WorkbookSheet.Cell("")
    }
    let counts = [plan.alone, plan.joint, plan.area, plan.gained].map {
      WorkbookSheet.Cell(number: Double($0))
    }
    return [
      WorkbookSheet.Cell(line.populationTitle), WorkbookSheet.Cell(line.dimension),
      WorkbookSheet.Cell(line.group), WorkbookSheet.Cell(number: Double(line.units)),
      WorkbookSheet.Cell(number: Double(before)), rates[0],
    ] + counts + [
      WorkbookSheet.Cell(number: Double(before + plan.gained)), rates[1],
      WorkbookSheet.Cell(number: Double(plan.otherwise)),
      WorkbookSheet.Cell(number: Double(plan.unknown)),
    ]
  }
  let title = Bilingual(zh: "组建方案汇总", en: "Formation summary").text(in: language)
  return WorkbookSheet(
    name: sheetName(title, taken: &names),
    title: heading(
      title, shown: rows.count, of: lines.count, file: "formation-summary.csv", in: language),
    columns: [
      column("范围", "Population", 24, language), column("维度", "Dimension", 14, language),
      column("组", "Group", 24, language), column("单位数", "Number", 9, language),
      column("现有", "Have it now", 9, language), column("现有比率", "Rate now", 9, language, .share),
      column("单独", "Alone", 8, language), column("联合", "Joint", 8, language),
      column("区域", "Area", 8, language), column("增加", "Gained", 8, language),
      column("之后", "Then", 9, language), column("之后比率", "Rate then", 9, language, .share),
      column("其他", "Otherwise", 9, language), column("待查", "Unknown", 9, language),
    ], rows: rows)
}

/// Who lacks what formations are about and how each could get it, as `formation.csv` has it.
///
/// - Returns: nil where nothing was planned.
func formationSheet(
  _ results: Results, most: Int = mostRankedRows, _ names: inout Set<String>
) -> WorkbookSheet? {
  let language = results.language
  let places = FormationPlace.first(most, of: results.formation)
  guard !places.isEmpty else { return nil }
  let shown = results.formation.map { ShownPlan($0, results) }
  let all = results.formation.reduce(0) { $0 + $1.rows.count }
  let title = Bilingual(zh: "组建方案", en: "Formation").text(in: language)
  var form = column("形式", "Form", 16, language)
  form.note = shown.map(\.formation.basis).filter { !$0.isEmpty }.joined(separator: "\n")
  return WorkbookSheet(
    name: sheetName(title, taken: &names),
    title: heading(title, shown: places.count, of: all, file: "formation.csv", in: language),
    columns: [
      column("方案", "Proposal", 8, language), form, column("编号", "Id", 21, language),
      column("名称", "Name", 32, language), column("同组", "Together with", 40, language),
      column("相近之处", "What they share", 24, language), column("本身计数", "Brings", 9, language),
      column("合计", "In all", 8, language),
    ], rows: WorkbookSheet.Rows(count: places.count) { shown[places[$0].plan].cells(places[$0]) })
}

/// One subject of one proposal.
private struct FormationPlace {
  var plan: Int
  var proposal: Int
  /// Position among the plan's rows.
  var member: Int
  /// Counted from 1 through all plans.
  var number: Int

  static func first(_ most: Int, of plans: [FormationPlan]) -> [FormationPlace] {
    var places: [FormationPlace] = []
    var before = 0
    for (index, plan) in plans.enumerated() {
      for proposal in 0..<plan.count {
        for member in plan[proposal].members {
          guard places.count < most else { return places }
          places.append(
            FormationPlace(
              plan: index, proposal: proposal, member: member, number: before + proposal + 1))
        }
      }
      before += plan.count
    }
    return places
  }
}

/// One plan with what its rows share.
private struct ShownPlan {
  let formation: Formation
  private let plan: FormationPlan
  private let subjects: ShownSubjects
  private let ties: Ties
  private let separator: String

  init(_ plan: FormationPlan, _ results: Results) {
    self.plan = plan
    formation = results.pack.formations[plan.formation]
    subjects = ShownSubjects(results, kind: formation.subject)
    ties = Ties(formation, results)
    separator = Phrases.separator.text(in: results.language)
  }

  func cells(_ place: FormationPlace) -> [WorkbookSheet.Cell] {
    let proposal = plan[place.proposal]
    let row = Int(plan.rows[place.member])
    let partners = proposal.members.filter { $0 != place.member }
      .map { subjects.name(Int(plan.rows[$0])) }
    return [
      WorkbookSheet.Cell(number: Double(place.number)),
      WorkbookSheet.Cell(formation.form(proposal.way)), WorkbookSheet.Cell(subjects.id(row)),
      WorkbookSheet.Cell(subjects.name(row)),
      WorkbookSheet.Cell(partners.joined(separator: separator)),
      WorkbookSheet.Cell(proposal.tie.map { ties.text($0, of: row) } ?? ""),
      plan.strength(at: place.member).map { WorkbookSheet.Cell(number: Double($0)) }
        ?? WorkbookSheet.Cell(""),
      WorkbookSheet.Cell(number: Double(proposal.together)),
    ]
  }
}
