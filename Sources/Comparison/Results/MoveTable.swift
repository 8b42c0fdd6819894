// The tables of a comparison: each described once, for its CSV file, its page and the terminal.

import Labels
import Pipeline
package import Reports
import Tables

/// How many rules people are told for one move; machines get all.
private let mostRules = 3

extension RubricImpact {
  /// Everybody whose result changes, on a row each: for machines what there was before and after in
  /// columns of their own, for people `before → after`.
  ///
  /// - Parameter parts: What each change is due to, where that is known.
  package func moveTable(parts: [[ChangePart]]? = nil) -> ReportTable {
    ReportTable(
      path: "moves.csv",
      title: Bilingual(zh: "有变化的对象，变化大的在前", en: "Who changed, the greatest first"),
      columns: whoColumns(isCompared: parts != nil) + pairColumns + standingColumns
        + (parts.map { partColumns($0) } ?? []) + ruleColumns(isCompared: parts != nil),
      count: moves.count)
  }

  private func whoColumns(isCompared: Bool) -> [ReportColumn] {
    let (id, moves) = (id, moves)
    let kind = ReportColumn(
      id: "change", label: ColumnLabel.change, values: .text { moves[$0].kind },
      readers: .machines)
    return [
      ReportColumn(
        id: "rubric", label: ColumnLabel.rubric, values: .text { _ in id }, readers: .machines),
      ReportColumn(id: "subject", label: ColumnLabel.subject, values: .text { moves[$0].subject }),
      ReportColumn(id: "name", label: ColumnLabel.name, values: .text { moves[$0].name }),
    ] + (isCompared ? [kind] : [])
  }

  /// Status, tier, score, rank and cohort, each before and after.
  private var pairColumns: [ReportColumn] {
    let moves = moves
    func pair(
      _ id: String, _ label: Bilingual,
      _ values: (@escaping @Sendable (Int) -> SubjectOutcome?) -> ReportColumn.Values
    ) -> [ReportColumn] {
      [
        ReportColumn(
          id: "\(id)_before", label: label, values: values { moves[$0].before },
          readers: .machines),
        ReportColumn(
          id: "\(id)_after", label: label, values: values { moves[$0].after }, readers: .machines),
      ]
    }
    return pair("status", ColumnLabel.status) { side in .text { side($0)?.status.rawValue ?? "" } }
      + pair("tier", ColumnLabel.tier) { side in .text { side($0)?.tier ?? "" } }
      + pair("score", ColumnLabel.score) { side in .points(of: { side($0)?.score }) }
      + pair("rank", ColumnLabel.rank) { side in .count { side($0)?.shownRank } }
      + pair("cohort", ColumnLabel.cohort) { side in .text { side($0)?.cohort ?? "" } }
  }

  private var standingColumns: [ReportColumn] {
    let (moves, labels) = (moves, labels)
    return told("standing", ColumnLabel.standing) { row in
      arrowed(
        moves[row].standingBefore.shown(by: labels), moves[row].standingAfter.shown(by: labels))
    }
      + [
        ReportColumn(
          id: "score", label: ColumnLabel.score,
          values: .text { row in
            arrowed(
              moves[row].before.map { shownPoints($0.score) },
              moves[row].after.map { shownPoints($0.score) })
          }, readers: .page, isFigures: true),
        ReportColumn(
          id: "rank", label: ColumnLabel.rank,
          values: .text { row in
            arrowed(
              moves[row].before?.shownRank.map { grouped($0) },
              moves[row].after?.shownRank.map { grouped($0) })
          }, readers: .page, isFigures: true),
      ]
  }

  /// What the change of the score is due to, in parts that add up to it.
  private func partColumns(_ parts: [[ChangePart]]) -> [ReportColumn] {
    let moves = moves
    let reasons = ChangePart.Reason.allCases.map { reason in
      ReportColumn(
        id: reason.rawValue, label: reason.title,
        values: .points(of: { row in
          guard moves[row].scoreChange != nil else { return nil }
          return parts[row].first { $0.reason == reason }?.points ?? 0
        }), readers: .machines)
    }
    return [
      ReportColumn(
        id: "score_change", label: ColumnLabel.scoreChange,
        values: .points(of: { moves[$0].scoreChange }), readers: .machines),
      ReportColumn(
        id: "score_shift", label: ColumnLabel.scoreChange,
        values: .text { moves[$0].scoreChange.map(shownChange) ?? "" }, readers: .page,
        isFigures: true),
    ] + reasons + [
      ReportColumn(
        id: "because", label: ColumnLabel.dueTo,
        values: .text { parts[$0].map(\.reason.rawValue).joined(separator: "; ") },
        readers: .machines)
    ]
      + told("due_to", ColumnLabel.dueTo) { row in
        lines(
          parts[row].map { part in
            let (title, points) = (part.reason.title, shownChange(part.points))
            return part.points == 0
              ? title : Bilingual(zh: "\(title.zh) \(points)", en: "\(title.en) \(points)")
          })
      }
  }

