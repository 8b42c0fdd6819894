import Tables

/// What has to be settled for a whole population before a row is written: codes that are unique,
/// totals that are exact, references that lead somewhere.
extension FactReader {
  /// Calls with the slots of the facts named for every entity of the base, in order.
  private func each(_ wanted: [Int], in count: Int, _ body: (Entity) -> Void) {
    let needed = builder.world.closure(of: wanted, in: facts)
    let script = Script(facts)
    var entity = Entity(number: 0, slots: [Slot](repeating: .absent, count: facts.count))
    for number in 0..<count {
      entity.number = number
      builder.world.draw(needed, by: script, into: &entity)
      body(entity)
    }
  }

  /// Draws a number for every entity and shifts them, each within its own range, until they add up.
  mutating func calibrate(_ fact: inout Fact, to total: Place) throws(SynthesisFailure) {
    let home = builder.world.populations[population]
    let wanted = scaled(try total.int(), home.base, home.share)
    var numbers: [Int32] = []
    var ranges: [ClosedRange<Slot>] = []
    numbers.reserveCapacity(home.base)
    let probe = facts + [fact]
    let needed = builder.world.closure(of: [facts.count], in: probe)
    let script = Script(probe)
    var entity = Entity(number: 0, slots: [Slot](repeating: .absent, count: probe.count))
    for number in 0..<home.base {
      entity.number = number
      builder.world.draw(needed, by: script, into: &entity)
      let drawn = entity.slots[facts.count]
      numbers.append(drawn == .absent ? .min : Int32(clamping: drawn))
      ranges.append(drawn == .absent ? 0...0 : bounds(of: fact.draw, drawn, entity.slots))
    }
    settle(&numbers, within: ranges, to: wanted)
    let sum = numbers.reduce(0) { $0 + ($1 == .min ? 0 : Int($1)) }
    guard sum == wanted else {
      throw total.failure(
        "各单位取值范围之内凑不成 \(wanted)，只能到 \(sum)",
        "the ranges allow no sum of \(wanted), the nearest is \(sum)")
    }
    fact.draw = .calibrated(numbers, otherwise: fact.draw)
  }

  private func settle(_ numbers: inout [Int32], within ranges: [ClosedRange<Slot>], to wanted: Int)
  {
    var sum = 0
    var least = 0
    for (number, range) in zip(numbers, ranges) where number != .min {
      sum += Int(number)
      least += Int(range.lowerBound)
    }
    if sum > least, wanted > least {
      let factor = Double(wanted - least) / Double(sum - least)
      for index in numbers.indices where numbers[index] != .min {
        let low = ranges[index].lowerBound
        let stretched = low + Slot(Double(Slot(numbers[index]) - low) * factor)
        numbers[index] = Int32(clamping: min(max(stretched, low), ranges[index].upperBound))
      }
    }
    var gap = wanted - numbers.reduce(0) { $0 + ($1 == .min ? 0 : Int($1)) }
    let order = Shuffle(count: numbers.count, key: builder.world.seed ^ 0x7074)
    while gap != 0 {
      let before = gap
      for place in numbers.indices where gap != 0 {
        let index = order.index(at: place)
        guard numbers[index] != .min else { continue }
        let moved = Slot(numbers[index]) + (gap > 0 ? 1 : -1)
        guard ranges[index].contains(moved) else { continue }
        numbers[index] = Int32(moved)
        gap += gap > 0 ? -1 : 1
      }
      if gap == before { return }
    }
  }

  /// How far a drawn number may move without leaving what was described.
  private func bounds(of draw: Draw, _ drawn: Slot, _ slots: [Slot]) -> ClosedRange<Slot> {
    switch draw {
    case .range(let least, let most, _): least...most
    case .bands(_, let bands, _):
      (bands.map(\.lowerBound).min() ?? drawn)...(bands.map(\.upperBound).max() ?? drawn)
    case .cases(let cases):
      cases.first { $0.condition.holds(slots) }.map { bounds(of: $0.draw, drawn, slots) }
        ?? drawn...drawn
    default: drawn...drawn
    }
  }

  /// For every entity another one of the target population that fulfils a condition.
  mutating func references(to target: Int, _ place: Place) throws(SynthesisFailure) -> [Int32] {
    let home = builder.world.populations[population]
    let there = builder.world.populations[target]
    var reader = FactReader(builder: builder, population: target, facts: there.facts)
    let condition = try reader.condition(place["when"], place["unless"])
    let needed = builder.world.closure(of: condition.needs, in: there.facts)
    var entity = Entity(
      number: 0, slots: [Slot](repeating: .absent, count: there.facts.count))
    let order = Shuffle(count: there.base, key: builder.world.seed ^ salt(of: home.id + there.id))
    var found: [Int32] = []
    for rank in 0..<there.base where found.count < home.count {
      entity.number = order.index(at: rank)
      guard there.has(entity.number) else { continue }
      builder.world.draw(needed, by: there.script, into: &entity)
      if condition.holds(entity.slots) { found.append(Int32(entity.number)) }
    }
    // Of a few units none may happen to be such; then any does, and the run says what is wrong with it.
    if found.isEmpty, there.base < fewUnits,
      let any = (0..<there.base).first(where: { there.has(order.index(at: $0)) })
    {
      found = [Int32(order.index(at: any))]
    }
    guard !found.isEmpty else {
      throw place.failure("“\(there.id)”中没有符合条件的", "nothing in “\(there.id)” fulfils this")
    }
    return (0..<home.count).map { found[$0 % found.count] }
  }

