import Expressions
import Tables

extension PackLoader {
  /// Figures that source documents state, and what each is compared with: `published.yaml`.
  mutating func readPublished(_ root: YAMLNode) {
    guard let map = reading.map(root, .published) else { return }
    let source = reading.text(map["source"]) ?? ""
    for item in reading.list(map["figures"]) {
      guard let figure = reading.map(item, .figure), let id = reading.id(figure["id"]) else {
        continue
      }
      if pack.published.contains(where: { $0.id == id }) {
        duplicate(id, at: figure.spot(of: "id"))
      }
      let own = reading.text(figure["source"])
      let title = reading.bilingual(figure["title"])
      let stated = statedFigure(figure)
      let answer = answer(figure, stated)
      guard let stated, let answer, let title else { continue }
      pack.published.append(
        PublishedFigure(
          id: id, title: title, source: own ?? source,
          place: reading.text(figure["place"]) ?? "", stated: stated,
          unit: reading.text(figure["unit"]) ?? "", answer: answer,
          note: reading.bilingual(figure["note"])))
    }
  }

  private mutating func statedFigure(_ map: YAMLMap) -> StatedFigure? {
    guard let node = map["stated"] else { return nil }
    let degree = reading.choice(map["as"], of: StatedFigure.Degree.allCases) ?? .exactly
    if node.scalar?.hasSuffix("%") == true {
      return reading.share(node).map { StatedFigure(.share($0), degree) }
    }
    return reading.int(node, in: 0...Int.max).map { StatedFigure(.number($0), degree) }
  }

  /// The ways in which a figure can be computed, one of which it names.
  private static let ways = ["count", "sum", "distinct", "measure"]

  private mutating func answer(_ map: YAMLMap, _ stated: StatedFigure?) -> PublishedFigure.Answer? {
    let ways = Self.ways.filter { map[$0] != nil }
    if map["cannot"] != nil {
      refuseOthers(ways + ["statistic"], beside: "cannot", map)
      return reading.bilingual(map["cannot"]).map { .cannot($0) }
    }
    if map["statistic"] != nil {
      refuseOthers(ways, beside: "statistic", map)
      return counted(byStatistic: map, stated).map { .computed($0) }
    }
    return counted(map, stated, sums: [.int]).map { .computed($0) }
  }

  private mutating func refuseOthers(_ ways: [String], beside key: String, _ map: YAMLMap) {
    let others = (ways + ["subject", "population", "where", "definition"]).filter {
      map[$0] != nil
    }
    if let other = others.first { refuse(other, beside: key, map) }
  }

  /// What a figure or statistic says is counted.
  ///
  /// - Parameters:
  ///   - stated: the figure that it is compared with; nil for none.
  ///   - sums: of what types of number there may be a sum.
  mutating func counted(_ map: YAMLMap, _ stated: StatedFigure?, sums: [ExpressionType])
    -> FigureCount?
  {
    let ways = Self.ways.filter { map[$0] != nil }
    guard ways.count <= 1 else {
      refuse(ways[1], beside: ways[0], map)
      return nil
    }
    // Beside a stated figure it is said what of the subjects is counted, if only by a population.
    guard ways.count == 1 || map["population"] != nil || (stated == nil && map["subject"] != nil)
    else {
      reading.fault(
        at: map.spot,
        say("没有写怎样计算，也没有写为何无法得知", "neither how it is computed nor why it cannot be known is said"),
        cure: say(
          "请写“population”“count”“sum”“distinct”或“measure”，或写“cannot: 原因”",
          "give “population”, “count”, “sum”, “distinct” or “measure”, or “cannot: REASON”"))
      return nil
    }
    return figureCount(map, ways.first, stated, sums)
  }

  private mutating func figureCount(
    _ map: YAMLMap, _ way: String?, _ stated: StatedFigure?, _ sums: [ExpressionType]
  ) -> FigureCount? {
    let population = population(map)
    let subject =
      population?.subject
      ?? (map["population"] == nil
        ? find(map["subject"], in: subjects, what: say("评价对象", "subject")) : nil)
    guard let subject else {
      if map["population"] == nil, map["subject"] == nil {
        reading.fault(
          at: map.spot, say("缺少“subject”或“population”", "“subject” or “population” is missing"),
          cure: say("请写明在哪些对象中计数", "say among which subjects to count"))
      }
      return nil
    }
    var condition = population?.condition
    if map["where"] != nil {
      if population != nil { refuse("where", beside: "population", map) }
      condition = figure(map["where"], subject, [.bool])
      if condition == nil { return nil }
    }
    guard let form = form(map, way, subject, population, sums), fits(way, stated, map) else {
      return nil
    }
    let definition = reading.bilingual(map["definition"])
    if definition == nil, population == nil || (way != nil && way != "measure") {
      if map["definition"] == nil {
        reading.fault(
          at: map.spot, say("缺少“definition”", "“definition” is missing"),
          cure: say("请用文字写明计算的是什么", "say in words what is counted"))
      }
      return nil
    }
    return FigureCount(
      subject: subject, condition: condition, form: form,
      definition: definition ?? usualDefinition(map, population))
  }

