import Labels
import RulePacks
public import Tables

extension RunResult {
  /// What was announced about the subject of an entry before the run, and what is proposed where
  /// the run works out another tier; nil where the rubric names no such fact, or nothing was.
  public func announced(card index: Int, entry: Int) -> Explanation.Announced? {
    let card = scorecards[index]
    let rubric = pack.rubrics[card.rubric]
    guard let asked = rubric.announced else { return nil }
    func text(_ slot: Int?) -> String? {
      slot.flatMap {
        dossiers.text(subject: rubric.subject, fact: $0, row: Int(card.subjects[entry]))
      }
    }
    guard let tier = text(asked.tier) else { return nil }
    let fact = pack.subjects[rubric.subject].facts[asked.tier]
    let place = rubric.tiers.firstIndex { $0.id == tier }
    let code = fact.codes.flatMap { table in pack.codes[table].codes.first { $0.code == tier } }
    var announced = Explanation.Announced(
      label: fact.label, tier: tier,
      title: place.map { rubric.tiers[$0].label } ?? code?.name ?? tier)
    announced.until = text(asked.until)
    if announced.until == nil, let years = asked.years,
      let last = lastDay(of: years, since: text(asked.since))
    {
      announced.until = last.description
      announced.term = years
    }
    let now = Int(card.tiers[entry])
    guard card.statuses[entry].hasRank, now >= 0, let place, place != now else { return announced }
    let proposed = rubric.tiers[now]
    announced.proposed = Explanation.Tier(
      id: proposed.id, title: proposed.title, from: proposed.from)
    announced.reasons = card.capsThatBind(entry, rubric).map(\.text)
    if let why = text(asked.why), !why.isEmpty { announced.reasons.append(why) }
    return announced
  }
}

/// The day before the one on which so many years are over, as `yearsBetween` counts them.
///
/// - Parameter since: a day; where only its month or year is known, the last day is not.
private func lastDay(of years: Int, since: String?) -> PartialDate? {
  let parts = (since ?? "").split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3 else { return nil }
  // From 29 February the years are over on 1 March where there is no such day.
  let over =
    PartialDate(year: parts[0] + years, month: parts[1], day: parts[2])
    ?? PartialDate(year: parts[0] + years, month: parts[1] + 1, day: 1)
  return over.map { PartialDate(day: $0.firstDay - 1) }
}

extension Scorecard {
  /// The caps that make an entry's tier what it is.
  fileprivate func capsThatBind(_ entry: Int, _ rubric: Rubric) -> [Rubric.Cap] {
    let score = Int(scores[entry])
    let byScore = rubric.tiers.firstIndex { $0.from.map { $0 <= score } ?? true } ?? 0
    return rubric.caps.indices.filter { index in
      guard caps[index][entry] == .capped else { return false }
      switch rubric.caps[index].limit {
      case .tier(let tier): return tier == Int(tiers[entry]) && byScore < tier
      case .score(let most): return most == score
      }
    }.map { rubric.caps[$0] }
  }
}

extension Explanation.Announced {
  /// What was announced, until when, and what is proposed instead.
  var sentence: Bilingual {
    let until = until.map { day in
      guard let term else { return Bilingual(zh: "（至 \(day)）", en: " (until \(day))") }
      return Bilingual(
        zh: "（至 \(day)，按有效期\(term)年推算）",
        en: " (until \(day), by its term of \(term) years)")
    }
    let zh = "\(label) \(title)\(until?.zh ?? "")"
    let en = "\(label): \(title)\(until?.en ?? "")"
    guard let proposed else { return Bilingual(zh: zh, en: en) }
    let words = proposed.title.isEmpty ? proposed.id : proposed.title
    let why = Bilingual(
      zh: reasons.isEmpty ? "" : "：" + reasons.joined(separator: "；"),
      en: reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; "))
    return Bilingual(
      zh: "\(zh)；建议按 \(words)\(why.zh)", en: "\(en); proposed: \(words)\(why.en)")
  }

  /// That a person decides; nil where nothing else is proposed.
  var reservation: Bilingual? {
    guard proposed != nil else { return nil }
    return Bilingual(
      zh: "这是按规则得出的建议，由有权机关决定；决定作出以前，公告的仍然有效。",
      en: "This is a proposal under the rules; the competent body decides, and until it does, what "
        + "was announced stands.")
  }
}
