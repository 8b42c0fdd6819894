import Labels
import RulePacks
import Tables

/// How many findings, faults of quarantined rows and candidates of one honour the page carries at
/// most; the tables hold all.
let mostRows = 10_000

/// `data/screening-HONOUR.js`: what is proposed for every candidate, and why; beside the table
/// what people recorded, a list of sentences by the number of the row.
func pageScreening(_ results: RunResult, _ screening: Screening, _ gaps: [ShownGaps]) -> Document {
  let honour = results.run.honours[screening.honour]
  let files = results.files.map(\.path)
  let rows = pageLines(of: screening, most: mostRows)
  return screeningTable(results, screening, gaps).pageDocument(
    "screening-\(fileName(honour.id))", rows
  ) { json in
    json.object("recorded") { json in
      for (number, row) in rows.enumerated() {
        guard let file = screening.lines[Int(row)].file else { continue }
        json.array("\(number)") { json in
          for told in file.lines(files) { json.bilingual(nil, told) }
        }
      }
    }
  }
}

/// The lines of a list that the page carries, in their order: the first of every proposal, and of
/// those near the quota line, because the overview counts these and leads to each.
func pageLines(of screening: Screening, most: Int) -> [Int32] {
  let proposals = Dictionary(
    uniqueKeysWithValues: zip(Screening.Proposal.allCases, (0 as Int32)...))
  let groups = screening.lines.map { line in
    (proposals[line.proposal] ?? 0) * 2 + (line.isNear ? 1 : 0)
  }
  return carried(screening.lines.indices.map { Int32($0) }, by: groups, most: most)
}

/// `data/findings.js`: the findings, or of so many the gravest and the first of every kind, because
/// the overview counts each kind and leads to it.
func pageFindings(_ results: RunResult, most: Int = mostRows) -> Document {
  let table = findingsTable(results)
  return table.pageDocument(
    "findings",
    carried(table.asked(0..<table.count), by: kindNumbers(of: results.findings), most: most))
}

/// A number for each finding, the same for those of one kind and severity.
private func kindNumbers(of findings: [Finding]) -> [Int32] {
  struct Kind: Hashable {
    var rule: String
    var severity: Finding.Severity
  }
  var numbers: [Kind: Int32] = [:]
  return findings.map { finding in
    let kind = Kind(rule: finding.rule, severity: finding.severity)
    let number = numbers[kind] ?? Int32(numbers.count)
    numbers[kind] = number
    return number
  }
}

/// `data/quarantine.js`: rows that were not accepted, and how to mend them.
func pageQuarantine(_ results: RunResult) -> Document {
  quarantineTable(results).pageDocument("quarantine", most: mostRows)
}
