import Labels
import RulePacks
import Tables

/// What the overview shows, and what the page must know to find the rest.
func pageRun(_ results: RunResult, _ lists: [PageList], _ papers: Papers = Papers()) -> [UInt8] {
  let run = results.run
  let about = results.pack.about
  var json = JSON()
  json.object { json in
    json.string("language", results.language.rawValue)
    json.string("id", run.id)
    json.string("title", run.title.isEmpty ? run.id : run.title)
    json.string("asOf", run.asOf.description)
    json.string("purpose", about.title(ofPurpose: run.purpose))
    json.string("legalBasis", run.legalBasis)
    json.string("rules", "\(about.title) \(about.edition)")
    json.string("basis", about.basis)
    json.string("owner", about.owner)
    json.string("contact", run.contact.isEmpty ? about.contact : run.contact)
    json.string("notice", about.notice)
    json.string("tool", "heng \(results.toolVersion)")
    json.array("statuses") { json in
      for status in Status.allCases {
        json.object { json in
          json.string("id", status.rawValue)
          json.bilingual("title", status.label)
        }
      }
    }
    json.array("proposals") { json in
      for proposal in Screening.Proposal.allCases {
        json.object { json in
          json.string("id", proposal.rawValue)
          json.bilingual("title", proposal.label)
        }
      }
    }
    json.array("gateStates") { json in
      for state in [GateState.met, .failed, .pending] { json.bilingual(nil, state.label) }
    }
    json.array("partStates") { json in
      for state in PartState.allCases { json.bilingual(nil, state.label) }
    }
    json.object("labels") { json in
      for (name, label) in pageLabels { json.bilingual(name, label) }
    }
    json.number("cases", hasCases(results) ? 1 : 0)
    json.number("delivered", results.dossiers.keepDelivered ? 1 : 0)
    earlier(results, &json)
    subjects(results, &json)
    coverage(results, &json)
    formations(results, &json)
    if !results.pack.published.isEmpty {
      json.object("published") { json in write(publishedTable(results), to: &json) }
    }
    if results.comparesRatings {
      json.object("ratings") { json in write(ratingCounts(results), to: &json) }
    }
    json.number("statistics", results.statistics.count)
    firstScreen(results, &json)
    json.array("rankings") { json in
      for list in lists {
        json.object { json in
          ranking(results, list, &json)
          change(results, list, &json)
        }
      }
    }
    json.array("screenings") { json in
      for screening in results.screenings {
        json.object { json in
          list(results, screening, &json)
          let id = fileName(results.run.honours[screening.honour].id)
          json.strings(
            "papers",
            papers.meetings.filter { $0.path == "meeting/\(id).xlsx" }.flatMap {
              [$0.path, $0.pagePath]
            })
          json.strings(
            "notices",
            papers.notices.filter { $0.path == "publicity/\(id)" }.flatMap {
              [$0.path + ".docx", $0.path + ".html"]
            })
        }
      }
    }
    data(results, &json)
    json.array("asked") { json in
      for number in (papers.gaps?.books ?? []).indices {
        guard let gaps = papers.gaps else { continue }
        paper(gaps.books[number].office.title, gaps.path(number), &json)
      }
    }
    json.array("returned") { json in
      for book in papers.returned {
        let stem = book.path.split(separator: "/").last?.dropLast(5) ?? ""
        let office = about.offices.first { fileName($0.id) == stem }
        paper(office?.title ?? String(stem), book.path, &json)
      }
    }
    json.array("successions") { json in
      for book in papers.successions { paper(book.path, book.path, &json) }
    }
    json.array("plans") { json in
      for book in papers.formation?.books ?? [] { paper(book.title, book.path, &json) }
    }
    json.strings("tables", tablePaths(results))
  }
  return json.bytes
}

private func paper(_ office: String, _ path: String, _ json: inout JSON) {
  json.object { json in
    json.string("office", office)
    json.string("path", path)
  }
}

private func subjects(_ results: RunResult, _ json: inout JSON) {
  json.array("subjects") { json in
    for (kind, subject) in results.pack.subjects.enumerated() {
      let count = results.dossiers.subjects[kind].count
      guard count > 0 else { continue }
      json.object { json in
        json.string("title", subject.title)
        json.number("count", count)
      }
    }
  }
}

/// Scores of how many steps a distribution is drawn in.
private let steps = 25

private func ranking(_ results: RunResult, _ list: PageList, _ json: inout JSON) {
  let rubric = results.rubric(of: list.index)
  let card = results.scorecards[list.index]
  let kind = results.pack.subjects[rubric.subject]
  var statuses = [Int](repeating: 0, count: Status.allCases.count)
  var tiers = [Int](repeating: 0, count: rubric.tiers.count)
  var scores = [Int](repeating: 0, count: steps)
  let full = max(1, rubric.full)
  for entry in 0..<card.count {
    let status = card.statuses[entry]
    statuses[status.place] += 1
    guard status.hasRank else { continue }
    let tier = Int(card.tiers[entry])
    if tiers.indices.contains(tier) { tiers[tier] += 1 }
    scores[min(steps - 1, max(0, Int(card.scores[entry]) * steps / full))] += 1
  }
  json.string("id", rubric.id)
  json.string("stem", list.stem)
  json.string("title", rubric.title)
  json.string("edition", rubric.edition)
  json.string("basis", rubric.basis)
  json.string("subject", kind.title)
  json.number("full", rubric.full)
  json.number("decimals", rubric.decimals)
  json.number("count", card.count)
  json.number("carried", list.entries.count)
  json.number("listSize", PageList.indexSize)
  json.number("pointsSize", PageList.detailSize)
  json.number("factsSize", PageList.evidenceSize)
  if let interval = intervalLabel(results, list.index) { json.bilingual("interval", interval) }
  json.numbers("statuses", statuses)
  json.numbers("tierCounts", tiers)
  json.numbers("scores", scores)
  json.array("tiers") { json in
    for tier in rubric.tiers {
      json.object { json in
        json.string("id", tier.id)
        json.string("title", tier.label)
        if let from = tier.from { json.number("from", from) }
      }
    }
  }
  json.strings("filters", filterFacts(results, rubric).map { kind.facts[$0].label })
}

