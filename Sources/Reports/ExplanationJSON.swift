public import RulePacks
public import Tables

/// An explanation as one line of JSON, with the keys of `explanations/RUBRIC.jsonl`.
///
/// Facts that are not public are left out.
public func explanationLine(
  _ explanation: Explanation, dossiers: Dossiers, files: [DeliveredFile], pack: RulePack
) -> String {
  var json = JSON()
  write(explanation, dossiers, files.map(\.path), Sensitivity(pack), to: &json)
  return String(decoding: json.bytes, as: UTF8.self)
}

func write(
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
          if let raw = fact.raw { json.string("raw", raw) }
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
    if explanation.rankHigh > 0 {
      json.number("rank_low", explanation.rankLow)
      json.number("rank_high", explanation.rankHigh)
    }
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
          if let measured = part.measured { write(measured, to: &json) }
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

/// `value`, `normalised`, `weight` within the group and `share` of the whole.
private func write(_ measured: Explanation.Measured, to json: inout JSON) {
  if let value = measured.value { json.real("value", value) } else { json.null("value") }
  if let scaled = measured.normalised {
    json.real("normalised", scaled)
  } else {
    json.null("normalised")
  }
  json.real("weight", measured.weight)
  json.real("share", Double(measured.share) / 1_000_000)
}
