import Labels
import RulePacks
import Tables

/// `evidence-gaps.csv`: what each subject lacks under each rubric, a row for each office that can
/// supply it, with the points and tier that hang on it.
func evidenceGaps(_ results: RunResult, _ gaps: [ShownGaps]) -> Document {
  ReportTable.separated(
    results.scorecards.indices.map { gapTable(ListedGaps(results, $0, gaps[$0])) },
    columnsOf: gapTable(nil))
}

/// The gaps of one scorecard; without any for nil.
private func gapTable(_ listed: ListedGaps?) -> ReportTable {
  ReportTable(
    path: "evidence-gaps.csv", title: ColumnLabel.missing,
    columns: whoColumns(listed) + missingColumns(listed) + pointColumns(listed)
      + tierColumns(listed) + [
        texts("record", ColumnLabel.recordKind, 24, listed) { listed, rows in
          listed.gaps.texts(rows, listed.records) { listed.gaps.fact($0) }
        }
      ],
    count: listed?.gaps.rows.count ?? 0, order: listed?.gaps.rows,
    points: PointTexts(least: 0, most: -1, decimals: listed?.rubric.decimals ?? 0))
}

private struct ListedGaps: Sendable {
  let gaps: GapsByOffice
  let rubric: Rubric
  let subjects: ShownSubjects
  let points: PointsAtStake
  /// Labels of facts, and titles of the record kinds that state them.
  let facts: ListedWords
  let records: ListedWords
  /// Ids and titles of parts, then gates, then caps.
  let ids: ListedWords
  let titles: ListedWords

  init(_ results: RunResult, _ index: Int, _ shown: ShownGaps) {
    let separator = Phrases.separator.text(in: results.language)
    rubric = results.rubric(of: index)
    gaps = GapsByOffice(results.scorecards[index], shown)
    subjects = ShownSubjects(results, kind: rubric.subject)
    points = PointsAtStake(gaps, rubric)
    facts = ListedWords(alike: shown.facts.map { $0?.label }, separator: separator)
    records = ListedWords(alike: shown.facts.map { $0?.record }, separator: separator)
    ids = ListedWords(
      rubric.parts.map(\.id) + rubric.gates.map(\.id) + rubric.caps.map(\.id),
      separator: separator)
    titles = ListedWords(
      rubric.parts.map(\.title) + rubric.gates.map(\.text) + rubric.caps.map(\.text),
      separator: separator)
  }
}

private func texts(
  _ id: String, _ label: Bilingual, _ width: Double, _ listed: ListedGaps?,
  _ texts: @escaping @Sendable (ListedGaps, [Int32]) -> TextBuffer
) -> ReportColumn {
  ReportColumn(
    id: id, label: label,
    values: .texts { rows in listed.map { texts($0, rows) } ?? TextBuffer() }, width: width)
}

/// Whom it is about, under which rubric, and who can supply it.
private func whoColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  @Sendable func subjects(_ listed: ListedGaps, _ rows: [Int32]) -> [Int32] {
    pick(listed.gaps.card.subjects, at: listed.gaps.entries(rows))
  }
  let rubrics = Words(
    listed.map { [($0.rubric.id, Bilingual(zh: $0.rubric.title, en: $0.rubric.title))] } ?? [])
  return [
    texts("subject", ColumnLabel.subject, 21, listed) { $0.subjects.ids(subjects($0, $1)) },
    texts("name", ColumnLabel.name, 32, listed) { $0.subjects.names(subjects($0, $1)) },
    ReportColumn(
      id: "rubric", label: ColumnLabel.rubric, values: .word(rubrics) { _ in 0 }, width: 20),
    ReportColumn(
      id: "office", label: ColumnLabel.office,
      values: .words(Words(listed?.gaps.offices ?? [])) { listed?.gaps.offices($0) ?? [] },
      width: 24),
  ]
}

/// What is missing, and what it counts in: ids and titles in the same order.
private func missingColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  [
    texts("facts", ColumnLabel.fact, 40, listed) { listed, rows in
      listed.gaps.texts(rows, listed.facts) { listed.gaps.fact($0) }
    },
    texts("counts_in", ColumnLabel.countsIn, 12, listed) { listed, rows in
      listed.gaps.texts(rows, listed.ids) { listed.gaps.site($0) }
    },
    texts("titles", ColumnLabel.title, 40, listed) { listed, rows in
      listed.gaps.texts(rows, listed.titles) { listed.gaps.site($0) }
    },
  ]
}

private func pointColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  [
    ReportColumn(
      id: "points_at_stake", label: ColumnLabel.atStake,
      values: .points { listed?.points.toGain($0) ?? [] }),
    ReportColumn(
      id: "deduction_at_stake", label: ColumnLabel.deductionAtStake,
      values: .points { listed?.points.toLose($0) ?? [] }),
  ]
}

private func tierColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  guard let listed else {
    return ["tier_now", "tier_best"].map { id in
      ReportColumn(id: id, label: ColumnLabel.tier, values: .words(Words([String]())) { _ in [] })
    }
  }
  return [
    tierColumn(listed.rubric, id: "tier_now", label: ColumnLabel.tierNow) { rows in
      listed.gaps.card.shownTiers(listed.gaps.entries(rows))
    },
    tierColumn(listed.rubric, id: "tier_best", label: ColumnLabel.tierBest) { rows in
      pick(listed.gaps.card.bestTiers, at: listed.gaps.entries(rows)).map(Int32.init)
    },
  ]
}
