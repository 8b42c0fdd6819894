import Expressions
import Tables

private enum IfUnknown: String { case skip }

extension PackLoader {
  /// Checks the derived facts in the order of their needs and finds out their types.
  mutating func readDerivations() {
    for index in derivationOrder() {
      let derivation = derivationMaps[index]
      let place = FactPlace(subject: derivation.subject, slot: derivation.slot)
      var protection = Field.Sensitivity.open
      guard let (form, type) = readForm(derivation, protection: &protection) else { continue }
      settle(place, type: type, sensitivity: protection)
      var made = Derivation(
        subject: place.subject, slot: place.slot, id: derivation.id, form: form)
      made.basis = reading.text(derivation.map["basis"]) ?? ""
      pack.subjects[place.subject].facts[place.slot].origin = .derived(pack.derivations.count)
      pack.derivations.append(made)
    }
    settleReferencedFacts()
  }

  private mutating func readForm(
    _ derivation: DerivationMap, protection: inout Field.Sensitivity
  ) -> (Derivation.Form, ExpressionType)? {
    let map = derivation.map
    let forms = ["value", "rules", "lookup", "successor", "pick"].filter { map[$0] != nil }
    guard forms.count == 1, let form = forms.first else {
      let written = forms.joined(separator: ", ")
      reading.fault(
        at: map.spot,
        forms.isEmpty
          ? say("事实“\(derivation.id)”没有写怎样得出", "nothing says how “\(derivation.id)” follows")
          : say("不能同时写\(written)", "\(written) exclude each other"),
        cure: say(
          "请在 value、rules、lookup、successor、pick 中写一个",
          "write one of value, rules, lookup, successor and pick"))
      return nil
    }
    switch form {
    case "value": return readValue(derivation, &protection)
    case "rules": return readRules(derivation, &protection)
    case "lookup": return readLookup(derivation, &protection)
    case "successor": return readSuccessor(derivation, &protection)
    default: return readPick(derivation, &protection)
    }
  }

  /// An expression that may read anything but results of rubrics, which come later.
  mutating func early(
    _ node: YAMLNode?, scope: Int, expecting types: [ExpressionType],
    protection: inout Field.Sensitivity
  ) -> CheckedExpression? {
    guard let node, let checked = expression(node, scope: scope, expecting: types) else {
      return nil
    }
    protection = stricter(protection, sensitivity(of: checked, scope: scope))
    for rubric in results(in: checked, scope: scope).sorted() {
      reading.fault(
        at: node.spot,
        say(
          "这里不能使用评价结果“\(rubric)”：评价在后",
          "results of “\(rubric)” cannot be used here: criteria come later"),
        cure: say("请改用事实，或写在评价规则中", "use facts, or write it in a rubric"))
    }
    return checked
  }

  /// The code table that a derived fact states.
  func codes(of derivation: DerivationMap) -> Int? {
    pack.subjects[derivation.subject].facts[derivation.slot].codes
  }

  private mutating func readValue(
    _ derivation: DerivationMap, _ protection: inout Field.Sensitivity
  ) -> (Derivation.Form, ExpressionType)? {
    let types: [ExpressionType] =
      codes(of: derivation) == nil ? [.bool, .int, .decimal, .string, .date] : [.string]
    guard
      let value = early(
        derivation.map["value"], scope: derivation.subject, expecting: types,
        protection: &protection)
    else { return nil }
    return (.value(value), value.type)
  }

  // MARK: - Rules

  private mutating func readRules(
    _ derivation: DerivationMap, _ protection: inout Field.Sensitivity
  ) -> (Derivation.Form, ExpressionType)? {
    let items = reading.list(derivation.map["rules"])
    var heads: [(map: YAMLMap, when: CheckedExpression)] = []
    var results: [YAMLNode] = []
    var otherwise: YAMLNode?
    var ids: Set<String> = []
    for (index, item) in items.enumerated() {
      if case .map(let entries) = item.content, entries.contains(where: { $0.key == "otherwise" }) {
        otherwise = reading.map(item, .otherwise)?["otherwise"]
        if index < items.count - 1 {
          reading.fault(
            at: item.spot, say("“otherwise”之后的规则用不到", "no rule after “otherwise” is reached"),
            cure: say("请把“otherwise”放到最后", "put “otherwise” last"))
        }
        continue
      }
      guard let map = reading.map(item, .rule) else { continue }
      if let id = reading.text(map["id"]), !ids.insert(id).inserted {
        duplicate(id, at: map["id"]?.spot ?? map.spot)
      }
      guard let then = map["then"],
        let when = early(
          map["when"], scope: derivation.subject, expecting: [.bool], protection: &protection)
      else { continue }
      refuseImpossible(
        when, at: map["when"], scope: derivation.subject,
        so: say("这条规则用不到", "the rule is never reached"))
      heads.append((map, when))
      results.append(then)
    }
    guard let (values, type) = resultValues(results + [otherwise].compactMap { $0 }, derivation)
    else { return nil }
    var rules: [Derivation.Rule] = []
    for (head, value) in zip(heads, values) {
      let unknown = reading.choice(head.map["unknown"], of: [IfUnknown.skip])
      rules.append(
        Derivation.Rule(
          id: reading.text(head.map["id"]) ?? "", when: head.when, then: value,
          basis: reading.text(head.map["basis"]) ?? "",
          finding: reading.text(head.map["finding"]), skipsUnknown: unknown == .skip))
    }
    return (.rules(rules, otherwise: otherwise == nil ? nil : values.last), type)
  }

