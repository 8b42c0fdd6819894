import Expressions
import Tables

private enum Mode: String { case halfUp = "half-up" }
private enum RankOn: String { case rounded, exact }
private enum RankWithin: String { case tier }
private enum Scorer: String { case additive, composite }

extension PackLoader {
  /// Checks all rubrics and puts them in an order in which each needs only those before it.
  mutating func readRubrics() {
    var needs: [Set<String>] = []
    for rubric in rubricMaps {
      needed = []
      readRubric(rubric)
      needs.append(needed)
      checkNeededPurposes(of: rubric)
    }
    purposesInForce = pack.about.purposes
    let (order, cycle) = ordered(needs.map { $0.compactMap { rubrics[$0] }.sorted() })
    if let cycle {
      let chain = (cycle + cycle.prefix(1)).map { rubricMaps[$0].id }.joined(separator: " → ")
      let map = rubricMaps[cycle[0]].map
      reading.fault(
        at: map["rubric"]?.spot ?? map.spot,
        say("评价规则互相依赖：\(chain)", "rubrics depend on each other: \(chain)"),
        cure: say("请去掉其中一环", "break the circle at one of them"))
    }
    pack.rubrics = order.map { pack.rubrics[$0] }
  }

  /// Runs leave out rubrics of other purposes; what a rubric needs must be there with it.
  private mutating func checkNeededPurposes(of rubric: RubricMap) {
    for id in needed.sorted() {
      guard let index = rubrics[id], let node = rubricMaps[index].map["purposes"],
        case .list(let items) = node.content
      else { continue }
      let allowed = items.compactMap(\.scalar)
      let missing = purposesInForce.filter { !allowed.contains($0) }
      guard !missing.isEmpty else { continue }
      let purposes = missing.joined(separator: ", ")
      reading.fault(
        at: rubric.map.spot(of: "purposes"),
        say(
          "用途“\(purposes)”的运行中没有“\(id)”，而这里要用它的结果",
          "runs for “\(purposes)” leave out “\(id)”, whose results are used here"),
        cure: say("请统一两者的“purposes”", "give both the same “purposes”"))
    }
  }

  private mutating func readRubric(_ head: RubricMap) {
    let map = head.map
    var rubric = Rubric(
      id: head.id, title: reading.text(map["title"]) ?? "",
      edition: reading.text(map["edition"]) ?? "", basis: reading.text(map["basis"]) ?? "",
      subject: head.subject, full: reading.points(map["full"]) ?? 0)
    rubric.file = head.file
    rubric.sha256 = head.sha256
    rubric.purposes = purposes(map["purposes"])
    rubric.appeal = reading.text(map["appeal"]) ?? pack.about.contact
    rubric.minimumAssessed = reading.share(map["minimum-assessed"]) ?? 0
    rubric.overriders = reading.texts(map["may-override"])
    purposesInForce = rubric.purposes ?? pack.about.purposes
    setResultSlots(of: &rubric)
    let scorer = reading.choice(map["scorer"], of: [Scorer.additive, .composite])
    readRounding(map["rounding"], into: &rubric)
    refuseExactRanks(map)
    readCohort(map["cohort"], into: &rubric)
    rubric.meeting = reading.list(map["meeting"]).compactMap { openFact($0, of: head.subject) }

    let saved = pack.environment.scopes[head.subject]
    rubric.lets = readLets(map["let"], subject: head.subject)
    rubric.applies = rule(map["applies"], of: head.subject)
    refuseImpossible(
      rubric.applies, at: map["applies"], scope: head.subject,
      so: say("没有评价对象", "it is about nobody"))
    var ids: Set<String> = []
    for item in reading.list(map["gates"]) { readGate(item, into: &rubric, &ids) }
    switch scorer ?? .additive {
    case .additive:
      refuse(["aggregate", "normalise", "compare-within", "impute-by"], of: "composite", in: map)
      sharedOpinions = shared(map["opinions"])
      readIndicators(map, into: &rubric, &ids)
      for item in reading.list(map["deductions"]) { readDeduction(item, into: &rubric, &ids) }
      for item in reading.list(map["bonuses"]) { readBonus(item, into: &rubric, &ids) }
    case .composite:
      refuse(["deductions", "bonuses", "opinions"], of: "additive", in: map)
      readComposite(map, into: &rubric, &ids)
    }
    let columns = ids
    readTiers(map["tiers"], into: &rubric)
    readTies(map["ties"], into: &rubric)
    readRankWithin(map["rank-within"], into: &rubric)
    readAnnounced(map["announced"], into: &rubric)
    readComparedWith(map["compare-with"], into: &rubric)
    readDirection(map, into: &rubric)
    for item in reading.list(map["caps"]) { readCap(item, into: &rubric, &ids) }
    readRobustness(map["robustness"], into: &rubric)
    readPublicity(map["publicity"], into: &rubric)
    for item in reading.list(map["examples"]) { readExample(item, into: &rubric, columns) }
    pack.environment.scopes[head.subject] = saved
    if rubric.composite == nil { refuseReals(in: rubric, at: map.spot) }
    pack.rubrics.append(rubric)
  }

