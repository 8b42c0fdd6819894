import Fields
import RulePacks
import Tables

/// `manifest.json`: what the run read, by which rules, and what it wrote.
///
/// Nothing in it differs between machines or moments: no time, no absolute path, no user.
func manifest(_ results: RunResult, aggregates: [String], outputs: [WrittenFile]) -> [UInt8] {
  var json = JSON(indented: true)
  let run = results.run
  let pack = results.pack
  json.object { json in
    json.string("run", run.id)
    json.string("title", run.title)
    json.string("purpose", run.purpose)
    json.string("legal_basis", run.legalBasis)
    json.string("as_of", run.asOf.description)
    if let previous = run.previous { json.string("previous", previous) }
    json.string("tool_version", results.toolVersion)
    json.object("rule_pack") { json in
      json.string("id", pack.about.id)
      json.string("edition", pack.about.edition)
      json.string("sha256", pack.sha256)
    }
    json.array("inputs") { json in
      for file in results.files.sorted(by: { precedes($0.path, $1.path) }) {
        write(file, to: &json)
      }
    }
    if !results.aside.isEmpty {
      json.array("set_aside") { json in
        for entry in results.aside { json.object { write(entry, to: &$0) } }
      }
    }
    if !results.districts.isEmpty {
      json.array("districts") { json in
        for one in results.districts {
          json.object { json in
            json.string("record", one.record)
            json.object("rows") { json in
              for row in one.rows { json.number(row.code, row.count) }
            }
          }
        }
      }
    }
    json.array("rubrics") { json in
      for index in results.scorecards.indices {
        let rubric = results.rubric(of: index)
        json.object { json in
          json.string("id", rubric.id)
          json.string("edition", rubric.edition)
          json.string("sha256", rubric.sha256)
          json.string("aggregate", aggregates[index])
          if let robustness = rubric.robustness, results.intervals.indices.contains(index),
            let intervals = results.intervals[index]
          {
            json.object("robustness") { json in
              json.number("draws_asked", robustness.draws)
              json.number("draws", intervals.draws)
              json.number("different_results", intervals.profiles)
              json.thousandths("weights", robustness.weights)
              json.number("seed", robustness.seed)
            }
          }
        }
      }
    }
    json.array("screenings") { json in
      for screening in results.screenings { json.object { write(screening, results, to: &$0) } }
    }
    json.array("outputs") { json in
      for output in outputs.sorted(by: { precedes($0.path, $1.path) }) {
        json.object { json in
          json.string("path", output.path)
          json.number("bytes", output.bytes)
          json.string("sha256", output.sha256)
        }
      }
    }
  }
  json.endLine()
  return json.bytes
}

/// The digests of all rankings, in the order of the manifest's rubrics.
package func aggregates(of results: RunResult) -> [String] {
  results.scorecards.indices.map { aggregate(results, $0) }
}

/// What everybody got under one rubric, for comparing runs at a glance: the SHA-256 of a line for
/// each subject in order of their ids: id, score in thousandths, rank, tier, with tabs.
func aggregate(_ results: RunResult, _ index: Int) -> String {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let ranks = results.standings[index].ranks
  let ids = results.dossiers.subjects[rubric.subject].ids
  // The last is for none.
  let tiers = TextBuffer(rubric.tiers.map { Array($0.id.utf8) } + [[]])
  var digest = Digest()
  let stretch = 16_384
  for start in stride(from: 0, to: card.count, by: stretch) {
    let range = start..<min(card.count, start + stretch)
    let texts = range.reduce(0) { $0 + ids.range(Int(card.subjects[$1])).count }
    let most = texts + range.count * (28 + tiers.longest)
    let bytes = [UInt8](capacity: most) { output in
      for entry in range {
        output.put(ids.bytes.span.extracting(ids.range(Int(card.subjects[entry]))))
        output.append(0x09)
        output.putDigits(Int(card.scores[entry]))
        output.append(0x09)
        output.putDigits(Int(ranks[entry]))
        output.append(0x09)
        let tier = Int(card.tiers[entry])
        let isKnown = 0..<tiers.count - 1 ~= tier
        output.put(isKnown ? tier : tiers.count - 1, of: tiers.bytes.span, tiers.bounds.span)
        output.append(0x0A)
      }
    }
    digest.update(bytes)
  }
  return digest.finish()
}

/// How many candidates a list has, where their cases stand, and how decisions relate to proposals.
private func write(_ screening: Screening, _ results: RunResult, to json: inout JSON) {
  json.string("id", results.run.honours[screening.honour].id)
  json.number("candidates", screening.lines.count)
  let counts = screening.caseCounts
  json.object("states") { json in
    for state in CaseFile.State.allCases where state != .proposed {
      json.number(state.rawValue, counts.states[state] ?? 0)
    }
  }
  json.object("decisions") { json in
    for direction in CaseFile.Direction.allCases {
      json.number(direction.rawValue, counts.directions[direction] ?? 0)
    }
  }
}

private func write(_ file: DeliveredFile, to json: inout JSON) {
  json.object { json in
    json.string("path", file.path)
    json.number("bytes", file.bytes)
    json.string("sha256", file.sha256)
    json.string("encoding", file.encoding)
    json.string("encoding_evidence", file.encodingEvidence)
    json.string("profile", file.profile)
    json.number("read", file.read)
    json.number("accepted", file.accepted)
    json.number("quarantined", file.quarantined)
    json.number("superseded", file.superseded)
    if file.examples > 0 { json.number("examples", file.examples) }
  }
}

private func write(_ entry: SetAside, to json: inout JSON) {
  json.string("path", entry.path)
  json.number("bytes", entry.bytes)
  json.string("reason", entry.reason.rawValue)
  json.string("what", entry.what.en)
}

/// By bytes, which no locale changes.
func precedes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
