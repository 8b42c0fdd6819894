import RulePacks
import Tables

/// One spot of the description, read key by key.
struct Place {
  let node: YAMLNode
  let source: Source

  /// The file and the values that `${name}` stands for in its texts.
  struct Source {
    var file: String
    var values: [String: String]
  }

  func failure(_ zh: String, _ en: String) -> SynthesisFailure {
    SynthesisFailure(
      place: "\(source.file):\(node.spot.line):\(node.spot.column)",
      message: Bilingual(zh: zh, en: en))
  }

  /// The value of a key; nil where it is missing.
  subscript(key: String) -> Place? {
    guard case .map(let entries) = node.content,
      let entry = entries.first(where: { $0.key == key })
    else { return nil }
    return Place(node: entry.value, source: source)
  }

  /// Refuses keys that mean nothing here.
  func only(_ keys: [String]) throws(SynthesisFailure) {
    for (key, _) in try entries() where !keys.contains(key) {
      let known = keys.joined(separator: ", ")
      throw failure("没有键“\(key)”；可用：\(known)", "no key “\(key)” here; known: \(known)")
    }
  }

  func required(_ key: String) throws(SynthesisFailure) -> Place {
    guard let value = self[key] else {
      throw failure("缺少键“\(key)”", "the key “\(key)” is missing")
    }
    return value
  }

  /// Keys and values in their order.
  func entries() throws(SynthesisFailure) -> [(key: String, value: Place)] {
    guard isMapping else { throw failure("这里应是键和值", "keys and values are expected here") }
    var named: [(key: String, value: Place)] = []
    for (key, value) in pairs { named.append((try key.text(), value)) }
    return named
  }

  /// Keys and values in their order, none where there are no keys.
  var pairs: [(key: Place, value: Place)] {
    guard case .map(let entries) = node.content else { return [] }
    return entries.map { entry in
      let key = YAMLNode(spot: entry.spot, content: .scalar(entry.key, entry.style))
      return (Place(node: key, source: source), Place(node: entry.value, source: source))
    }
  }

  /// The elements of a list; anything else counts as a list of itself.
  func list() -> [Place] {
    guard case .list(let items) = node.content else { return [self] }
    return items.map { Place(node: $0, source: source) }
  }

  var isMapping: Bool {
    if case .map = node.content { true } else { false }
  }

  var isSequence: Bool {
    if case .list = node.content { true } else { false }
  }

  /// Whether nothing stands there: `~`.
  var isNull: Bool { node.isBlank }

  func text() throws(SynthesisFailure) -> String {
    guard var text = node.scalar else {
      throw failure("这里应是一个文字", "a text is expected here")
    }
    while let start = text.firstRange(of: "${"),
      let end = text[start.upperBound...].firstIndex(of: "}")
    {
      let name = String(text[start.upperBound..<end])
      guard let value = source.values[name] else {
        throw failure("没有值“\(name)”", "there is no value “\(name)”")
      }
      text.replaceSubrange(start.lowerBound...end, with: value)
    }
    return text
  }

  func texts() throws(SynthesisFailure) -> [String] {
    var texts: [String] = []
    for element in list() { texts.append(try element.text()) }
    return texts
  }

  func int() throws(SynthesisFailure) -> Int {
    let text = try text()
    guard let number = Int(text.filter { $0 != "_" }) else {
      throw failure("“\(text)”不是整数", "“\(text)” is not a whole number")
    }
    return number
  }

  func flag() throws(SynthesisFailure) -> Bool {
    switch try text() {
    case "yes", "true": return true
    case "no", "false": return false
    case let text: throw failure("“\(text)”应是 yes 或 no", "“\(text)” should be yes or no")
    }
  }

  /// A share such as `2.5%` or `0.025`, in parts of 2⁶⁴.
  func share() throws(SynthesisFailure) -> UInt64 {
    let text = try text()
    let isPercentage = text.hasSuffix("%")
    guard let number = Double(isPercentage ? String(text.dropLast()) : text),
      (0...1).contains(isPercentage ? number / 100 : number)
    else {
      throw failure("“\(text)”不是 0 至 1 的比例", "“\(text)” is not a share of 0 to 1")
    }
    return threshold(isPercentage ? number / 100 : number)
  }

  func day() throws(SynthesisFailure) -> Int64 {
    let text = try text()
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3,
      let date = PartialDate(year: parts[0], month: parts[1], day: parts[2])
    else {
      throw failure("“\(text)”不是日期（2018-06-30）", "“\(text)” is not a date (2018-06-30)")
    }
    return Int64(date.firstDay)
  }
}

/// A share of 0 to 1 as the number below which an even 64-bit draw falls so often.
func threshold(_ share: Double) -> UInt64 {
  share >= 1 ? .max : UInt64(share * 0x1p64)
}
