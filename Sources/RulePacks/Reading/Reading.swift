import Expressions
import Tables

/// The files being read and every fault found in them; reading goes on after a fault.
struct Reading {
  struct File {
    /// The path that faults show.
    var shown: String
    var text: String
  }

  var files: [File] = []
  /// Those that are told one by one.
  private var told: [PackFault] = []
  private var known: Set<PackFault> = []
  private var kinds: [String: Kind] = [:]
  /// What a checked pack should say, and can do without.
  private(set) var demands: [PackFault] = []

  mutating func demand(at spot: Spot, _ message: Bilingual, cure: Bilingual) {
    demands.append(
      PackFault(
        file: files[spot.file].shown, line: spot.line, column: spot.column, message: message,
        cure: cure))
  }

  mutating func fault(at spot: Spot, _ message: Bilingual, cure: Bilingual) {
    let fault = PackFault(
      file: files[spot.file].shown, line: spot.line, column: spot.column, message: message,
      cure: cure)
    guard !known.contains(fault) else { return }
    let kind = kind(of: fault)
    guard kinds[kind, default: Kind()].told >= Reading.mostOfKind else {
      known.insert(fault)
      kinds[kind, default: Kind()].told += 1
      told.append(fault)
      return
    }
    kinds[kind, default: Kind()].addUntold(fault)
  }

  /// Every fault; of a kind that there is too much of, the first ones and how many more there are.
  var faults: [PackFault] { told + kinds.values.compactMap(\.rest) }

  /// How many have been found, which rises with each new one.
  var faultCount: Int { told.count + kinds.values.reduce(0) { $0 + $1.untold.count } }

  /// Of one kind nobody reads more.
  static let mostOfKind = 100

  /// Faults that say the same of other things.
  private struct Kind {
    var told = 0
    /// The first that is not told.
    var first: PackFault?
    /// Hashes, because a million faults themselves would fill the memory.
    var untold: Set<Int> = []

    mutating func addUntold(_ fault: PackFault) {
      if first == nil { first = fault }
      untold.insert(fault.hashValue)
    }

    var rest: PackFault? {
      guard var fault = first else { return nil }
      let number = grouped(untold.count)
      fault.message = say(
        "从这里起还有 \(number) 处同类问题：\(fault.message.zh)",
        "from here on \(number) more of this kind: \(fault.message.en)")
      return fault
    }
  }

  /// Its file and its words, without what it quotes and counts.
  private func kind(of fault: PackFault) -> String {
    var words: [UInt8] = Array(fault.file.utf8)
    var quotes = 0
    for scalar in fault.message.en.unicodeScalars {
      if scalar == "“" { quotes += 1 }
      if quotes == 0, !("0"..."9").contains(scalar) { words += Array(String(scalar).utf8) }
      if scalar == "”" { quotes -= 1 }
    }
    return String(decoding: words, as: UTF8.self)
  }

