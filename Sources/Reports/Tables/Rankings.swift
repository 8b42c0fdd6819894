import Labels
import RulePacks
import Tables

/// `rankings/RUBRIC.csv`: every subject of one rubric in the order of publication, with the points
/// of every part.
func ranking(_ results: RunResult, _ index: Int) -> Document {
  rankingTable(results, index).separated
}

/// One ranking as a table of scorecard entries.
///
/// A part's cell is empty where it gave nothing because facts are missing or because it does not
/// concern the subject; so an absence never reads as zero, and the cells still add up.
func rankingTable(_ results: RunResult, _ index: Int) -> ReportTable {
  let rubric = results.rubric(of: index)
  let title = "\(rubric.title) \(rubric.edition)"
  let standings = results.standings[index]
  return ReportTable(
    path: "rankings/\(fileName(rubric.id)).csv", title: Bilingual(zh: title, en: title),
    columns: rankColumns(results, index) + beforeColumns(results, index)
      + resultColumns(results, index)
      + partColumns(results, index),
    count: standings.order.count, order: standings.order, jumps: true,
    points: PointTexts(rubric))
}

/// Where each subject stands, and who it is.
private func rankColumns(_ results: RunResult, _ index: Int) -> [ReportColumn] {
  let card = results.scorecards[index]
  let standings = results.standings[index]
  let subjects = ShownSubjects(results, kind: results.rubric(of: index).subject)
  let cohorts = Int32(card.cohortNames.count)
  return [
    ReportColumn(
      id: "rank", label: ColumnLabel.rank, values: .ranks { pick(standings.ranks, at: $0) },
      leads: true, width: 7)
  ] + intervalColumns(results, index) + [
    ReportColumn(
      id: "cohort", label: ColumnLabel.cohort,
      values: .words(Words(card.cohortNames)) { entries in
        pick(card.cohorts, at: entries).map { $0 < cohorts ? $0 : -1 }
      }, width: 20),
    ReportColumn(
      id: "cohort_size", label: ColumnLabel.cohortSize,
      values: .counts { pick(standings.cohortSizes, at: $0) }, readers: [.machines, .people],
      width: 8),
    ReportColumn(
      id: "subject", label: ColumnLabel.subject,
      values: .texts { subjects.ids(pick(card.subjects, at: $0)) }, leads: true, width: 21),
    ReportColumn(
      id: "name", label: ColumnLabel.name,
      values: .texts { subjects.names(pick(card.subjects, at: $0)) }, leads: true, width: 32),
  ]
}

/// What the interval of a rank says; nil where nobody asked for it.
func intervalLabel(_ results: RunResult, _ index: Int) -> Bilingual? {
  guard let intervals = results.intervals(of: index) else { return nil }
  let asked = results.rubric(of: index).robustness
  return rankInterval(draws: intervals.draws, weights: asked?.weights ?? 0)
}

/// Between which ranks other weights put a subject; only files for machines have the columns
/// where nobody asked.
private func intervalColumns(_ results: RunResult, _ index: Int) -> [ReportColumn] {
  let intervals = results.intervals(of: index)
  let readers: ReportColumn.Readers = intervals == nil ? .machines : .all
  let note = intervalLabel(results, index)
  func column(_ id: String, _ label: Bilingual, _ ranks: [Int32]?) -> ReportColumn {
    ReportColumn(
      id: id, label: label,
      values: .ranks { entries in ranks.map { pick($0, at: entries) } ?? entries.map { _ in 0 } },
      leads: true, readers: readers, width: 9, note: note ?? Bilingual(zh: "", en: ""))
  }
  return [
    column("rank_low", ColumnLabel.bestRank, intervals?.low),
    column("rank_high", ColumnLabel.worstRank, intervals?.high),
  ]
}

/// The rank in the run before: 0 without one, -1 where it had no result; only the page, which has
/// the runs before, has the column.
private func beforeColumns(_ results: RunResult, _ index: Int) -> [ReportColumn] {
  guard results.earlier.last?.rankings[index] != nil else { return [] }
  return [
    ReportColumn(
      id: "rank_before", label: ColumnLabel.rankBefore,
      values: .counts { entries in earlierRanks(results, index, entries) }, readers: .page)
  ]
}

/// What each subject came to, and why.
private func resultColumns(_ results: RunResult, _ index: Int) -> [ReportColumn] {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let reasons = Reasons(rubric, language: results.language)
  return [
    ReportColumn(
      id: "score", label: ColumnLabel.score, values: .points { pick(card.scores, at: $0) },
      width: 8),
    ReportColumn(
      id: "score_upper", label: ColumnLabel.upper, values: .points { pick(card.upper, at: $0) },
      width: 8),
    ReportColumn(
      id: "assessed_share", label: ColumnLabel.evidence,
      values: .shares { pick(card.assessed, at: $0).map(Int32.init) }, width: 11),
    tierColumn(rubric) { card.shownTiers($0) },
    ReportColumn(
      id: "status", label: ColumnLabel.status,
      values: .words(statusWords) { pick(card.statuses, at: $0).map { Int32($0.place) } },
      width: 10),
    ReportColumn(
      id: "reasons", label: ColumnLabel.reasons,
      values: .shared { entries in
        let (numbers, texts) = reasons.shared(card, entries)
        return (numbers, TextBuffer(texts))
      }, width: 40),
  ]
}

