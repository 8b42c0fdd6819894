import Expressions
import Tables

extension PackLoader {
  /// What is counted beside the rankings: `statistics.yaml`.
  mutating func readStatistics(_ root: YAMLNode) {
    guard let map = reading.map(root, .statistics) else { return }
    for item in reading.list(map["statistics"]) {
      guard let statistic = reading.map(item, .statistic), let id = reading.id(statistic["id"])
      else { continue }
      if pack.statistics.contains(where: { $0.id == id }) {
        duplicate(id, at: statistic.spot(of: "id"))
      }
      let title = reading.bilingual(statistic["title"])
      let section = reading.bilingual(statistic["section"])
      let note = reading.bilingual(statistic["note"])
      guard let count = counted(statistic, nil, sums: [.int, .decimal]), let title else { continue }
      pack.statistics.append(
        Statistic(
          id: id, title: title, section: section ?? Bilingual(zh: "", en: ""),
          unit: reading.text(statistic["unit"]) ?? "", count: count,
          by: groupings(statistic["by"], of: count.subject), note: note))
    }
  }

  /// Facts by which something is counted; each must be public and known before criteria are.
  private mutating func groupings(_ node: YAMLNode?, of subject: Int) -> [Int] {
    reading.list(node).compactMap { item in
      guard let slot = openFact(item, of: subject) else { return nil }
      refuseResult(slot, of: subject, at: item.spot)
      return slot
    }
  }

  /// What a published figure that names a statistic is compared with.
  mutating func counted(byStatistic map: YAMLMap, _ stated: StatedFigure?) -> FigureCount? {
    let known = Dictionary(
      pack.statistics.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    guard
      let index = find(map["statistic"], in: known, what: say("统计事项", "statistic"))
    else { return nil }
    let count = pack.statistics[index].count
    guard let stated else { return nil }
    var isExact = false
    if case .sum(let number) = count.form { isExact = number.type == .decimal }
    if case .number = stated.value, !isExact { return count }
    reading.fault(
      at: map.spot(of: "statistic"),
      say(
        "“\(pack.statistics[index].id)”不是整数，不能与公布数对照",
        "“\(pack.statistics[index].id)” is no whole number to compare the stated figure with"),
      cure: say("请改用“count”“sum”或“measure”", "use “count”, “sum” or “measure”"))
    return nil
  }
}
