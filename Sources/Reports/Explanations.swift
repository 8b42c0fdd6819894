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
  let reads = publicReads(of: rubric, results.pack)
  let subjects = SubjectLines(results, index, reads)
  let lines = Lines(head: rulesLine(rubric, reads, results), count: entries.count, stretch: 64) {
    range in
    var json = JSON()
    for entry in entries[range] {
      json.object { subjects.append(entry, to: &$0) }
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
func factCells(of rubric: Rubric, _ reads: [FactRead], _ results: Results) -> [FactCells] {
  let facts = results.pack.subjects[rubric.subject].facts
  return reads.map { read in
    var fields: [(index: Int, id: String)] = []
    if case .list(let record) = facts[read.slot].origin {
      fields = read.fields.map { ($0, results.pack.records[record].fields[$0].id) }
    }
    return FactCells(
      results.dossiers, subject: rubric.subject, fact: read.slot, id: facts[read.slot].id,
      fields: fields)
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

/// The lines of one rubric's subjects, with everything looked up that is the same for all.
private struct SubjectLines: Sendable {
  let card: Scorecard
  let standings: Standings
  let intervals: RankIntervals?
  let subjects: ShownSubjects
  let facts: [FactCells]
  let cohorts: [[UInt8]]
  let tiers: [[UInt8]]
  /// For each gate its member in each of the three states, likewise for caps.
  let gates: [[UInt8]]
  let parts: [[UInt8]]
  let caps: [[UInt8]]

  init(_ results: Results, _ index: Int, _ reads: [FactRead]) {
    let rubric = results.rubric(of: index)
    card = results.scorecards[index]
    standings = results.standings[index]
    intervals = results.intervals(of: index)
    subjects = ShownSubjects(results, kind: rubric.subject)
    facts = factCells(of: rubric, reads, results)
    cohorts = card.cohortNames.map(JSON.quoted)
    tiers = rubric.tiers.map { JSON.quoted($0.id) }
    gates = rubric.gates.flatMap { gate in
      [GateState.met, .failed, .pending].map { SubjectLines.member(gate.id, $0.word) }
    }
    parts = rubric.parts.map { JSON.quoted($0.id) + [UInt8(ascii: ":")] }
    caps = rubric.caps.flatMap { cap in
      [CapState.free, .capped, .pending].map { SubjectLines.member(cap.id, $0.word) }
    }
  }

  private static func member(_ key: String, _ word: String) -> [UInt8] {
    JSON.quoted(key) + [UInt8(ascii: ":")] + JSON.quoted(word)
  }

  /// Writes one subject: result, points, and facts with their places.
  func append(_ entry: Int, to json: inout JSON) {
    let row = Int(card.subjects[entry])
    let tier = Int(card.tiers[entry])
    json.string("subject", subjects.id(row))
    json.string("name", subjects.name(row))
    json.string("status", card.statuses[entry].rawValue)
    json.number("rank", Int(standings.ranks[entry]))
    if let intervals {
      json.number("rank_low", Int(intervals.low[entry]))
      json.number("rank_high", Int(intervals.high[entry]))
    }
    json.raw("cohort") { $0.append(contentsOf: cohorts[Int(card.cohorts[entry])]) }
    json.number("cohort_size", Int(standings.cohortSizes[entry]))
    json.thousandths("score", Int(card.scores[entry]))
    json.thousandths("score_upper", Int(card.upper[entry]))
    json.thousandths("assessed_share", Int(card.assessed[entry]))
    json.raw("tier") { bytes in
      if tier < 0 { bytes.append("\"\"") } else { bytes.append(contentsOf: tiers[tier]) }
    }
    json.raw("gates") { bytes in
      appendStates(gates, to: &bytes) { card.gates[$0][entry].rawValue }
    }
    json.raw("points") { appendPoints(entry, to: &$0) }
    if let measured = card.measured { append(measured, entry, to: &json) }
    json.raw("states") { appendUnsettled(entry, to: &$0) }
    json.raw("caps") { bytes in
      appendStates(caps, to: &bytes) { card.caps[$0][entry].rawValue }
    }
    json.raw("facts") { appendFacts(row, to: &$0) }
  }

  /// `{"G1":"met",…}`.
  ///
  /// - Parameter members: for each rule its members by state, three a rule.
  private func appendStates(
    _ members: [[UInt8]], to bytes: inout [UInt8], state: (Int) -> UInt8
  ) {
    bytes.append(UInt8(ascii: "{"))
    for index in 0..<members.count / 3 {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: members[index * 3 + Int(state(index))])
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func appendPoints(_ entry: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for index in parts.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: parts[index])
      bytes.appendThousandths(Int(card.parts[index].points[entry]), decimals: 0)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Of a composite rubric: values as delivered, and what they are on their scales.
  private func append(_ measured: MeasuredScores, _ entry: Int, to json: inout JSON) {
    func write(_ key: String, _ columns: [[Double]], _ json: inout JSON) {
      json.array(key) { json in
        for column in columns {
          if column[entry].isNaN { json.null() } else { json.real(nil, column[entry]) }
        }
      }
    }
    write("values", measured.values, &json)
    write("normalised", measured.normalised, &json)
  }

  private func appendUnsettled(_ entry: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for index in parts.indices {
      let state = card.parts[index].states[entry]
      guard state != .assessed else { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes.append(contentsOf: parts[index])
      bytes.appendWord(state.word)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func appendFacts(_ row: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for index in facts.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      facts[index].append(row, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension [UInt8] {
  /// Appends a word of the program in quotes; none of them needs an escape.
  fileprivate mutating func appendWord(_ word: String) {
    append(UInt8(ascii: "\""))
    append(word)
    append(UInt8(ascii: "\""))
  }
}
