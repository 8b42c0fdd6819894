import Labels
import RulePacks
import Tables

/// `screening/HONOUR.csv`: what is proposed for every candidate of one honour, and why.
func screeningList(_ results: RunResult, _ screening: Screening, _ gaps: [ShownGaps]) -> Document {
  screeningTable(results, screening, gaps).separated
}

/// One screening list as a table of its lines; without rows where the honour's rubric was not
/// scored.
func screeningTable(_ results: RunResult, _ screening: Screening, _ gaps: [ShownGaps])
  -> ReportTable
{
  let honour = results.run.honours[screening.honour]
  let index = results.scorecards.firstIndex { $0.rubric == honour.rubric }
  let title = honour.title.isEmpty ? honour.id : honour.title
  let rubric = results.pack.rubrics[honour.rubric]
  var listed = ListedCandidates(results, screening, index)
  if index == nil { listed.lines = [] }
  return ReportTable(
    path: "screening/\(fileName(honour.id)).csv", title: Bilingual(zh: title, en: title),
    columns: proposalColumns(listed) + whoColumns(listed, results, rubric)
      + lineColumns(listed) + whyColumns(listed, results, rubric, index.map { gaps[$0] })
      + recordedColumns(listed, results.files.map(\.path), results.language),
    count: listed.lines.count, jumps: true, points: PointTexts(rubric))
}

/// The candidates of one list, with what is looked up for every column.
private struct ListedCandidates: Sendable {
  var lines: [Screening.Line]
  let card: Scorecard?
  /// For each line the number of its group's name.
  let groups: [Int32]
  let groupNames: [String]
  /// Whether anything was recorded of a line; most lists have nothing.
  let hasFile: [Bool]

  init(_ results: RunResult, _ screening: Screening, _ index: Int?) {
    lines = screening.lines
    card = index.map { results.scorecards[$0] }
    var (groups, names): ([Int32], [String]) = ([], [])
    groups.reserveCapacity(lines.count)
    // Lines stand group by group.
    for line in lines {
      if names.last != line.group { names.append(line.group) }
      groups.append(Int32(names.count - 1))
    }
    (self.groups, groupNames) = (groups, names)
    hasFile = lines.map { $0.file != nil }
  }

  /// The scorecard's entry of each line.
  func entries(_ rows: [Int32]) -> [Int32] { rows.map { Int32(lines[Int($0)].entry) } }

  /// A text of the case files that there are.
  func recorded(_ text: @escaping @Sendable (CaseFile) -> String) -> ReportColumn.Values {
    .shared { rows in
      var texts = TextBuffer([[UInt8]()])
      let numbers = rows.map { row -> Int32 in
        guard hasFile[Int(row)], let file = lines[Int(row)].file else { return 0 }
        texts.append(made: Array(text(file).utf8))
        return Int32(texts.count - 1)
      }
      return (numbers, texts)
    }
  }
}

private func proposalColumns(_ listed: ListedCandidates) -> [ReportColumn] {
  let all = Screening.Proposal.allCases
  let proposals = Words(all.map { ($0.rawValue, $0.label) })
  let numbers = Dictionary(uniqueKeysWithValues: zip(all, (0..<Int32(all.count))))
  let states = CaseFile.State.allCases
  return [
    ReportColumn(
      id: "decision_proposed", label: ColumnLabel.proposal,
      values: .words(proposals) { rows in
        rows.map { numbers[listed.lines[Int($0)].proposal] ?? -1 }
      }, width: 12, marks: proposals.ids.indices.map { $0 }),
    ReportColumn(
      id: "state", label: ColumnLabel.progress,
      values: .words(Words(states.map { ($0.rawValue, $0.label) })) { rows in
        rows.map { row in
          guard listed.hasFile[Int(row)], let file = listed.lines[Int(row)].file else { return 0 }
          return Int32(states.firstIndex(of: file.state) ?? 0)
        }
      }, width: 14,
      marks: [states.firstIndex(of: .decided), nil, nil, states.firstIndex(of: .frozen)]),
  ]
}

