import Expressions
import Glibc
import Tables

private enum Direction: String { case higher, lower }
private enum Within: String { case all, cohort }

/// Reads what makes a rubric composite: measures, their scales, groups with weights at every level.
extension PackLoader {
  mutating func readComposite(
    _ map: YAMLMap, into rubric: inout Rubric, _ ids: inout Set<String>
  ) {
    var composite = Composite()
    let within = reading.choice(map["compare-within"], of: [Within.all, .cohort])
    composite.isWithinCohort = within == .cohort
    composite.imputedBy = openFact(map["impute-by"], of: rubric.subject)
    var reader = CompositeReader(
      aggregate: aggregate(map["aggregate"]) ?? .mean,
      scale: map["normalise"], full: Double(rubric.full) / 1000)
    let before = reading.faultCount
    let children = readChildren(map, &reader, &composite, into: &rubric, &ids, depth: 0)
    checkWeights(children, at: map.spot(of: map["groups"] == nil ? "indicators" : "groups"))
    composite.hierarchy.nodes.append(Hierarchy.Node(reader.aggregate, children))
    composite.groups.append(nil)
    if children.isEmpty, reading.faultCount == before {
      reading.fault(
        at: map.spot, say("没有指标", "there are no indicators"),
        cure: say("请写“indicators”或“groups”", "write “indicators” or “groups”"))
    }
    let shares = composite.hierarchy.shares(leaves: composite.measures.count)
    for (leaf, part) in composite.measures.enumerated() {
      guard case .measure(var measure) = rubric.parts[part].form else { continue }
      measure.share = Int((shares[leaf] * 1_000_000).rounded())
      rubric.parts[part].form = .measure(measure)
    }
    rubric.composite = composite
  }

  /// The indicators and groups of one level.
  private mutating func readChildren(
    _ map: YAMLMap, _ reader: inout CompositeReader, _ composite: inout Composite,
    into rubric: inout Rubric, _ ids: inout Set<String>, depth: Int
  ) -> [Hierarchy.Child] {
    var children: [Hierarchy.Child] = []
    for item in reading.list(map["indicators"]) {
      guard let part = readMeasure(item, reader, leaf: composite.measures.count, rubric, &ids),
        case .measure(let measure) = part.form
      else { continue }
      composite.measures.append(rubric.parts.count)
      rubric.parts.append(part)
      children.append(Hierarchy.Child(.leaf(measure.leaf), weight: measure.weight))
    }
    let items = reading.list(map["groups"])
    if depth > 8, let first = items.first {
      reading.fault(
        at: first.spot, say("分组的层次过多", "groups are nested too deeply"),
        cure: say("最多九层", "nest no more than nine levels"))
      return children
    }
    for item in items {
      guard let inner = reading.map(item, .measuredGroup) else { continue }
      let id = columnID(inner, &ids)
      let title = reading.text(inner["title"]) ?? ""
      let own = aggregate(inner["aggregate"])
      var nested = reader
      nested.aggregate = own ?? reader.aggregate
      rubric.groups.append(Rubric.Group(id: id, title: title, full: rubric.full))
      nested.group = rubric.groups.count - 1
      let inside = readChildren(
        inner, &nested, &composite, into: &rubric, &ids, depth: depth + 1)
      checkWeights(inside, at: inner.spot)
      let node = composite.hierarchy.nodes.count
      composite.hierarchy.nodes.append(Hierarchy.Node(nested.aggregate, inside))
      composite.groups.append(rubric.parts.count)
      var part = Rubric.Part(
        id: id, title: title, kind: .group, unknown: .withhold,
        form: .group(node: node, nested.aggregate),
        most: rubric.full, least: 0)
      part.group = nested.group
      rubric.parts.append(part)
      children.append(Hierarchy.Child(.node(node), weight: weight(inner["weight"])))
    }
    return children
  }

  /// How parts are put together; `worst` is what the least was called before.
  private mutating func aggregate(_ node: YAMLNode?) -> Aggregate? {
    node?.scalar == "worst" ? .min : reading.choice(node, of: Aggregate.allCases)
  }

  private mutating func checkWeights(_ children: [Hierarchy.Child], at spot: Spot) {
    guard !children.isEmpty, children.allSatisfy({ $0.weight == 0 }) else { return }
    reading.fault(
      at: spot, say("组内权重全为0", "all weights of the group are 0"),
      cure: say("请给出至少一个大于0的权重", "give at least one a weight above 0"))
  }

  private mutating func weight(_ node: YAMLNode?) -> Double {
    guard let node, let number = reading.number(node) else { return 1 }
    if number.millionths < 0 {
      reading.fault(
        at: node.spot, say("权重不能是负数", "a weight cannot be negative"),
        cure: say("越低越好的指标请写“direction: lower”", "write “direction: lower” where less is better"))
    }
    return number.real
  }