  /// A fact whose slots are codes that no other entity has.
  mutating func readCode(
    _ code: Place, _ place: Place, into draft: inout Draft
  ) throws(SynthesisFailure) {
    let home = builder.world.populations[population]
    let prefix = try template(try place.required("prefix").text(), place)
    var wanted: [Int] = []
    for case .fact(let fact) in prefix.parts { wanted.append(fact) }
    var codes = World.Codes(width: 0)
    let plain = Pool(plain: builder.world.literals)
    let world = builder.world
    var failed: SynthesisFailure?
    switch try code.text() {
    case "uscc":
      try place.only(["code", "prefix", "body", "spill", "blank", "moves"])
      codes.width = 18
      let body = Array(try place.required("body").text().utf8)
      let spill = try place["spill"]?.texts().map { Array($0.utf8) } ?? []
      guard body.count < 8, body.allSatisfy({ $0 > 47 && $0 < 91 }),
        spill.allSatisfy(Identifiers.isCreditPrefix)
      else {
        throw place.failure(
          "body 至多7位，spill 各8位", "body has up to 7 characters, each of spill has 8")
      }
      var serials = builder.serials
      each(wanted, in: home.count) { entity in
        var bytes: [UInt8] = []
        world.append(prefix, of: facts, entity.slots, plain, to: &bytes)
        guard Identifiers.isCreditPrefix(bytes) else { return }
        let isExtra = entity.number >= home.base
        guard let (free, serial) = serials.next(bytes, spill: spill, isExtra: isExtra) else {
          failed =
            failed
            ?? place.failure(
              "代码用完了，请给 spill 增加区划", "the codes are used up; add prefixes to spill")
          return
        }
        var digits = body
        Identifiers.appendDigits(serial, width: 8 - body.count, to: &digits)
        Identifiers.appendCreditCode(free, body: digits, to: &codes.bytes)
      }
      builder.serials = serials
    case "registration-number":
      try place.only(["code", "prefix", "blank", "moves"])
      codes.width = 15
      let first = builder.serials.registered
      each(wanted, in: home.count) { entity in
        var bytes: [UInt8] = []
        world.append(prefix, of: facts, entity.slots, plain, to: &bytes)
        guard Identifiers.isDigitPrefix(bytes) else { return }
        Identifiers.appendRegistrationNumber(
          bytes, serial: first + entity.number + 1, to: &codes.bytes)
      }
      builder.serials.registered += home.count
    case "resident-id":
      try place.only(["code", "prefix", "born", "blank", "moves"])
      codes.width = 18
      let born = try fact(try place.required("born"))
      each(wanted + [born], in: home.count) { entity in
        var bytes: [UInt8] = []
        world.append(prefix, of: facts, entity.slots, plain, to: &bytes)
        guard Identifiers.isDigitPrefix(bytes), entity.slots[born] != .absent else { return }
        Identifiers.appendResidentID(
          bytes, born: PartialDate.civil(Int32(clamping: entity.slots[born])),
          serial: entity.number % 998 + 1, to: &codes.bytes)
      }
    case let other:
      throw code.failure("没有“\(other)”这种代码", "there is no kind of code “\(other)”")
    }
    if let failed { throw failed }
    guard codes.bytes.count == codes.width * home.count else {
      throw place.failure(
        "前缀或出生日期不能组成代码", "the prefix or the birth date makes no code")
    }
    draft.kind = .code(builder.world.codes.count)
    draft.fact.draw = .serial
    builder.world.codes.append(codes)
  }
}

/// Serial numbers that give every code once: as far as they go no two bodies share one, after that
/// no two of one prefix.
struct Serials {
  static let most = 99_999
  var registered = 0
  private var dealt = 0
  private var dealtToExtras = 0
  private var used: [[UInt8]: Series] = [:]

  private struct Series {
    var isUsed = [Bool](repeating: false, count: Serials.most)
    var count = 0
  }

  /// A prefix with a free serial number from 1; nil where all prefixes are full.
  ///
  /// - Parameter isExtra: whether the body is there in one variant only; such are numbered from the
  ///   end, so that all others have the same code in every variant.
  mutating func next(_ prefix: [UInt8], spill: [[UInt8]], isExtra: Bool) -> ([UInt8], Int)? {
    let start =
      (isExtra ? Serials.most - 1 - dealtToExtras % Serials.most : dealt % Serials.most)
    if isExtra { dealtToExtras += 1 } else { dealt += 1 }
    for candidate in [prefix] + spill {
      var series = used.removeValue(forKey: candidate) ?? Series()
      defer { used[candidate] = series }
      guard series.count < Serials.most else { continue }
      var offset = start
      while series.isUsed[offset] { offset = (offset + 1) % Serials.most }
      series.isUsed[offset] = true
      series.count += 1
      return (candidate, offset + 1)
    }
    return nil
  }
}

/// Of so many units a condition that some of a city's fulfil may hold for none.
private let fewUnits = 2000
