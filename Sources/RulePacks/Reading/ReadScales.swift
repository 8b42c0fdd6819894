import Expressions
import Tables

/// Forms that give points by a scale: bands of numbers, codes, grades of opinions.
extension PackLoader {
  mutating func readBands(
    _ map: YAMLMap, subject: Int
  ) -> (form: Rubric.Form, most: Int)? {
    let on = ruled(number(map["on"], scope: subject), scope: subject)
    var bands: [Rubric.Band] = []
    var spots: [Spot] = []
    let items = reading.list(map["bands"])
    for item in items {
      let pair = reading.list(item)
      guard pair.count == 2, let text = reading.text(pair[0]),
        let points = reading.points(pair[1])
      else {
        if case .list(let list) = item.content, list.count != 2 {
          reading.fault(
            at: item.spot, say("档次要写成[区间, 分值]", "a band is [interval, points]"),
            cure: say("如 ['>= 100', 6]", "e.g. ['>= 100', 6]"))
        }
        continue
      }
      guard let band = Rubric.Band(written: text, points: points) else {
        reading.fault(
          at: pair[0].spot, say("“\(text)”不是区间", "“\(text)” is not an interval"),
          cure: say(
            "可写 >= 100、> 5、<= 3、< 20、= 0、[20..100)、(0..5]",
            "write >= 100, > 5, <= 3, < 20, = 0, [20..100) or (0..5]"))
        continue
      }
      if points < 0 {
        reading.fault(
          at: pair[1].spot, say("指标的分值不能是负数", "an indicator cannot give negative points"),
          cure: say("扣分请写在“deductions”中", "write deductions under “deductions”"))
      }
      bands.append(band)
      spots.append(item.spot)
    }
    guard let on, bands.count == items.count else { return nil }
    let (least, most) = range(of: map["on"], subject: subject)
    let isWhole = on.type == .int
    for fault in faults(of: bands, whole: isWhole, least: least, most: most) {
      report(fault, bands, spots, isWhole: isWhole)
    }
    return (.bands(on: on, bands), bands.map(\.points).max() ?? 0)
  }

  /// The plausible range of a fact that stands alone; fields outside it cannot be read.
  private func range(of node: YAMLNode?, subject: Int) -> (least: Exact?, most: Exact?) {
    guard let name = node?.scalar, let slot = names[subject].slots[trimmed(name)] else {
      return (nil, nil)
    }
    return range(of: FactPlace(subject: subject, slot: slot))
  }