  // MARK: - Measures

  private mutating func readMeasure(
    _ item: YAMLNode, _ reader: CompositeReader, leaf: Int, _ rubric: Rubric,
    _ ids: inout Set<String>
  ) -> Rubric.Part? {
    guard let map = reading.map(item, .measured) else { return nil }
    let id = columnID(map, &ids)
    let value = ruled(
      expression(map["value"], scope: rubric.subject, expecting: [.int, .decimal, .double]),
      scope: rubric.subject)
    let missing = reading.choice(map["unknown"], of: Composite.Missing.allCases) ?? .pending
    let direction = reading.choice(map["direction"], of: [Direction.higher, .lower])
    let isLogarithmic = reading.flag(map["log"]) ?? false
    let cap = readBounds(map["cap"], isLogarithmic: isLogarithmic)
    let winsorising = readWinsorising(map["winsorise"])
    let weight = weight(map["weight"])
    let node = map["normalise"] ?? reader.scale
    let applies = rule(map["applies"], of: rubric.subject)
    guard var scale = readScale(node, full: reader.full, isLogarithmic: isLogarithmic) else {
      if node == nil {
        reading.fault(
          at: map.spot, say("没有写怎样归一化", "nothing says how values are normalised"),
          cure: say("请写“normalise”，如 min-max", "write “normalise”, e.g. min-max"))
      }
      return nil
    }
    let spot = map["normalise"]?.spot ?? map.spot
    if direction == .lower {
      if scale.method == .fractionOfMax {
        reading.fault(
          at: spot,
          say("越低越好的指标没有最大值的份额", "where less is better there is no share of a maximum"),
          cure: say("请改用 min-max 或 distance-to-max", "use min-max or distance-to-max"))
      }
      scale = scale.turned
    }
    check(scale, with: missing, reader.aggregate, at: spot)
    guard let value else { return nil }
    let measure = Composite.Measure(
      value: value, leaf: leaf, weight: weight, lowerIsBetter: direction == .lower, cap: cap,
      winsorising: winsorising, isLogarithmic: isLogarithmic, scale: scale, missing: missing)
    let most = Int((scale.high * 1000).rounded())
    var part = Rubric.Part(
      id: id, title: reading.text(map["title"]) ?? "", kind: .indicator, unknown: .withhold,
      form: .measure(measure), most: most, least: Int((scale.low * 1000).rounded()))
    part.group = reader.group
    part.basis = reading.text(map["basis"]) ?? ""
    part.note = reading.text(map["note"]) ?? ""
    part.applies = applies
    return part
  }

  /// What a scale cannot do together with a policy for missing values or with a mean.
  private mutating func check(
    _ scale: Scale, with missing: Composite.Missing, _ aggregate: Aggregate, at spot: Spot
  ) {
    let ends = scale.ends(count: 2)
    let name = scale.method.rawValue
    if missing == .zero || missing == .withhold, ends == nil {
      reading.fault(
        at: spot,
        say(
          "“\(name)”没有最低值，不能与“unknown: \(missing.rawValue)”并用",
          "“\(name)” has no least value for “unknown: \(missing.rawValue)”"),
        cure: say(
          "请改用 reweight、mean、median 或 pending", "use reweight, mean, median or pending"))
    }
    guard aggregate == .geometric || aggregate == .harmonic else { return }
    guard ends.map({ $0.low < 0 }) ?? true else { return }
    reading.fault(
      at: spot,
      say(
        "“\(name)”可能给出负数，不能取“\(aggregate.rawValue)”",
        "“\(name)” may give negative numbers, of which there is no “\(aggregate.rawValue)” mean"),
      cure: say(
        "请改用两端固定且不小于0的归一化，如 goalposts",
        "use a scale with ends that are not negative, e.g. goalposts"))
  }

  // MARK: - Scales

  /// `min-max`, or `{by: goalposts, reference: [20, 85], to: [0, 100]}`.
  private mutating func readScale(
    _ node: YAMLNode?, full: Double, isLogarithmic: Bool
  ) -> Scale? {
    guard let node else { return nil }
    guard case .map = node.content else {
      let method = reading.choice(node, of: Scale.Method.allCases)
      return method.flatMap { scale($0, nil, nil, full: full, isLogarithmic: false, at: node.spot) }
    }
    guard let map = reading.map(node, .normalise),
      let method = reading.choice(map["by"], of: Scale.Method.allCases)
    else { return nil }
    return scale(
      method, map["reference"], map["to"], full: full, isLogarithmic: isLogarithmic,
      at: node.spot)
  }

