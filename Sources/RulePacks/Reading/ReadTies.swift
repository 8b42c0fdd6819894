import Expressions
import Tables

extension PackLoader {
  /// The keys by which candidates with one score are set apart: a fact with its direction each, and
  /// at the end, if it is written, that a person decides what is left.
  mutating func readTies(_ node: YAMLNode?, into rubric: inout Rubric) {
    let items = reading.list(node)
    for (number, item) in items.enumerated() {
      guard let text = reading.text(item) else { continue }
      let words = text.split(separator: " ").map(String.init)
      if words == [Rubric.Tie.person] {
        guard number < items.count - 1 else { continue }
        reading.fault(
          at: item.spot,
          say("“person”之后的各项不会用到", "nothing after “person” is ever used"),
          cure: say("请把它放在最后", "write it last"))
        continue
      }
      guard words.count == 2, let direction = Rubric.Tie.Direction(rawValue: words[1]) else {
        reading.fault(
          at: item.spot,
          say("“\(text)”不是“事实 desc”或“事实 asc”", "“\(text)” is not “FACT desc” or “FACT asc”"),
          cure: say(
            "请写事实和方向：desc 大（晚）者在前，asc 小（早）者在前",
            "write a fact and a direction: desc is the greatest or latest first, asc the least or earliest"
          ))
        continue
      }
      let name = YAMLNode(spot: item.spot, content: .scalar(words[0], .plain))
      guard let slot = openFact(name, of: rubric.subject) else { continue }
      let fact = pack.subjects[rubric.subject].facts[slot]
      switch fact.type {
      case .int, .decimal, .date, .bool:
        rubric.ties.append(Rubric.Tie(slot: slot, direction: direction))
      default:
        reading.fault(
          at: item.spot,
          say("“\(fact.label)”没有大小先后", "“\(fact.id)” has no order"),
          cure: say("请改用数字、日期或是否类的事实", "name a number, a date or a flag"))
      }
    }
  }
}
