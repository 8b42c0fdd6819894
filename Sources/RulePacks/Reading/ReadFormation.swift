import Expressions
import Tables

extension PackLoader {
  /// Who lacks something, and how each could get it.
  mutating func readFormation(_ node: YAMLNode, of subject: Int) {
    guard let map = reading.map(node, .formation) else { return }
    if pack.formations.contains(where: { $0.subject == subject }) {
      reading.fault(
        at: node.spot, say("同一对象只能有一个“formation”", "a subject has one “formation” only"),
        cure: say("请合并", "merge them"))
    }
    let condition = question(map["where"], of: subject)
    let without = question(map["without"], of: subject)
    var ignored = Field.Sensitivity.open
    let strength = early(
      map["strength"], scope: subject, expecting: [.int], protection: &ignored)
    let threshold = reading.int(map["threshold"], in: 1...Int.max)
    let atMost = reading.int(map["at-most"], in: 1...Int.max)
    let near = reading.list(map["near"]).map { nearness($0, of: subject) }
    let areaCondition = question(map["area-where"], of: subject)
    let otherwiseCondition = question(map["otherwise-where"], of: subject)
    guard let without, let strength, let threshold, let atMost else { return }
    var formation = Formation(
      subject: subject, without: without, strength: strength, threshold: threshold, near: near,
      atMost: atMost, alone: reading.text(map["alone"]) ?? "",
      joint: reading.text(map["joint"]) ?? "", area: reading.text(map["area"]) ?? "",
      otherwise: reading.text(map["otherwise"]) ?? "", basis: reading.text(map["basis"]) ?? "")
    formation.condition = condition
    formation.areaCondition = areaCondition
    formation.otherwiseCondition = otherwiseCondition
    formation.unknown = reading.text(map["unknown"])
    formation.apart = map["apart"].map { shownFacts($0, of: subject) } ?? []
    formation.bases = bases(map["bases"])
    formation.shown = reading.list(map["show"]).compactMap { shownFact($0, of: subject) }
    formation.each = map["each"].flatMap { codedFact($0, of: subject) }
    if formation.bases["unknown"] != nil, formation.unknown == nil, let node = map["bases"] {
      reading.fault(
        at: node.spot,
        say(
          "“bases”写了“unknown”，但没有“unknown”这种形式", "“bases” has “unknown”, but there is no such form"),
        cure: say("请写“unknown: 文字”，或删去它的依据", "write “unknown: TEXT”, or remove its basis"))
    }
    pack.formations.append(formation)
  }

  private mutating func question(_ node: YAMLNode?, of subject: Int) -> CheckedExpression? {
    var ignored = Field.Sensitivity.open
    return early(node, scope: subject, expecting: [.bool], protection: &ignored)
  }

  /// One fact, or a list of facts.
  private mutating func nearness(_ node: YAMLNode, of subject: Int) -> [Int] {
    guard case .list = node.content else {
      return shownFact(node, of: subject).map { [$0] } ?? []
    }
    return shownFacts(node, of: subject)
  }

  private mutating func shownFacts(_ node: YAMLNode, of subject: Int) -> [Int] {
    reading.list(node).compactMap { shownFact($0, of: subject) }
  }

  /// A public fact that is known before anything is rated.
  private mutating func shownFact(_ node: YAMLNode, of subject: Int) -> Int? {
    guard let slot = openFact(node, of: subject) else { return nil }
    refuseResult(slot, of: subject, at: node.spot)
    return slot
  }

  /// A fact with a code table, whose values are few and can name files.
  mutating func codedFact(_ node: YAMLNode, of subject: Int) -> Int? {
    guard let slot = shownFact(node, of: subject) else { return nil }
    let fact = pack.subjects[subject].facts[slot]
    guard fact.codes != nil else {
      reading.fault(
        at: node.spot,
        say(
          "“\(fact.id)”没有代码表，不能按它分发方案",
          "“\(fact.id)” has no code table, so the plan cannot be handed out by it"),
        cure: say("请改用有代码表的事实，如县区", "name a fact with a code table, such as the district"))
      return nil
    }
    return slot
  }

  /// The basis of each form that has one of its own, by its key.
  private mutating func bases(_ node: YAMLNode?) -> [String: String] {
    guard let node, let map = reading.map(node, .bases) else { return [:] }
    var bases: [String: String] = [:]
    for key in KeySet.bases.keys {
      if let text = reading.text(map[key]) { bases[key] = text }
    }
    return bases
  }
}
