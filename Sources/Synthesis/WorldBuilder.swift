import Tables

/// Reads populations and their facts; every fact refers only to facts before it, so that reading
/// is also the order of drawing.
struct WorldBuilder {
  var world: World
  /// Name of the variant that is being made.
  let variant: String
  var lists: [String: [Int]] = [:]
  var tables: [String: Table] = [:]
  var serials = Serials()
  private var interned: [String: Int] = [:]

  /// Rows that facts choose from, as literals.
  struct Table {
    var columns: [String]
    var rows: [[Int]]
    var weights: [Int]
  }

  init(seed: UInt64, variant: String) {
    world = World(seed: seed)
    self.variant = variant
  }

  /// The number of a literal.
  mutating func literal(_ text: String) -> Int {
    if let known = interned[text] { return known }
    interned[text] = world.literals.count
    world.literals.append(text)
    return world.literals.count - 1
  }

  mutating func readWords(_ place: Place) throws(SynthesisFailure) {
    for (id, words) in try place.entries() {
      let texts =
        words.isSequence
        ? try words.texts() : try words.text().split(separator: " ").map(String.init)
      guard !texts.isEmpty else { throw words.failure("词表是空的", "the list is empty") }
      lists[id] = texts.map { literal($0) }
    }
  }

  mutating func readTables(_ place: Place) throws(SynthesisFailure) {
    for (id, table) in try place.entries() {
      try table.only(["columns", "rows"])
      let columns = try table.required("columns").texts()
      var rows: [[Int]] = []
      var weights: [Int] = []
      for row in try table.required("rows").list() {
        let cells = try row.texts()
        guard cells.count == columns.count else {
          throw row.failure(
            "应有 \(columns.count) 格，实为 \(cells.count) 格",
            "\(columns.count) cells are expected, there are \(cells.count)")
        }
        rows.append(cells.map { literal($0) })
        let weight = columns.firstIndex(of: "weight").map { cells[$0] } ?? "1"
        guard let number = Int(weight) else {
          throw row.failure("权重“\(weight)”不是整数", "the weight “\(weight)” is not a whole number")
        }
        weights.append(number)
      }
      tables[id] = Table(columns: columns, rows: rows, weights: weights)
    }
  }

  /// Reads all populations; units are dealt out among those that have a share.
  mutating func readPopulations(_ place: Place, units: Int?) throws(SynthesisFailure) {
    var shares: [Int] = []
    for population in place.list() { shares.append(try population["share"]?.int() ?? 0) }
    let counts = dealt(max(units ?? shares.reduce(0, +), 0), among: shares)
    for (population, count) in zip(place.list(), counts) {
      try read(population, dealt: count)
    }
  }

  private mutating func read(_ place: Place, dealt: Int) throws(SynthesisFailure) {
    try place.only(["id", "share", "count", "without", "also", "facts"])
    let id = try place.required("id").text()
    let fixed = try place["count"]?.int()
    let share = try place["share"]?.int() ?? fixed ?? 0
    guard share > 0 else {
      throw place.failure("总体要有 share 或 count", "a population needs share or count")
    }
    let base = fixed ?? dealt
    var population = Population(
      id: id, base: base,
      absence: Shuffle(count: base, key: world.seed ^ salt(of: id + " absence")), share: share)
    population.without = try scaled(place["without"]?[variant]?.int() ?? 0, base, share)
    population.also = try scaled(place["also"]?[variant]?.int() ?? 0, base, share)
    world.populations.append(population)
    var reader = FactReader(builder: self, population: world.populations.count - 1, facts: [])
    try reader.read(try place.required("facts"))
    self = reader.builder
    world.populations[world.populations.count - 1].settle(reader.finished())
  }

  func population(_ place: Place) throws(SynthesisFailure) -> Int {
    let id = try place.text()
    guard let index = world.populations.firstIndex(where: { $0.id == id }) else {
      throw place.failure("前面没有总体“\(id)”", "there is no population “\(id)” before this")
    }
    return index
  }

  /// Units in proportion to shares, by largest remainder, the earlier first.
  private func dealt(_ units: Int, among shares: [Int]) -> [Int] {
    let sum = max(shares.reduce(0, +), 1)
    var counts = shares.map { units * $0 / sum }
    let order = shares.indices.sorted { left, right in
      let (a, b) = (units * shares[left] % sum, units * shares[right] % sum)
      return a == b ? left < right : a > b
    }
    let rest = shares.contains { $0 > 0 } ? units - counts.reduce(0, +) : 0
    for index in order.prefix(max(rest, 0)) { counts[index] += 1 }
    return counts
  }
}

/// A number stated for `share` entities, for `count` of them, rounded.
func scaled(_ number: Int, _ count: Int, _ share: Int) -> Int {
  (number * count + share / 2) / max(share, 1)
}
