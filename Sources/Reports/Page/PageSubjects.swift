import RulePacks
import Tables

/// `data/RUBRIC-list-N.js`: the columns that a ranking is searched, sorted and filtered by.
func pageIndex(_ results: RunResult, _ list: PageList, _ number: Int, _ range: Range<Int>)
  -> Document
{
  let rubric = results.rubric(of: list.index)
  let entries = Array(list.entries[range])
  let rows = pick(results.scorecards[list.index].subjects, at: entries)
  var json = JSON()
  json.object { json in
    rankingTable(results, list.index).writeColumns(entries, to: &json)
    json.array("facts") { json in
      for slot in filterFacts(results, rubric) { filter(results, rubric, slot, rows, to: &json) }
    }
  }
  return dataDocument("\(list.stem)-list-\(number)", json.bytes)
}

/// Slots of the facts that a ranking can be filtered by: those by which groups are compared.
func filterFacts(_ results: RunResult, _ rubric: Rubric) -> [Int] {
  let kind = results.pack.subjects[rubric.subject]
  return (results.pack.disparity?.by ?? []).compactMap { id in
    guard let slot = kind.fact(id), kind.facts[slot].sensitivity == .open else { return nil }
    return slot
  }
}

/// One fact of some subjects: its values, and for each subject the number of its value, −1 where
/// it is unknown.
private func filter(
  _ results: RunResult, _ rubric: Rubric, _ slot: Int, _ rows: [Int32], to json: inout JSON
) {
  let fact = results.pack.subjects[rubric.subject].facts[slot]
  var titles: [String: String] = [:]
  for code in fact.codes.map({ results.pack.codes[$0].codes }) ?? [] where !code.name.isEmpty {
    titles[code.code] = code.name
  }
  var values = SharedTexts()
  var numbers: [Int] = []
  numbers.reserveCapacity(rows.count)
  for start in stride(from: 0, to: rows.count, by: Dossiers.batchSize) {
    let some = Array(rows[start..<min(rows.count, start + Dossiers.batchSize)])
    let batch = results.dossiers.batch(
      of: rubric.subject, at: some, demand: Demand(slots: [slot]))
    guard let vector = batch.vectors[slot] else {
      numbers += some.map { _ in -1 }
      continue
    }
    // Of codes each is looked up once.
    if case .codes(let ids, let names) = vector.values {
      var known = [Int](repeating: -1, count: names.count)
      for lane in some.indices {
        guard vector.isKnown(lane) else {
          numbers.append(-1)
          continue
        }
        let id = Int(ids[lane])
        if known[id] < 0 { known[id] = values.number(titles[names[id]] ?? names[id]) }
        numbers.append(known[id])
      }
      continue
    }
    for lane in some.indices {
      let value = vector.isKnown(lane) ? text(vector.values, lane, results.language) : nil
      numbers.append(value.map { values.number(titles[$0] ?? $0) } ?? -1)
    }
  }
  json.object { json in
    json.strings("values", values.texts)
    json.numbers("of", numbers)
  }
}

/// `data/RUBRIC-points-N.js`: points, states and missing facts of so many subjects.
///
/// A row is the points of all parts, then the states of gates, parts and caps as a digit each,
/// then pairs of a missing fact and what it counts in, then the number of the subject among those
/// with facts, −1 for none; where the rubric tells what was announced before, also the sentences
/// of that, none where nothing was; where there is a formation plan, what it proposes; and of a
/// composite rubric, how the score and each group are made.
func pageDetails(
  _ results: RunResult, _ list: PageList, _ gaps: ShownGaps, _ proposals: SubjectProposals?,
  _ number: Int, _ range: Range<Int>
) -> Document {
  let card = results.scorecards[list.index]
  let rubric = results.rubric(of: list.index)
  let entries = Array(list.entries[range])
  let parts = card.parts.count
  let points = card.pointsByRow(entries)
  let states = [
    digits(card.gates, entries), digits(card.parts.map(\.states), entries),
    digits(card.caps, entries),
  ]
  var json = JSON()
  json.array { json in
    for (row, entry) in entries.enumerated() {
      json.raw { bytes in
        bytes.append(addingCapacity: parts * 16 + 16) { output in
          output.put("[[")
          for part in 0..<parts {
            if part > 0 { output.append(UInt8(ascii: ",")) }
            output.putThousandths(Int(points[row * parts + part]), decimals: 0)
          }
          output.put("],")
        }
        for digits in states {
          let count = digits.count / entries.count
          bytes.append(UInt8(ascii: "\""))
          bytes.append(contentsOf: digits[row * count..<(row + 1) * count])
          bytes.append("\",")
        }
        bytes.append(UInt8(ascii: "["))
        missing(Int(entry), card, gaps, to: &bytes)
        bytes.append("],")
        bytes.appendDigits(list.places[range.lowerBound + row])
        let isComposite = rubric.composite != nil
        if rubric.announced != nil || proposals != nil || isComposite {
          bytes.append(UInt8(ascii: ","))
          bytes.append(contentsOf: announcedLines(results, list.index, Int(entry)))
        }
        if proposals != nil || isComposite {
          bytes.append(UInt8(ascii: ","))
          bytes.append(contentsOf: proposalLines(proposals, Int(card.subjects[Int(entry)])))
        }
        if isComposite {
          bytes.append(UInt8(ascii: ","))
          bytes.append(contentsOf: composedLines(rubric, card, Int(entry)))
        }
        bytes.append(UInt8(ascii: "]"))
      }
    }
  }
  return dataDocument("\(list.stem)-points-\(number)", json.bytes)
}

