import Expressions
import Labels
import RulePacks
import Tables

/// The rules of a rubric as sentences in both languages.
struct RuleTeller {
  let pack: RulePack
  let subject: Int
  let vocabulary: Vocabulary

  init(pack: RulePack, subject: Int) {
    self.pack = pack
    self.subject = subject
    vocabulary = pack.vocabulary(of: subject)
  }

  func tell(_ condition: CheckedExpression) -> Bilingual { condition.sentence(vocabulary) }

  func tell(_ part: Rubric.Part) -> Bilingual {
    let form = tell(part.form)
    guard let applies = part.applies else { return form }
    let whom = tell(applies)
    return Bilingual(zh: "只适用于\(whom.zh)的：\(form.zh)", en: "only where \(whom.en): \(form.en)")
  }

  func tell(_ form: Rubric.Form) -> Bilingual {
    switch form {
    case .condition(let points, let when):
      let when = tell(when)
      guard when.zh.contains(where: { "，；、".contains($0) }) else {
        return Bilingual(
          zh: "\(when.zh.spaced)的，\(given(points).zh)，否则不得分",
          en: "\(given(points).en) where \(when.en), otherwise none")
      }
      return Bilingual(
        zh: "符合下列条件\(given(points).zh)，否则不得分：\(when.zh)",
        en: "\(given(points).en) where this holds, otherwise none: \(when.en)")
    case .bands(let on, let bands):
      return listed(tell(on).compact, bands.map { ($0.words, $0.points) })
    case .lookup(let on, let table, let otherwise):
      let codes = codes(of: on)
      let sorted = table.sorted {
        $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
      }
      var lines = sorted.map { (pack.quotedName(of: $0.key, in: codes), $0.value) }
      if let otherwise { lines.append((Bilingual(zh: "其他", en: "anything else"), otherwise)) }
      return listed(tell(on).compact, lines)
    case .ratio(let points, let part, let whole):
      let (part, whole) = (tell(part).compact, tell(whole).compact)
      return Bilingual(
        zh: "\(shownPoints(points)) 分 × \(part.zh) ÷ \(whole.zh)，最多 \(shownPoints(points)) 分",
        en:
          "\(points.pointsInWords) × \(part.en) ÷ \(whole.en), at most \(points.pointsInWords)")
    case .number(let points, let value):
      let value = tell(value)
      return Bilingual(
        zh: "得分为\(value.zh)，不低于 0 分，不高于 \(shownPoints(points)) 分",
        en: "as many points as \(value.en), from 0 to \(shownPoints(points))")
    case .opinions(let opinions): return tell(opinions)
    case .measure(let measure):
      let value = tell(measure.value).compact
      let better =
        measure.lowerIsBetter
        ? Bilingual(zh: "越低越好", en: "less is better")
        : Bilingual(zh: "越高越好", en: "more is better")
      let scale = measure.scale.method.label
      return Bilingual(
        zh: "\(value.zh)，\(better.zh)，按“\(scale.zh)”换算，组内权重 \(measure.weight)",
        en: "\(value.en), \(better.en), on the scale “\(scale.en)”, weight "
          + "\(measure.weight) in its group")
    case .group(_, let aggregate):
      let among = aggregate == .min || aggregate == .max ? "中" : "的"
      return Bilingual(
        zh: "取本组各项\(among)\(aggregate.words.zh)",
        en: "the \(aggregate.words.en) of the parts of its group"
      )
    case .each(let points, let count, let limit):
      let count = tell(count)
      let bound = limit.map { bounded($0, deducts: points < 0) } ?? Bilingual(zh: "", en: "")
      let each = given(points)
      return Bilingual(
        zh: "按\(count.zh)，每 1 个\(each.zh)\(bound.zh)",
        en: "\(each.en) for each of \(count.en)\(bound.en)")
    }
  }

  private func tell(_ opinions: Rubric.Opinions) -> Bilingual {
    let record = pack.records[opinions.record]
    let table = record.fields[opinions.grade].codes
    let lines = opinions.points.map { (pack.quotedName(of: $0.grade, in: table), $0.points) }
    let label = pack.subjects[subject].facts[opinions.list].label
    let by = opinions.aggregate.words
    var told = listed(
      Bilingual(zh: "“\(label)”中\(by.zh)", en: "\(by.en) of “\(label)”"), lines)
    if let condition = opinions.condition {
      let words = pack.vocabulary(ofRows: opinions.record, beside: subject)
      let condition = condition.sentence(words)
      told = Bilingual(
        zh: "\(told.zh)。只计\(condition.zh)的意见",
        en: "\(told.en). Only those count for which \(condition.en)")
    }
    if let inForce = opinions.inForce {
      let words = pack.vocabulary(ofRows: opinions.record, beside: subject)
      let condition = inForce.sentence(words)
      told = Bilingual(
        zh: "\(told.zh)；意见须\(condition.zh)",
        en: "\(told.en). They must be such that \(condition.en)")
    }
    return told
  }

