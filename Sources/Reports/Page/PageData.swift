import Labels
import RulePacks
import Tables

/// How many findings, faults of quarantined rows and candidates of one honour the page carries at
/// most; the tables hold all.
let mostRows = 10_000

/// `data/screening-HONOUR.js`: what is proposed for every candidate, and why; beside the table
/// what people recorded, a list of sentences by the number of the row.
func pageScreening(_ results: Results, _ screening: Screening, _ gaps: [ShownGaps]) -> Document {
  let honour = results.run.honours[screening.honour]
  return screeningTable(results, screening, gaps).pageDocument(
    "screening-\(fileName(honour.id))", most: mostRows
  ) { json in
    json.object("recorded") { json in
      for (number, line) in screening.lines.prefix(mostRows).enumerated() {
        guard let file = line.file else { continue }
        json.array("\(number)") { json in for told in file.lines { json.bilingual(nil, told) } }
      }
    }
  }
}

/// `data/findings.js`: the gravest findings.
func pageFindings(_ results: Results) -> Document {
  findingsTable(results).pageDocument("findings", most: mostRows)
}

/// `data/quarantine.js`: rows that were not accepted, and how to mend them.
func pageQuarantine(_ results: Results) -> Document {
  quarantineTable(results).pageDocument("quarantine", most: mostRows)
}