  private mutating func report(
    _ fault: BandFault, _ bands: [Rubric.Band], _ spots: [Spot], isWhole: Bool
  ) {
    switch fault {
    case .unreached(let index):
      reading.fault(
        at: spots[index],
        say(
          "“\(bands[index].text)”在字段的合理范围之外，谁也得不到",
          "“\(bands[index].text)” lies outside the field's plausible range, so nobody falls into it"
        ),
        cure: say(
          "请删去这一档，或更正字段的“least”和“most”",
          "remove the band, or correct “least” and “most” of the field"))
    case .empty(let index):
      reading.fault(
        at: spots[index],
        say("区间“\(bands[index].text)”中没有数", "no number lies in “\(bands[index].text)”"),
        cure: say("请更正两端", "correct its ends"))
    case .overlap(let first, let second, let shared):
      let at = shared.map { ("：\($0)", ": \($0) is in both") } ?? ("", "")
      reading.fault(
        at: spots[max(first, second)],
        say(
          "“\(bands[first].text)”与“\(bands[second].text)”重叠\(at.0)",
          "“\(bands[first].text)” and “\(bands[second].text)” overlap\(at.1)"),
        cure: say("请更正区间的端点", "correct the ends"))
    case .hole(let below, let above):
      let (from, to) = (bands[below].upper, bands[above].lower)
      let shown = [from, to].compactMap { $0?.description }
      let unique = shown.count == 2 && shown[0] == shown[1] ? [shown[0]] : shown
      // Between 900 and 901 there is nothing for whole numbers; for others the author must see what.
      let example = isWhole || unique.count < 2 ? nil : between(bands[below], bands[above])
      let such = example.map {
        ("，如\($0)（不限于整数）", ", such as \($0) (not only whole numbers occur)")
      }
      reading.fault(
        at: spots[max(below, above)],
        say(
          "\(unique.joined(separator: "至"))没有档次\(such?.0 ?? "")：在“\(bands[below].text)”和“\(bands[above].text)”之间",
          "no band holds \(unique.joined(separator: " to "))\(such?.1 ?? ""), between “\(bands[below].text)” and “\(bands[above].text)”"
        ),
        cure: say("请补上档次或更正端点", "add a band or correct the ends"))
    case .holeBelow(let index):
      let bound = bands[index].lower.map { "\($0)" } ?? ""
      let band = (bands[index].includesLower ? "< " : "<= ") + bound
      reading.fault(
        at: spots[index],
        say(
          "最低的档次“\(bands[index].text)”以下没有档次", "no band holds numbers below “\(bands[index].text)”"),
        cure: say("请补上“\(band)”，或在字段中写“least”", "add “\(band)”, or state “least” for the field"))
    case .holeAbove(let index):
      let bound = bands[index].upper.map { "\($0)" } ?? ""
      let band = (bands[index].includesUpper ? "> " : ">= ") + bound
      reading.fault(
        at: spots[index],
        say(
          "最高的档次“\(bands[index].text)”以上没有档次", "no band holds numbers above “\(bands[index].text)”"),
        cure: say("请补上“\(band)”，或在字段中写“most”", "add “\(band)”, or state “most” for the field"))
    }
  }

  // MARK: - Codes

  mutating func readPoints(
    _ map: YAMLMap, subject: Int
  ) -> (form: Rubric.Form, most: Int)? {
    let on = ruled(
      expression(map["on"], scope: subject, expecting: [.string]), scope: subject)
    var table: [String: Int] = [:]
    var otherwise: Int?
    var spots: [(key: String, spot: Spot)] = []
    let entries = reading.entries(map["lookup"])
    for entry in entries {
      guard let points = reading.points(entry.value) else { continue }
      if points < 0 {
        reading.fault(
          at: entry.value.spot, say("指标的分值不能是负数", "an indicator cannot give negative points"),
          cure: say("扣分请写在“deductions”中", "write deductions under “deductions”"))
      }
      if entry.key == "otherwise" {
        otherwise = points
      } else {
        table[entry.key] = points
        spots.append((entry.key, entry.spot))
      }
    }
    let codes = map["on"]?.scalar.flatMap {
      pack.environment.scopes[subject].names[trimmed($0)]?.codes
    }
    if let codes {
      for (key, spot) in spots where !codes.contains(key) {
        reading.unknownName(key, at: spot, what: say("代码", "code"), among: codes)
      }
      let missing = codes.filter { table[$0] == nil }
      if !missing.isEmpty, otherwise == nil {
        let listed = missing.joined(separator: ", ")
        reading.fault(
          at: map.spot(of: "lookup"),
          say("没有写这些代码的分值：\(listed)", "no points for the codes \(listed)"),
          cure: say("请补上，或写“otherwise”", "add them, or “otherwise”"))
      }
    } else if on != nil, otherwise == nil {
      reading.fault(
        at: map.spot(of: "lookup"),
        say(
          "“on”不是代码事实，须写“otherwise”", "“on” is no fact with a code table, so “otherwise” is needed"),
        cure: say("请写其他情形的分值", "say what all else is worth"))
    }
    guard let on, spots.count + (otherwise == nil ? 0 : 1) == entries.count else { return nil }
    let most = max(table.values.max() ?? 0, otherwise ?? 0)
    return (.lookup(on: on, table, otherwise: otherwise), most)
  }

  // MARK: - Opinions

