import RulePacks
import Tables

/// `explanations/RUBRIC.jsonl`: everything behind the results of the first of a ranking and of
/// every candidate of its screenings, an object a line.
func explanations(_ results: Results, _ index: Int, settings: ReportSettings) -> Document {
  let rubric = results.rubric(of: index)
  let entries = explainedEntries(results, index, settings: settings)
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let sensitivity = Sensitivity(results.pack)
  let files = results.files.map(\.path)
  // An explanation costs far more than a line of a table, so a few make a stretch.
  let lines = Lines(count: entries.count, stretch: 16) { range in
    var json = JSON()
    for entry in entries[range] {
      var explanation = results.explanations(index, entry)
      complete(&explanation, results, index, entry, subjects)
      write(explanation, results.dossiers, files, sensitivity, to: &json)
      json.endLine()
    }
    return json.bytes
  }
  return Document("explanations/\(fileName(rubric.id)).jsonl", [lines])
}

/// The entries to explain, in the order of publication: the first of the ranking, and the
/// candidates of its screenings, best proposals first, as far as the bound allows.
func explainedEntries(_ results: Results, _ index: Int, settings: ReportSettings) -> [Int] {
  let order = results.standings[index].order
  var chosen = Set(order.prefix(settings.explainedFirst).map { Int($0) })
  let honours = results.screenings.filter {
    results.run.honours[$0.honour].rubric == results.scorecards[index].rubric
  }
  for proposal in Screening.Proposal.allCases {
    for line in honours.flatMap(\.lines) where line.proposal == proposal {
      guard chosen.count < settings.explainedMost else { break }
      chosen.insert(line.entry)
    }
  }
  return order.map { Int($0) }.filter { chosen.contains($0) }
}

/// Fills in what the stage that explains does not know.
private func complete(
  _ explanation: inout Explanation, _ results: Results, _ index: Int, _ entry: Int,
  _ subjects: ShownSubjects
) {
  let card = results.scorecards[index]
  let row = Int(card.subjects[entry])
  explanation.subject = subjects.id(row)
  explanation.name = subjects.name(row)
  explanation.rank = Int(results.standings[index].ranks[entry])
  explanation.cohortSize = Int(results.standings[index].cohortSizes[entry])
  let cohort = Int(card.cohorts[entry])
  explanation.cohort = card.cohortNames.indices.contains(cohort) ? card.cohortNames[cohort] : ""
}
