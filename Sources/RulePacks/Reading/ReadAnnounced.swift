import Expressions
import Tables

extension PackLoader {
  /// Which facts say what was announced about a subject before the run.
  mutating func readAnnounced(_ node: YAMLNode?, into rubric: inout Rubric) {
    guard let node, let map = reading.map(node, .announced) else { return }
    let tier = neededFact(map["tier"], of: rubric.subject)
    let until = neededFact(map["until"], of: rubric.subject)
    let why = neededFact(map["why"], of: rubric.subject)
    let since = neededFact(map["since"], of: rubric.subject)
    let years = reading.int(map["years"], in: 1...100)
    let facts = pack.subjects[rubric.subject].facts
    for (slot, key) in [(until, "until"), (since, "since")] {
      guard let slot, facts[slot].type != .date, let node = map[key] else { continue }
      reading.fault(
        at: node.spot, say("“\(facts[slot].id)”不是日期", "“\(facts[slot].id)” is not a date"),
        cure: say("请写一个日期的事实", "name a fact that is a date"))
    }
    if (map["since"] == nil) != (map["years"] == nil) {
      reading.fault(
        at: map.spot, say("“since”和“years”要一起写", "“since” and “years” stand together"),
        cure: say("请写明从哪一天起、有效几年", "say since which day it holds, and for how many years"))
    }
    if let why, facts[why].type != .string, let node = map["why"] {
      reading.fault(
        at: node.spot, say("“\(facts[why].id)”不是文字", "“\(facts[why].id)” is not a text"),
        cure: say("请写一个文字的事实", "name a fact that is a text"))
    }
    guard let tier, let node = map["tier"] else { return }
    requireTiers(of: facts[tier], at: node.spot, in: rubric)
    rubric.announced = Rubric.Announced(
      tier: tier, until: until, why: why, since: since, years: years)
  }

  /// Which fact is the tier that somebody delivered, to be listed where it is not the computed one.
  mutating func readComparedWith(_ node: YAMLNode?, into rubric: inout Rubric) {
    guard let node, let slot = neededFact(node, of: rubric.subject) else { return }
    requireTiers(
      of: pack.subjects[rubric.subject].facts[slot], at: node.spot, in: rubric)
    rubric.comparedWith = slot
  }

  /// What is announced can be compared with what is worked out only where both have one name.
  private mutating func requireTiers(of fact: Fact, at spot: Spot, in rubric: Rubric) {
    let codes = fact.codes.map { pack.codes[$0].names } ?? []
    let tiers = rubric.tiers.map(\.id)
    guard !codes.contains(where: { tiers.contains($0) }) else { return }
    reading.fault(
      at: spot,
      say(
        "“\(fact.id)”没有一个代码是本评价的等次", "no code of “\(fact.id)” is a tier of this rubric"),
      cure: say(
        "请写代码与等次同名的事实；等次有：\(tiers.joined(separator: ", "))",
        "name a fact whose codes are called like the tiers: \(tiers.joined(separator: ", "))"))
  }
}
