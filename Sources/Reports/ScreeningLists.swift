import RulePacks
import Tables

/// `screening/HONOUR.csv`: what is proposed for every candidate of one honour, and why.
func screeningList(_ results: Results, _ screening: Screening, _ gaps: [ShownGaps]) -> Document {
  let honour = results.run.honours[screening.honour]
  let header = CSV(header: [
    "decision_proposed", "state", "rank", "subject", "name", "group", "score", "tier",
    "quota_line", "to_line", "firm", "chance", "reasons", "missing", "objections", "decision",
    "decision_direction", "decided_by", "decided_on", "decision_reasons",
  ])
  let path = "screening/\(fileName(honour.id)).csv"
  guard let index = results.scorecards.firstIndex(where: { $0.rubric == honour.rubric }) else {
    return Document(path, [Lines(header.bytes)])
  }
  let table = ScreeningTable(results, screening, index, gaps[index])
  return Document(
    path,
    [
      Lines(
        head: header.bytes, count: screening.lines.count,
        stretch: ownOrderStretch(of: screening.lines.count)
      ) { table.rows($0) }
    ])
}

/// One screening list with the cells that its rows share already made.
private struct ScreeningTable: Sendable {
  let lines: [Screening.Line]
  let card: Scorecard
  let subjects: ShownSubjects
  let reasons: Reasons
  let missing: MissingTexts
  let proposals = Pieces(Screening.Proposal.allCases.map { CSV.made($0.rawValue) })
  /// The last is for none.
  let tiers: Pieces
  /// What a person is told beside the rules' own reasons, by the reason; the first is for nothing.
  let phrases: [[UInt8]]
  let separator: [UInt8]
  let points: PointTexts
  let language: Language

  init(_ results: Results, _ screening: Screening, _ index: Int, _ gaps: ShownGaps) {
    let rubric = results.rubric(of: index)
    lines = screening.lines
    card = results.scorecards[index]
    subjects = ShownSubjects(results, kind: rubric.subject)
    reasons = Reasons(rubric, language: results.language)
    missing = MissingTexts(gaps, card, language: results.language)
    tiers = Pieces(rubric.tiers.map { CSV.made($0.id) } + [[]])
    phrases =
      [[]]
      + [Screening.Reason.tieAcrossQuota, .candidacyUnknown].map {
        Array(($0.phrase?.text(in: results.language) ?? "").utf8)
      }
    separator = Array(Phrases.separator.text(in: results.language).utf8)
    points = PointTexts(rubric)
    language = results.language
  }

  func rows(_ range: Range<Int>) -> [UInt8] {
    let entries = range.map { Int32(lines[$0].entry) }
    let shared = SharedCells(self, range)
    return inOwnOrder(entries) { places, rows in
      let some = pick(entries, at: places)
      let (ids, names) = subjects.picked(pick(card.subjects, at: some))
      let scores = pick(card.scores, at: some)
      let rules = reasons.shared(card, some)
      let why = Pieces(
        cells: phrases.flatMap { phrase in
          rules.texts.map { [phrase, $0].filter { !$0.isEmpty }.joined(separator: separator) }
        })
      let gaps = missing.cells(of: some)
      let most =
        places.count
        * (160 + proposals.longest + tiers.longest + why.longest + gaps.cells.longest
          + shared.longest)
        + (ids.bytes.count + names.bytes.count) * 2
      rows.append(upTo: most) { output, ends, start in
        for (row, place) in places.enumerated() {
          let (number, own) = (range.lowerBound + Int(place), Int(place))
          output.put(
            lines[number].proposal.index, of: proposals.bytes.span, proposals.bounds.span)
          output.append(UInt8(ascii: ","))
          output.put(shared.files[own], of: shared.states.bytes.span, shared.states.bounds.span)
          output.append(UInt8(ascii: ","))
          if lines[number].rank > 0 { output.putDigits(lines[number].rank) }
          output.append(UInt8(ascii: ","))
          output.putCell(ids.bytes.span.extracting(ids.range(row)))
          output.append(UInt8(ascii: ","))
          output.putCell(names.bytes.span.extracting(names.range(row)))
          output.append(UInt8(ascii: ","))
          output.put(
            shared.groups[own], of: shared.groupNames.bytes.span, shared.groupNames.bounds.span)
          output.put(scores[row], points)
          output.append(UInt8(ascii: ","))
          output.put(tier(Int(some[row])), of: tiers.bytes.span, tiers.bounds.span)
          line(number, to: &output)
          let reason = lines[number].reason.number * rules.texts.count + Int(rules.numbers[row])
          output.put(reason, of: why.bytes.span, why.bounds.span)
          output.append(UInt8(ascii: ","))
          output.put(gaps.numbers[row], of: gaps.cells.bytes.span, gaps.cells.bounds.span)
          output.append(UInt8(ascii: ","))
          output.put(shared.files[own], of: shared.cases.bytes.span, shared.cases.bounds.span)
          output.append(0x0D)
          output.append(0x0A)
          ends.append(start + output.count)
        }
      }
    }
  }

  /// What people recorded about one line, six cells.
  fileprivate func cells(of file: CaseFile?) -> [UInt8] {
    guard let file else { return Array(",,,,,".utf8) }
    let separator = String(decoding: separator, as: UTF8.self)
    var csv = CSV()
    csv.cell(file.objectionLines.map { $0.text(in: language) }.joined(separator: separator))
    csv.cell(file.decision?.title ?? "")
    csv.cell(file.direction?.rawValue ?? "")
    csv.cell(file.decision?.by?.shown ?? "")
    csv.cell(file.decision?.on?.description ?? "")
    csv.cell(file.decision?.reasons ?? "")
    return csv.bytes
  }

