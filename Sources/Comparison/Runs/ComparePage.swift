import Foundation
import Pipeline
import Reports
package import Requests
package import Tables

/// How many who changed the page names in each ranking.
private let mostMoves = 200

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
  fileprivate var line: String { "\(run) · \(asOf) · \(packTitle)" }
}

extension RubricChange {
  fileprivate func page(most: Int) -> ComparedRuns.Ranking {
    let counted = impact.counted
    return ComparedRuns.Ranking(
      title: impact.title,
      counts: [
        (Bilingual(zh: "对象", en: "subjects"), impact.subjects),
        (Bilingual(zh: "有变化", en: "changed"), impact.moves.count),
        (Bilingual(zh: "等次上升", en: "tier up"), counted.tierUp),
        (Bilingual(zh: "等次下降", en: "tier down"), counted.tierDown),
        (notListed.before, entered), (notListed.after, left),
      ],
      reasons: reasonTable, shifts: sums.map { ($0.up, $0.down) }, matrix: impact.matrixTable,
      moves: moveTable, listed: largestFirst.prefix(most).map { Int32($0) })
  }
}