  /// Points are exact, so nothing that decides them may be reckoned in binary floating point.
  private mutating func refuseReals(in rubric: Rubric, at spot: Spot) {
    for read in pack.factsRead(by: rubric) {
      let fact = pack.subjects[rubric.subject].facts[read.slot]
      var labels: [String] = fact.type == .double ? [fact.label] : []
      if case .list(let record) = fact.origin {
        let fields = pack.records[record].fields
        labels += read.fields.filter { fields[$0].type == .double }.map { fields[$0].label }
      }
      for label in labels {
        reading.fault(
          at: spot,
          say(
            "“\(label)”的类型是 double，只能用于“scorer: composite”的评价",
            "“\(label)” is of type double, which only rubrics with “scorer: composite” may use"),
          cure: say("请把它的类型改为 decimal，或改写“scorer”", "make it a decimal, or change the scorer"))
      }
    }
  }

  /// A condition over the rubric's subject; notes whose results it needs.
  mutating func rule(_ node: YAMLNode?, of subject: Int) -> CheckedExpression? {
    ruled(condition(node, scope: subject), scope: subject)
  }

  /// Notes whose results an expression needs.
  mutating func ruled(_ expression: CheckedExpression?, scope: Int) -> CheckedExpression? {
    if let expression { needed.formUnion(results(in: expression, scope: scope)) }
    return expression
  }

  /// Keys that only rubrics with the other scorer have.
  private mutating func refuse(_ keys: [String], of scorer: String, in map: YAMLMap) {
    for key in keys where map[key] != nil {
      reading.fault(
        at: map.spot(of: key),
        say("“\(key)”只用于“scorer: \(scorer)”", "“\(key)” goes with “scorer: \(scorer)” only"),
        cure: say("请删去，或改写“scorer”", "remove it, or change the scorer"))
    }
  }

  private func setResultSlots(of rubric: inout Rubric) {
    for (slot, fact) in pack.subjects[rubric.subject].facts.enumerated() {
      guard case .result(let id, let result) = fact.origin, id == rubric.id else { continue }
      switch result {
      case .score: rubric.scoreSlot = slot
      case .tier: rubric.tierSlot = slot
      case .status: rubric.statusSlot = slot
      }
    }
  }

  private mutating func readRounding(_ node: YAMLNode?, into rubric: inout Rubric) {
    guard let node, let map = reading.map(node, .rounding) else { return }
    rubric.decimals = reading.int(map["decimals"], in: 0...3) ?? 1
    _ = reading.choice(map["mode"], of: [Mode.halfUp])
    let rankOn = reading.choice(map["rank-on"], of: [RankOn.rounded, .exact])
    rubric.ranksOnRounded = rankOn != .exact
  }

  private mutating func readCohort(_ node: YAMLNode?, into rubric: inout Rubric) {
    for item in reading.list(node) {
      if let slot = neededFact(item, of: rubric.subject) { rubric.cohort.append(slot) }
    }
  }

  /// The slot of a public fact with one value; notes whose result it is.
  mutating func neededFact(_ node: YAMLNode?, of subject: Int) -> Int? {
    guard let slot = openFact(node, of: subject) else { return nil }
    let place = root(FactPlace(subject: subject, slot: slot))
    if case .result(let id, _) = pack.subjects[place.subject].facts[place.slot].origin {
      needed.insert(id)
    }
    return slot
  }

