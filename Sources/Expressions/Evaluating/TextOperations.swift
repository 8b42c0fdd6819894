import Tables

extension Texts {
  /// The texts of a column of codes or of texts, a lane each.
  init(_ values: Values) {
    switch values {
    case .texts(let texts): self = texts
    case .codes(let ids, let names):
      let known = Texts(names)
      self.init(
        bytes: known.bytes,
        starts: ids.map { known.starts.indices.contains(Int($0)) ? known.starts[Int($0)] : 0 },
        lengths: ids.map { known.lengths.indices.contains(Int($0)) ? known.lengths[Int($0)] : 0 })
    default: self.init([])
    }
  }

  /// For each text whether it has the same bytes as one text, or the opposite of that.
  func equal(to one: ArraySlice<UInt8>, _ answer: Bool) -> [Bool] {
    var result = [Bool](repeating: !answer, count: count)
    let wanted = Array(one)
    let all = bytes.span
    let other = wanted.span
    let width = Int32(wanted.count)
    for lane in starts.indices where lengths[lane] == width {
      let start = starts[lane]
      var isSame = true
      for offset in other.indices where all[start + offset] != other[offset] {
        isSame = false
        break
      }
      result[lane] = isSame == answer
    }
    return result
  }

  func codePoints(_ lane: Int) -> Int64 {
    let all = bytes.span
    var count: Int64 = 0
    for place in starts[lane]..<starts[lane] + Int(lengths[lane]) {
      // Every byte but those that continue a code point begins one.
      count += all[place] & 0xC0 == 0x80 ? 0 : 1
    }
    return count
  }

  /// For each text whether it contains, begins or ends with one part.
  func test(_ test: TextTest, for part: [UInt8]) -> [Bool] {
    var result = [Bool](repeating: false, count: count)
    let all = bytes.span
    let wanted = part.span
    for lane in starts.indices where Int(lengths[lane]) >= part.count {
      let start = starts[lane]
      let last = start + Int(lengths[lane]) - part.count
      switch test {
      case .startsWith: result[lane] = isFound(wanted, in: all, at: start)
      case .endsWith: result[lane] = isFound(wanted, in: all, at: last)
      case .contains:
        var place = start
        while place <= last, !isFound(wanted, in: all, at: place) { place += 1 }
        result[lane] = place <= last
      }
    }
    return result
  }

  @inline(__always)
  private func isFound(_ part: Span<UInt8>, in bytes: Span<UInt8>, at start: Int) -> Bool {
    for offset in part.indices where bytes[start + offset] != part[offset] { return false }
    return true
  }

  func slice(_ lane: Int) -> ArraySlice<UInt8> {
    bytes[starts[lane]..<starts[lane] + Int(lengths[lane])]
  }

  /// Asks something of every text; of codes once a name.
  static func ask(
    _ lanes: EvaluationResult, _ count: Int, _ question: (ArraySlice<UInt8>) -> Bool
  ) -> EvaluationResult {
    var result = lanes
    switch lanes.values {
    case .codes(let ids, let names):
      let answers = names.map { question(Array($0.utf8)[...]) }
      result.values = .flags(looked(up: ids, in: answers, else: false))
    default:
      let texts = Texts(lanes.values)
      result.values = .flags((0..<texts.count).map { question(texts.slice($0)) })
    }
    return result
  }
}

/// What stands in a table for each id; ids of lanes that hold nothing may be anything.
func looked<Element>(up ids: [Int32], in table: [Element], else nothing: Element) -> [Element] {
  var result = [Element](repeating: nothing, count: ids.count)
  for lane in ids.indices {
    let id = Int(ids[lane])
    if id >= 0, id < table.count { result[lane] = table[id] }
  }
  return result
}

/// Below, at or above 0 as bytes sort before, with or after others.
func order(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
  let shared = min(left.count, right.count)
  var i = left.startIndex
  var j = right.startIndex
  for _ in 0..<shared {
    if left[i] != right[j] { return left[i] < right[j] ? -1 : 1 }
    i += 1
    j += 1
  }
  return left.count - right.count
}

func isSame(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
  left.count == right.count && order(left, right) == 0
}

extension TextTest {
  func holds(_ text: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>) -> Bool {
    guard part.count <= text.count else { return false }
    switch self {
    case .startsWith: return isSame(text.prefix(part.count), part)
    case .endsWith: return isSame(text.suffix(part.count), part)
    case .contains:
      guard let first = part.first else { return true }
      let last = text.endIndex - part.count
      var start = text.startIndex
      while start <= last {
        if text[start] == first, isSame(text[start..<start + part.count], part) { return true }
        start += 1
      }
      return false
    }
  }
}

extension Evaluator {
  func compareTexts(
    _ comparison: Comparison, _ left: EvaluationResult, _ right: EvaluationResult, _ count: Int
  ) -> EvaluationResult {
    let isEquation = comparison == .equal || comparison == .notEqual
    if isEquation, right.isUniform, case .texts(let texts) = left.values {
      let flags = texts.equal(to: Texts(right.values).slice(0), comparison == .equal)
      return result(.flags(flags), of: [left, right], count)
    }
    return testTexts(left, right, count) { first, second in
      if isEquation { return isSame(first, second) == (comparison == .equal) }
      return comparison.holds(order(first, second), 0)
    }
  }

  func textTest(_ test: TextTest, _ text: EvaluationResult, _ part: EvaluationResult, _ count: Int)
    -> EvaluationResult
  {
    if part.isUniform, case .texts(let texts) = text.values {
      let flags = texts.test(test, for: Array(Texts(part.values).slice(0)))
      return result(.flags(flags), of: [text, part], count)
    }
    return testTexts(text, part, count) { test.holds($0, $1) }
  }

  private func testTexts(
    _ left: EvaluationResult, _ right: EvaluationResult, _ count: Int,
    _ test: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Bool
  ) -> EvaluationResult {
    let values: Values
    if right.isUniform {
      let one = Texts(right.values).slice(0)
      values = Texts.ask(left, count) { test($0, one) }.values
    } else if left.isUniform {
      let one = Texts(left.values).slice(0)
      values = Texts.ask(right, count) { test(one, $0) }.values
    } else {
      let first = Texts(left.values)
      let second = Texts(right.values)
      values = .flags((0..<count).map { test(first.slice($0), second.slice($0)) })
    }
    return result(values, of: [left, right], count)
  }

  // MARK: - Size

  /// Code points of texts, items of lists, entries of maps, rows of lists of rows.
  mutating func size(_ operand: Node, _ frame: Frame) -> EvaluationResult {
    var lanes = evaluate(operand, frame)
    switch lanes.values {
    case .rows(let rows):
      let offsets = rows.offsets
      lanes.values = .integers((0..<rows.count).map { Int64(offsets[$0 + 1] - offsets[$0]) })
      lanes.picks = nil
      return lanes
    case .codes(let ids, let names):
      let sizes = names.map { Int64($0.unicodeScalars.count) }
      lanes.values = .integers(looked(up: ids, in: sizes, else: 0))
      return lanes
    case .texts(let texts):
      lanes.values = .integers(
        (0..<texts.count).map { lane in
          texts.codePoints(lane)
        })
      return lanes
    default:
      return mapped([lanes.boxed(count: frame.count)], .int, dates: nil, frame.count) {
        switch $0[0] {
        case .string(let text): .value(.int(Int64(text.unicodeScalars.count)))
        case .list(let items): .value(.int(Int64(items.count)))
        case .map(let entries): .value(.int(Int64(entries.count)))
        default: .fault(.noSuchOverload)
        }
      }
    }
  }
}