private func list(_ results: RunResult, _ screening: Screening, _ json: inout JSON) {
  let honour = results.run.honours[screening.honour]
  json.string("id", honour.id)
  json.string("stem", fileName(honour.id))
  json.string("title", honour.title)
  json.string("ranking", results.pack.rubrics[honour.rubric].id)
  json.number("quota", honour.quota)
  json.number("reserve", honour.reserve)
  json.number("count", screening.lines.count)
  json.number("near", screening.lines.count { $0.isNear })
  json.array("ties") { json in
    let order = results.pack.tieOrder(of: results.pack.rubrics[honour.rubric])
    let said =
      (order.map { [$0] } ?? [])
      + screening.tieSentences(quota: honour.quota, reserve: honour.reserve)
      + screening.decidedSentences(quota: honour.quota, reserve: honour.reserve)
    for sentence in said {
      json.bilingual(nil, sentence)
    }
  }
  json.numbers("proposals", proposals(screening.lines[...]))
  json.array("groups") { json in
    // Lines of a group stand together.
    let starts = screening.lines.indices.filter {
      $0 == 0 || screening.lines[$0].group != screening.lines[$0 - 1].group
    }
    guard starts.count > 1 else { return }
    for (start, end) in zip(starts, starts.dropFirst() + [screening.lines.count]) {
      json.object { json in
        json.string("name", screening.lines[start].group)
        json.number("count", end - start)
        json.numbers("proposals", proposals(screening.lines[start..<end]))
      }
    }
  }
}

/// How many lines there are of each proposal.
private func proposals(_ lines: ArraySlice<Screening.Line>) -> [Int] {
  Screening.Proposal.allCases.map { proposal in lines.count { $0.proposal == proposal } }
}

/// What was wrong with the data, kind by kind, and what became of every file.
private func data(_ results: RunResult, _ json: inout JSON) {
  struct Kind: Hashable {
    var severity: Finding.Severity
    var rule: String
  }
  var kinds: [Kind: Int] = [:]
  for finding in results.findings {
    kinds[Kind(severity: finding.severity, rule: finding.rule), default: 0] += 1
  }
  json.number("findings", results.findings.count)
  json.number("findingsCarried", min(results.findings.count, mostRows))
  json.array("findingKinds") { json in
    for severity in Finding.Severity.allCases {
      let some = kinds.filter { $0.key.severity == severity }.sorted { left, right in
        left.value == right.value
          ? precedes(left.key.rule, right.key.rule) : left.value > right.value
      }
      for (kind, count) in some {
        json.object { json in
          json.string("severity", severity.rawValue)
          json.bilingual("title", severity.label)
          json.string("rule", kind.rule)
          json.bilingual("label", results.pack.label(ofFindingKind: kind.rule))
          json.number("count", count)
        }
      }
    }
  }
  json.number("quarantine", results.quarantine.count)
  json.number("quarantineCarried", min(results.quarantine.count, mostRows))
  json.array("files") { json in
    let offices = ActingOffices(results, NamedSubjects(results))
    let order = results.files.indices.sorted {
      precedes(results.files[$0].path, results.files[$1].path)
    }
    for number in order {
      let file = results.files[number]
      json.object { json in
        json.string("path", file.path)
        json.string(
          "office",
          offices.number(ofFile: number).map { results.pack.about.offices[$0].title } ?? "")
        json.string("profile", results.pack.title(ofProfile: file.profile))
        json.string("encoding", file.encoding)
        json.number("read", file.read)
        json.number("accepted", file.accepted)
        json.number("returned", file.quarantined)
        json.number("superseded", file.superseded)
        json.number("disagree", file.controls.count { !$0.agrees })
      }
    }
  }
  json.array("aside") { json in
    for entry in results.aside {
      json.object { json in
        json.string("path", entry.path)
        json.number("bytes", entry.bytes)
        if entry.reason == .broken { json.number("broken", 1) }
        json.bilingual("what", entry.what)
        json.bilingual("cure", entry.cure)
      }
    }
  }
  json.array("returns") { json in
    for line in results.returns {
      json.object { json in
        json.string("office", line.office)
        json.string("record", line.record)
        json.string("profile", line.profile)
        json.string("district", line.district)
        json.number("files", line.files)
        json.number("rows", line.rows)
        if let before = line.before { json.number("before", before) }
        json.bilingual("state", line.state.label)
        if line.state == .missing || line.state == .fewer { json.number("due", 1) }
      }
    }
  }
  json.array("exceeded") { json in
    for sentence in results.exceeded { json.bilingual(nil, sentence) }
  }
  // Evidence names files by their position in the order of delivery.
  json.strings("paths", results.files.map(\.path))
}
