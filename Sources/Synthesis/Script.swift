import Tables

/// Facts laid flat for drawing them millions of times: no element holds a reference, so that
/// nothing is counted in the loop.
struct Script: Sendable {
  private var lines: [Line] = []
  private var nodes: [Node] = []
  private var numbers: [Slot] = []
  private var shuffles: [Shuffle] = []
  private var questions: [FlatQuestion] = []

  private struct Line: Sendable {
    var node: Int
    var salt: UInt64
    var per: Int
    var blank: UInt64
    var step: Slot
    /// A node and its share, or −1.
    var move: Int
    var moveShare: UInt64
  }

  private enum Operation: UInt8, Sendable {
    case constant, weighted, exact, range, bands, copy, offset, part, sum, choose, round, cases
    case calibrated, serial, row, group, shuffled, foreign
  }

  /// What the numbers mean is said where each operation is laid flat.
  private struct Node: Sendable {
    var operation: Operation
    var a = 0
    var b = 0
    var c = 0
    var d = 0
    var salt: UInt64 = 0
  }

  /// A question and whether it must not hold.
  private struct FlatQuestion: Sendable {
    enum Test: UInt8, Sendable { case among, between, absent }
    var fact: Int
    var test: Test
    var isDenied: Bool
    var first: Slot
    var last: Slot
  }

  init() {}

  init(_ facts: [Fact]) {
    for fact in facts { append(fact) }
  }

  mutating func append(_ fact: Fact) {
    let node = lay(fact.draw)
    let move = fact.move.map { lay($0.draw) } ?? -1
    lines.append(
      Line(
        node: node, salt: fact.salt, per: fact.per ?? -1, blank: fact.blank, step: fact.step,
        move: move, moveShare: fact.move?.share ?? 0))
  }

  // MARK: - Laying flat

  private mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Where some numbers begin.
  private mutating func keep(_ some: [Slot]) -> Int {
    numbers.append(contentsOf: some)
    return numbers.count - some.count
  }

  private mutating func lay(_ draw: Draw) -> Int {
    switch draw {
    case .constant(let slot):
      return add(Node(operation: .constant, a: Int(slot)))
    case .weighted(let weights, let values, let salt):
      // The weights, then as many values.
      let start = keep(weights.map { Slot($0) })
      _ = keep(values)
      return add(Node(operation: .weighted, a: start, b: weights.count, salt: salt))
    case .exact(let shuffle, let thresholds, let values, let otherwise):
      let start = keep(thresholds.map { Slot($0) })
      _ = keep(values)
      shuffles.append(shuffle)
      let index = shuffles.count - 1
      let other = lay(otherwise)
      return add(
        Node(operation: .exact, a: start, b: thresholds.count, c: index, d: other))
    case .range(let least, let most, let salt):
      return add(Node(operation: .range, a: Int(least), b: Int(most - least + 1), salt: salt))
    case .bands(let weights, let bands, let salt):
      let start = keep(weights.map { Slot($0) })
      for band in bands { _ = keep([band.lowerBound, band.upperBound - band.lowerBound + 1]) }
      return add(Node(operation: .bands, a: start, b: weights.count, salt: salt))
    case .copy(let fact): return add(Node(operation: .copy, a: fact))
    case .offset(let fact, let by):
      let by = lay(by)
      return add(Node(operation: .offset, a: fact, b: by))
    case .part(let fact, let percent):
      let percent = lay(percent)
      return add(Node(operation: .part, a: fact, b: percent))
    case .sum(let terms):
      let start = keep(terms.flatMap { [Slot($0.fact), $0.sign] })
      return add(Node(operation: .sum, a: start, b: terms.count))
    case .choose(let fact, let values):
      return add(Node(operation: .choose, a: fact, b: keep(values), c: values.count))
    case .round(let fact, let count):
      return add(Node(operation: .round, a: fact, b: Int(count)))
    case .cases(let cases): return lay(cases)
    case .calibrated(let table, let otherwise):
      let start = keep(table.map { $0 == .min ? .absent : Slot($0) })
      let other = lay(otherwise)
      return add(Node(operation: .calibrated, a: start, b: table.count, c: other))
    case .serial: return add(Node(operation: .serial))
    case .row: return add(Node(operation: .row))
    case .group(let fact, let value, let shuffle, let places, let count):
      shuffles.append(shuffle)
      let start = keep([value, Slot(places.lowerBound), Slot(places.upperBound)])
      return add(
        Node(operation: .group, a: fact, b: start, c: shuffles.count - 1, d: count))
    case .shuffled(let shuffle):
      shuffles.append(shuffle)
      return add(Node(operation: .shuffled, a: shuffles.count - 1))
    case .foreign(let reference, let population, let fact):
      return add(Node(operation: .foreign, a: reference, b: population, c: fact))
    }
  }

  private mutating func lay(_ cases: [Draw.Case]) -> Int {
    var flat: [Slot] = []
    for one in cases {
      let condition = lay(one.condition)
      let node = lay(one.draw)
      flat += [Slot(condition.lowerBound), Slot(condition.upperBound), Slot(node)]
    }
    let start = keep(flat)
    return add(Node(operation: .cases, a: start, b: cases.count))
  }

  private mutating func lay(_ condition: Condition) -> Range<Int> {
    let start = questions.count
    let all = condition.all.map { ($0, false) } + condition.none.map { ($0, true) }
    for (question, isDenied) in all {
      var flat = FlatQuestion(
        fact: question.fact, test: .absent, isDenied: isDenied, first: 0, last: 0)
      switch question.test {
      case .absent: break
      case .between(let least, let most):
        (flat.test, flat.first, flat.last) = (.between, least, most)
      case .among(let values):
        let start = keep(values)
        (flat.test, flat.first, flat.last) = (.among, Slot(start), Slot(start + values.count))
      }
      questions.append(flat)
    }
    return start..<questions.count
  }