  private mutating func scale(
    _ method: Scale.Method, _ reference: YAMLNode?, _ to: YAMLNode?, full: Double,
    isLogarithmic: Bool, at spot: Spot
  ) -> Scale? {
    var scale = Scale(method, low: 0, high: method == .zScore ? 1 : full)
    if let to {
      let ends = reading.list(to).compactMap { reading.number($0)?.real }
      guard ends.count == 2, method == .zScore ? ends[1] > 0 : ends[0] < ends[1] else {
        reading.fault(
          at: to.spot, say("“to”要写由低到高的两个数", "“to” takes two numbers, the lower first"),
          cure: say(
            "如 [0, 100]；z-score 写均值和标准差", "e.g. [0, 100]; for z-score the mean and deviation"))
        return nil
      }
      (scale.low, scale.high) = (ends[0], ends[1])
    }
    guard let reference else {
      guard method == .goalposts else { return scale }
      reading.fault(
        at: spot, say("“goalposts”缺少“reference”", "“goalposts” needs “reference”"),
        cure: say("请写 [最低, 最高]", "write [least, most]"))
      return nil
    }
    guard let count = Scale.referenceCount(method) else {
      reading.fault(
        at: reference.spot,
        say("“\(method.rawValue)”只按本批次排位", "“\(method.rawValue)” goes by the run's own places"),
        cure: say("请删去“reference”", "remove “reference”"))
      return nil
    }
    let numbers = reading.list(reference).compactMap { reading.number($0)?.real }
    guard numbers.count == count else {
      reading.fault(
        at: reference.spot,
        say(
          "“reference”要写\(count)个数",
          "“reference” takes \(count == 1 ? "one number" : "two numbers")"),
        cure: say("如 [20, 85]", "e.g. [20, 85]"))
      return nil
    }
    // A maximum, or the deviation of z-scores.
    let isPositive = (numbers.last ?? 0) > 0
    let isRising = method == .zScore || method == .fractionOfMax || numbers[0] < numbers[1]
    if !isRising || (!isPositive && (method == .zScore || method == .fractionOfMax)) {
      reading.fault(
        at: reference.spot,
        isRising
          ? say("这个数须大于0", "this number must be above 0")
          : say("两个数相等或次序颠倒", "the two numbers are equal or in the wrong order"),
        cure: say("请写 [最低, 最高]，越低越好也如此", "write [least, most], also where less is better"))
      return nil
    }
    if isLogarithmic, method != .zScore, numbers.contains(where: { $0 <= 0 }) {
      noLogarithm(at: reference.spot)
      return nil
    }
    scale.reference = isLogarithmic && method != .zScore ? numbers.map { log($0) } : numbers
    return scale
  }

  private mutating func noLogarithm(at spot: Spot) {
    reading.fault(
      at: spot, say("0和负数没有对数", "0 and negative numbers have no logarithm"),
      cure: say("请写大于0的数，或删去“log”", "write numbers above 0, or remove “log”"))
  }

  private mutating func readBounds(
    _ node: YAMLNode?, isLogarithmic: Bool
  ) -> ClosedRange<Double>? {
    guard let node else { return nil }
    let numbers = reading.list(node).compactMap { reading.number($0)?.real }
    guard numbers.count == 2, numbers[0] < numbers[1] else {
      reading.fault(
        at: node.spot, say("“cap”要写由低到高的两个数", "“cap” takes two numbers, the lower first"),
        cure: say("如 [0, 250]", "e.g. [0, 250]"))
      return nil
    }
    if isLogarithmic, numbers[0] <= 0 { noLogarithm(at: node.spot) }
    return numbers[0]...numbers[1]
  }

  /// `yes`, or a map of bounds.
  private mutating func readWinsorising(_ node: YAMLNode?) -> Winsorising? {
    guard let node else { return nil }
    guard case .map = node.content else {
      return reading.flag(node) == true ? Winsorising() : nil
    }
    guard let map = reading.map(node, .winsorise) else { return nil }
    var winsorising = Winsorising()
    winsorising.most = reading.int(map["most"], in: 1...1000) ?? winsorising.most
    winsorising.skewness = reading.number(map["skewness"])?.real ?? winsorising.skewness
    winsorising.kurtosis = reading.number(map["kurtosis"])?.real ?? winsorising.kurtosis
    return winsorising
  }
}

/// What the measures and groups of one level take from around them.
private struct CompositeReader {
  var aggregate: Aggregate
  var scale: YAMLNode?
  /// In points.
  var full: Double
  var group: Int?
}

extension Exact {
  fileprivate var real: Double { Double(millionths) / Double(Exact.one) }
}
