import Labels
import Tables

extension Explanation {
  /// The single changes that would better the result.
  func changeSection(_ letter: inout Letter) {
    letter.title("怎样提高", "How to do better")
    if judgesPeople {
      letter.line(
        2, "本评价含有由人签署意见的指标。程序不对个人的事实提出任何改变建议，缺的意见见各项得分。",
        "This evaluation holds opinions that people have signed. Nothing is proposed about facts of a person; opinions that are missing are named under the points."
      )
      return
    }
    for cap in caps where cap.bites { tell(cap, &letter) }
    if parts.contains(where: { $0.measured != nil }) {
      letter.line(
        2, "本评价按各对象之间的比较合成得分，单项事实改变后的结果还取决于其他对象，因此不作推算。",
        "This index compares subjects with each other; what a single change would bring depends on the others and is not worked out."
      )
      return
    }
    guard !changes.isEmpty else {
      let isHeld = caps.contains(where: \.bites)
      letter.line(
        2, "\(isHeld ? "除此以外，" : "")没有可由被评价对象单独改变或者补报、从而提高结果的事实。",
        "There is no \(isHeld ? "other " : "")single fact that could be changed or supplied to "
          + "better the result.")
      return
    }
    letter.line(
      2, "每一条只改变一项事实，其他都不变，结果由改变后的事实重新评分得出。补报缺项在前，其次为改动较小的。所列为今后可以做到的改变，不是改报已经发生的事实。",
      "Each changes one fact alone; the result comes from scoring again with it. Missing facts come first, then the smaller changes. They say what can be done from now on, not what to report otherwise than it was."
    )
    if let first = changes.first, !first.raises {
      let isBest = status.hasRank && next == nil
      letter.line(
        2,
        isBest
          ? "已是最高等次；还可以提高得分的："
          : "以下各项单独改变，都不能\(status.hasRank ? "提高等次" : "得到名次")，但能提高得分：",
        isBest
          ? "The tier is the best already; what would still bring points:"
          : "None of these \(status.hasRank ? "raises the tier" : "gives a rank") by itself, but each brings points:"
      )
    }
    var number = 0
    var isRaising = changes.first?.raises ?? false
    for change in changes {
      if isRaising, !change.raises {
        isRaising = false
        letter.line(
          2, "不改变等次、但能提高得分的：", "What brings points without changing the tier:")
      }
      number += 1
      tell(change, number, &letter)
    }
  }

  /// What holds the result down whatever the points, and what would lift it.
  private func tell(_ cap: Cap, _ letter: inout Letter) {
    letter.line(
      2, "\(cap.id) 使结果受限：\(cap.sentence.zh)的，\(cap.limit.zh)；不再如此，限制即解除",
      "\(cap.id) holds the result down: \(cap.limit.en) where \(cap.sentence.en); it is lifted once "
        + "that is no longer so")
    letter.cure(cap.cure)
  }

  private func tell(_ change: Change, _ number: Int, _ letter: inout Letter) {
    if let from = change.from {
      letter.line(
        2, "\(number). “\(change.label)”由“\(from.zh)”改为“\(change.to.zh)”",
        "\(number). “\(change.label)” from \(from.en) to \(change.to.en)")
    } else {
      letter.line(
        2,
        "\(number). 补报“\(change.label)”\(change.office.map { "（由\($0)提供）" } ?? "")：如果事实为“\(change.to.zh)”，最多可有下列结果",
        "\(number). supply “\(change.label)”\(change.office.map { " (from \($0))" } ?? ""): if the fact is \(change.to.en), this is the most it can bring"
      )
    }
    let tier =
      change.standing == standingNow
      ? (status.hasRank
        ? Bilingual(zh: "等次不变", en: "the tier stays")
        : Bilingual(zh: "仍为“\(status.label.zh)”", en: "still: \(status.label.en)"))
      : Bilingual(
        zh: "\(standingNow.zh) → \(change.standing.zh)",
        en: "\(standingNow.en) → \(change.standing.en)")
    letter.line(
      6,
      "得分 \(shownPoints(score)) → \(shownPoints(change.score)) 分；\(tier.zh)",
      "score \(shownPoints(score)) → \(shownPoints(change.score)); \(tier.en)")
    for effect in change.effects {
      let what: Bilingual
      if let points = effect.points {
        let sign = points > 0 ? "+" : ""
        what = Bilingual(zh: "\(sign)\(shownPoints(points)) 分", en: sign + shownPoints(points))
      } else if gates.contains(where: { $0.id == effect.id && $0.text == effect.title }) {
        what = Bilingual(zh: "符合", en: "met")
      } else {
        what = Bilingual(zh: "不再适用", en: "no longer applies")
      }
      letter.line(
        6,
        "\(effect.id) \(effect.title)：\(what.zh)\(effect.basis.isEmpty ? "" : "（依据：\(effect.basis)）")",
        "\(effect.id) \(effect.title): \(what.en)\(effect.basis.isEmpty ? "" : " (basis: \(effect.basis))")"
      )
    }
  }

  private var standingNow: Bilingual {
    standingWords(status, Tier(id: tier, title: tierTitle, from: nil))
  }
}

extension Explanation.Change {
  fileprivate var standing: Bilingual {
    standingWords(status, Explanation.Tier(id: tier, title: tierTitle, from: nil))
  }
}

/// The tier, or where there is none, the status.
private func standingWords(_ status: Status, _ tier: Explanation.Tier) -> Bilingual {
  guard status.hasRank, !tier.id.isEmpty else { return status.label }
  return Bilingual(zh: "等次\(tier.words.zh)", en: "tier \(tier.words.en)")
}
