import RulePacks
import Tables

/// `data/RUBRIC-list-N.js`: the columns that a ranking is searched, sorted and filtered by.
func pageIndex(_ results: Results, _ list: PageList, _ number: Int, _ range: Range<Int>)
  -> Document
{
  let rubric = results.rubric(of: list.index)
  let card = results.scorecards[list.index]
  let standings = results.standings[list.index]
  let intervals = results.intervals(of: list.index)
  let entries = list.entries[range]
  let rows = entries.map { card.subjects[Int($0)] }
  let (ids, names) = ShownSubjects(results, kind: rubric.subject).picked(rows)
  let reasons = Reasons(rubric, language: results.language)
  var why = SharedTexts()
  let whyOf = entries.map { entry in
    why.number(String(decoding: reasons.text(card, Int(entry)), as: UTF8.self))
  }
  var json = JSON()
  json.object { json in
    json.raw("id") { lines(ids, to: &$0) }
    json.raw("name") { lines(names, to: &$0) }
    json.numbers("rank", entries.lazy.map { Int(standings.ranks[Int($0)]) })
    if let intervals {
      json.numbers("low", entries.lazy.map { Int(intervals.low[Int($0)]) })
      json.numbers("high", entries.lazy.map { Int(intervals.high[Int($0)]) })
    }
    if let before = earlierRanks(results, list.index, entries) { json.numbers("before", before) }
    json.numbers("cohort", entries.lazy.map { Int(card.cohorts[Int($0)]) })
    json.numbers("score", entries.lazy.map { Int(card.scores[Int($0)]) })
    json.numbers("upper", entries.lazy.map { Int(card.upper[Int($0)]) })
    json.numbers("assessed", entries.lazy.map { Int(card.assessed[Int($0)]) })
    json.numbers(
      "tier",
      entries.lazy.map { card.statuses[Int($0)].hasRank ? Int(card.tiers[Int($0)]) : -1 })
    json.numbers("status", entries.lazy.map { card.statuses[Int($0)].index })
    json.strings("reasons", why.texts)
    json.numbers("reason", whyOf)
    json.array("facts") { json in
      for slot in filterFacts(results, rubric) { filter(results, rubric, slot, rows, to: &json) }
    }
  }
  return dataDocument("\(list.stem)-list-\(number)", json.bytes)
}

/// Slots of the facts that a ranking can be filtered by: those by which groups are compared.
func filterFacts(_ results: Results, _ rubric: Rubric) -> [Int] {
  let kind = results.pack.subjects[rubric.subject]
  return (results.pack.disparity?.by ?? []).compactMap { id in
    guard let slot = kind.fact(id), kind.facts[slot].sensitivity == .open else { return nil }
    return slot
  }
}

/// One fact of some subjects: its values, and for each subject the number of its value, −1 where
/// it is unknown.
private func filter(
  _ results: Results, _ rubric: Rubric, _ slot: Int, _ rows: [Int32], to json: inout JSON
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

/// Texts as one, a line each: that is read many times faster than as many texts.
private func lines(_ column: TextColumn, to bytes: inout [UInt8]) {
  var text: [UInt8] = []
  for row in 0..<column.count {
    if row > 0 { text.append(0x0A) }
    for byte in column.bytes[column.range(row)] { text.append(byte == 0x0A ? 0x20 : byte) }
  }
  JSON.quote(text, to: &bytes)
}

/// `data/RUBRIC-points-N.js`: points, states and missing facts of so many subjects.
///
/// A row is the points of all parts, then the states of gates, parts and caps as a digit each,
/// then pairs of a missing fact and what it counts in, then the number of the subject among those
/// with facts, −1 for none.
func pageDetails(
  _ results: Results, _ list: PageList, _ gaps: ShownGaps, _ number: Int, _ range: Range<Int>
) -> Document {
  let card = results.scorecards[list.index]
  var places: [Int32: Int] = [:]
  for (place, entry) in list.explained.enumerated() { places[entry] = place }
  var json = JSON()
  json.array { json in
    for entry in list.entries[range] {
      json.raw { bytes in
        bytes.append("[[")
        for index in card.parts.indices {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          bytes.appendThousandths(Int(card.parts[index].points[Int(entry)]), decimals: 0)
        }
        bytes.append("],\"")
        for gate in card.gates { bytes.appendDigits(Int(gate[Int(entry)].rawValue)) }
        bytes.append("\",\"")
        for part in card.parts { bytes.appendDigits(Int(part.states[Int(entry)].rawValue)) }
        bytes.append("\",\"")
        for cap in card.caps { bytes.appendDigits(Int(cap[Int(entry)].rawValue)) }
        bytes.append("\",[")
        missing(Int(entry), card, gaps, to: &bytes)
        bytes.append("],")
        bytes.appendDigits(places[entry] ?? -1)
        bytes.append(UInt8(ascii: "]"))
      }
    }
  }
  return dataDocument("\(list.stem)-points-\(number)", json.bytes)
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

/// `data/RUBRIC-facts-N.js`: facts with the delivered rows that they come from.
func pageEvidence(_ results: Results, _ list: PageList, _ range: Range<Int>) -> Document {
  let rubric = results.rubric(of: list.index)
  let card = results.scorecards[list.index]
  let facts = factCells(of: rubric, publicReads(of: rubric, results.pack), results)
  var json = JSON()
  json.array { json in
    for entry in list.explained[range] {
      json.raw { bytes in
        bytes.append(UInt8(ascii: "{"))
        for index in facts.indices {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          facts[index].append(Int(card.subjects[Int(entry)]), to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
      }
    }
  }
  return dataDocument("\(list.stem)-facts-\(range.lowerBound / PageList.evidenceSize)", json.bytes)
}
