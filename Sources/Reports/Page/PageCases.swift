import RulePacks
import Tables

/// Whether `data/cases.js` has anything to say.
func hasCases(_ results: RunResult) -> Bool {
  !results.cases.isEmpty || results.corrections.contains { $0.outcome == .applied }
}

/// `data/cases.js`: objections and decisions by subject, and corrections by the place of the
/// delivered value, so that the page shows both beside each other.
func pageCases(_ results: RunResult) -> Document {
  var json = JSON()
  json.object { json in
    json.object("cases") { json in
      var bySubject: [String: [Case]] = [:]
      for one in results.cases.prefix(mostRows) {
        let id = results.dossiers.subjects[one.subject].ids[one.row]
        bySubject[id, default: []].append(one)
      }
      for (id, cases) in bySubject.sorted(by: { precedes($0.key, $1.key) }) {
        json.array(id) { json in for one in cases { write(one, results, to: &json) } }
      }
    }
    let corrections = appliedCorrections(results)
    json.object("corrections") { json in
      for (target, correction) in corrections.prefix(mostRows) {
        let place = results.dossiers.records[target.record].places[target.row]
        let field = results.pack.records[target.record].fields[target.field].id
        json.bilingual("\(place.file):\(place.record):\(field)", correction.sentence)
      }
    }
  }
  return dataDocument("cases", json.bytes)
}

private func write(_ one: Case, _ results: RunResult, to json: inout JSON) {
  json.object { json in
    if let honour = one.honour {
      let asked = results.run.honours[honour]
      json.string("ranking", results.pack.rubrics[asked.rubric].id)
    }
    let listing = Explanation.Listing(
      title: one.honour.map { results.run.honours[$0].title } ?? "",
      proposal: one.file.heldProposal,
      file: one.file, files: results.files.map(\.path))
    json.string("state", one.file.state.rawValue)
    json.bilingual("title", listing.heading)
    json.array("lines") { json in
      for line in listing.lines.dropFirst() { json.bilingual(nil, line) }
    }
  }
}

/// Corrections that took effect on public fields, in the order of the rows that they overlay.
func appliedCorrections(_ results: RunResult)
  -> [(target: Provenance, correction: Explanation.Correction)]
{
  let sensitivity = results.sensitivity
  return Explanation.Correction.overlays(results.corrections, files: results.files)
    .filter { !sensitivity.hides($0.key) }
    .sorted { left, right in
      let (first, second) = (left.key, right.key)
      return (first.record, first.row, first.field) < (second.record, second.row, second.field)
    }
    .map { (target: $0.key, correction: $0.value) }
}
