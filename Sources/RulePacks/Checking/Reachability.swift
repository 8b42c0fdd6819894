import Expressions
import Tables

/// Conditions that are proved never to hold, whatever is delivered.
extension PackLoader {
  /// Refuses a condition that can never be true, as no author means one.
  ///
  /// - Parameter effect: What follows from it, as the end of a sentence.
  mutating func refuseImpossible(
    _ condition: CheckedExpression?, at node: YAMLNode?, scope: Int, so effect: Bilingual
  ) {
    guard let condition, let node, certainty(of: condition, scope: scope) == .neverTrue else {
      return
    }
    reading.fault(
      at: reading.spot(in: node, line: 1, column: 1),
      say(
        "“\(condition.text)”不可能成立，\(effect.zh)",
        "“\(condition.text)” can never be true, so \(effect.en)"),
      cure: say("请核对所比较的值，或删去这一条", "compare with values that occur, or remove it"))
  }

  /// Refuses a gate that nobody can fail.
  mutating func refuseCertain(_ gate: CheckedExpression, at node: YAMLNode?, scope: Int) {
    guard let node, certainty(of: gate, scope: scope) == .neverFalse else { return }
    reading.fault(
      at: reading.spot(in: node, line: 1, column: 1),
      say("“\(gate.text)”总是成立，门槛不起作用", "“\(gate.text)” always holds, so the gate does nothing"),
      cure: say("请核对所比较的值，或删去这个门槛", "compare with values that occur, or remove the gate"))
  }

  private func certainty(of condition: CheckedExpression, scope: Int) -> Certainty? {
    condition.certainty { slot in
      scope < pack.subjects.count ? range(of: FactPlace(subject: scope, slot: slot)) : (nil, nil)
    }
  }

  /// The plausible range of a fact: what lies outside it cannot be read, but for the value that
  /// “stated: none” stands for.
  func range(of place: FactPlace) -> (least: Exact?, most: Exact?) {
    guard pack.subjects[place.subject].facts.indices.contains(place.slot) else { return (nil, nil) }
    let fields = fields(behind: .fact(root(place))).map { pack.records[$0.record].fields[$0.field] }
    let least = fields.compactMap { field in
      field.least.map { min($0, field.numberForNone ?? $0) }
    }
    let most = fields.compactMap { field in field.most.map { max($0, field.numberForNone ?? $0) } }
    return (
      least.count == fields.count ? least.min() : nil, most.count == fields.count ? most.max() : nil
    )
  }

  /// Whether one occurrence already gives or takes more than all together may.
  mutating func checkLimit(_ limit: Int?, of points: Int, at node: YAMLNode?) {
    guard let limit, let node, limit.magnitude < points.magnitude else { return }
    let (all, one) = (shownPoints(limit), shownPoints(points))
    reading.fault(
      at: node.spot,
      say(
        "总计限于\(all)分，一次的\(one)分达不到",
        "\(all) in all is less than \(one) for one, which nobody can get"),
      cure: say("请调整单次分值或总限", "adjust the points for one or the limit"))
  }

  /// An additive score is the sum of rounded parts, so that what is shown adds up, and ranks are
  /// taken from what is shown; there is no other sum to rank on.
  mutating func refuseExactRanks(_ map: YAMLMap) {
    guard case .map(let entries) = map["rounding"]?.content,
      let node = entries.first(where: { $0.key == "rank-on" })?.value, node.scalar == "exact",
      map["scorer"] == nil || map["scorer"]?.scalar == "additive"
    else { return }
    reading.fault(
      at: node.spot,
      say(
        "相加的得分就是各项舍入后之和，名次按它排，不能用“exact”",
        "an additive score is the sum of its rounded parts, and ranks follow it, so “exact” has no meaning"
      ),
      cure: say("请写 rounded，或增加“decimals”", "write rounded, or more “decimals”"))
  }

  // MARK: - Tiers

  /// Compares the upper end that a tier states with the tier above.
  ///
  /// Scores are multiples of the rubric's last decimal, so 900 and 901 join where points have no
  /// decimals and leave 900.1 without a tier where they have one.
  mutating func checkUpperEnd(_ map: YAMLMap, of tier: Rubric.Tier, in rubric: Rubric, highest: Int)
  {
    guard let node = map["to"], let to = reading.points(node) else { return }
    let shown = shownPoints(to)
    if let from = tier.from, to < from {
      reading.fault(
        at: node.spot,
        say(
          "上限\(shown)低于下限\(shownPoints(from))",
          "\(shown) is below “from” \(shownPoints(from))"),
        cure: say("请更正两端", "correct the ends"))
      return
    }
    guard let above = rubric.tiers.last else {
      guard to < highest else { return }
      reading.fault(
        at: node.spot,
        say(
          "\(shown)分以上没有等次，最高可得\(shownPoints(highest))分",
          "there is no tier above \(shown), and the highest score is \(shownPoints(highest))"
        ),
        cure: say("最高等次不写“to”", "leave “to” out of the best tier"))
      return
    }
    guard let from = above.from else { return }
    var step = 1
    for _ in rubric.decimals..<3 { step *= 10 }
    if to >= from {
      reading.fault(
        at: node.spot,
        say(
          "等次“\(tier.id)”与“\(above.id)”重叠：\(shownPoints(from))分两者都包括",
          "the tiers “\(tier.id)” and “\(above.id)” overlap: \(shownPoints(from)) is in both"
        ),
        cure: say("请更正“to”或“from”", "correct “to” or “from”"))
    } else if to / step * step + step < from {
      let lost = shownPoints(to / step * step + step)
      reading.fault(
        at: node.spot,
        say(
          "\(lost)分没有等次：在“\(tier.id)”和“\(above.id)”之间；分值保留\(rubric.decimals)位小数",
          "no tier holds \(lost), between “\(tier.id)” and “\(above.id)”; points have \(rubric.decimals) decimal\(rubric.decimals == 1 ? "" : "s")"
        ),
        cure: say(
          "请更正“to”或“from”，或在“rounding”中写“decimals”",
          "correct “to” or “from”, or “decimals” under “rounding”"))
    }
  }
}

extension Field {
  /// What “stated: none” stands for, where that is a number.
  fileprivate var numberForNone: Exact? {
    switch statedNone {
    case .int(let number)?: Exact(number)
    case .decimal(let number)?: number
    case nil, .null?, .bool?, .double?, .string?, .date?, .timestamp?, .duration?, .list?, .map?,
      .type?:
      nil
    }
  }
}
