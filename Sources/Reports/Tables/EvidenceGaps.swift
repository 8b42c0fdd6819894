import Labels
import RulePacks
import Tables

/// `evidence-gaps.csv`: missing facts, who can supply them, and the points and tier that hang on
/// them.
func evidenceGaps(_ results: RunResult, _ gaps: [ShownGaps]) -> Document {
  ReportTable.separated(
    results.scorecards.indices.map { gapTable(ListedGaps(results, $0, gaps[$0])) },
    columnsOf: gapTable(nil))
}

/// The gaps of one scorecard; without any for nil.
private func gapTable(_ listed: ListedGaps?) -> ReportTable {
  ReportTable(
    path: "evidence-gaps.csv", title: ColumnLabel.missing,
    columns: whoColumns(listed) + missingColumns(listed) + siteColumns(listed)
      + tierColumns(listed) + [
        missingColumn(listed, "record", ColumnLabel.recordKind) { $0.record }
      ],
    count: listed?.gaps.gaps.count ?? 0, order: listed?.gaps.gaps,
    points: PointTexts(least: 0, most: -1, decimals: listed?.rubric.decimals ?? 0))
}

private struct ListedGaps: Sendable {
  let card: Scorecard
  let rubric: Rubric
  let gaps: ShownGaps
  let subjects: ShownSubjects

  init(_ results: RunResult, _ index: Int, _ gaps: ShownGaps) {
    card = results.scorecards[index]
    rubric = results.rubric(of: index)
    self.gaps = gaps
    subjects = ShownSubjects(results, kind: rubric.subject)
  }

  func entries(_ gaps: [Int32]) -> [Int32] { pick(card.gaps.entries, at: gaps) }

  /// The numbers of what gaps count in, among parts, then gates, then caps.
  func sites(_ gaps: [Int32]) -> [Int32] {
    gaps.map { gap in
      switch card.gaps.sites[Int(gap)] {
      case .part(let index): Int32(index)
      case .gate(let index): Int32(card.parts.count + index)
      case .cap(let index): Int32(card.parts.count + card.gates.count + index)
      }
    }
  }
}

private func whoColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  @Sendable func rows(_ gaps: [Int32]) -> [Int32] {
    listed.map { pick($0.card.subjects, at: $0.entries(gaps)) } ?? []
  }
  return [
    ReportColumn(
      id: "subject", label: ColumnLabel.subject,
      values: .texts { listed?.subjects.ids(rows($0)) ?? TextBuffer() }, width: 21),
    ReportColumn(
      id: "name", label: ColumnLabel.name,
      values: .texts { listed?.subjects.names(rows($0)) ?? TextBuffer() }, width: 32),
    ReportColumn(
      id: "rubric", label: ColumnLabel.rubric,
      values: .word(
        Words(
          listed.map { [($0.rubric.id, Bilingual(zh: $0.rubric.title, en: $0.rubric.title))] } ?? []
        )
      ) { _ in 0 }, width: 20),
  ]
}

/// What is missing, and who can supply it.
private func missingColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  [
    missingColumn(listed, "fact", ColumnLabel.fact) { $0.label },
    missingColumn(listed, "office", ColumnLabel.office) { $0.office },
  ]
}

/// Something about the missing fact.
private func missingColumn(
  _ listed: ListedGaps?, _ id: String, _ label: Bilingual, _ text: (ShownFact) -> String
) -> ReportColumn {
  let words = Words(listed?.gaps.facts.map { $0.map(text) ?? "" } ?? [])
  return ReportColumn(
    id: id, label: label,
    values: .words(words) { gaps in
      listed.map { pick($0.card.gaps.missing, at: gaps) } ?? []
    }, width: 24)
}

/// What it counts in, and the points that it could still bring, or, of a deduction, take.
private func siteColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  let rubric = listed?.rubric
  let ids =
    (rubric?.parts.map(\.id) ?? []) + (rubric?.gates.map(\.id) ?? [])
    + (rubric?.caps.map(\.id) ?? [])
  let titles =
    (rubric?.parts.map(\.title) ?? []) + (rubric?.gates.map(\.text) ?? [])
    + (rubric?.caps.map(\.text) ?? [])
  let reach = (rubric?.parts ?? []).map { part in
    switch part.kind {
    case .indicator, .bonus, .group: part.most
    case .deduction: part.least
    }
  }
  return [
    ReportColumn(
      id: "counts_in", label: ColumnLabel.countsIn,
      values: .words(Words(ids)) { listed?.sites($0) ?? [] }),
    ReportColumn(
      id: "title", label: ColumnLabel.title,
      values: .words(Words(titles)) { listed?.sites($0) ?? [] }, width: 30),
    ReportColumn(
      id: "points_at_stake", label: ColumnLabel.atStake,
      values: .points(of: { gap in
        guard let card = listed?.card, case .part(let part) = card.gaps.sites[gap] else {
          return nil
        }
        return reach[part] - Int(card.parts[part].points[Int(card.gaps.entries[gap])])
      })),
  ]
}

private func tierColumns(_ listed: ListedGaps?) -> [ReportColumn] {
  guard let listed else {
    return ["tier_now", "tier_best"].map { id in
      ReportColumn(id: id, label: ColumnLabel.tier, values: .words(Words([String]())) { _ in [] })
    }
  }
  return [
    tierColumn(listed.rubric, id: "tier_now", label: ColumnLabel.tierNow) { gaps in
      listed.card.shownTiers(listed.entries(gaps))
    },
    tierColumn(listed.rubric, id: "tier_best", label: ColumnLabel.tierBest) { gaps in
      pick(listed.card.bestTiers, at: listed.entries(gaps)).map(Int32.init)
    },
  ]
}