  private func bounded(_ limit: Int, deducts: Bool) -> Bilingual {
    deducts
      ? Bilingual(
        zh: "，最多扣 \(shownPoints(-limit)) 分", en: ", at most \((-limit).pointsInWords) in all")
      : Bilingual(
        zh: "，最多 \(shownPoints(limit)) 分", en: ", at most \(limit.pointsInWords) in all")
  }

  private func listed(_ on: Bilingual, _ lines: [(words: Bilingual, points: Int)]) -> Bilingual {
    Bilingual(
      zh: "按\(on.zh)计分："
        + lines.map { "\($0.words.zh.spaced)\(given($0.points).zh)" }.joined(separator: "；"),
      en: "points by \(on.en): "
        + lines.map { "\($0.words.en) – \(given($0.points).en)" }.joined(separator: "; "))
  }

  func codes(of on: CheckedExpression) -> Int? {
    guard let use = on.facts.first, use.slots.count == 1 else { return nil }
    return pack.subjects[subject].facts[use.slots[0]].codes
  }
}

/// `得 5 分`, `扣 2 分`.
func given(_ points: Int) -> Bilingual {
  points < 0
    ? Bilingual(
      zh: "扣 \(shownPoints(-points)) 分", en: "\((-points).pointsInWords) less")
    : Bilingual(zh: "得 \(shownPoints(points)) 分", en: points.pointsInWords)
}

extension Bilingual {
  /// In brackets, unless it is one label.
  var compact: Bilingual {
    isLabel ? self : Bilingual(zh: "（\(zh)）", en: "(\(en))")
  }

  /// Whether it is nothing but one label in quotes.
  var isLabel: Bool {
    en.hasPrefix("“") && en.hasSuffix("”") && !en.dropFirst().dropLast().contains("“")
  }
}

extension String {
  /// With a space after a digit or letter that a Chinese word follows.
  fileprivate var spaced: String {
    unicodeScalars.last?.isASCII == true ? self + " " : self
  }
}

extension Int {
  /// Thousandths of a point with the word in English.
  var pointsInWords: String { self == 1000 ? "1 point" : "\(shownPoints(self)) points" }
}

extension Rubric.Band {
  /// The interval in words.
  var words: Bilingual {
    switch (lower, upper) {
    case (nil, nil): return Bilingual(zh: "任何数", en: "any number")
    case (let low?, nil):
      return includesLower
        ? Bilingual(zh: "不少于 \(low)", en: "\(low) or more")
        : Bilingual(zh: "大于 \(low)", en: "more than \(low)")
    case (nil, let high?):
      return includesUpper
        ? Bilingual(zh: "不超过 \(high)", en: "\(high) or less")
        : Bilingual(zh: "小于 \(high)", en: "less than \(high)")
    case (let low?, let high?) where low == high:
      return Bilingual(zh: "等于 \(low)", en: "exactly \(low)")
    case (let low?, let high?):
      let lowZh = includesLower ? "不少于 \(low)" : "大于 \(low)"
      let highZh = includesUpper ? "不超过 \(high)" : "小于 \(high)"
      let lowEn = includesLower ? "at least \(low)" : "more than \(low)"
      let highEn = includesUpper ? "at most \(high)" : "less than \(high)"
      return Bilingual(zh: "\(lowZh)且\(highZh)", en: "\(lowEn) and \(highEn)")
    }
  }
}

extension Rubric.Opinions.Aggregate {
  var words: Bilingual {
    switch self {
    case .worst: Bilingual(zh: "最差的等级", en: "the worst grade")
    case .best: Bilingual(zh: "最好的等级", en: "the best grade")
    case .latest: Bilingual(zh: "最近一份的等级", en: "the grade of the latest")
    }
  }
}

extension Rubric.Unknown {
  /// What a missing fact means for a part.
  var wordsOfPart: Bilingual {
    switch self {
    case .withhold:
      Bilingual(
        zh: "暂不计分，计入可能的最高得分",
        en: "no points now; they count in the highest possible score")
    case .zero: Bilingual(zh: "计 0 分", en: "0 points")
    case .pending:
      Bilingual(zh: "等待补充，其间不排名", en: "the result waits for them; there is no rank until then")
    case .carry:
      Bilingual(
        zh: "沿用上期得分，没有上期的暂不计分",
        en: "the points of the earlier run stand; without one there are none now")
    }
  }
}

extension Rubric.Cap {
  /// What the cap limits.
  func limitInWords(_ rubric: Rubric) -> Bilingual {
    switch limit {
    case .tier(let tier):
      let tier = rubric.tiers[tier].label
      return Bilingual(zh: "等次不高于“\(tier)”", en: "tier no better than \(tier)")
    case .score(let points):
      return Bilingual(
        zh: "得分不高于 \(shownPoints(points)) 分", en: "no more than \(points.pointsInWords)")
    }
  }
}
