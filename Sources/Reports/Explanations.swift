import RulePacks
import Tables

/// `explanations/RUBRIC.jsonl`: everything behind the results of the first of a ranking and of
/// every candidate of its screenings.
///
/// The first line holds what is the same for all (the rules, what each fact is and follows from,
/// the delivered files); then a line a subject with its points and the value, file and row of
/// every fact. What is said once is not said a thousand times, so the files stay small enough to
/// be written with every run.
func explanations(_ results: Results, _ index: Int, settings: ReportSettings) -> Document {
  let rubric = results.rubric(of: index)
  let entries = explainedEntries(results, index, settings: settings)
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reads = publicReads(of: rubric, results.pack)
  let lines = Lines(head: rulesLine(rubric, reads, results), count: entries.count, stretch: 64) {
    range in
    var json = JSON()
    for entry in entries[range] {
      json.object { write(entry, results, index, reads, subjects, to: &$0) }
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

/// What the rubric reads, without facts and fields that are not public.
private func publicReads(of rubric: Rubric, _ pack: RulePack) -> [FactRead] {
  let facts = pack.subjects[rubric.subject].facts
  return pack.factsRead(by: rubric).compactMap { read in
    guard facts[read.slot].sensitivity == .open else { return nil }
    var read = read
    read.from.removeAll { facts[$0].sensitivity != .open }
    switch facts[read.slot].origin {
    case .list(let record):
      read.fields.removeAll { pack.records[record].fields[$0].sensitivity != .open }
    case .asOf, .record, .merged, .derived, .reference, .members, .result: break
    }
    return read
  }
}

/// The first line: rules and facts.
private func rulesLine(_ rubric: Rubric, _ reads: [FactRead], _ results: Results) -> [UInt8] {
  let pack = results.pack
  let facts = pack.subjects[rubric.subject].facts
  var json = JSON()
  json.object { json in
    json.string("rubric", rubric.id)
    json.string("title", rubric.title)
    json.string("edition", rubric.edition)
    json.string("basis", rubric.basis)
    json.thousandths("full", rubric.full)
    json.array("files") { json in for file in results.files { json.string(nil, file.path) } }
    json.array("gates") { json in
      for gate in rubric.gates {
        json.object { json in
          json.string("id", gate.id)
          json.string("text", gate.text)
          json.string("rule", gate.rule)
          json.string("basis", gate.basis)
          json.string("cure", gate.cure)
          json.string("contact", gate.contact.isEmpty ? rubric.appeal : gate.contact)
        }
      }
    }
    json.array("parts") { json in
      for part in rubric.parts {
        json.object { json in
          json.string("id", part.id)
          json.string("title", part.title)
          json.string("kind", part.kind.rawValue)
          json.string("group", part.group.map { rubric.groups[$0].title } ?? "")
          json.thousandths("most", part.most)
          json.string("basis", part.basis)
        }
      }
    }
    json.array("caps") { json in
      for cap in rubric.caps {
        json.object { json in
          json.string("id", cap.id)
          json.string("text", cap.text)
          json.string("rule", cap.rule)
          json.string("basis", cap.basis)
        }
      }
    }
    json.object("facts") { json in
      for read in reads {
        json.object(facts[read.slot].id) { json in
          json.string("label", facts[read.slot].label)
          if let office = facts[read.slot].office { json.string("office", office) }
          if !read.from.isEmpty {
            json.array("from") { json in
              for slot in read.from { json.string(nil, facts[slot].id) }
            }
          }
        }
      }
    }
  }
  json.endLine()
  return json.bytes
}

/// One subject: result, points, and facts with their places.
private func write(
  _ entry: Int, _ results: Results, _ index: Int, _ reads: [FactRead], _ subjects: ShownSubjects,
  to json: inout JSON
) {
  let card = results.scorecards[index]
  let rubric = results.rubric(of: index)
  let row = Int(card.subjects[entry])
  json.string("subject", subjects.id(row))
  json.string("name", subjects.name(row))
  json.string("status", card.statuses[entry].rawValue)
  json.number("rank", Int(results.standings[index].ranks[entry]))
  json.string("cohort", card.cohortNames[Int(card.cohorts[entry])])
  json.number("cohort_size", Int(results.standings[index].cohortSizes[entry]))
  json.thousandths("score", Int(card.scores[entry]))
  json.thousandths("score_upper", Int(card.upper[entry]))
  json.thousandths("assessed_share", Int(card.assessed[entry]))
  json.string(
    "tier", card.tiers[entry] < 0 ? "" : rubric.tiers[Int(card.tiers[entry])].id)
  json.object("gates") { json in
    for (gate, states) in zip(rubric.gates, card.gates) {
      json.string(gate.id, states[entry].word)
    }
  }
  json.object("points") { json in
    for (part, points) in zip(rubric.parts, card.parts) {
      json.thousandths(part.id, Int(points.points[entry]))
    }
  }
  json.object("states") { json in
    for (part, points) in zip(rubric.parts, card.parts) where points.states[entry] != .assessed {
      json.string(part.id, points.states[entry].word)
    }
  }
  json.object("caps") { json in
    for (cap, states) in zip(rubric.caps, card.caps) { json.string(cap.id, states[entry].word) }
  }
  json.object("facts") { json in
    for read in reads { write(read, results, rubric.subject, row, to: &json) }
  }
}

private func write(
  _ read: FactRead, _ results: Results, _ subject: Int, _ row: Int, to json: inout JSON
) {
  let dossiers = results.dossiers
  json.object(results.pack.subjects[subject].facts[read.slot].id) { json in
    switch dossiers.subjects[subject].facts[read.slot] {
    case .list(let record, let offsets, let rows):
      let listed = rows[Int(offsets[row])..<Int(offsets[row + 1])]
      json.array("rows") { json in
        for row in listed {
          json.object { json in
            write(dossiers.records[record].places[Int(row)], to: &json)
            for field in read.fields {
              let name = results.pack.records[record].fields[field].id
              write(name, dossiers.records[record].columns[field].text(Int(row)), to: &json)
            }
          }
        }
      }
    case .members(_, let offsets, _): json.number("count", Int(offsets[row + 1] - offsets[row]))
    case .absent, .constant, .own, .chosen, .firstStated, .reference:
      write("value", dossiers.text(subject: subject, fact: read.slot, row: row), to: &json)
      if let provenance = dossiers.provenance(subject: subject, fact: read.slot, row: row) {
        write(dossiers.records[provenance.record].places[provenance.row], to: &json)
      }
    }
  }
}

private func write(_ key: String, _ text: String?, to json: inout JSON) {
  if let text { json.string(key, text) } else { json.null(key) }
}

/// The file as its position in the first line's list.
private func write(_ place: Place, to json: inout JSON) {
  json.number("file", Int(place.file))
  json.number("line", Int(place.line))
  json.number("record", Int(place.record))
}