  /// A name that is not among those known, with the nearest of them, or with those that are
  /// worth listing.
  mutating func unknownName(
    _ name: String, at spot: Spot, what: Bilingual, among names: some Sequence<String>,
    listing: [String]? = nil
  ) {
    let message = say("没有\(what.zh)“\(name)”", "there is no \(what.en) “\(name)”")
    if let nearest = nearestName(to: name, among: names) {
      fault(
        at: spot, message, cure: say("是否应为“\(nearest)”？", "did you mean “\(nearest)”?"))
      return
    }
    let known = listing ?? names.sorted()
    let listed = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? " …" : "")
    let cure =
      known.isEmpty
      ? say("请先定义它", "define it first")
      : say("可用的有：\(listed)", "use one of: \(listed)")
    fault(at: spot, message, cure: cure)
  }

  // MARK: - Shapes

  /// A map with fixed keys: unknown, missing and empty ones are faults.
  mutating func map(_ node: YAMLNode, _ keys: KeySet) -> YAMLMap? {
    guard case .map(let entries) = node.content else {
      fault(
        at: node.spot, say("“\(keys.place)”这里应是键值", "“\(keys.place)” must be a map of keys"),
        cure: say(
          "请写成“键: 值”，可用的键：\(keys.keys.joined(separator: ", "))",
          "write “key: value” with the keys \(keys.keys.joined(separator: ", "))"))
      return nil
    }
    var kept: [YAMLNode.Entry] = []
    kept.reserveCapacity(entries.count)
    // A required key that is only misspelt is not missing as well.
    var meant: [String] = []
    for entry in entries {
      if !keys.required.contains(entry.key), !keys.optional.contains(entry.key) {
        unknownName(
          entry.key, at: entry.spot, what: say("键", "key"), among: keys.keys)
        if let key = nearestName(to: entry.key, among: keys.keys) { meant.append(key) }
      } else if entry.value.isBlank {
        fault(
          at: entry.spot, say("“\(entry.key)”没有值", "“\(entry.key)” has no value"),
          cure: say("请填写它的值或删去这一行", "give it a value or remove it"))
      } else {
        kept.append(entry)
      }
    }
    for key in keys.required
    where !entries.contains(where: { $0.key == key }) && !meant.contains(key) {
      fault(
        at: node.spot, say("缺少“\(key)”", "“\(key)” is missing"),
        cure: say("请补上“\(key):”", "add “\(key):”"))
    }
    return YAMLMap(spot: node.spot, entries: kept)
  }

  /// A map whose keys the author chooses; empty values are faults.
  mutating func entries(_ node: YAMLNode?) -> [YAMLNode.Entry] {
    guard let node else { return [] }
    guard case .map(let entries) = node.content else {
      fault(
        at: node.spot, say("这里应是“名称: 值”", "this must be a map of names to values"),
        cure: say("请写成“{名称: 值}”", "write “{name: value}”"))
      return []
    }
    return entries.filter { entry in
      guard entry.value.isBlank else { return true }
      fault(
        at: entry.spot, say("“\(entry.key)”没有值", "“\(entry.key)” has no value"),
        cure: say("请填写它的值或删去这一行", "give it a value or remove it"))
      return false
    }
  }

  mutating func list(_ node: YAMLNode?) -> [YAMLNode] {
    guard let node else { return [] }
    guard case .list(let items) = node.content else {
      fault(
        at: node.spot, say("这里应是列表", "this must be a list"),
        cure: say("请写成“[…]”，或每行以“- ”开头", "write “[…]”, or begin each line with “- ”"))
      return []
    }
    return items
  }

  // MARK: - Words and numbers

  mutating func text(_ node: YAMLNode?) -> String? {
    guard let node else { return nil }
    guard let text = node.scalar, !node.isBlank else {
      fault(
        at: node.spot, say("这里应是文字", "this must be text"),
        cure: say("请写一段文字；含特殊符号时加引号", "write text, in quotes if it has special characters"))
      return nil
    }
    return text
  }

  mutating func texts(_ node: YAMLNode?) -> [String] {
    list(node).compactMap { text($0) }
  }

  /// One text, or a list of texts.
  mutating func textOrTexts(_ node: YAMLNode?) -> [String] {
    guard let node else { return [] }
    if case .list = node.content { return texts(node) }
    return text(node).map { [$0] } ?? []
  }

  /// An id; `inExpressions` ones have no hyphen.
  mutating func id(_ node: YAMLNode?, inExpressions: Bool = false) -> String? {
    guard let node, let text = text(node) else { return nil }
    let letters = text.utf8
    let isValid = letters.enumerated().allSatisfy { index, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "_"):
        true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
      case UInt8(ascii: "-"): index > 0 && !inExpressions
      default: false
      }
    }
    guard isValid, !text.isEmpty else {
      fault(
        at: node.spot, say("“\(text)”不能作标识", "“\(text)” is not an id"),
        cure: inExpressions
          ? say("请用英文字母、数字和下划线，以字母开头", "use letters, digits and _, beginning with a letter")
          : say(
            "请用英文字母、数字、下划线和连字符，以字母开头",
            "use letters, digits, _ and -, beginning with a letter"))
      return nil
    }
    return text
  }

  mutating func number(_ node: YAMLNode?) -> Exact? {
    guard let node else { return nil }
    guard let text = node.scalar, let number = Exact(written: text) else {
      fault(
        at: node.spot, say("“\(node.scalar ?? "…")”不是数", "“\(node.scalar ?? "…")” is not a number"),
        cure: say("请写数字，最多六位小数，如 12.5", "write a number with at most six decimals, e.g. 12.5"))
      return nil
    }
    return number
  }

  mutating func int(_ node: YAMLNode?, in range: ClosedRange<Int>? = nil) -> Int? {
    guard let node else { return nil }
    guard let number = node.scalar.flatMap({ Int($0) }) else {
      fault(
        at: node.spot,
        say("“\(node.scalar ?? "…")”不是整数", "“\(node.scalar ?? "…")” is not a whole number"),
        cure: say("请写整数", "write a whole number"))
      return nil
    }
    if let range, !range.contains(number) {
      let (low, high) = (range.lowerBound, range.upperBound)
      fault(
        at: node.spot, say("\(number)不在范围内", "\(number) is out of range"),
        cure: high == Int.max
          ? say("请写不小于\(low)的整数", "write a whole number of at least \(low)")
          : say("请写\(low)到\(high)之间的整数", "write a whole number from \(low) to \(high)"))
      return nil
    }
    return number
  }

  mutating func flag(_ node: YAMLNode?) -> Bool? {
    guard let node else { return nil }
    switch node.scalar {
    case "yes", "true": return true
    case "no", "false": return false
    default:
      fault(
        at: node.spot,
        say("“\(node.scalar ?? "…")”不是是否值", "“\(node.scalar ?? "…")” is neither yes nor no"),
        cure: say("请写 yes 或 no", "write yes or no"))
      return nil
    }
  }

  /// A whole date, with day.
  mutating func date(_ node: YAMLNode?) -> PartialDate? {
    guard let node else { return nil }
    guard let text = node.scalar, let date = PartialDate(written: text), date.precision == .day
    else {
      fault(
        at: node.spot, say("“\(node.scalar ?? "…")”不是日期", "“\(node.scalar ?? "…")” is not a date"),
        cure: say("请写成 2018-09-30 的样子", "write it like 2018-09-30"))
      return nil
    }
    return date
  }

  /// A share such as `2.5%`, in thousandths.
  mutating func share(_ node: YAMLNode?) -> Int? {
    guard let node else { return nil }
    guard let text = node.scalar, text.hasSuffix("%"),
      let percent = Exact(written: String(text.dropLast())),
      percent.millionths % 100_000 == 0, (0...100_000_000).contains(percent.millionths)
    else {
      fault(
        at: node.spot,
        say("“\(node.scalar ?? "…")”不是百分数", "“\(node.scalar ?? "…")” is not a percentage"),
        cure: say(
          "请写成 60% 的样子，0%到100%，最多一位小数",
          "write it like 60%, from 0% to 100% with at most one decimal"))
      return nil
    }
    return Int(percent.millionths / 100_000)
  }

  /// Points, in thousandths.
  mutating func points(_ node: YAMLNode?) -> Int? {
    guard let node, let number = number(node) else { return nil }
    guard number.millionths % 1000 == 0, number.millionths.magnitude <= 1_000_000_000_000 else {
      fault(
        at: node.spot, say("分值\(number)不能精确到千分位", "\(number) points cannot be kept in thousandths"),
        cure: say("分值最多三位小数，且不超过一百万", "use at most three decimals and no more than a million"))
      return nil
    }
    return Int(number.millionths / 1000)
  }

  mutating func choice<Choice: RawRepresentable<String>>(
    _ node: YAMLNode?, of choices: [Choice]
  ) -> Choice? {
    guard let node, let text = text(node) else { return nil }
    if let choice = choices.first(where: { $0.rawValue == text }) { return choice }
    let known = choices.map(\.rawValue)
    let nearest = nearestName(to: text, among: known)
    let listed = known.joined(separator: ", ")
    fault(
      at: node.spot, say("“\(text)”不是可选的值", "“\(text)” is not one of the choices"),
      cure: nearest.map {
        say("是否应为“\($0)”？可选：\(listed)", "did you mean “\($0)”? choices: \(listed)")
      }
        ?? say("可选：\(listed)", "choices: \(listed)"))
    return nil
  }
}

/// A map with fixed keys, as read.
struct YAMLMap {
  var spot: Spot
  var entries: [YAMLNode.Entry]

  subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }

  /// Where a key stands, or the map where it is missing.
  func spot(of key: String) -> Spot { entries.first { $0.key == key }?.spot ?? spot }
}