private func whoColumns(_ listed: ListedCandidates, _ results: RunResult, _ rubric: Rubric)
  -> [ReportColumn]
{
  let subjects = ShownSubjects(results, kind: rubric.subject)
  @Sendable func rows(_ lines: [Int32]) -> [Int32] {
    listed.card.map { pick($0.subjects, at: listed.entries(lines)) } ?? []
  }
  return [
    ReportColumn(
      id: "rank", label: ColumnLabel.rank,
      values: .ranks { rows in rows.map { Int32(listed.lines[Int($0)].rank) } }, width: 7),
    ReportColumn(
      id: "subject", label: ColumnLabel.subject, values: .texts { subjects.ids(rows($0)) },
      width: 21),
    ReportColumn(
      id: "name", label: ColumnLabel.name, values: .texts { subjects.names(rows($0)) }, width: 32),
    ReportColumn(
      id: "group", label: ColumnLabel.cohort,
      values: .words(Words(listed.groupNames)) { pick(listed.groups, at: $0) }, width: 14),
    ReportColumn(
      id: "score", label: ColumnLabel.score,
      values: .points { lines in
        listed.card.map { pick($0.scores, at: listed.entries(lines)) } ?? []
      }, width: 8),
    tierColumn(rubric) { lines in listed.card?.shownTiers(listed.entries(lines)) ?? [] },
  ]
}

/// Where the quota line runs, and how firm it is; the page tells apart who stands near it.
private func lineColumns(_ listed: ListedCandidates) -> [ReportColumn] {
  let yesNo = Words([("no", Phrases.no), ("yes", Phrases.yes)])
  return [
    ReportColumn(
      id: "quota_line", label: ColumnLabel.quotaLine,
      values: .counts { rows in rows.map { Int32(clamping: listed.lines[Int($0)].quota) } },
      width: 8),
    ReportColumn(
      id: "to_line", label: ColumnLabel.toLine, values: .points(of: { listed.lines[$0].toLine }),
      width: 9,
      note: Bilingual(
        zh: "正数：比线外第一名高出的分数；负数：比线内末位低的分数；0：与其同分",
        en:
          "positive: points above the first outside the quota; negative: below the last inside it; "
          + "0: level with it")),
    ReportColumn(
      id: "firm", label: ColumnLabel.firm,
      values: .word(yesNo) { row in
        let line = listed.lines[row]
        // A tie is never firm: it is a person who decides.
        switch line.proposal {
        case .tied: return 0
        case .waiting: return nil
        case .recommend, .reserve, .ineligible, .notSelected:
          return line.chance.map { $0.isFirm ? 1 : 0 }
        }
      },
      readers: .machines),
    ReportColumn(
      id: "near", label: ColumnLabel.quotaLine,
      values: .word(nearWords) { row in
        let line = listed.lines[row]
        return line.isNear ? 1 : line.proposal == .notSelected ? 2 : line.proposal.isOpen ? nil : 0
      }, readers: .page),
    ReportColumn(
      id: "chance", label: ColumnLabel.chance,
      values: .share { row in listed.lines[row].chance?.share }, width: 10),
  ]
}

private func whyColumns(
  _ listed: ListedCandidates, _ results: RunResult, _ rubric: Rubric, _ gaps: ShownGaps?
) -> [ReportColumn] {
  let reasons = Reasons(rubric, language: results.language)
  let phrases =
    [[]]
    + [
      Screening.Reason.tieAcrossQuota, .candidacyUnknown, .reservation, .tieAcrossReserve,
      .tieBroken,
    ].map {
      Array(($0.phrase?.text(in: results.language) ?? "").utf8)
    }
  let separator = Array(Phrases.separator.text(in: results.language).utf8)
  let missing = gaps.flatMap { gaps in
    listed.card.map { MissingTexts(gaps, $0, language: results.language) }
  }
  return [
    ReportColumn(
      id: "reasons", label: ColumnLabel.reasons,
      values: .shared { lines in
        guard let card = listed.card else { return ([], TextBuffer()) }
        let rules = reasons.shared(card, listed.entries(lines))
        let texts = phrases.flatMap { phrase in
          rules.texts.map { [phrase, $0].filter { !$0.isEmpty }.joined(separator: separator) }
        }
        let numbers = lines.indices.map { row in
          let phrase = listed.lines[Int(lines[row])].reason.number
          return Int32(phrase * rules.texts.count) + rules.numbers[row]
        }
        return (numbers, TextBuffer(texts))
      }, width: 40),
    ReportColumn(
      id: "missing", label: ColumnLabel.missing,
      values: .shared { missing?.texts(of: listed.entries($0)) ?? ([], TextBuffer()) }, width: 40),
  ]
}

