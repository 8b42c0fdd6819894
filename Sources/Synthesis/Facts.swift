/// What a fact holds of one entity: a number, a day since 1970-01-01, or an index into its texts.
typealias Slot = Int64

extension Slot {
  /// Nothing is stated.
  static let absent = Slot.min
}

/// One fact of the entities of a population.
struct Fact: Sendable {
  var id: String
  var kind: Kind
  /// What the slots of a `.text` fact stand for.
  var texts: [Template] = []
  var draw: Draw
  var salt: UInt64
  /// Facts whose values it needs, all of them earlier.
  var needs: [Int] = []
  /// Entities with one value of that fact have one value of this.
  var per: Int?
  /// Below this an even draw leaves the fact out.
  var blank: UInt64 = 0
  var step: Slot = 1
  /// The table that its slots are rows of.
  var table: String?
  var move: Move?

  enum Kind: Sendable, Equatable {
    case number
    case day
    case text
    /// The slot counts through all combinations of one word of each list.
    case combination([[Int]])
    /// The slot is the index of a code in a table of codes.
    case code(Int)
    /// The slot is an entity of another population.
    case reference(Int)
    /// The slot is an entity of another population, of which this fact is meant.
    case foreign(population: Int, fact: Int)
  }

  /// How some entities differ in the variant that is being made.
  struct Move: Sendable {
    var share: UInt64
    var draw: Draw
  }
}

/// A text of literals and facts.
struct Template: Sendable, Equatable {
  var parts: [Part]

  enum Part: Sendable, Equatable {
    /// Index into the world's literals.
    case literal(Int)
    case fact(Int)
  }

  /// The literal that it is nothing but.
  var literal: Int? {
    guard parts.count == 1, case .literal(let literal) = parts[0] else { return nil }
    return literal
  }
}

/// How a slot is filled.
indirect enum Draw: Sendable {
  case constant(Slot)
  /// Cumulative weights and the values they give.
  case weighted([UInt64], [Slot], salt: UInt64)
  /// As `weighted`, with exact counts: entities at places below a threshold.
  case exact(Shuffle, [Int], [Slot], otherwise: Draw)
  case range(Slot, Slot, salt: UInt64)
  /// Cumulative weights and ranges.
  case bands([UInt64], [ClosedRange<Slot>], salt: UInt64)
  case copy(Int)
  /// A fact plus something drawn.
  case offset(Int, by: Draw)
  /// A share of a fact in percent.
  case part(Int, percent: Draw)
  /// Facts added, or taken away.
  case sum([(fact: Int, sign: Slot)])
  /// The value that belongs to a fact's value, counted from 0 and round again.
  case choose(Int, [Slot])
  /// One of so many rows by a fact's value, round again.
  case round(Int, count: Slot)
  case cases([Case])
  case calibrated([Int32], otherwise: Draw)
  /// The entity's own number.
  case serial
  /// The row's own number, for several rows of one entity.
  case row
  /// The group, from 1, of an entity among those with one value of an exactly counted fact.
  case group(fact: Int, value: Slot, Shuffle, places: Range<Int>, count: Int)
  case shuffled(Shuffle)
  /// A fact of the entity that a reference leads to.
  case foreign(reference: Int, population: Int, fact: Int)

  struct Case: Sendable {
    var condition: Condition
    var draw: Draw
  }
}

/// What must hold of facts.
struct Condition: Sendable {
  var all: [Question] = []
  var none: [Question] = []

  struct Question: Sendable {
    var fact: Int
    var test: Test
  }

  enum Test: Sendable {
    case among([Slot])
    case between(Slot, Slot)
    case absent
  }

  var isEmpty: Bool { all.isEmpty && none.isEmpty }
  var needs: [Int] { (all + none).map(\.fact) }

  /// What is asked of the first facts, and what is asked of those from an index on.
  func divided(at index: Int) -> (Condition, Condition) {
    (
      Condition(all: all.filter { $0.fact < index }, none: none.filter { $0.fact < index }),
      Condition(all: all.filter { $0.fact >= index }, none: none.filter { $0.fact >= index })
    )
  }

  func holds(_ slots: [Slot]) -> Bool {
    for question in all where !question.holds(slots) { return false }
    for question in none where question.holds(slots) { return false }
    return true
  }
}

extension Condition.Question {
  func holds(_ slots: [Slot]) -> Bool {
    let slot = slots[fact]
    switch test {
    case .among(let values): return values.contains(slot)
    case .between(let least, let most): return slot != .absent && least <= slot && slot <= most
    case .absent: return slot == .absent
    }
  }
}