/// What was announced about one subject, a sentence a line.
private func announcedLines(_ results: RunResult, _ index: Int, _ entry: Int) -> [UInt8] {
  var json = JSON()
  json.array { json in
    guard let announced = results.announced(card: index, entry: entry) else { return }
    json.bilingual(nil, announced.sentence)
    if let reservation = announced.reservation { json.bilingual(nil, reservation) }
  }
  return json.bytes
}

/// What is proposed for one subject: one sentence, or none.
private func proposalLines(_ proposals: SubjectProposals?, _ row: Int) -> [UInt8] {
  var json = JSON()
  json.array { json in
    if let sentence = proposals?.sentence(of: row) { json.bilingual(nil, sentence) }
  }
  return json.bytes
}

/// How a composite score and its groups are made, a sentence each.
private func composedLines(_ rubric: Rubric, _ card: Scorecard, _ entry: Int) -> [UInt8] {
  var json = JSON()
  json.array { json in
    for composition in rubric.compositions(in: card, entry: entry) {
      json.bilingual(nil, composition.sentence)
    }
  }
  return json.bytes
}

/// The states of some entries as a digit each, entry after entry.
private func digits<State: RawRepresentable<UInt8>>(_ columns: [[State]], _ entries: [Int32])
  -> [UInt8]
{
  var digits = [UInt8](repeating: 0, count: columns.count * entries.count)
  for (index, column) in columns.enumerated() {
    var cell = index
    for state in pick(column, at: entries) {
      // Safe: no kind of state has more than ten.
      digits[cell] = UInt8(ascii: "0") + state.rawValue
      cell += columns.count
    }
  }
  return digits
}

private func missing(_ entry: Int, _ card: Scorecard, _ gaps: ShownGaps, to bytes: inout [UInt8]) {
  var isFirst = true
  for gap in gaps.gaps[Int(gaps.offsets[entry])..<Int(gaps.offsets[entry + 1])] {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes.appendDigits(Int(card.gaps.missing[Int(gap)]))
    bytes.append(UInt8(ascii: ","))
    switch card.gaps.sites[Int(gap)] {
    case .part(let index): bytes.appendDigits(index)
    case .gate(let index): bytes.appendDigits(card.parts.count + index)
    case .cap(let index): bytes.appendDigits(card.parts.count + card.gates.count + index)
    }
  }
}

/// `data/RUBRIC-facts-N.js`: of each subject its facts in the order of the rubric's, with the
/// delivered rows that they come from, and what was delivered where the value is another text.
func pageEvidence(_ results: RunResult, _ list: PageList, _ range: Range<Int>) -> Document {
  let rubric = results.rubric(of: list.index)
  let card = results.scorecards[list.index]
  let facts = factCells(
    of: rubric, publicReads(of: rubric, results.pack), results, showsDelivered: true,
    shape: .bare)
  let rows = pick(card.subjects, at: Array(list.explained[range]))
  let cells = factCells(facts, rows)
  var json = JSON()
  json.array { json in
    for index in rows.indices {
      json.raw { bytes in
        bytes.append(UInt8(ascii: "["))
        for fact in facts.indices {
          if fact > 0 { bytes.append(UInt8(ascii: ",")) }
          bytes.append(contentsOf: cells[fact * rows.count + index])
        }
        bytes.append(UInt8(ascii: "]"))
      }
    }
  }
  return dataDocument("\(list.stem)-facts-\(range.lowerBound / PageList.evidenceSize)", json.bytes)
}
