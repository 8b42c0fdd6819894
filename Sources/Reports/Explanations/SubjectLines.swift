import RulePacks
import Tables

/// The lines of one rubric's subjects, with everything looked up that is the same for all.
struct SubjectLines: Sendable {
  private let card: Scorecard
  private let standings: Standings
  private let intervals: RankIntervals?
  private let subjects: ShownSubjects
  private let facts: [FactCells]
  private let cohorts: TextBuffer
  /// The last is for none.
  private let tiers: TextBuffer
  /// For each gate its member in each of the three states, likewise for caps.
  private let gates: TextBuffer
  /// The key of each part.
  private let parts: TextBuffer
  private let caps: TextBuffer

  init(_ results: RunResult, _ index: Int, _ reads: [FactRead]) {
    let rubric = results.rubric(of: index)
    card = results.scorecards[index]
    standings = results.standings[index]
    intervals = results.intervals(of: index)
    subjects = ShownSubjects(results, kind: rubric.subject)
    facts = factCells(of: rubric, reads, results)
    cohorts = TextBuffer(card.cohortNames.map(JSON.quoted))
    tiers = TextBuffer(rubric.tiers.map { JSON.quoted($0.id) } + [JSON.quoted("")])
    gates = TextBuffer(
      rubric.gates.flatMap { gate in
        [GateState.met, .failed, .pending].map { SubjectLines.member(gate.id, $0.word) }
      })
    parts = TextBuffer(rubric.parts.map { JSON.quoted($0.id) + [UInt8(ascii: ":")] })
    caps = TextBuffer(
      rubric.caps.flatMap { cap in
        [CapState.free, .capped, .pending].map { SubjectLines.member(cap.id, $0.word) }
      })
  }

  private let statuses = TextBuffer(Status.allCases.map { JSON.quoted($0.rawValue) })
  /// By the state's raw value.
  private let states = TextBuffer(PartState.allCases.map { JSON.quoted($0.word) })

  private static func member(_ key: String, _ word: String) -> [UInt8] {
    JSON.quoted(key) + [UInt8(ascii: ":")] + JSON.quoted(word)
  }

  /// A line for each of some subjects: result, points, and facts with their places.
  func lines(_ entries: [Int32]) -> [UInt8] {
    let rows = pick(card.subjects, at: entries)
    let (ids, names) = subjects.picked(rows)
    let cells = factCells(facts, rows)
    let points = card.pointsByRow(entries)
    let shared =
      512 + cohorts.longest + tiers.longest + gates.bytes.count + caps.bytes.count
      + parts.bytes.count * 2 + parts.count * 48
    var most = entries.count * shared + ids.bytes.count * 6 + names.bytes.count * 6
    most += cells.bytes.count + cells.count
    if let measured = card.measured { most += measured.values.count * entries.count * 56 }
    return [UInt8](capacity: most) { output in
      for (index, entry) in entries.enumerated() {
        output.put("{\"subject\":")
        output.putQuoted(ids.bytes.span.extracting(ids.range(index)))
        output.put(",\"name\":")
        output.putQuoted(names.bytes.span.extracting(names.range(index)))
        result(Int(entry), to: &output)
        let own = points.span.extracting(index * parts.count..<(index + 1) * parts.count)
        rules(Int(entry), own, to: &output)
        output.put(",\"facts\":{")
        for fact in facts.indices {
          if fact > 0 { output.append(UInt8(ascii: ",")) }
          output.put(fact * rows.count + index, of: cells.bytes.span, cells.bounds.span)
        }
        output.put("}}\n")
      }
    }
  }

  private func result(_ entry: Int, to output: inout OutputSpan<UInt8>) {
    output.put(",\"status\":")
    let status = card.statuses[entry].place
    output.put(status, of: statuses.bytes.span, statuses.bounds.span)
    output.put(",\"rank\":")
    output.putDigits(Int(standings.ranks[entry]))
    if let intervals {
      output.put(",\"rank_low\":")
      output.putDigits(Int(intervals.low[entry]))
      output.put(",\"rank_high\":")
      output.putDigits(Int(intervals.high[entry]))
    }
    output.put(",\"cohort\":")
    output.put(Int(card.cohorts[entry]), of: cohorts.bytes.span, cohorts.bounds.span)
    output.put(",\"cohort_size\":")
    output.putDigits(Int(standings.cohortSizes[entry]))
    output.put(",\"score\":")
    output.putThousandths(Int(card.scores[entry]), decimals: 0)
    output.put(",\"score_upper\":")
    output.putThousandths(Int(card.upper[entry]), decimals: 0)
    output.put(",\"assessed_share\":")
    output.putThousandths(Int(card.assessed[entry]), decimals: 0)
    output.put(",\"tier\":")
    let tier = card.tiers[entry] < 0 ? tiers.count - 1 : Int(card.tiers[entry])
    output.put(tier, of: tiers.bytes.span, tiers.bounds.span)
  }

  private func rules(_ entry: Int, _ points: Span<Int32>, to output: inout OutputSpan<UInt8>) {
    output.put(",\"gates\":{")
    for gate in card.gates.indices {
      if gate > 0 { output.append(UInt8(ascii: ",")) }
      let state = Int(card.gates[gate][entry].rawValue)
      output.put(gate * 3 + state, of: gates.bytes.span, gates.bounds.span)
    }
    output.put("},\"points\":{")
    for part in points.indices {
      if part > 0 { output.append(UInt8(ascii: ",")) }
      output.put(part, of: parts.bytes.span, parts.bounds.span)
      output.putThousandths(Int(points[part]), decimals: 0)
    }
    output.put("}")
    if let measured = card.measured {
      output.put(",\"values\":")
      numbers(measured.values, entry, to: &output)
      output.put(",\"normalised\":")
      numbers(measured.normalised, entry, to: &output)
    }
    output.put(",\"states\":{")
    var isFirst = true
    for part in card.parts.indices where card.parts[part].states[entry] != .assessed {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output.put(part, of: parts.bytes.span, parts.bounds.span)
      let state = Int(card.parts[part].states[entry].rawValue)
      output.put(state, of: states.bytes.span, states.bounds.span)
    }
    output.put("},\"caps\":{")
    for cap in card.caps.indices {
      if cap > 0 { output.append(UInt8(ascii: ",")) }
      let state = Int(card.caps[cap][entry].rawValue)
      output.put(cap * 3 + state, of: caps.bytes.span, caps.bounds.span)
    }
    output.append(UInt8(ascii: "}"))
  }

  /// Of a composite rubric: values as delivered, and what they are on their scales.
  private func numbers(
    _ columns: [[Double]], _ entry: Int, to output: inout OutputSpan<UInt8>
  ) {
    output.append(UInt8(ascii: "["))
    for index in columns.indices {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      let number = columns[index][entry]
      guard !number.isNaN else {
        output.put("null")
        continue
      }
      for byte in "\(number)".utf8 { output.append(byte) }
    }
    output.append(UInt8(ascii: "]"))
  }
}
