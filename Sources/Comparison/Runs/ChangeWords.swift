import Labels
import Pipeline
package import Tables

/// Those that one of two runs has in no list.
package let notListed = (
  before: Bilingual(
    zh: "前次\(ReportLabel.notListed.zh)", en: "\(ReportLabel.notListed.en) before"),
  after: Bilingual(
    zh: "本次\(ReportLabel.notListed.zh)", en: "\(ReportLabel.notListed.en) now")
)

extension RunComparison.Order {
  /// How the parts of a change were found.
  package var sentence: Bilingual {
    switch self {
    case .editionFirst:
      Bilingual(
        zh: "变化按此顺序分解：先换规则包，再撤更正，再换基准日，再换报送数据，最后加更正",
        en:
          "changes are taken apart in this order: rule pack, corrections out, date, delivered data, corrections in"
      )
    case .editionLast:
      Bilingual(
        zh: "新规则包读不了较早的报送文件，变化按此顺序分解：先撤更正，再换基准日，再换报送数据，再加更正，最后换规则包",
        en:
          "the later pack cannot read the earlier delivery, so changes are taken apart in this order: corrections out, date, delivered data, corrections in, rule pack"
      )
    }
  }
}

extension ChangePart.Reason {
  package var title: Bilingual {
    switch self {
    case .edition: Bilingual(zh: "规则包", en: "edition")
    case .correction: Bilingual(zh: "更正", en: "correction")
    case .date: Bilingual(zh: "基准日", en: "date")
    case .data: Bilingual(zh: "数据", en: "data")
    case .linkage: Bilingual(zh: "归并", en: "linkage")
    case .cohort: Bilingual(zh: "其他对象", en: "cohort")
    }
  }
}

extension RubricChange {
  package var entered: Int { impact.moves.count { $0.before == nil } }
  package var left: Int { impact.moves.count { $0.after == nil } }

  /// For each reason that occurs: how many results, and points up and down.
  package var sums: [(reason: ChangePart.Reason, subjects: Int, up: Int, down: Int)] {
    ChangePart.Reason.allCases.compactMap { reason in
      let all = parts.flatMap { $0 }.filter { $0.reason == reason }
      guard !all.isEmpty else { return nil }
      return (
        reason, all.count, all.reduce(0) { $0 + max($1.points, 0) },
        all.reduce(0) { $0 + min($1.points, 0) }
      )
    }
  }

  /// The same without those that only have another rank because others moved.
  package var ownFirst: [Int] { largestFirst.filter { !impact.moves[$0].isByOthers } }

  /// Places in `impact.moves`: greatest change of the score first, then of the rank; those that
  /// enter or leave stand last.
  package var largestFirst: [Int] {
    func size(_ move: Move) -> (Int, Int, Int) {
      guard let was = move.before, let now = move.after else { return (0, 0, 0) }
      let ranks = was.rank > 0 && now.rank > 0 ? abs(was.rank - now.rank) : 0
      return (abs(now.score - was.score), move.changesStanding ? 1 : 0, ranks)
    }
    let sizes = impact.moves.map { size($0) }
    return impact.moves.indices.sorted { left, right in
      sizes[left] == sizes[right] ? left < right : sizes[left] > sizes[right]
    }
  }
}
