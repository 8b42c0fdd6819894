import Labels
import RulePacks
import Tables

/// How many findings, quarantined rows and candidates of one honour the page carries at most; the
/// tables hold all.
let mostRows = 10_000

/// `data/screening-HONOUR.js`: what is proposed for every candidate, and why.
func pageScreening(_ results: Results, _ screening: Screening, _ gaps: [ShownGaps]) -> Document {
  let honour = results.run.honours[screening.honour]
  let name = "screening-\(fileName(honour.id))"
  guard let index = results.scorecards.firstIndex(where: { $0.rubric == honour.rubric }) else {
    return dataDocument(name, Array("[]".utf8))
  }
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let subjects = ShownSubjects(results, kind: rubric.subject)
  let reasons = Reasons(rubric, language: results.language)
  var json = JSON()
  json.array { json in
    for line in screening.lines.prefix(mostRows) {
      json.array { json in
        json.number(nil, Screening.Proposal.allCases.firstIndex(of: line.proposal) ?? 0)
        json.number(nil, line.rank)
        json.string(nil, subjects.id(Int(card.subjects[line.entry])))
        json.string(nil, subjects.name(Int(card.subjects[line.entry])))
        json.string(nil, line.group)
        json.number(nil, Int(card.scores[line.entry]))
        json.number(
          nil, card.statuses[line.entry].hasRank ? Int(card.tiers[line.entry]) : -1)
        json.number(nil, line.quota)
        if let points = line.toLine { json.number(nil, points) } else { json.null() }
        if let chance = line.chance { json.number(nil, chance.share) } else { json.null() }
        json.number(nil, line.isNear ? 1 : 0)
        json.bilingual(nil, line.reason.phrase ?? Bilingual(zh: "", en: ""))
        json.string(nil, String(decoding: reasons.text(card, line.entry), as: UTF8.self))
        json.strings(
          nil,
          gaps[index].missing(line.entry, of: card).flatMap { [$0.label, $0.office] })
        let state = line.file?.state ?? .proposed
        json.number(nil, CaseFile.State.allCases.firstIndex(of: state) ?? 0)
        json.array { json in for told in line.file?.lines ?? [] { json.bilingual(nil, told) } }
        json.bilingual(nil, line.label)
      }
    }
  }
  return dataDocument(name, json.bytes)
}

/// `data/findings.js`: the gravest findings.
func pageFindings(_ results: Results) -> Document {
  let findings = results.findings
  let sensitivity = results.sensitivity
  var texts = SharedTexts()
  var json = JSON()
  json.object { json in
    json.array("rows") { json in
      for number in publicationOrder(findings).prefix(mostRows) {
        let finding = findings[number]
        let isHidden = finding.field.map { sensitivity.hides($0) } ?? false
        let message = isHidden ? Phrases.withheldText : finding.message
        let cure = isHidden ? Phrases.withheldCure : finding.cure
        json.array { json in
          json.number(nil, Finding.Severity.allCases.firstIndex(of: finding.severity) ?? 0)
          json.number(nil, texts.number(finding.rule))
          json.string(nil, finding.subject ?? "")
          json.number(nil, Int(finding.place?.file ?? -1))
          json.number(nil, Int(finding.place?.line ?? 0))
          json.number(nil, texts.number(finding.field ?? ""))
          json.bilingual(nil, message)
          json.number(nil, texts.number(cure.zh))
          json.number(nil, texts.number(cure.en))
        }
      }
    }
    json.strings("texts", texts.texts)
  }
  return dataDocument("findings", json.bytes)
}

/// `data/quarantine.js`: rows that were not accepted, and how to mend them.
func pageQuarantine(_ results: Results) -> Document {
  let rows = results.quarantine
  let order = rows.indices.sorted {
    let (left, right) = (rows[$0].place, rows[$1].place)
    return (left.file, left.record, left.line) < (right.file, right.record, right.line)
  }
  let sensitivity = results.sensitivity
  var texts = SharedTexts()
  var json = JSON()
  json.object { json in
    json.array("rows") { json in
      for row in order.prefix(mostRows).map({ rows[$0] }) {
        for fault in row.faults {
          let isHidden = sensitivity.hides(fault.field, ofRecord: row.record)
          let message = isHidden ? Phrases.withheldText : fault.message
          let cure = isHidden ? Phrases.withheldCure : fault.cure
          json.array { json in
            json.number(nil, Int(row.place.file))
            json.number(nil, Int(row.place.line))
            json.number(nil, Int(row.place.record))
            json.number(nil, texts.number(fault.code))
            json.number(nil, texts.number(fault.field))
            json.string(nil, isHidden ? "" : fault.raw)
            json.bilingual(nil, message)
            json.number(nil, texts.number(cure.zh))
            json.number(nil, texts.number(cure.en))
          }
        }
      }
    }
    json.strings("texts", texts.texts)
  }
  return dataDocument("quarantine", json.bytes)
}
