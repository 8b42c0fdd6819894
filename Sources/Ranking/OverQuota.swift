import RulePacks
import Tables

/// What is said where more were decided on than a list has places: each decision may be in order
/// by itself, and together they are not.
///
/// - Parameter ids: of the subjects, by line.
func overQuota(in screening: Screening, _ honour: RunPlan.Honour, ids: (Screening.Line) -> String)
  -> [Finding]
{
  var groups: [String] = []
  var decided: [String: Decided] = [:]
  for line in screening.lines {
    guard let result = line.decided, let decision = line.file?.decision else { continue }
    if decided[line.group] == nil { groups.append(line.group) }
    decided[line.group, default: Decided()].take(result, decision, ids(line))
  }
  // A list of one group is called by its title alone.
  let isGrouped = screening.lines.contains { $0.group != screening.lines[0].group }
  return groups.flatMap { name in
    let counts = decided[name] ?? Decided()
    let group = isGrouped ? name : ""
    return [
      finding(
        counts.recommended, places: honour.quota, honour, group: group,
        Bilingual(zh: "推荐", en: "recommended"), Bilingual(zh: "名额", en: "the quota")),
      finding(
        counts.reserve, places: honour.reserve, honour, group: group,
        Bilingual(zh: "候补", en: "put in reserve"),
        Bilingual(zh: "候补名额", en: "the reserve")),
    ].compactMap { $0 }
  }
}

/// Who was decided on in one group.
private struct Decided {
  var recommended: [Chosen] = []
  var reserve: [Chosen] = []

  struct Chosen {
    var id: String
    var on: Int32
    var place: Place
  }

  mutating func take(
    _ result: CaseFile.Decision.Result, _ decision: CaseFile.Decision, _ id: String
  ) {
    let chosen = Chosen(id: id, on: decision.on?.packed ?? Int32.max, place: decision.place)
    switch result {
    case .recommend: recommended.append(chosen)
    case .reserve: reserve.append(chosen)
    case .asProposed, .decline, .deferred, .changed: break
    }
  }
}

/// So many are named one by one.
private let mostNamed = 20

private func finding(
  _ chosen: [Decided.Chosen], places: Int, _ honour: RunPlan.Honour, group: String,
  _ what: Bilingual, _ whose: Bilingual
) -> Finding? {
  guard chosen.count > places else { return nil }
  let last = chosen.max {
    ($0.on, $0.place.file, $0.place.record) < ($1.on, $1.place.file, $1.place.record)
  }
  let title = honour.title.isEmpty ? honour.id : honour.title
  let list = group.isEmpty ? title : "\(title)·\(group)"
  let ids = chosen.prefix(mostNamed).map(\.id)
  let more = chosen.count > ids.count ? "…" : ""
  return Finding(
    .error, "decided-above-quota", place: last?.place,
    message: Bilingual(
      zh: "“\(list)”已决定\(what.zh) \(chosen.count) 个，\(whose.zh)只有 \(places) 个，超出 "
        + "\(chosen.count - places) 个：\(ids.joined(separator: "、"))\(more)。",
      en: "“\(list)”: \(chosen.count) were decided to be \(what.en), \(whose.en) is \(places), "
        + "\(chosen.count - places) too many: \(ids.joined(separator: ", "))\(more)."),
    cure: Bilingual(
      zh: "请由作出决定的机构重新研究，更正多出的决定后重新报送；名额有变化的，改 run.yaml 中的名额。",
      en: "Have whoever decided look at it again, mend the decisions that are too many and deliver "
        + "them anew; where the quota has changed, change it in run.yaml."))
}