/// What people recorded, shown where there is any of it.
private func recordedColumns(
  _ listed: ListedCandidates, _ files: [String], _ language: Language
) -> [ReportColumn] {
  let separator = Phrases.separator.text(in: language)
  let readers: ReportColumn.Readers =
    listed.hasFile.contains(true) ? [.machines, .people] : .machines
  func column(
    _ id: String, _ label: Bilingual, _ width: Double,
    _ text: @escaping @Sendable (CaseFile) -> String
  ) -> ReportColumn {
    ReportColumn(
      id: id, label: label, values: listed.recorded(text), readers: readers, width: width)
  }
  var direction = [
    column("decision_direction", ColumnLabel.direction, 16) { $0.direction?.rawValue ?? "" },
    column("decision_direction", ColumnLabel.direction, 16) {
      $0.direction?.label.text(in: language) ?? ""
    },
  ]
  direction[0].readers = .machines
  direction[1].readers.remove(.machines)
  return [
    column("reservations", ColumnLabel.reservations, 40) { file in
      file.reservationLines(files).map { $0.text(in: language) }.joined(separator: separator)
    },
    column("objections", ColumnLabel.objections, 40) { file in
      file.objectionLines.map { $0.text(in: language) }.joined(separator: separator)
    },
    column("decision", ColumnLabel.decision, 14) { $0.decision?.title ?? "" },
  ] + direction + [
    column("decided_by", ColumnLabel.decidedBy, 18) { $0.decision?.by?.shown ?? "" },
    column("decided_on", ColumnLabel.decidedOn, 11) { $0.decision?.on?.description ?? "" },
    column("decision_reasons", ColumnLabel.decisionReasons, 40) { $0.decision?.reasons ?? "" },
  ]
}

/// Whether a line stands near the quota line.
private let nearWords = Words([
  ("firm", Bilingual(zh: "稳定", en: "firm")),
  ("near", Bilingual(zh: "名额线附近", en: "near the line")),
  (
    "outside",
    Bilingual(
      zh: "\(Screening.Proposal.notSelected.label.zh)，稳定",
      en: "\(Screening.Proposal.notSelected.label.en), firm")
  ),
])

extension Screening.Line {
  /// Whether other weights or a tie may decide on which side of the quota line this one stands.
  var isNear: Bool { chance?.isFirm == false || reason == .tieAcrossQuota }
}

/// The lines of a list, those whom somebody has to decide on first.
///
/// By index and no more than these: a list of all candidates of a city is too large to be copied.
func firstLines(of screening: Screening, most: Int) -> [Int32] {
  var shown: [Int32] = []
  for proposal in Screening.Proposal.allCases {
    for index in screening.lines.indices where screening.lines[index].proposal == proposal {
      guard shown.count < most else { return shown }
      shown.append(Int32(index))
    }
  }
  return shown
}

extension Screening.Reason {
  /// What a person is told beside the rules' own reasons.
  var phrase: Bilingual? {
    switch self {
    case .place, .status: nil
    case .tieAcrossQuota: Phrases.tieAcrossQuota
    case .candidacyUnknown: Phrases.candidacyUnknown
    case .reservation: Phrases.reservation
    case .tieAcrossReserve: Phrases.tieAcrossReserve
    case .tieBroken: Phrases.tieBroken
    }
  }

  /// The number of the phrase.
  fileprivate var number: Int {
    switch self {
    case .place, .status: 0
    case .tieAcrossQuota: 1
    case .candidacyUnknown: 2
    case .reservation: 3
    case .tieAcrossReserve: 4
    case .tieBroken: 5
    }
  }
}