  /// The rules through which it changes; who enters or leaves another run does so with its rows,
  /// not through a rule.
  private func ruleColumns(isCompared: Bool) -> [ReportColumn] {
    let (moves, labels) = (moves, labels)
    let isEdited = moves.contains { $0.causes.contains { $0.reason == .rule } }
    @Sendable func causes(_ row: Int) -> [Cause] {
      let isBoth = moves[row].before != nil && moves[row].after != nil
      return isBoth || !isCompared ? moves[row].causes : []
    }
    return [
      ReportColumn(
        id: "rules", label: ColumnLabel.through,
        values: .text { causes($0).map(\.withPoints.en).joined(separator: "; ") },
        readers: .machines)
    ]
      + told("through", ColumnLabel.through) { row in
        let all = causes(row).enumerated().sorted { left, right in
          let (one, other) = (abs(left.element.points), abs(right.element.points))
          return one == other ? left.offset < right.offset : one > other
        }.map(\.element)
        let omitted = all.count - mostRules
        return lines(
          all.prefix(mostRules).map { $0.withPoints(by: labels, isEdited: isEdited) }
            + (omitted > 0 ? [Bilingual(zh: "另有 \(omitted) 条", en: "\(omitted) more")] : []))
      }
  }
}

extension RubricImpact {
  /// The rules through which results change, most first.
  package var ruleTable: ReportTable {
    let (rules, labels) = (rules, labels)
    let isEdited = rules.contains { $0.cause.reason == .rule }
    return ReportTable(
      path: "rules.csv", title: Bilingual(zh: "经由哪些规则", en: "Through which rules"),
      columns: told("through", ColumnLabel.through) { row in
        rules[row].cause.shown(by: labels, isEdited: isEdited)
      }
        + [
          ReportColumn(
            id: "subjects", label: ColumnLabel.subjects, values: .count { rules[$0].subjects }),
          ReportColumn(
            id: "standings", label: ColumnLabel.otherStanding,
            values: .count { rules[$0].standings }),
        ], count: rules.count)
  }

  /// How many stand where: a row for each place before, a column for each place after.
  package var matrixTable: ReportTable {
    let (standings, labels, matrix) = (standings, labels, matrix)
    let corner = Bilingual(zh: "前 ↓ 后 →", en: "before ↓ after →")
    return ReportTable(
      path: "matrix.csv",
      title: Bilingual(zh: "等次和状态：行为之前，列为之后", en: "Tiers and states: rows before, columns after"),
      columns: told("before", corner) { standings[$0].shown(by: labels) }
        + standings.map { after in
          ReportColumn(
            id: after.word, label: after.shown(by: labels),
            values: .text { row in
              matrix[Transition(before: standings[row], after: after)].map { grouped($0) } ?? "·"
            }, isFigures: true)
        }, count: standings.count)
  }
}

extension RubricChange {
  /// Everybody whose result changed, with what that is due to.
  package var moveTable: ReportTable { impact.moveTable(parts: parts) }

  /// What the changes are due to.
  package var reasonTable: ReportTable {
    let sums = sums
    return ReportTable(
      path: "reasons.csv", title: Bilingual(zh: "变化的原因", en: "What the changes are due to"),
      columns: told("because", ColumnLabel.dueTo) { sums[$0].reason.title }
        + [
          ReportColumn(
            id: "up", label: ColumnLabel.pointsUp, values: .text { shownChange(sums[$0].up) },
            isFigures: true),
          ReportColumn(
            id: "down", label: ColumnLabel.pointsDown, values: .text { shownChange(sums[$0].down) },
            isFigures: true),
          ReportColumn(
            id: "subjects", label: ColumnLabel.subjects, values: .count { sums[$0].subjects }),
        ], count: sums.count)
  }
}

extension ScreeningImpact {
  /// Whose proposal changes.
  package var changeTable: ReportTable {
    let changes = changes
    return ReportTable(
      path: "proposals.csv", title: Bilingual(zh: title, en: title),
      columns: [
        ReportColumn(
          id: "subject", label: ColumnLabel.subject, values: .text { changes[$0].subject }),
        ReportColumn(id: "name", label: ColumnLabel.name, values: .text { changes[$0].name }),
      ]
        + told("proposal", ColumnLabel.proposal) { row in
          arrowed(
            changes[row].before?.label ?? ReportLabel.notListed,
            changes[row].after?.label ?? ReportLabel.notListed)
        }, count: changes.count)
  }
}

extension SubjectOutcome {
  /// Nil without one.
  fileprivate var shownRank: Int? { rank > 0 ? rank : nil }
}

/// A text in both languages, where people read.
private func told(
  _ id: String, _ label: Bilingual, _ text: @escaping @Sendable (Int) -> Bilingual
) -> [ReportColumn] {
  [
    ReportColumn(id: id, label: label, values: .text { text($0).zh }, readers: .page),
    ReportColumn(id: "\(id)_en", label: label, values: .text { text($0).en }, readers: .page),
  ]
}

private func lines(_ texts: [Bilingual]) -> Bilingual {
  Bilingual(
    zh: texts.map(\.zh).joined(separator: "\n"), en: texts.map(\.en).joined(separator: "\n"))
}

private func arrowed(_ before: Bilingual, _ after: Bilingual) -> Bilingual {
  Bilingual(zh: arrowed(before.zh, after.zh), en: arrowed(before.en, after.en))
}

private func arrowed(_ before: String?, _ after: String?) -> String {
  before == after ? before ?? "—" : "\(before ?? "—") → \(after ?? "—")"
}