  private func tier(_ entry: Int) -> Int {
    let tier = Int(card.tiers[entry])
    return card.statuses[entry].hasRank && 0..<tiers.count - 1 ~= tier ? tier : tiers.count - 1
  }

  /// Where the quota line runs, and how firm it is.
  private func line(_ number: Int, to output: inout OutputSpan<UInt8>) {
    output.append(UInt8(ascii: ","))
    output.putDigits(lines[number].quota)
    output.append(UInt8(ascii: ","))
    if let points = lines[number].toLine {
      output.putThousandths(points, decimals: self.points.decimals)
    }
    output.append(UInt8(ascii: ","))
    if let chance = lines[number].chance {
      output.put(chance.isFirm ? "yes," : "no,")
      output.putPercent(chance.share)
    } else {
      output.append(UInt8(ascii: ","))
    }
    output.append(UInt8(ascii: ","))
  }
}

/// Cells that many lines of a list share, and for each line which of them are its own.
private struct SharedCells {
  private(set) var groupNames = Pieces()
  private(set) var groups: [Int] = []
  /// Of lines with a case file, but for the first ones, which are those of all others.
  private(set) var states = Pieces()
  private(set) var cases = Pieces()
  private(set) var files: [Int] = []

  init(_ table: ScreeningTable, _ range: Range<Int>) {
    groups.reserveCapacity(range.count)
    files.reserveCapacity(range.count)
    append(nil, table)
    var last: String?
    for number in range {
      let group = table.lines[number].group
      // Lines stand group by group.
      if group != last { groupNames.append(cell: group) }
      last = group
      groups.append(groupNames.count - 1)
      if let file = table.lines[number].file {
        files.append(states.count)
        append(file, table)
      } else {
        files.append(0)
      }
    }
  }

  private mutating func append(_ file: CaseFile?, _ table: ScreeningTable) {
    states.append(cell: (file?.state ?? .proposed).rawValue)
    cases.append(made: table.cells(of: file))
  }

  /// Bytes of a line at most.
  var longest: Int { groupNames.longest + states.longest + cases.longest }
}

extension Screening.Proposal {
  /// Its place among all cases.
  fileprivate var index: Int {
    switch self {
    case .recommend: 0
    case .reserve: 1
    case .hold: 2
    case .ineligible: 3
    case .notSelected: 4
    }
  }
}

extension Screening.Reason {
  /// What a person is told beside the rules' own reasons.
  var phrase: Bilingual? {
    switch self {
    case .place, .status: nil
    case .tieAcrossQuota: Phrases.tieAcrossQuota
    case .candidacyUnknown: Phrases.candidacyUnknown
    }
  }

  /// The number of the phrase.
  fileprivate var number: Int {
    switch self {
    case .place, .status: 0
    case .tieAcrossQuota: 1
    case .candidacyUnknown: 2
    }
  }
}

/// Labels and offices of the facts that subjects lack, each made once.
private struct MissingTexts: Sendable {
  private let gaps: ShownGaps
  private let missing: [Int32]
  /// For each fact the first one that is shown the same.
  private let firsts: [Int32]
  private let texts: [[UInt8]]
  private let separator: [UInt8]

  init(_ gaps: ShownGaps, _ card: Scorecard, language: Language) {
    self.gaps = gaps
    missing = card.gaps.missing
    let opening = Phrases.opening.text(in: language)
    let closing = Phrases.closing.text(in: language)
    separator = Array(Phrases.separator.text(in: language).utf8)
    firsts = gaps.facts.map { fact in Int32(gaps.facts.firstIndex { $0 == fact } ?? 0) }
    texts = gaps.facts.map { fact in
      guard let fact else { return [] }
      let office = fact.office.isEmpty ? "" : opening + fact.office + closing
      return Array((fact.label + office).utf8)
    }
  }

  /// What some entries lack, as cells: for each entry the number of its own, and the cells.
  func cells(of entries: [Int32]) -> (numbers: [Int], cells: Pieces) {
    var numbers: [Int] = []
    numbers.reserveCapacity(entries.count)
    var cells = Pieces([[UInt8]()])
    // Most lack nothing or one fact alone.
    var known = [Int](repeating: 0, count: texts.count)
    for entry in entries {
      let (first, end) = (Int(gaps.offsets[Int(entry)]), Int(gaps.offsets[Int(entry) + 1]))
      guard first < end else {
        numbers.append(0)
        continue
      }
      let fact = end - first == 1 ? Int(missing[Int(gaps.gaps[first])]) : nil
      if let fact, known[fact] > 0 {
        numbers.append(known[fact])
        continue
      }
      if let fact { known[fact] = cells.count }
      numbers.append(cells.count)
      cells.append(cell: text(of: Int(entry)))
    }
    return (numbers, cells)
  }

  /// What an entry lacks, each once.
  private func text(of entry: Int) -> [UInt8] {
    var text: [UInt8] = []
    let first = Int(gaps.offsets[entry])
    let end = Int(gaps.offsets[entry + 1])
    for place in first..<end {
      let fact = firsts[Int(missing[Int(gaps.gaps[place])])]
      let isKnown = (first..<place).contains { firsts[Int(missing[Int(gaps.gaps[$0])])] == fact }
      if isKnown { continue }
      if place > first { text.append(contentsOf: separator) }
      text.append(contentsOf: texts[Int(fact)])
    }
    return text
  }
}
