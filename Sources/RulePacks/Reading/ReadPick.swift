import Expressions
import Tables

/// Facts that are taken from one row of a list.
extension PackLoader {
  mutating func readPick(
    _ derivation: DerivationMap, _ protection: inout Field.Sensitivity
  ) -> (Derivation.Form, ExpressionType)? {
    guard let node = derivation.map["pick"], let map = reading.map(node, .pick),
      let (list, record) = list(map["from"], of: derivation.subject)
    else { return nil }
    guard (map["latest"] == nil) != (map["earliest"] == nil) else {
      reading.fault(
        at: map.spot, say("“latest”和“earliest”要写其中一个", "write either “latest” or “earliest”"),
        cure: say("请写按哪个字段取最近或最早的一行", "name the field by which rows are ordered"))
      return nil
    }
    let scope = pack.scope(ofRowAndSubject: record)
    let condition = early(
      map["where"], scope: scope, expecting: [.bool], protection: &protection)
    guard let order = field(map["latest"] ?? map["earliest"], of: record),
      let take = field(map["take"], of: record), map["where"] == nil || condition != nil
    else { return nil }
    let taken = pack.records[record].fields[take]
    let ordering = pack.records[record].fields[order]
    protection = stricter(protection, stricter(taken.sensitivity, ordering.sensitivity))
    if taken.sensitivity == .sensitive || ordering.sensitivity == .sensitive {
      reading.fault(
        at: map.spot, say("不能取用敏感信息", "sensitive fields cannot be picked"),
        cure: say("请改用其他字段", "use another field"))
    }
    if let codes = codes(of: derivation), codes != taken.codes {
      reading.fault(
        at: map.spot(of: "take"),
        say("“\(taken.id)”用的是另一张代码表", "“\(taken.id)” has another code table"),
        cure: say("请统一“codes”", "name its table under “codes”"))
    }
    pack.subjects[derivation.subject].facts[derivation.slot].codes = taken.codes
    let pick = Derivation.Pick(
      list: list, record: record, condition: condition, order: order,
      takesLatest: map["latest"] != nil, take: take)
    return (.pick(pick), taken.type.expressionType)
  }

  /// The slot of a list of records, and the kind of its rows.
  mutating func list(_ node: YAMLNode?, of subject: Int) -> (slot: Int, record: Int)? {
    guard let node, let name = reading.text(node) else { return nil }
    let lists = pack.subjects[subject].facts.enumerated().compactMap { slot, fact in
      if case .list(let record) = fact.origin {
        (id: fact.id, slot: slot, record: record)
      } else {
        nil
      }
    }
    if let list = lists.first(where: { $0.id == name }) { return (list.slot, list.record) }
    reading.unknownName(
      name, at: node.spot, what: say("列表", "list"), among: lists.map(\.id))
    return nil
  }
}
