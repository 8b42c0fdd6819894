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

/// Lanes and the names that they stand for.
struct Numbered {
  var lanes: [Int32]
  var names = ["—"]

  /// Names joined with those of another fact; only combinations that some lane has are named.
  func joined(_ other: Numbered) -> Numbered {
    var result = Numbered(lanes: [], names: [])
    result.lanes.reserveCapacity(lanes.count)
    var numbers: [Int64: Int32] = [:]
    var last: (key: Int64, number: Int32) = (-1, 0)
    for lane in lanes.indices {
      let key = Int64(lanes[lane]) * Int64(other.names.count) + Int64(other.lanes[lane])
      if key != last.key {
        let number = numbers[key] ?? Int32(result.names.count)
        if number == result.names.count {
          numbers[key] = number
          let own = names[Int(lanes[lane])]
          let more = other.names[Int(other.lanes[lane])]
          result.names.append(own.isEmpty ? more : "\(own)·\(more)")
        }
        last = (key, number)
      }
      result.lanes.append(last.number)
    }
    return result
  }
}