  // MARK: - Drawing

  /// What a fact holds of an entity whose earlier facts are drawn.
  func slot(of fact: Int, _ entity: borrowing Entity, in world: borrowing World) -> Slot {
    let line = lines[fact]
    var key = UInt64(bitPattern: Int64(entity.number))
    if line.per >= 0, entity.slots[line.per] != .absent {
      key = UInt64(bitPattern: entity.slots[line.per]) ^ 0x5EED_0000_0000
    }
    let bits = scrambled(world.seed ^ line.salt ^ key) ^ UInt64(entity.row)
    if line.blank > 0, scrambled(bits ^ 0xB1A4C) < line.blank { return .absent }
    let isMoved = line.move >= 0 && scrambled(bits ^ 0x30FE) < line.moveShare
    let slot = value(
      of: isMoved ? line.move : line.node, isMoved ? bits ^ 0x30FE_0000 : bits, entity, world)
    return line.step > 1 && slot != .absent ? slot - slot % line.step : slot
  }

  private func value(
    of index: Int, _ bits: UInt64, _ entity: borrowing Entity, _ world: borrowing World
  ) -> Slot {
    let node = nodes[index]
    switch node.operation {
    case .constant: return Slot(node.a)
    case .weighted:
      return numbers[node.a + node.b + place(node, scrambled(bits ^ node.salt))]
    case .exact:
      let shuffle = shuffles[node.c]
      guard entity.number < shuffle.count else { return value(of: node.d, bits, entity, world) }
      let at = Slot(shuffle.place(of: entity.number))
      var choice = 0
      while choice < node.b - 1, at >= numbers[node.a + choice] { choice += 1 }
      return numbers[node.a + node.b + choice]
    case .range:
      return Slot(node.a) + Slot(pick(scrambled(bits ^ node.salt), below: UInt64(node.b)))
    case .bands:
      let first = scrambled(bits ^ node.salt)
      let band = node.a + node.b + 2 * place(node, first)
      return numbers[band] + Slot(pick(scrambled(first), below: UInt64(numbers[band + 1])))
    case .copy: return entity.slots[node.a]
    case .offset:
      let from = entity.slots[node.a]
      let by = value(of: node.b, bits, entity, world)
      return from == .absent || by == .absent ? .absent : from + by
    case .part:
      let whole = entity.slots[node.a]
      let share = value(of: node.b, bits, entity, world)
      return whole == .absent || share == .absent ? .absent : (whole * share + 50) / 100
    case .sum:
      var sum: Slot = 0
      for term in 0..<node.b {
        let slot = entity.slots[Int(numbers[node.a + 2 * term])]
        if slot != .absent { sum += numbers[node.a + 2 * term + 1] * slot }
      }
      return sum
    case .choose:
      let from = entity.slots[node.a]
      return from == .absent ? .absent : numbers[node.b + Int(from.magnitude) % node.c]
    case .round:
      let from = entity.slots[node.a]
      return from == .absent ? .absent : Slot(from.magnitude % UInt64(node.b))
    case .cases:
      for one in 0..<node.b {
        let at = node.a + 3 * one
        if holds(Int(numbers[at])..<Int(numbers[at + 1]), entity) {
          return value(of: Int(numbers[at + 2]), bits, entity, world)
        }
      }
      return .absent
    case .calibrated:
      guard entity.number < node.b else { return value(of: node.c, bits, entity, world) }
      return numbers[node.a + entity.number]
    case .serial: return Slot(entity.number)
    case .row: return Slot(entity.row)
    case .group: return group(node, entity)
    case .shuffled:
      let shuffle = shuffles[node.a]
      return Slot(
        entity.number < shuffle.count ? shuffle.place(of: entity.number) : entity.number)
    case .foreign:
      let number = entity.slots[node.a]
      guard number != .absent else { return .absent }
      return world.slot(ofFact: node.c, population: node.b, entity: Int(number))
    }
  }

  private func group(_ node: Node, _ entity: borrowing Entity) -> Slot {
    guard entity.slots[node.a] == numbers[node.b] else { return .absent }
    let (first, end) = (Int(numbers[node.b + 1]), Int(numbers[node.b + 2]))
    let shuffle = shuffles[node.c]
    guard entity.number < shuffle.count, end > first else { return 1 }
    let place = shuffle.place(of: entity.number)
    guard place >= first, place < end else { return Slot(place % node.d + 1) }
    return Slot((place - first) * node.d / (end - first) + 1)
  }

  private func holds(_ range: Range<Int>, _ entity: borrowing Entity) -> Bool {
    for index in range {
      let question = questions[index]
      let slot = entity.slots[question.fact]
      var isTrue: Bool
      switch question.test {
      case .absent: isTrue = slot == .absent
      case .between:
        isTrue = slot != .absent && question.first <= slot && slot <= question.last
      case .among:
        isTrue = false
        for place in Int(question.first)..<Int(question.last) where numbers[place] == slot {
          isTrue = true
        }
      }
      if isTrue == question.isDenied { return false }
    }
    return true
  }

  /// The first of a node's cumulative weights above a draw.
  private func place(_ node: Node, _ bits: UInt64) -> Int {
    let drawn = Slot(pick(bits, below: UInt64(numbers[node.a + node.b - 1])))
    return (0..<node.b - 1).partitioningIndex { drawn < numbers[node.a + $0] }
  }
}
