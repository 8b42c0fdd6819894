import RulePacks
import Tables

/// A fact that makes a cohort, and the names of its codes.
struct CohortFact: Sendable {
  let slot: Int
  private let titles: [String: String]

  init(slot: Int, of kind: SubjectKind, pack: RulePack) {
    self.slot = slot
    var titles: [String: String] = [:]
    if let table = kind.facts[slot].codes {
      for code in pack.codes[table].codes { titles[code.code] = code.name }
    }
    self.titles = titles
  }

  /// Numbers the lanes by the text of the fact; texts that no lane has may be among the names.
  func numbered(_ vector: Vector?, text: (Int) -> String?, count: Int) -> Numbered {
    guard let vector else { return Numbered(lanes: Array(repeating: 0, count: count)) }
    switch vector.values {
    case .codes(let ids, let names):
      return Numbered(
        lanes: (0..<count).map { vector.isKnown($0) ? ids[$0] + 1 : 0 },
        names: ["—"] + names.map { titles[$0] ?? $0 })
    case .flags, .integers, .decimals, .reals, .dates, .texts, .rows, .boxed:
      var result = Numbered(lanes: [])
      var numbers: [String: Int32] = [:]
      for lane in 0..<count {
        guard let text = text(lane) else {
          result.lanes.append(0)
          continue
        }
        let number = numbers[text] ?? Int32(result.names.count)
        if number == result.names.count {
          numbers[text] = number
          result.names.append(text)
        }
        result.lanes.append(number)
      }
      return result
    }
  }
}

/// RuleResults and the names that they stand for.
struct Numbered {
  var lanes: [Int32]
  var names = ["—"]

  /// Names joined with those of another fact; only combinations that some lane has are named.
  func joined(_ other: Numbered) -> Numbered {
    var found = Combinations(names.count, other.names.count)
    let joined = found.numbers(of: lanes, other.lanes)
    return Numbered(
      lanes: joined,
      names: found.pairs.map { own, more in
        names[own].isEmpty ? other.names[more] : "\(names[own])·\(other.names[more])"
      })
  }
}

/// Pairs of numbers, numbered as they are met.
private struct Combinations {
  private(set) var pairs: [(Int, Int)] = []
  private let width: Int
  /// By pair, where that table is small; the number plus one.
  private var table: [Int32]
  private var others: [Int: Int32] = [:]

  init(_ height: Int, _ width: Int) {
    self.width = width
    let (size, overflow) = height.multipliedReportingOverflow(by: width)
    table = Array(repeating: 0, count: !overflow && size <= 1 << 16 ? size : 0)
  }

  mutating func numbers(of left: [Int32], _ right: [Int32]) -> [Int32] {
    precondition(left.count == right.count)
    var result = left
    for lane in left.indices { result[lane] = number(Int(left[lane]), Int(right[lane])) }
    return result
  }

  private mutating func number(_ left: Int, _ right: Int) -> Int32 {
    let key = left * width + right
    if key < table.count {
      if table[key] == 0 {
        pairs.append((left, right))
        table[key] = Int32(pairs.count)
      }
      return table[key] - 1
    }
    if let number = others[key] { return number }
    pairs.append((left, right))
    others[key] = Int32(pairs.count - 1)
    return Int32(pairs.count - 1)
  }
}
