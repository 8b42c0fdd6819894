import Foundation
import Pipeline
import Reports
package import Requests
package import Tables

/// How many who changed the page names in all, so that it can be printed; the workbook has everybody.
private let mostMoves = 48
/// How many lines of coverage it has; more are in the workbook.
private let mostRates = 20

extension RunComparison {
  /// What moved and why, as one page to look at or print; of each ranking the greatest changes.
  package func writePage(to path: String, in language: Language) throws(RunFailure) {
    try write(Data(comparePage(compared, in: language)), to: path)
  }

  /// Every rate of coverage and everyone who changed, in a workbook.
  package func writeWorkbook(to path: String, in language: Language) throws(RunFailure) {
    try replaceFile(path) { (unfinished) throws(ReportFailure) in
      try Reports.writeWorkbook(compared, day: after.day, to: unfinished, in: language)
    }
  }

  private var compared: ComparedRuns {
    let changed = rubrics.count { !$0.impact.moves.isEmpty }
    return ComparedRuns(
      title: Bilingual(zh: "两个批次之间的变化", en: "What changed between two runs"),
      before: before.line, after: after.line, order: order.sentence, coverage: coverageTable,
      coverageListed: Array(coverageShown.prefix(mostRates)),
      rankings: rubrics.map { $0.page(most: mostMoves / max(1, changed)) })
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
      moves: moveTable, listed: ownFirst.prefix(most).map { Int32($0) },
      movedByOthers: impact.moves.count - ownFirst.count)
  }
}
