import Tables

private enum Direction: String { case higher, lower }

extension PackLoader {
  /// Whether less is better. Then nothing that is read from a high score may stand beside it, and
  /// nothing that is missing may look like a low one.
  mutating func readDirection(_ map: YAMLMap, into rubric: inout Rubric) {
    guard let node = map["direction"] else { return }
    rubric.leastIsBest = reading.choice(node, of: [Direction.higher, .lower]) == .lower
    guard rubric.leastIsBest else { return }
    for key in ["tiers", "caps", "robustness", "rank-within"] where map[key] != nil {
      reading.fault(
        at: map.spot(of: key),
        say(
          "“direction: lower”的评价分数低的在前，“\(key)”不能并用",
          "with “direction: lower” the least score ranks first, and “\(key)” does not go with it"),
        cure: say("请删去其中一个", "remove one of them"))
    }
    if rubric.parts.contains(where: { waitsAtNothing($0) }) {
      reading.fault(
        at: node.spot,
        say(
          "分数低的在前时，缺材料暂不计分的反而靠前：\(waiting(rubric))",
          "where the least score ranks first, what is missing and withheld would help: \(waiting(rubric))"
        ),
        cure: say("请把这些指标的“unknown”写成 pending", "give these “unknown: pending”"))
    }
  }

  private func waiting(_ rubric: Rubric) -> String {
    rubric.parts.filter { waitsAtNothing($0) }.map(\.id).joined(separator: ", ")
  }

  /// Whether a missing fact gives a part nothing for now, though it could give points later.
  private func waitsAtNothing(_ part: Rubric.Part) -> Bool {
    switch part.form {
    case .group: false
    case .measure(let measure): measure.missing == .withhold
    case .condition, .bands, .lookup, .ratio, .number, .opinions, .each:
      part.kind != .deduction && (part.unknown == .withhold || part.unknown == .carry)
    }
  }
}
