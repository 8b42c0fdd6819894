import Expressions
import Tables

private enum Kind: String {
  case recordBased = "record-based"
  case opinionBased = "opinion-based"
}

extension PackLoader {
  /// Indicators, in groups or not, and whether they add up to the full mark.
  mutating func readIndicators(
    _ map: YAMLMap, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    if map["groups"] != nil, map["indicators"] != nil {
      reading.fault(
        at: map.spot(of: "indicators"),
        say("“groups”和“indicators”不能并用", "“groups” and “indicators” exclude each other"),
        cure: say("请把指标都放进组里", "put all indicators into groups"))
    }
    // An indicator that cannot be read has no points to add; what is wrong elsewhere does not hide
    // a wrong sum.
    var areAllRead = true
    var groupIDs: Set<String> = []
    for item in reading.list(map["groups"]) {
      guard let inner = reading.map(item, .group) else { continue }
      let id = reading.id(inner["id"]) ?? ""
      if !groupIDs.insert(id).inserted { duplicate(id, at: inner["id"]?.spot ?? inner.spot) }
      let first = rubric.parts.count
      rubric.groups.append(
        Rubric.Group(id: id, title: reading.text(inner["title"]) ?? "", full: 0))
      let items = reading.list(inner["indicators"])
      for item in items {
        readIndicator(item, group: rubric.groups.count - 1, into: &rubric, &ids)
      }
      let isRead = rubric.parts.count - first == items.count
      areAllRead = areAllRead && isRead
      let sum = rubric.parts[first...].reduce(0) { $0 + $1.most }
      rubric.groups[rubric.groups.count - 1].full = sum
      if let full = reading.points(inner["full"]), full != sum, isRead {
        mismatch(at: inner.spot(of: "full"), stated: full, sum: sum)
      }
    }
    let first = rubric.parts.count
    let items = reading.list(map["indicators"])
    for item in items { readIndicator(item, group: nil, into: &rubric, &ids) }
    areAllRead = areAllRead && rubric.parts.count - first == items.count
    let sum = rubric.parts.reduce(0) { $0 + $1.most }
    if sum != rubric.full, map["full"] != nil, areAllRead {
      mismatch(at: map.spot(of: "full"), stated: rubric.full, sum: sum)
    }
  }

  private mutating func mismatch(at spot: Spot, stated: Int, sum: Int) {
    let (full, total) = (shownPoints(stated), shownPoints(sum))
    reading.fault(
      at: spot,
      say("指标合计\(total)分，不等于满分\(full)分", "the indicators add up to \(total), not to \(full)"),
      cure: say(
        "请调整指标分值，或调整满分（full）", "adjust the indicators' points, or the full mark (full)"))
  }

  private mutating func readIndicator(
    _ item: YAMLNode, group: Int?, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    guard let map = reading.map(item, .indicator) else { return }
    let id = columnID(map, &ids)
    let unknown = unknown(map)
    let kind = reading.choice(map["kind"], of: [Kind.recordBased, .opinionBased])
    let applies = rule(map["applies"], of: rubric.subject)
    refuseImpossible(
      applies, at: map["applies"], scope: rubric.subject,
      so: say("这个指标不针对任何对象", "the indicator concerns nobody"))
    if kind == .opinionBased, map["opinions"] == nil {
      reading.fault(
        at: map.spot(of: "kind"),
        say(
          "凭意见评定的指标只能用“opinions”，不能由程序计算",
          "an opinion-based indicator takes signed opinions only; nothing may compute it"),
        cure: say("请改写为“opinions”，或改为 record-based", "write “opinions”, or make it record-based"))
      return
    }
    guard let (form, most) = readForm(map, subject: rubric.subject) else { return }
    if most == 0 {
      reading.fault(
        at: map.spot, say("指标“\(id)”无论如何都是0分", "the indicator “\(id)” can give no points"),
        cure: say("请更正分值或删去指标", "correct its points or remove it"))
      return
    }
    var part = Rubric.Part(
      id: id, title: reading.text(map["title"]) ?? "", kind: .indicator, unknown: unknown,
      form: form, most: most, least: 0)
    part.isOpinionBased = kind == .opinionBased
    part.group = group
    part.basis = reading.text(map["basis"]) ?? ""
    part.note = reading.text(map["note"]) ?? ""
    part.applies = applies
    rubric.parts.append(part)
  }

  // MARK: - Forms

  private mutating func readForm(
    _ map: YAMLMap, subject: Int
  ) -> (form: Rubric.Form, most: Int)? {
    let forms: [(key: String, others: [String])] = [
      ("when", ["points"]), ("bands", ["on"]), ("lookup", ["on"]), ("ratio", ["points"]),
      ("value", ["points"]), ("opinions", ["points"]),
    ]
    let found = forms.filter { map[$0.key] != nil }
    guard found.count == 1, let form = found.first else {
      let written = found.map(\.key).joined(separator: ", ")
      reading.fault(
        at: map.spot,
        found.isEmpty
          ? say("没有写怎样计分", "nothing says how points are given")
          : say("不能同时写\(written)", "\(written) exclude each other"),
        cure: say(
          "请在 when、bands、lookup、ratio、value、opinions 中写一个",
          "write one of when, bands, lookup, ratio, value and opinions"))
      return nil
    }
    for key in ["points", "on"] {
      let isWanted = form.others.contains(key)
      if isWanted, map[key] == nil {
        reading.fault(
          at: map.spot, say("“\(form.key)”缺少“\(key)”", "“\(form.key)” needs “\(key)”"),
          cure: say("请补上“\(key):”", "add “\(key):”"))
      } else if !isWanted, map[key] != nil {
        reading.fault(
          at: map.spot(of: key),
          say("“\(key)”不能与“\(form.key)”并用", "“\(key)” does not go with “\(form.key)”"),
          cure: say("请删去", "remove it"))
      }
    }
    switch form.key {
    case "bands": return readBands(map, subject: subject)
    case "lookup": return readPoints(map, subject: subject)
    case "opinions": return readOpinions(map, subject: subject)
    case "ratio": return readRatio(map, subject: subject)
    case "value":
      let value = ruled(number(map["value"], scope: subject), scope: subject)
      guard let points = positive(map["points"]), let value else { return nil }
      return (.number(points: points, value: value), points)
    default:
      let when = rule(map["when"], of: subject)
      refuseImpossible(
        when, at: map["when"], scope: subject, so: say("谁也得不到分", "nobody can get the points"))
      guard let points = positive(map["points"]), let when else { return nil }
      return (.condition(points: points, when: when), points)
    }
  }

