import RulePacks
import Tables

/// `explanations/RUBRIC.jsonl`: everything behind the results of the first of a ranking and of
/// every candidate of its screenings.
///
/// The first line holds what is the same for all (the rules, what each fact is and follows from,
/// the delivered files); then a line a subject with its points and the value, file and row of
/// every fact. What is said once is not said a thousand times, so the files stay small enough to
/// be written with every run.
func explanations(_ results: RunResult, _ index: Int, settings: ReportSettings) -> Document {
  let rubric = results.rubric(of: index)
  let entries = explainedEntries(results, index, settings: settings)
  let reads = publicReads(of: rubric, results.pack)
  let subjects = SubjectLines(results, index, reads)
  let lines = Lines(head: rulesLine(rubric, reads, results), count: entries.count, stretch: 128) {
    subjects.lines(Array(entries[$0]))
  }
  return Document("explanations/\(fileName(rubric.id)).jsonl", [lines])
}

/// The entries to explain, in the order of publication: the first of the ranking, and the
/// candidates of its screenings, best proposals first, as far as the bound allows.
func explainedEntries(_ results: RunResult, _ index: Int, settings: ReportSettings) -> [Int32] {
  let order = results.standings[index].order
  var chosen = [Bool](repeating: false, count: order.count)
  for entry in order.prefix(settings.explainedFirst) { chosen[Int(entry)] = true }
  var count = min(order.count, settings.explainedFirst)
  let honours = results.screenings.filter {
    results.run.honours[$0.honour].rubric == results.scorecards[index].rubric
  }
  for proposal in Screening.Proposal.allCases {
    for honour in honours where count < settings.explainedMost {
      for line in honour.lines.indices where honour.lines[line].proposal == proposal {
        guard count < settings.explainedMost else { break }
        let entry = honour.lines[line].entry
        if !chosen[entry] { count += 1 }
        chosen[entry] = true
      }
    }
  }
  return order.filter { chosen[Int($0)] }
}

/// What the rubric reads, without facts and fields that are not public.
func publicReads(of rubric: Rubric, _ pack: RulePack) -> [FactRead] {
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

/// Cells of the facts that a rubric reads, in the order of `reads`.
func factCells(
  of rubric: Rubric, _ reads: [FactRead], _ results: RunResult, showsDelivered: Bool = false,
  shape: CellShape = .named
) -> [FactCells] {
  let facts = results.pack.subjects[rubric.subject].facts
  return reads.map { read in
    var fields: [(index: Int, id: String)] = []
    if case .list(let record) = facts[read.slot].origin {
      fields = read.fields.map { ($0, results.pack.records[record].fields[$0].id) }
    }
    return FactCells(
      results.dossiers, subject: rubric.subject, fact: read.slot, id: facts[read.slot].id,
      fields: fields, showsDelivered: showsDelivered, shape: shape)
  }
}

/// The first line: rules and facts.
private func rulesLine(_ rubric: Rubric, _ reads: [FactRead], _ results: RunResult) -> [UInt8] {
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
          json.string("cure", cap.cure)
        }
      }
    }
    let corrections = appliedCorrections(results)
    if !corrections.isEmpty {
      json.array("corrections") { json in
        for (target, correction) in corrections {
          let place = results.dossiers.records[target.record].places[target.row]
          json.object { json in
            json.number("target_file", Int(place.file))
            json.number("target_line", Int(place.line))
            json.string("field", pack.records[target.record].fields[target.field].id)
            write(correction, to: &json)
          }
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
