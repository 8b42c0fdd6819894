public import RulePacks
public import Tables

/// An explanation as one line of JSON, as `reports/explanation.schema.json` describes it.
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
          if let shown = fact.shown { json.bilingual("shown", shown) }
          if let absence = fact.absence, absence != .stated {
            json.string("absence", absence.word)
          }
          if fact.isList { json.flag("list", true) }
          if let counted = fact.counted { json.number("counted", counted) }
          if let counts = fact.counts { json.flag("counts", counts) }
          let place = fact.provenance.map { dossiers.records[$0.record].places[$0.row] }
          if let place, files.indices.contains(Int(place.file)) {
            json.string("file", files[Int(place.file)])
            json.number("line", Int(place.line))
            json.number("record", Int(place.record))
          }
          if let raw = fact.raw { json.string("raw", raw) }
          if let correction = fact.correction {
            json.object("correction") { write(correction, to: &$0) }
          }
          if let office = fact.office { json.string("office", office) }
          if let rule = fact.rule { json.string("rule", rule) }
          if let sentence = fact.sentence { json.bilingual("sentence", sentence) }
          if !fact.basis.isEmpty { json.string("basis", fact.basis) }
          if !fact.because.isEmpty { json.reasons(fact.because) }
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
    json.string("as_of", explanation.asOf)
    json.string("status", explanation.status.rawValue)
    json.string("tier", explanation.tier)
    json.string("tier_title", explanation.tierTitle)
    json.nextTier(of: explanation)
    if let announced = explanation.announced { json.announced(announced) }
    json.array("tiers") { json in
      for tier in explanation.tiers {
        json.object { json in
          json.string("id", tier.id)
          json.string("title", tier.title)
          if let from = tier.from { json.thousandths("from", from) } else { json.null("from") }
        }
      }
    }
    json.thousandths("sum", explanation.sum)
    if let composition = explanation.composition {
      json.object("composition") { write(composition, to: &$0) }
    }
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
          json.bilingual("sentence", gate.sentence)
          json.reasons(gate.because)
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
          json.string("kind", part.kind.rawValue)
          json.string("group", part.group)
          json.thousandths("points", part.points)
          json.thousandths("most", part.most)
          json.thousandths("least", part.least)
          json.string("state", part.state.word)
          json.string("rule", part.rule)
          json.bilingual("sentence", part.sentence)
          json.bilingual("when_missing", part.whenMissing)
          json.string("note", part.note)
          json.reasons(part.because)
          json.string("basis", part.basis)
          if let measured = part.measured { write(measured, to: &json) }
          if let composition = part.composition {
            json.object("composition") { write(composition, to: &$0) }
          }
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
          json.flag("bites", cap.bites)
          json.string("rule", cap.rule)
          json.bilingual("sentence", cap.sentence)
          json.bilingual("limit", cap.limit)
          json.reasons(cap.because)
          json.string("basis", cap.basis)
          json.string("cure", cap.cure)
          facts(cap.facts, "facts", &json)
        }
      }
    }
    json.array("listings") { json in
      for listing in explanation.listings { json.object { write(listing, to: &$0) } }
    }
    json.flag("judges_people", explanation.judgesPeople)
    json.changes(explanation.changes)
    json.string("contact", explanation.contact)
  }
}

extension JSON {
  fileprivate mutating func bilingual(_ key: String, _ text: Bilingual) {
    object(key) { json in
      json.string("zh", text.zh)
      json.string("en", text.en)
    }
  }

  fileprivate mutating func flag(_ key: String, _ flag: Bool) {
    raw(key) { $0.append(flag ? "true" : "false") }
  }

  fileprivate mutating func reasons(_ reasons: [Explanation.Reason]) {
    array("because") { json in
      for reason in reasons {
        json.object { json in
          json.bilingual("sentence", reason.sentence)
          json.string("rule", reason.rule)
          json.bilingual("outcome", reason.outcome)
          json.reasons(reason.because)
        }
      }
    }
  }

  /// The next better tier and how many points are wanting; null at the best and without a rank.
  fileprivate mutating func nextTier(of explanation: Explanation) {
    guard explanation.status.hasRank, let next = explanation.next, let from = next.from else {
      return null("next_tier")
    }
    object("next_tier") { json in
      json.string("id", next.id)
      json.string("title", next.title)
      json.thousandths("from", from)
      json.thousandths("wanting", max(0, from - explanation.score))
    }
  }