  /// Named conditions, each of which may use those above it.
  private mutating func readLets(_ node: YAMLNode?, subject: Int) -> [Rubric.Named] {
    var lets: [Rubric.Named] = []
    for entry in reading.entries(node) {
      if names[subject].slots[entry.key] != nil {
        reading.fault(
          at: entry.spot, say("“\(entry.key)”已是一个事实", "“\(entry.key)” is a fact already"),
          cure: say("请换一个名称", "choose another name"))
      }
      let checked = ruled(expression(entry.value, scope: subject, expecting: []), scope: subject)
      guard let checked else {
        // Later uses would only repeat this fault.
        pack.environment.scopes[subject].names[entry.key] = Binding(
          shown: entry.key, type: .dyn, meaning: .fact(slot: 0))
        continue
      }
      pack.environment.scopes[subject].names[entry.key] = Binding(
        shown: entry.key, type: checked.type, meaning: .expression(checked))
      lets.append(Rubric.Named(name: entry.key, value: checked))
    }
    return lets
  }

  // MARK: - Gates, caps, tiers

  /// The id of a gate, part or cap: all become columns, so none may be there twice.
  mutating func columnID(_ map: YAMLMap, _ ids: inout Set<String>) -> String {
    let id = reading.id(map["id"]) ?? ""
    if !ids.insert(id).inserted { duplicate(id, at: map["id"]?.spot ?? map.spot) }
    return id
  }

  mutating func unknown(_ map: YAMLMap) -> Rubric.Unknown {
    reading.choice(map["unknown"], of: Rubric.Unknown.allCases) ?? .pending
  }

  private mutating func readGate(
    _ item: YAMLNode, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    guard let map = reading.map(item, .gate) else { return }
    let id = columnID(map, &ids)
    let unknown = unknown(map)
    let outcome = reading.choice(map["not-met"], of: GateOutcome.allCases) ?? .gated
    guard let require = rule(map["require"], of: rubric.subject) else { return }
    refuseImpossible(
      require, at: map["require"], scope: rubric.subject, so: say("谁也通不过", "nobody can pass"))
    refuseCertain(require, at: map["require"], scope: rubric.subject)
    rubric.gates.append(
      Rubric.Gate(
        id: id, text: reading.text(map["text"]) ?? "", require: require, unknown: unknown,
        basis: reading.text(map["basis"]) ?? "", cure: reading.text(map["cure"]) ?? "",
        contact: reading.text(map["contact"]) ?? pack.about.contact,
        marksUnrated: outcome == .unrated))
  }

  /// What becomes of those who do not meet a gate.
  private enum GateOutcome: String, CaseIterable {
    case gated, unrated
  }

  /// The highest score that can be reached.
  private func highest(of rubric: Rubric) -> Int {
    rubric.full + rubric.parts.filter { $0.kind == .bonus }.reduce(0) { $0 + $1.most }
  }

  private mutating func readTiers(_ node: YAMLNode?, into rubric: inout Rubric) {
    let items = reading.list(node)
    for (index, item) in items.enumerated() {
      guard let map = reading.map(item, .tier) else { continue }
      let id = reading.text(map["id"]) ?? ""
      let tier = Rubric.Tier(
        id: id, title: reading.text(map["title"]) ?? id, from: reading.points(map["from"]))
      if rubric.tiers.contains(where: { $0.id == id }) {
        duplicate(id, at: map["id"]?.spot ?? map.spot)
      }
      checkTier(tier, map, isLast: index == items.count - 1, in: rubric)
      checkUpperEnd(map, of: tier, in: rubric, highest: highest(of: rubric))
      rubric.tiers.append(tier)
    }
  }

  /// Whether ranks go by tier first; where there are none, no order follows from them.
  private mutating func readRankWithin(_ node: YAMLNode?, into rubric: inout Rubric) {
    guard let node else { return }
    rubric.ranksWithinTiers = reading.choice(node, of: [RankWithin.tier]) == .tier
    guard rubric.ranksWithinTiers, rubric.tiers.isEmpty else { return }
    reading.fault(
      at: node.spot,
      say(
        "没有等次，不能先按等次排名次", "there are no tiers, so ranks cannot go by tier first"),
      cure: say("请写“tiers”，或删去这一项", "write “tiers”, or remove this key"))
  }