  mutating func readOpinions(
    _ map: YAMLMap, subject: Int
  ) -> (form: Rubric.Form, most: Int)? {
    guard let node = map["opinions"], let inner = reading.map(withShared(node), .opinions),
      let (list, record) = list(inner["list"], of: subject)
    else { return nil }
    let scope = pack.scope(ofRowAndSubject: record)
    let condition = ruled(self.condition(inner["where"], scope: scope), scope: scope)
    let inForce = ruled(self.condition(inner["in-force"], scope: scope), scope: scope)
    let grade = field(inner["grade"], of: record)
    let signed = typedField(inner["signed"], of: record, column: .day)
    let basis = typedField(inner["basis"], of: record, column: .text)
    let aggregate = reading.choice(
      inner["aggregate"], of: Rubric.Opinions.Aggregate.allCases)
    if aggregate == .latest, inner["signed"] == nil {
      reading.fault(
        at: inner.spot(of: "aggregate"), say("“latest”须写“signed”", "“latest” needs “signed”"),
        cure: say("请写签署日期字段", "name the date field"))
    }
    var points: [Rubric.Opinions.GradePoints] = []
    let known = codeNames(grade.flatMap { pack.records[record].fields[$0].codes })
    for entry in reading.entries(map["points"]) {
      guard let number = positivePoints(entry.value) else { continue }
      if let known, !known.contains(entry.key) {
        reading.unknownName(
          entry.key, at: entry.spot, what: say("等级", "grade"), among: known)
      }
      points.append(Rubric.Opinions.GradePoints(grade: entry.key, points: number))
    }
    let missing = (known ?? []).filter { code in !points.contains { $0.grade == code } }
    if !missing.isEmpty {
      let listed = missing.joined(separator: ", ")
      reading.fault(
        at: map.spot(of: "points"),
        say("没有写这些等级的分值：\(listed)", "no points for the grades \(listed)"),
        cure: say("请按从好到差补上", "add them, best first"))
    }
    guard let grade, inner["where"] == nil || condition != nil,
      inner["in-force"] == nil || inForce != nil
    else { return nil }
    var opinions = Rubric.Opinions(
      list: list, record: record, condition: condition, grade: grade, signed: signed,
      basis: basis, aggregate: aggregate ?? .worst, points: points)
    opinions.inForce = inForce
    opinions.office = office(inner["office"])
    return (.opinions(opinions), points.map(\.points).max() ?? 0)
  }

  /// What all opinions of a rubric have in common, written once.
  mutating func shared(_ node: YAMLNode?) -> [YAMLNode.Entry] {
    node.flatMap { reading.map($0, .sharedOpinions) }?.entries ?? []
  }

  /// An indicator's own keys, and those that it leaves to the rubric.
  private func withShared(_ node: YAMLNode) -> YAMLNode {
    guard case .map(let own) = node.content else { return node }
    let more = sharedOpinions.filter { entry in !own.contains { $0.key == entry.key } }
    return YAMLNode(spot: node.spot, content: .map(own + more))
  }

  private mutating func positivePoints(_ node: YAMLNode) -> Int? {
    guard let points = reading.points(node) else { return nil }
    if points >= 0 { return points }
    reading.fault(
      at: node.spot, say("指标的分值不能是负数", "an indicator cannot give negative points"),
      cure: say("扣分请写在“deductions”中", "write deductions under “deductions”"))
    return nil
  }

  private mutating func typedField(
    _ node: YAMLNode?, of record: Int, column: ColumnKind
  ) -> Int? {
    guard let node, let index = field(node, of: record) else { return nil }
    let field = pack.records[record].fields[index]
    if field.type.column == column { return index }
    let wanted = column == .day ? say("日期", "a date") : say("文字", "a text")
    reading.fault(
      at: node.spot,
      say("“\(field.id)”不是\(wanted.zh)字段", "“\(field.id)” is not \(wanted.en) field"),
      cure: say("请改用\(wanted.zh)字段", "name \(wanted.en) field"))
    return nil
  }
}
