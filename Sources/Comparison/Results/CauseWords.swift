package import Pipeline
package import Tables

/// How many facts people are told for one rule.
private let mostFacts = 2

extension RubricImpact {
  /// What moves in all, counted as the page counts it.
  package var counted: ResultMoves {
    func result(_ outcome: SubjectOutcome?) -> ResultMoves.Result? {
      outcome.map { outcome in
        ResultMoves.Result(
          status: outcome.status, score: outcome.score, tier: tiers.firstIndex(of: outcome.tier))
      }
    }
    return moves.reduce(into: ResultMoves()) { counted, move in
      counted.add(from: result(move.before), to: result(move.after))
    }
  }

  /// How many results change through each rule, most first.
  package var rules: [(cause: Cause, subjects: Int, standings: Int)] {
    var counts: [Cause: (subjects: Int, standings: Int)] = [:]
    for move in moves {
      for cause in move.causes {
        // Sums of points say more than who lost how much.
        let key = Cause(rule: cause.rule, id: cause.id, reason: cause.reason, points: 0)
        counts[key, default: (0, 0)].subjects += 1
        if move.changesStanding { counts[key, default: (0, 0)].standings += 1 }
      }
    }
    return counts.map { ($0.key, $0.value.subjects, $0.value.standings) }.sorted { left, right in
      if left.1 != right.1 { return left.1 > right.1 }
      return left.0.shown.en < right.0.shown.en
    }
  }

  /// Standings of both packs in their order, those that occur.
  package var standings: [SubjectOutcome.Standing] {
    let all =
      tiers.map { SubjectOutcome.Standing.tier($0) } + [.ranked]
      + Status.allCases.map { .without($0) }
      + [.notConcerned]
    return all.filter { standing in
      matrix.keys.contains { $0.before == standing || $0.after == standing }
    }
  }
}

extension Cause {
  /// The rule, and why it gives another result, for machines.
  package var shown: Bilingual { shown(by: RubricLabels()) }

  /// The rule with its title, and why it gives another result.
  ///
  /// - Parameter isEdited: Whether rules were edited too; where none was, that facts changed goes
  ///   without saying.
  package func shown(by labels: RubricLabels, isEdited: Bool = true) -> Bilingual {
    let name = id.isEmpty ? "" : " " + labels.rule(id)
    let what = Bilingual(zh: rule.title.zh + name, en: rule.title.en + name)
    switch (reason, rule) {
    case (.facts, .others), (.rule, _): return what
    case (.facts, _) where !isEdited: return what
    case (.facts, _):
      return Bilingual(zh: what.zh + "（规则未改，所用事实变了）", en: what.en + " (its facts changed)")
    case (.rounding, _):
      return Bilingual(zh: what.zh + "（只因小数位数）", en: what.en + " (rounding only)")
    }
  }

  /// The rule by its id, with the points as machines read them.
  package var withPoints: Bilingual {
    shown.followed(by: points == 0 ? nil : (points > 0 ? "+" : "") + shownPoints(points))
  }

  /// The rule by its title, what it reads that changed, and the points as people write them.
  package func withPoints(by labels: RubricLabels, isEdited: Bool = true) -> Bilingual {
    let what = shown(by: labels, isEdited: isEdited)
    let points = points == 0 ? nil : shownChange(points)
    guard !facts.isEmpty else { return what.followed(by: points) }
    let name = labels.rule(id)
    var moves = facts.prefix(mostFacts).map { $0.sentence(after: name) }
    let more = facts.count - mostFacts
    if more > 0 { moves.append(Bilingual(zh: "另有 \(more) 项事实变化", en: "\(more) more facts")) }
    return Bilingual(
      zh: "\(what.zh)：\(moves.map(\.zh).joined(separator: "，"))"
        + (points.map { "，\($0) 分" } ?? ""),
      en: "\(what.en): \(moves.map(\.en).joined(separator: ", "))"
        + (points.map { ", \($0) points" } ?? ""))
  }
}

extension Bilingual {
  fileprivate func followed(by number: String?) -> Bilingual {
    guard let number else { return self }
    return Bilingual(zh: "\(zh) \(number)", en: "\(en) \(number)")
  }
}

extension Cause.Rule {
  var title: Bilingual {
    switch self {
    case .gate: Bilingual(zh: "门槛", en: "gate")
    case .indicator: Bilingual(zh: "指标", en: "indicator")
    case .deduction: Bilingual(zh: "扣分", en: "deduction")
    case .bonus: Bilingual(zh: "加分", en: "bonus")
    case .cap: Bilingual(zh: "封顶", en: "cap")
    case .bounds: Bilingual(zh: "得分上下限", en: "bounds of the score")
    case .tiers: Bilingual(zh: "等次分数线", en: "tier lines")
    case .cohort: Bilingual(zh: "分组", en: "cohort")
    case .minimumAssessed: Bilingual(zh: "有依据分值的最低比例", en: "least share assessed")
    case .rankWithin: Bilingual(zh: "名次是否先按等次", en: "whether ranks go by tier first")
    case .applies: Bilingual(zh: "适用范围", en: "who is concerned")
    case .others: Bilingual(zh: "其他对象变动", en: "others moved")
    }
  }
}
