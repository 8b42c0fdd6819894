import Expressions
import Tables

extension PackLoader {
  /// What the first screen shows; populations, measures and dimensions are read before it.
  mutating func readOverview(_ node: YAMLNode, of subject: Int) {
    guard let map = reading.map(node, .overview) else { return }
    if pack.overview != nil {
      reading.fault(
        at: node.spot, say("“overview”只能写一次", "“overview” can be written once only"),
        cure: say("请合并", "merge them"))
    }
    guard let coverage = pack.coverages.first(where: { $0.subject == subject }) else {
      reading.fault(
        at: node.spot, say("没有口径可供显示", "there is no population to show"),
        cure: say("请先写“populations”和“measures”", "write “populations” and “measures” first"))
      return
    }
    let facts = pack.subjects[subject].facts
    let populations = places(
      map["populations"], say("口径", "population"), coverage.populations.map(\.id))
    let measures = places(map["measures"], say("指标", "measure"), coverage.measures.map(\.id))
    let dimensions = places(
      map["by"], say("分组", "dimension"), coverage.dimensions.map { facts[$0.fact].id })
    let rubric = map["rubric"].flatMap { ratedBy($0, subject) }
    let forms = forms(map, of: subject)
    guard !populations.isEmpty, !measures.isEmpty else { return }
    pack.overview = Overview(
      subject: subject, populations: populations, measures: measures, dimensions: dimensions,
      forms: forms, rubric: rubric)
  }

  /// The places of named things in a list.
  private mutating func places(_ node: YAMLNode?, _ what: Bilingual, _ known: [String]) -> [Int] {
    reading.list(node).compactMap { item in
      guard let name = reading.text(item) else { return nil }
      if let place = known.firstIndex(of: name) { return place }
      reading.unknownName(name, at: item.spot, what: what, among: known)
      return nil
    }
  }

  /// A rubric of the same subjects.
  private mutating func ratedBy(_ node: YAMLNode, _ subject: Int) -> String? {
    guard let index = find(node, in: rubrics, what: say("评分标准", "rubric")) else { return nil }
    guard rubricMaps[index].subject == subject else {
      let title = pack.subjects[subject].title
      reading.fault(
        at: node.spot,
        say(
          "“\(rubricMaps[index].id)”评价的不是\(title)",
          "“\(rubricMaps[index].id)” does not rate \(title)"),
        cure: say("请写评价同一对象的标准", "name a rubric of the same subjects"))
      return nil
    }
    return rubricMaps[index].id
  }

  private mutating func forms(_ map: YAMLMap, of subject: Int) -> Overview.Forms? {
    guard let node = map["forms"] else {
      for key in ["organizations", "members"] where map[key] != nil {
        reading.fault(
          at: map.spot(of: key), say("“\(key)”要有“forms”", "“\(key)” needs “forms”"),
          cure: say("请写明按哪个事实分类", "say by which fact they are told apart"))
      }
      return nil
    }
    var ignored = Field.Sensitivity.open
    let organizations = early(
      map["organizations"], scope: subject, expecting: [.string], protection: &ignored)
    let members = early(map["members"], scope: subject, expecting: [.int], protection: &ignored)
    guard let slot = codedFact(node, of: subject) else { return nil }
    return Overview.Forms(fact: slot, organizations: organizations, members: members)
  }
}