  /// Points that may not be negative.
  private mutating func positive(_ node: YAMLNode?) -> Int? {
    guard let node, let points = reading.points(node) else { return nil }
    if points >= 0 { return points }
    reading.fault(
      at: node.spot, say("指标的分值不能是负数", "an indicator cannot give negative points"),
      cure: say("扣分请写在“deductions”中", "write deductions under “deductions”"))
    return nil
  }

  private mutating func readRatio(
    _ map: YAMLMap, subject: Int
  ) -> (form: Rubric.Form, most: Int)? {
    let points = positive(map["points"])
    let items = reading.list(map["ratio"])
    guard items.count == 2 else {
      reading.fault(
        at: map.spot(of: "ratio"), say("“ratio”要写两个表达式", "“ratio” takes two expressions"),
        cure: say("请写成 [实际, 应当]", "write [part, whole]"))
      return nil
    }
    let part = ruled(number(items[0], scope: subject), scope: subject)
    let whole = ruled(number(items[1], scope: subject), scope: subject)
    guard let points, let part, let whole else { return nil }
    return (.ratio(points: points, part: part, whole: whole), points)
  }

  // MARK: - Deductions and bonuses

  mutating func readDeduction(
    _ item: YAMLNode, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    guard let map = reading.map(item, .deduction) else { return }
    readChange(map, kind: .deduction, into: &rubric, &ids)
  }

  mutating func readBonus(
    _ item: YAMLNode, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    guard let map = reading.map(item, .bonus) else { return }
    readChange(map, kind: .bonus, into: &rubric, &ids)
  }

  private mutating func readChange(
    _ map: YAMLMap, kind: Rubric.Part.Kind, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    let id = columnID(map, &ids)
    let unknown = unknown(map)
    let isEach = map["each"] != nil || map["count"] != nil
    let (wanted, unwanted) =
      isEach ? (["each", "count"], ["points", "when"]) : (["points", "when"], ["floor", "cap"])
    for key in wanted where map[key] == nil {
      reading.fault(
        at: map.spot, say("缺少“\(key)”", "“\(key)” is missing"),
        cure: say("请写 each 和 count，或 points 和 when", "write each and count, or points and when"))
    }
    for key in unwanted where map[key] != nil {
      reading.fault(
        at: map.spot(of: key), say("“\(key)”在这里不能用", "“\(key)” has no place here"),
        cure: say("请删去", "remove it"))
    }
    let count = ruled(
      expression(map["count"], scope: rubric.subject, expecting: [.int]), scope: rubric.subject)
    let when = rule(map["when"], of: rubric.subject)
    let isLoss = kind == .deduction
    refuseImpossible(
      when, at: map["when"], scope: rubric.subject,
      so: isLoss
        ? say("永远不会扣分", "nothing is ever deducted") : say("谁也得不到分", "nobody can get the points"))
    let points = signed(map[isEach ? "each" : "points"], isLoss: isLoss)
    let limit = signed(map[isLoss ? "floor" : "cap"], isLoss: isLoss)
    if isEach, !isLoss, map["cap"] == nil {
      reading.fault(
        at: map.spot, say("加分缺少“cap”", "the bonus lacks “cap”"),
        cure: say("请写最多加多少分", "say how much it can add in all"))
    }
    guard let points else { return }
    checkLimit(limit, of: points, at: map[isLoss ? "floor" : "cap"])
    let form: Rubric.Form
    if isEach {
      guard let count else { return }
      form = .each(points: points, count: count, limit: limit)
    } else {
      guard let when else { return }
      form = .condition(points: points, when: when)
    }
    // Without a floor a deduction can take the whole score, which is never below 0.
    let extent = isEach ? limit ?? -rubric.full : points
    var part = Rubric.Part(
      id: id, title: reading.text(map["title"]) ?? "", kind: kind, unknown: unknown, form: form,
      most: isLoss ? 0 : max(extent, 0), least: isLoss ? extent : 0)
    part.basis = reading.text(map["basis"]) ?? ""
    rubric.parts.append(part)
  }

  /// Points below zero for deductions, above for bonuses.
  private mutating func signed(_ node: YAMLNode?, isLoss: Bool) -> Int? {
    guard let node, let points = reading.points(node) else { return nil }
    if isLoss ? points < 0 : points > 0 { return points }
    reading.fault(
      at: node.spot,
      isLoss
        ? say("扣分应是负数", "a deduction must be negative")
        : say("加分应大于0", "a bonus must be above 0"),
      cure: say("请更正正负号", "correct its sign"))
    return nil
  }
}