  /// What the pack says of the population, and of the measure.
  private func usualDefinition(_ map: YAMLMap, _ population: Population?) -> Bilingual {
    let measures = pack.coverages.first { $0.subject == population?.subject }?.measures ?? []
    let measure = measures.first { $0.id == map["measure"]?.scalar }?.definition ?? ""
    let text = [population?.definition ?? "", measure].filter { !$0.isEmpty }
    return Bilingual(
      zh: text.joined(separator: "；"), en: text.joined(separator: "; "))
  }

  private mutating func form(
    _ map: YAMLMap, _ way: String?, _ subject: Int, _ population: Population?,
    _ sums: [ExpressionType]
  ) -> FigureCount.Form? {
    switch way {
    case "count": figure(map["count"], subject, [.bool]).map { .count($0, of: nil) }
    case "sum": figure(map["sum"], subject, sums).map { .sum($0) }
    case "distinct": figure(map["distinct"], subject, [.string]).map { .distinct($0) }
    case "measure": measure(map, population)
    default: .members
    }
  }

  /// A population of the pack with its subject.
  private struct Population {
    var subject: Int
    var condition: CheckedExpression
    var definition: String
  }

  private mutating func population(_ map: YAMLMap) -> Population? {
    guard let node = map["population"], let id = reading.text(node) else { return nil }
    for coverage in pack.coverages {
      if let found = coverage.populations.first(where: { $0.id == id }) {
        if map["subject"] != nil { refuse("subject", beside: "population", map) }
        return Population(
          subject: coverage.subject, condition: found.condition,
          definition: found.definition)
      }
    }
    let known = pack.coverages.flatMap { $0.populations.map(\.id) }
    reading.unknownName(id, at: node.spot, what: say("口径", "population"), among: known)
    return nil
  }

  private mutating func measure(_ map: YAMLMap, _ population: Population?) -> FigureCount.Form? {
    guard let node = map["measure"], let id = reading.text(node) else { return nil }
    guard let population else {
      if map["population"] == nil {
        reading.fault(
          at: node.spot,
          say("“measure”要有“population”", "“measure” needs a “population”"),
          cure: say("请写明是哪个口径的比率", "say of which population the rate is"))
      }
      return nil
    }
    let measures = pack.coverages.first { $0.subject == population.subject }?.measures ?? []
    guard let found = measures.first(where: { $0.id == id }) else {
      reading.unknownName(
        id, at: node.spot, what: say("指标", "measure"), among: measures.map(\.id))
      return nil
    }
    return .count(found.count, of: found.of)
  }

  /// A share is compared with a share, a number with a number.
  private mutating func fits(_ way: String?, _ stated: StatedFigure?, _ map: YAMLMap) -> Bool {
    guard let stated, case .share = stated.value else {
      guard stated != nil, way == "measure" else { return true }
      reading.fault(
        at: map.spot(of: "stated"),
        say("“measure”是比率，公布的是数目", "“measure” is a share, but a number is stated"),
        cure: say("请改用“count”，或把公布数写成百分数", "use “count”, or state a percentage"))
      return false
    }
    guard way != "count", way != "measure" else { return true }
    reading.fault(
      at: map.spot(of: "stated"),
      say("公布的是百分数，要与比率对照", "a percentage is stated, which is compared with a share"),
      cure: say("请改用“measure”或“count”", "use “measure” or “count”"))
    return false
  }

  private mutating func figure(
    _ node: YAMLNode?, _ subject: Int, _ types: [ExpressionType]
  ) -> CheckedExpression? {
    var ignored = Field.Sensitivity.open
    return early(node, scope: subject, expecting: types, protection: &ignored)
  }

  private mutating func refuse(_ key: String, beside other: String, _ map: YAMLMap) {
    reading.fault(
      at: map.spot(of: key),
      say("“\(key)”不能与“\(other)”同写", "“\(key)” cannot stand beside “\(other)”"),
      cure: say("请删去其中一个", "remove one of them"))
  }
}

extension Reading {
  /// One text for both languages, or `{zh, en}`.
  mutating func bilingual(_ node: YAMLNode?) -> Bilingual? {
    guard let node else { return nil }
    guard case .map = node.content else {
      return text(node).map { Bilingual(zh: $0, en: $0) }
    }
    guard let map = map(node, .bilingual), let zh = text(map["zh"]), let en = text(map["en"])
    else { return nil }
    return Bilingual(zh: zh, en: en)
  }
}
