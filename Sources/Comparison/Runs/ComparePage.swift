import Foundation
import Pipeline
import Reports
package import Requests
package import Tables

/// How many who changed the page names in each ranking.
private let mostMoves = 200

/// How many rules the page names for one of them.
private let mostRules = 5

extension RunComparison {
  /// What moved and why, as one page to look at or print; of each ranking the greatest changes.
  package func writePage(to path: String, in language: Language) throws(RunFailure) {
    let runs = ComparedRuns(
      title: Bilingual(zh: "两个批次之间的变化", en: "What changed between two runs"),
      before: before.line, after: after.line, order: order.sentence,
      rankings: rubrics.map { $0.page(most: mostMoves) })
    try write(Data(comparePage(runs, in: language)), to: path)
  }
}

extension RunComparison.Side {
  fileprivate var line: String { "\(run) · \(asOf) · \(pack)" }
}

extension RubricChange {
  fileprivate func page(most: Int) -> ComparedRuns.Ranking {
    let counted = impact.counted
    let places = impact.standings
    return ComparedRuns.Ranking(
      title: impact.title,
      counts: [
        (Bilingual(zh: "对象", en: "subjects"), impact.subjects),
        (Bilingual(zh: "有变化", en: "changed"), impact.moves.count),
        (Bilingual(zh: "等次上升", en: "tier up"), counted.tierUp),
        (Bilingual(zh: "等次下降", en: "tier down"), counted.tierDown),
        (notListed.before, entered), (notListed.after, left),
      ],
      reasons: sums.map { sum in
        ComparedRuns.Reason(
          title: sum.reason.title, subjects: sum.subjects, up: sum.up, down: sum.down)
      },
      places: places.map { $0.shown(by: impact.labels) },
      matrix: places.map { before in
        places.map { after in
          impact.matrix[RubricImpact.Transition(before: before, after: after)] ?? 0
        }
      },
      moves: largestFirst.prefix(most).map { move(impact.moves[$0], parts[$0]) },
      omitted: max(0, impact.moves.count - most))
  }

  private func move(_ move: Move, _ parts: [ChangePart]) -> ComparedRuns.Move {
    // Who enters or leaves does so with its rows, not through a rule.
    let isBoth = move.before != nil && move.after != nil
    let causes = (isBoth ? move.causes : []).enumerated().sorted { left, right in
      let (one, other) = (abs(left.element.points), abs(right.element.points))
      return one == other ? left.offset < right.offset : one > other
    }.map(\.element)
    return ComparedRuns.Move(
      subject: move.subject, name: move.name,
      place: (
        move.standingBefore.shown(by: impact.labels), move.standingAfter.shown(by: impact.labels)
      ),
      score: (move.before?.score, move.after?.score),
      rank: (
        move.before.flatMap { $0.rank > 0 ? $0.rank : nil },
        move.after.flatMap { $0.rank > 0 ? $0.rank : nil }
      ),
      because: parts.map { part in
        let title = part.reason.title
        guard part.points != 0 else { return title }
        let points = (part.points > 0 ? "+" : "") + shownPoints(part.points)
        return Bilingual(zh: "\(title.zh) \(points)", en: "\(title.en) \(points)")
      },
      rules: causes.prefix(mostRules).map { $0.withPoints(by: impact.labels) },
      moreRules: max(0, causes.count - mostRules))
  }
}