  private mutating func checkTier(
    _ tier: Rubric.Tier, _ map: YAMLMap, isLast: Bool, in rubric: Rubric
  ) {
    guard let from = tier.from else {
      if !isLast, map["from"] == nil {
        reading.fault(
          at: map.spot, say("等次“\(tier.id)”缺少“from”", "the tier “\(tier.id)” lacks “from”"),
          cure: say("只有最后一个等次没有下限", "only the last tier has no least score"))
      }
      return
    }
    let spot = map["from"]?.spot ?? map.spot
    let shown = shownPoints(from)
    if isLast {
      reading.fault(
        at: spot, say("\(shown)分以下没有等次", "there is no tier below \(shown)"),
        cure: say("最后一个等次不写“from”", "leave “from” out of the last tier"))
    }
    if let above = rubric.tiers.last?.from, from >= above {
      reading.fault(
        at: spot,
        say(
          "下限\(shown)不低于上一等次的\(shownPoints(above))",
          "\(shown) is not below \(shownPoints(above)), where the tier above begins"),
        cure: say("等次从高到低排列，下限依次降低", "list tiers best first with falling “from”"))
    }
    let highest = highest(of: rubric)
    if from > highest {
      reading.fault(
        at: spot,
        say(
          "等次“\(tier.id)”无法达到：最高\(shownPoints(highest))分",
          "the tier “\(tier.id)” cannot be reached: the highest score is \(shownPoints(highest))"
        ),
        cure: say("请降低“from”或提高满分", "lower “from” or raise the full mark"))
    }
  }

  private mutating func readCap(
    _ item: YAMLNode, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    guard let map = reading.map(item, .cap) else { return }
    let id = columnID(map, &ids)
    let unknown = unknown(map)
    let when = rule(map["when"], of: rubric.subject)
    refuseImpossible(
      when, at: map["when"], scope: rubric.subject,
      so: say("封顶不起作用", "the cap does nothing"))
    guard (map["tier-at-most"] == nil) != (map["score-at-most"] == nil) else {
      reading.fault(
        at: map.spot,
        say(
          "“tier-at-most”和“score-at-most”要写其中一个", "write either “tier-at-most” or “score-at-most”"),
        cure: say("请写最高等次或最高分", "name the best tier or the highest score"))
      return
    }
    let limit: Rubric.Cap.Limit
    if let node = map["tier-at-most"] {
      let name = reading.text(node) ?? ""
      guard let tier = rubric.tiers.firstIndex(where: { $0.id == name }) else {
        reading.unknownName(
          name, at: node.spot, what: say("等次", "tier"), among: rubric.tiers.map(\.id))
        return
      }
      if tier == 0 {
        reading.fault(
          at: node.spot,
          say("“\(name)”已是最高等次，封顶不起作用", "“\(name)” is the best tier, so the cap does nothing"),
          cure: say("请写较低的等次", "name a lower tier"))
      }
      limit = .tier(tier)
    } else {
      let score = reading.points(map["score-at-most"])
      let highest = highest(of: rubric)
      if let score, score >= highest, let node = map["score-at-most"] {
        reading.fault(
          at: node.spot,
          say(
            "最高只有\(shownPoints(highest))分，封顶不起作用",
            "the highest score is \(shownPoints(highest)), so the cap does nothing"),
          cure: say("请写较低的分值", "name a lower score"))
      }
      limit = .score(score ?? 0)
    }
    guard let when else { return }
    rubric.caps.append(
      Rubric.Cap(
        id: id, text: reading.text(map["text"]) ?? "", when: when, unknown: unknown,
        basis: reading.text(map["basis"]) ?? "", cure: reading.text(map["cure"]) ?? "",
        limit: limit))
  }

  private mutating func readRobustness(_ node: YAMLNode?, into rubric: inout Rubric) {
    guard let node, let map = reading.map(node, .robustness) else { return }
    rubric.robustness = Rubric.Robustness(
      draws: reading.int(map["draws"], in: 1...1_000_000) ?? 1000,
      weights: reading.share(map["weights"]) ?? 200,
      seed: reading.int(map["seed"], in: 0...Int.max) ?? 0)
  }
}