  /// The results of rules as values of one type; whole numbers become decimals where some are.
  private mutating func resultValues(
    _ nodes: [YAMLNode], _ derivation: DerivationMap
  ) -> ([Value], ExpressionType)? {
    if let codes = codes(of: derivation) {
      let values = nodes.compactMap { typedValue($0, type: .string, codes: codes) }
      return values.count == nodes.count ? (values, .string) : nil
    }
    var type: ExpressionType?
    for node in nodes {
      guard let value = plainValue(node) else { continue }
      let own = value.plainType
      switch (type, own) {
      case (nil, _): type = own
      case (.int, .decimal): type = .decimal
      case (.decimal, .int): break
      case (let known?, _) where known != own:
        reading.fault(
          at: node.spot,
          say("结果的类型是\(own)，前面的是\(known)", "this result is \(own), those before are \(known)"),
          cure: say("请统一类型；文字可加引号", "use one type; quote texts"))
        return nil
      default: break
      }
    }
    guard let type else {
      reading.fault(
        at: derivation.map.spot(of: "rules"), say("没有规则", "there are no rules"),
        cure: say("请至少写一条规则", "write at least one"))
      return nil
    }
    if type == .string { return (nodes.map { .string($0.scalar ?? "") }, type) }
    let values = nodes.compactMap { typedValue($0, type: type, codes: nil) }
    return values.count == nodes.count ? (values, type) : nil
  }

  // MARK: - Code tables

  private mutating func readLookup(
    _ derivation: DerivationMap, _ protection: inout Field.Sensitivity
  ) -> (Derivation.Form, ExpressionType)? {
    guard let node = derivation.map["lookup"], let map = reading.map(node, .factLookup) else {
      return nil
    }
    let by = early(
      map["by"], scope: derivation.subject, expecting: [.string], protection: &protection)
    let prefix = reading.flag(map["prefix"]) ?? false
    guard let table = table(map["table"]), codeNames(table) != nil else { return nil }
    var column: String?
    if let node = map["column"], let name = reading.text(node), name != "name" {
      guard pack.codes[table].attributes.contains(name) else {
        reading.unknownName(
          name, at: node.spot, what: say("列", "column"),
          among: ["name"] + pack.codes[table].attributes)
        return nil
      }
      column = name
    }
    guard let by else { return nil }
    let cells = pack.codes[table].codes.compactMap { code in
      column.map { code.attributes[$0] ?? "" } ?? code.name
    }
    if let codes = codes(of: derivation) {
      checkCells(cells, in: codes, at: map["column"]?.spot ?? map.spot)
    }
    let isFlag =
      column != nil && !cells.allSatisfy(\.isEmpty)
      && cells.allSatisfy { ["yes", "no", ""].contains($0) }
    let type: ExpressionType = isFlag && codes(of: derivation) == nil ? .bool : .string
    return (.lookup(table: table, by: by, column: column, byPrefix: prefix), type)
  }

  /// Every cell that can be looked up must be one of the fact's codes.
  private mutating func checkCells(_ cells: [String], in codes: Int, at spot: Spot) {
    guard let known = codeNames(codes) else { return }
    for cell in Set(cells).sorted() where !cell.isEmpty && !known.contains(cell) {
      reading.unknownName(
        cell, at: spot,
        what: say("“\(pack.codes[codes].id)”代码", "code of “\(pack.codes[codes].id)”"), among: known)
    }
  }

  private mutating func readSuccessor(
    _ derivation: DerivationMap, _ protection: inout Field.Sensitivity
  ) -> (Derivation.Form, ExpressionType)? {
    guard let node = derivation.map["successor"], let map = reading.map(node, .successor) else {
      return nil
    }
    let of = early(
      map["of"], scope: derivation.subject, expecting: [.string], protection: &protection)
    guard let table = table(map["table"]), let of else { return nil }
    if let codes = codes(of: derivation), codes != table {
      reading.fault(
        at: map.spot(of: "table"),
        say("“codes”写的是另一张代码表", "“codes” names another code table"),
        cure: say("请统一", "name the same table"))
    }
    pack.subjects[derivation.subject].facts[derivation.slot].codes = table
    return (.successor(table: table, of: of), .string)
  }
}

extension Value {
  /// The type of a value that a pack's author writes plainly.
  fileprivate var plainType: ExpressionType {
    switch self {
    case .bool: .bool
    case .int: .int
    case .decimal: .decimal
    case .string: .string
    case .date: .date
    case .double: .double
    case .timestamp: .timestamp
    case .duration: .duration
    case .null: .null
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .type: .type
    }
  }
}
