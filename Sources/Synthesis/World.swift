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
  private(set) var facts: [Fact] = []
  private(set) var script = Script()

  var count: Int { base + also }

  mutating func settle(_ facts: [Fact]) {
    self.facts = facts
    script = Script(facts)
  }

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
  func draw(_ wanted: [Int], by script: Script, into entity: inout Entity) {
    for fact in wanted { entity.slots[fact] = script.slot(of: fact, entity, in: self) }
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

  /// One fact of one entity of a population.
  func slot(ofFact fact: Int, population: Int, entity number: Int) -> Slot {
    entity(number, of: population, drawing: fact).slots[fact]
  }

  /// An entity with one fact drawn, and those that it needs.
  func entity(_ number: Int, of population: Int, drawing fact: Int) -> Entity {
    let home = populations[population]
    var entity = Entity(
      number: number, slots: [Slot](repeating: .absent, count: home.facts.count))
    draw(closure(of: [fact], in: home.facts), by: home.script, into: &entity)
    return entity
  }
}
