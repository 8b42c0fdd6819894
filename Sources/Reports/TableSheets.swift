import RulePacks
import Tables

/// Every rate of every population and group, as `coverage.csv` has them.
func coverageSheet(
  _ results: Results, most: Int = mostTableRows, _ names: inout Set<String>
) -> WorkbookSheet {
  let language = results.language
  let all = results.coverage.reduce(0) { $0 + $1.measures.count }
  var rows: [[WorkbookSheet.Cell]] = []
  for line in results.coverage {
    for measure in line.measures where rows.count < most {
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
    ], rows: WorkbookSheet.Rows(rows))
}

/// What was found about the data, the gravest first.
func findingsSheet(
  _ results: Results, most: Int = mostTableRows, _ names: inout Set<String>
) -> WorkbookSheet {
  let language = results.language
  let files = results.files.map(\.path)
  let sensitivity = results.sensitivity
  let order = publicationOrder(results.findings)
  let rows = WorkbookSheet.Rows(count: min(most, order.count)) { number in
    let finding = results.findings[order[number]]
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
