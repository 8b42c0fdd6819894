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
      Lines(head: header.bytes, count: screening.lines.count, stretch: 1024) { table.rows($0) }
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
  let decimals: Int
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
    decimals = rubric.decimals
    language = results.language
  }

  func rows(_ range: Range<Int>) -> [UInt8] {
    let entries = range.map { Int32(lines[$0].entry) }
    let (ids, names) = subjects.picked(pick(card.subjects, at: entries))
    let scores = pick(card.scores, at: entries)
    let rules = reasons.shared(card, entries)
    let why = Pieces(
      cells: phrases.flatMap { phrase in
        rules.texts.map { [phrase, $0].filter { !$0.isEmpty }.joined(separator: separator) }
      })
    var gaps = Pieces()
    var groups = Pieces()
    var states = Pieces()
    var cases = Pieces()
    for (row, entry) in entries.enumerated() {
      let file = lines[range.lowerBound + row].file
      states.append(cell: (file?.state ?? .proposed).rawValue)
      cases.append(made: cells(of: file))
      gaps.append(cell: missing.text(of: Int(entry)))
      groups.append(cell: lines[range.lowerBound + row].group)
    }
    let most =
      range.count * (160 + proposals.longest + tiers.longest + why.longest)
      + (ids.bytes.count + names.bytes.count) * 2 + gaps.bytes.count + groups.bytes.count
      + states.bytes.count + cases.bytes.count
    return [UInt8](capacity: most) { output in
      for (row, number) in range.enumerated() {
        output.put(lines[number].proposal.index, of: proposals.bytes.span, proposals.bounds.span)
        output.append(UInt8(ascii: ","))
        output.put(row, of: states.bytes.span, states.bounds.span)
        output.append(UInt8(ascii: ","))
        if lines[number].rank > 0 { output.putDigits(lines[number].rank) }
        output.append(UInt8(ascii: ","))
        output.putCell(ids.bytes.span.extracting(ids.range(row)))
        output.append(UInt8(ascii: ","))
        output.putCell(names.bytes.span.extracting(names.range(row)))
        output.append(UInt8(ascii: ","))
        output.put(row, of: groups.bytes.span, groups.bounds.span)
        output.append(UInt8(ascii: ","))
        output.putThousandths(Int(scores[row]), decimals: decimals)
        output.append(UInt8(ascii: ","))
        output.put(tier(Int(entries[row])), of: tiers.bytes.span, tiers.bounds.span)
        line(number, to: &output)
        let reason = lines[number].reason.number * rules.texts.count + Int(rules.numbers[row])
        output.put(reason, of: why.bytes.span, why.bounds.span)
        output.append(UInt8(ascii: ","))
        output.put(row, of: gaps.bytes.span, gaps.bounds.span)
        output.append(UInt8(ascii: ","))
        output.put(row, of: cases.bytes.span, cases.bounds.span)
        output.append(0x0D)
        output.append(0x0A)
      }
    }
  }

  /// What people recorded about one line, six cells.
  private func cells(of file: CaseFile?) -> [UInt8] {
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
    if let points = lines[number].toLine { output.putThousandths(points, decimals: decimals) }
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

  /// What an entry lacks, each once.
  func text(of entry: Int) -> [UInt8] {
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