/// The points of each part, which the page has with all else about a subject.
private func partColumns(_ results: RunResult, _ index: Int) -> [ReportColumn] {
  let rubric = results.rubric(of: index)
  let card = results.scorecards[index]
  let rules = results.pack.table(ofRubric: card.rubric).rows
  return rubric.parts.indices.map { number in
    let part = rubric.parts[number]
    let (points, states) = (card.parts[number].points, card.parts[number].states)
    let title = "\(part.id) \(part.title)"
    return ReportColumn(
      id: part.id, label: Bilingual(zh: title, en: title),
      values: .points { entries in
        let values = points.picked(entries, absent: 0)
        return withoutAbsent(values, pick(states, at: entries))
      }, readers: [.machines, .people],
      note: note(on: part, rules.first { $0.kind.isPart && $0[.id] == part.id }))
  }
}

/// The rule of a part and what it rests on.
private func note(on part: Rubric.Part, _ rule: RubricRow?) -> Bilingual {
  func lines(_ language: Language, _ ruleWord: String, _ basisWord: String) -> String {
    let rule = rule?.shown(.rule, in: language) ?? ""
    return [
      "\(part.id) \(part.title)", rule.isEmpty ? "" : ruleWord + rule,
      part.basis.isEmpty ? "" : basisWord + part.basis,
    ].filter { !$0.isEmpty }.joined(separator: "\n")
  }
  return Bilingual(zh: lines(.zh, "规则：", "依据："), en: lines(.en, "Rule: ", "Basis: "))
}

/// Points with nothing in place of zeros that mean something else.
///
/// Looks at every state, though only those of zeros count: a loop without a choice to make waits
/// for many cache misses at a time.
private func withoutAbsent(_ values: [Int32], _ states: [PartState]) -> [Int32] {
  var without: UInt64 = 0
  for state in PartState.allCases where state.isWithoutPoints {
    without |= 1 << UInt64(state.rawValue)
  }
  let (values, states) = (values.span, states.span)
  return [Int32](capacity: values.count) { output in
    for index in values.indices {
      let isWithout = (without >> UInt64(states[index].rawValue)) & 1 == 1
      output.append(values[index] == 0 && isWithout ? CSV.absent : values[index])
    }
  }
}

/// The tier of each row, by its title where people read.
func tierColumn(
  _ rubric: Rubric, id: String = "tier", label: Bilingual = ColumnLabel.tier,
  readers: ReportColumn.Readers = .all, _ tiers: @escaping @Sendable ([Int32]) -> [Int32]
) -> ReportColumn {
  let words = Words(
    rubric.tiers.map { ($0.id, Bilingual(zh: $0.label, en: $0.label)) })
  return ReportColumn(
    id: id, label: label, values: .words(words, tiers), readers: readers, width: 7,
    marks: rubric.tiers.indices.map { $0 })
}

private let statusWords = Words(Status.allCases.map { ($0.rawValue, $0.label) })

extension Scorecard {
  /// The tiers of some entries; -1 for those without a rank, which have none yet, whatever their
  /// points would give.
  func shownTiers(_ entries: [Int32]) -> [Int32] {
    let statuses = pick(statuses, at: entries)
    let tiers = pick(tiers, at: entries)
    return tiers.indices.map { statuses[$0].hasRank ? Int32(tiers[$0]) : -1 }
  }

  /// The points of all parts, entry after entry, zeros as they are.
  func pointsByRow(_ entries: [Int32]) -> [Int32] {
    var points = [Int32](repeating: 0, count: entries.count * parts.count)
    for part in parts.indices {
      let values = parts[part].points.picked(entries, absent: 0)
      for row in values.indices { points[row &* parts.count &+ part] = values[row] }
    }
    return points
  }
}

extension PartState {
  /// Whether no points were given because facts are missing or the part does not apply, so that
  /// a zero would say too much.
  var isWithoutPoints: Bool {
    switch self {
    case .withheld, .pending, .notApplicable, .leftOut: true
    case .assessed, .zeroed, .carried, .imputed: false
    }
  }
}

extension RubricRow.Kind {
  fileprivate var isPart: Bool {
    switch self {
    case .indicator, .deduction, .bonus, .group: true
    case .setting, .named, .gate, .cap, .tier: false
    }
  }
}

/// An id as part of a file name: whatever could leave the folder or surprise a file system
/// becomes `_`.
public func fileName(_ id: String) -> String {
  let name = String(
    String.UnicodeScalarView(
      id.unicodeScalars.map { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", ".": scalar
        default: scalar.value > 0x7F ? scalar : "_"
        }
      }))
  return name.hasPrefix(".") ? "_" + name.dropFirst() : name
}
