/// Everything a delivery is drawn from: populations, their facts, texts and codes.
struct World: Sendable {
  var seed: UInt64
  var literals: [String] = []
  var populations: [Population] = []
  /// Codes of equal length laid end to end.
  var codes: [Codes] = []

  struct Codes: Sendable {
    var width: Int
    var bytes: [UInt8] = []
  }
}

/// A kind of entity and how many there are.
struct Population: Sendable {
  var id: String
  /// Entities that counts and totals are exact for.
  var base: Int
  /// Further entities that only this variant has.
  var also = 0
  /// How many of the base this variant lacks, by an order of its own.
  var without = 0
  var absence: Shuffle
  /// The number that its totals are stated for.
  var share: Int
  var facts: [Fact] = []

  var count: Int { base + also }

  func has(_ entity: Int) -> Bool {
    without == 0 || entity >= base || absence.place(of: entity) >= without
  }

  func fact(_ id: String) -> Int? { facts.firstIndex { $0.id == id } }
}

/// One entity while its facts are being drawn.
struct Entity {
  var number: Int
  /// Number of the row, where an entity has several.
  var row = 0
  var slots: [Slot]
}

extension World {
  /// Fills the slots of the facts named, in their order.
  func draw(_ wanted: [Int], of facts: [Fact], into entity: inout Entity) {
    for index in wanted { entity.slots[index] = slot(of: facts[index], entity) }
  }

  /// The facts that some facts need, themselves included, in order.
  func closure(of wanted: [Int], in facts: [Fact]) -> [Int] {
    var marked = [Bool](repeating: false, count: facts.count)
    for fact in wanted { marked[fact] = true }
    for fact in facts.indices.reversed() where marked[fact] {
      for need in facts[fact].needs { marked[need] = true }
    }
    return facts.indices.filter { marked[$0] }
  }

  private func slot(of fact: Fact, _ entity: Entity) -> Slot {
    var key = UInt64(bitPattern: Int64(entity.number))
    if let per = fact.per, entity.slots[per] != .absent {
      key = UInt64(bitPattern: entity.slots[per]) ^ 0x5EED_0000_0000
    }
    let bits = scrambled(seed ^ fact.salt ^ key) ^ UInt64(entity.row)
    if fact.blank > 0, scrambled(bits ^ 0xB1A4C) < fact.blank { return .absent }
    var slot: Slot
    if let move = fact.move, scrambled(bits ^ 0x30FE) < move.share {
      slot = value(of: move.draw, bits ^ 0x30FE_0000, entity)
    } else {
      slot = value(of: fact.draw, bits, entity)
    }
    if fact.step > 1, slot != .absent { slot -= slot % fact.step }
    return slot
  }

  private func value(of draw: Draw, _ bits: UInt64, _ entity: Entity) -> Slot {
    switch draw {
    case .constant(let slot):
      return slot
    case .weighted(let weights, let values, let salt):
      return values[place(in: weights, scrambled(bits ^ salt))]
    case .exact(let shuffle, let thresholds, let values, let otherwise):
      guard entity.number < shuffle.count else { return value(of: otherwise, bits, entity) }
      let place = shuffle.place(of: entity.number)
      return values[thresholds.firstIndex { place < $0 } ?? values.count - 1]
    case .range(let least, let most, let salt):
      return least + Slot(pick(scrambled(bits ^ salt), below: UInt64(most - least + 1)))
    case .bands(let weights, let bands, let salt):
      let first = scrambled(bits ^ salt)
      let band = bands[place(in: weights, first)]
      let width = UInt64(band.upperBound - band.lowerBound + 1)
      return band.lowerBound + Slot(pick(scrambled(first), below: width))
    case .copy(let fact):
      return entity.slots[fact]
    case .offset(let fact, let by):
      let offset = value(of: by, bits, entity)
      let from = entity.slots[fact]
      return from == .absent || offset == .absent ? .absent : from + offset
    case .part(let fact, let percent):
      let share = value(of: percent, bits, entity)
      let whole = entity.slots[fact]
      return whole == .absent || share == .absent ? .absent : (whole * share + 50) / 100
    case .sum(let terms):
      var sum: Slot = 0
      for term in terms where entity.slots[term.fact] != .absent {
        sum += term.sign * entity.slots[term.fact]
      }
      return sum
    case .choose(let fact, let values):
      let from = entity.slots[fact]
      return from == .absent ? .absent : values[Int(from) % values.count]
    case .round(let fact, let count):
      let from = entity.slots[fact]
      return from == .absent ? .absent : from % count
    case .cases(let cases):
      for one in cases where one.condition.holds(entity.slots) {
        return value(of: one.draw, bits, entity)
      }
      return .absent
    case .calibrated(let table, let otherwise):
      guard entity.number < table.count else { return value(of: otherwise, bits, entity) }
      let number = table[entity.number]
      return number == .min ? .absent : Slot(number)
    case .serial:
      return Slot(entity.number)
    case .row:
      return Slot(entity.row)
    case .group(let fact, let wanted, let shuffle, let places, let count):
      guard entity.slots[fact] == wanted else { return .absent }
      guard entity.number < shuffle.count, !places.isEmpty else { return 1 }
      let place = shuffle.place(of: entity.number)
      guard places.contains(place) else { return Slot(place % count + 1) }
      return Slot((place - places.lowerBound) * count / places.count + 1)
    case .shuffled(let shuffle):
      let number = entity.number
      return Slot(number < shuffle.count ? shuffle.place(of: number) : number)
    case .foreign(let reference, let population, let fact):
      let number = entity.slots[reference]
      guard number != .absent else { return .absent }
      return slot(ofFact: fact, population: population, entity: Int(number))
    }
  }

  /// One fact of one entity of a population.
  func slot(ofFact fact: Int, population: Int, entity number: Int) -> Slot {
    let facts = populations[population].facts
    var entity = Entity(number: number, slots: [Slot](repeating: .absent, count: facts.count))
    draw(closure(of: [fact], in: facts), of: facts, into: &entity)
    return entity.slots[fact]
  }

  private func place(in weights: [UInt64], _ bits: UInt64) -> Int {
    let drawn = pick(bits, below: weights[weights.count - 1])
    var low = 0
    var high = weights.count - 1
    while low < high {
      let middle = (low + high) / 2
      if drawn < weights[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
