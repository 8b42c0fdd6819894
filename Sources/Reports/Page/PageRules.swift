import RulePacks
import Tables

/// `data/RUBRIC-rules.js`: what is the same for all subjects of a ranking.
func pageRules(_ results: RunResult, _ list: PageList, _ gaps: ShownGaps) -> Document {
  let rubric = results.rubric(of: list.index)
  let card = results.scorecards[list.index]
  let sizes = results.standings[list.index].cohortSizes
  var cohortSizes = [Int](repeating: 0, count: card.cohortNames.count)
  for entry in 0..<card.count where cohortSizes.indices.contains(Int(card.cohorts[entry])) {
    cohortSizes[Int(card.cohorts[entry])] = Int(sizes[entry])
  }
  var json = JSON()
  json.object { json in
    rankingTable(results, list.index).writeHeads(to: &json)
    json.numbers("sizes", cohortSizes)
    json.array("gates") { json in
      for gate in rubric.gates {
        json.object { json in
          json.string("id", gate.id)
          json.string("text", gate.text)
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
          json.thousandths("least", part.least)
          json.string("basis", part.basis)
        }
      }
    }
    json.array("caps") { json in
      for cap in rubric.caps {
        json.object { json in
          json.string("id", cap.id)
          json.string("text", cap.text)
          json.string("basis", cap.basis)
          json.string("cure", cap.cure)
        }
      }
    }
    json.array("missing") { json in
      for fact in gaps.facts { json.strings(nil, [fact?.label ?? "", fact?.office ?? ""]) }
    }
    json.object("facts") { facts(results, rubric, to: &$0) }
    json.string("appeal", rubric.appeal)
  }
  return dataDocument("\(list.stem)-rules", json.bytes)
}

/// By id the label of every public fact that the rubric reads, and of the fields of lists.
private func facts(_ results: RunResult, _ rubric: Rubric, to json: inout JSON) {
  let pack = results.pack
  let all = pack.subjects[rubric.subject].facts
  for read in publicReads(of: rubric, pack) {
    let fact = all[read.slot]
    json.object(fact.id) { json in
      meaning(fact.label, fact.isFlag, fact.codes.map { pack.codes[$0] }, to: &json)
      if !read.from.isEmpty { json.strings("from", read.from.map { all[$0].label }) }
      guard case .list(let record) = fact.origin else { return }
      json.object("fields") { json in
        for field in read.fields.map({ pack.records[record].fields[$0] }) {
          json.object(field.id) { json in
            meaning(field.label, field.type == .flag, field.codes.map { pack.codes[$0] }, to: &json)
          }
        }
      }
    }
  }
}

/// How a value is to be shown: what it is called, and what its codes mean.
private func meaning(_ label: String, _ isFlag: Bool, _ codes: CodeTable?, to json: inout JSON) {
  json.string("label", label)
  if isFlag { json.number("flag", 1) }
  guard let codes, codes.codes.count <= 60 else { return }
  json.object("codes") { json in
    for code in codes.codes where !code.name.isEmpty { json.string(code.code, code.name) }
  }
}
