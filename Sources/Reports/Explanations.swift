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

private func write(
  _ explanation: Explanation, _ dossiers: Dossiers, _ files: [String],
  _ sensitivity: Sensitivity, to json: inout JSON
) {
  func facts(_ evidence: [Explanation.Evidence], _ key: String, _ json: inout JSON) {
    json.array(key) { json in
      for fact in evidence where !isHidden(fact, sensitivity) {
        json.object { json in
          json.string("fact", fact.fact)
          json.string("label", fact.label)
          if let value = fact.value { json.string("value", value) } else { json.null("value") }
          let place = fact.provenance.map { dossiers.records[$0.record].places[$0.row] }
          if let place, files.indices.contains(Int(place.file)) {
            json.string("file", files[Int(place.file)])
            json.number("line", Int(place.line))
            json.number("record", Int(place.record))
          }
          if let office = fact.office { json.string("office", office) }
          if !fact.from.isEmpty { facts(fact.from, "from", &json) }
        }
      }
    }
  }
  json.object { json in
    json.string("subject", explanation.subject)
    json.string("name", explanation.name)
    json.string("rubric", explanation.rubric)
    json.string("title", explanation.title)
    json.string("edition", explanation.edition)
    json.string("basis", explanation.basis)
    json.string("status", explanation.status.rawValue)
    json.string("tier", explanation.tier)
    json.thousandths("score", explanation.score)
    json.thousandths("score_upper", explanation.upper)
    json.thousandths("full", explanation.full)
    json.thousandths("assessed_share", explanation.assessed)
    json.number("rank", explanation.rank)
    json.string("cohort", explanation.cohort)
    json.number("cohort_size", explanation.cohortSize)
    json.array("gates") { json in
      for gate in explanation.gates {
        json.object { json in
          json.string("id", gate.id)
          json.string("text", gate.text)
          json.string("state", gate.state.word)
          json.string("rule", gate.rule)
          json.string("basis", gate.basis)
          json.string("cure", gate.cure)
          json.string("contact", gate.contact)
          facts(gate.facts, "facts", &json)
        }
      }
    }
    json.array("parts") { json in
      for part in explanation.parts {
        json.object { json in
          json.string("id", part.id)
          json.string("title", part.title)
          json.string("group", part.group)
          json.thousandths("points", part.points)
          json.thousandths("most", part.most)
          json.string("state", part.state.word)
          json.string("rule", part.rule)
          json.string("basis", part.basis)
          facts(part.facts, "facts", &json)
        }
      }
    }
    json.array("caps") { json in
      for cap in explanation.caps {
        json.object { json in
          json.string("id", cap.id)
          json.string("text", cap.text)
          json.string("state", cap.state.word)
          json.string("rule", cap.rule)
          json.string("basis", cap.basis)
          facts(cap.facts, "facts", &json)
        }
      }
    }
    json.string("contact", explanation.contact)
  }
}

private func isHidden(_ fact: Explanation.Evidence, _ sensitivity: Sensitivity) -> Bool {
  if let provenance = fact.provenance { return sensitivity.hides(provenance) }
  return sensitivity.hides(fact.fact)
}