  /// What was announced, and what is proposed instead.
  fileprivate mutating func announced(_ announced: Explanation.Announced) {
    object("announced") { json in
      json.string("label", announced.label)
      json.string("tier", announced.tier)
      json.string("title", announced.title)
      if let until = announced.until { json.string("until", until) } else { json.null("until") }
      if let term = announced.term { json.number("term_years", term) }
      if let proposed = announced.proposed {
        json.string("proposed", proposed.id)
      } else {
        json.null("proposed")
      }
      json.array("reasons") { json in for reason in announced.reasons { json.string(nil, reason) } }
      json.bilingual("sentence", announced.sentence)
    }
  }

  fileprivate mutating func changes(_ changes: [Explanation.Change]) {
    array("changes") { json in
      for change in changes {
        json.object { json in
          json.string("fact", change.fact)
          json.string("label", change.label)
          if let from = change.from { json.bilingual("from", from) } else { json.null("from") }
          json.bilingual("to", change.to)
          json.thousandths("effort", change.effort)
          json.flag("raises", change.raises)
          json.thousandths("score", change.score)
          json.string("tier", change.tier)
          json.string("status", change.status.rawValue)
          if let office = change.office { json.string("office", office) }
          json.array("effects") { json in
            for effect in change.effects {
              json.object { json in
                json.string("id", effect.id)
                json.string("title", effect.title)
                json.string("basis", effect.basis)
                if let points = effect.points {
                  json.thousandths("points", points)
                } else {
                  json.null("points")
                }
              }
            }
          }
        }
      }
    }
  }
}

extension CellState {
  fileprivate var word: String {
    switch self {
    case .stated: "stated"
    case .notStated: "not-stated"
    case .statedNone: "stated-none"
    case .checkedNone: "checked-none"
    }
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

/// How a score or group is put together, with the calculation.
private func write(_ composition: Explanation.Composition, to json: inout JSON) {
  json.string("aggregate", composition.aggregate.rawValue)
  json.array("terms") { json in
    for term in composition.terms {
      json.object { json in
        json.string("title", term.title)
        json.real("value", term.value)
        json.real("weight", term.weight)
      }
    }
  }
  json.strings("missing", composition.missing)
  if let score = composition.score { json.real("score", score) } else { json.null("score") }
  json.string("formula", composition.formula)
}

/// Both values of a corrected fact, who decided, and where the correction stands.
func write(_ correction: Explanation.Correction, to json: inout JSON) {
  json.string("delivered", correction.delivered)
  json.string("corrected", correction.corrected)
  json.string("reason", correction.reason)
  json.string("document", correction.document)
  json.string("decided_by", correction.decidedBy)
  json.string("decided_on", correction.decidedOn)
  json.string("file", correction.file)
  json.number("line", correction.line)
}

private func write(_ listing: Explanation.Listing, to json: inout JSON) {
  json.string("list", listing.title)
  if let proposal = listing.proposal {
    json.string("decision_proposed", proposal.rawValue)
  } else {
    json.null("decision_proposed")
  }
  json.string("state", (listing.file?.state ?? .proposed).rawValue)
  json.array("reservations") { json in
    for reservation in listing.file?.reservations ?? [] {
      json.object { json in
        json.string("body", reservation.body)
        json.string("value", reservation.value)
        json.string("text", reservation.text)
        json.string("signed_on", reservation.on?.description ?? "")
        let file = Int(reservation.place.file)
        json.string("file", listing.files.indices.contains(file) ? listing.files[file] : "")
        json.number("line", Int(reservation.place.line))
      }
    }
  }
  json.array("objections") { json in
    for objection in listing.file?.objections ?? [] {
      json.object { json in
        json.string("number", objection.number.hasPrefix("#") ? "" : objection.number)
        json.string("filed_on", objection.filedOn?.description ?? "")
        json.string("grounds", objection.grounds)
        guard let closing = objection.closing else { return json.null("outcome") }
        json.string("outcome", closing.outcome.rawValue)
        json.string("closed_on", closing.on.description)
        json.string("closed_by", closing.by?.shown ?? "")
        json.string("answer", closing.answer)
      }
    }
  }
  guard let file = listing.file, let decision = file.decision else {
    return json.null("decision")
  }
  json.object("decision") { json in
    json.string("result", decision.result.rawValue)
    json.string("title", decision.title)
    json.string("direction", file.direction?.rawValue ?? "")
    json.string("decided_on", decision.on?.description ?? "")
    json.string("decided_by", decision.by?.shown ?? "")
    json.string("reasons", decision.reasons)
    json.string("reservation_answer", decision.answer)
    json.string("override_basis", decision.isAgainstCondition ? decision.basis : "")
  }
}
