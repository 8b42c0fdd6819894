/// What files of one sheet share: row form, texts in the sheet's encoding, planted faults.
struct SheetPlan: Sendable {
  let world: World
  let sheet: Sheet
  let form: RowForm
  /// Values, and markup.
  let values: Pool
  let markup: Pool
  /// Values as they are, for rows that are spoilt cell by cell.
  let plain: Pool
  /// Entity of the first section → fault planted there.
  let planted: [Int: Int]
  /// Below this an even draw spoils a row.
  let mess: UInt64
  /// Literals of the values that have files of their own.
  let splits: [Int]
  /// For every entity of all sections 1 + the index of its value; 0 where it has no row. Empty
  /// where files are not split by entities.
  let owners: [UInt8]

  init(world: World, sheet: Sheet, plantsFaults: Bool, mess: Double) {
    self.world = world
    var sheet = sheet
    if !plantsFaults { sheet.rightenTotals() }
    self.sheet = sheet
    switch sheet.format {
    case .xml(let xml):
      form = RowForm(xml: xml, columns: sheet.columns, lineEnd: sheet.lineEnd)
    case .csv(let csv):
      let isQuoted = sheet.columns.indices.map { column in
        sheet.sections.contains { $0.mayNeedQuotes(column, csv.separator, world) }
      }
      form = RowForm(
        csv: csv, columns: sheet.columns, isQuoted: isQuoted, lineEnd: sheet.lineEnd)
    }
    let (encoding, escaping) = (sheet.encoding, form.escaping)
    values = Pool(world.literals) { encoding.bytes(of: escaping.applied(to: $0)) }
    markup = Pool(form.markup) { encoding.bytes(of: $0) }
    plain = Pool(plain: world.literals)
    self.mess = sheet.faults.contains { $0.weight > 0 } ? threshold(mess) : 0
    planted = plantsFaults ? SheetPlan.plant(sheet, in: world) : [:]
    splits = SheetPlan.splits(of: sheet)
    owners = SheetPlan.owners(of: sheet, splits, in: world)
  }

  private static func splits(of sheet: Sheet) -> [Int] {
    var seen: [Int] = []
    for section in sheet.sections {
      guard let by = section.by else { continue }
      for text in section.facts[by].texts {
        if let literal = text.literal, !seen.contains(literal) { seen.append(literal) }
      }
    }
    return seen
  }

  /// Looks once at every entity, so that each of many files need not.
  private static func owners(of sheet: Sheet, _ splits: [Int], in world: World) -> [UInt8] {
    guard sheet.isSplit, splits.count < 255, !sheet.sections.contains(where: \.isSplitByRow) else {
      return []
    }
    var owners: [UInt8] = []
    for section in sheet.sections {
      guard let by = section.by else { continue }
      let population = world.populations[section.population]
      let values = section.facts[by].texts.map { text in
        UInt8(truncatingIfNeeded: (splits.firstIndex { $0 == text.literal } ?? -1) + 1)
      }
      var entity = Entity(
        number: 0, slots: [Slot](repeating: .absent, count: section.facts.count))
      for number in 0..<population.count {
        entity.number = number
        world.draw(section.early, by: section.script, into: &entity)
        let slot = entity.slots[by]
        let isThere =
          slot != .absent && population.has(number) && section.condition.holds(entity.slots)
        owners.append(isThere ? values[Int(slot)] : 0)
      }
    }
    return owners
  }

  /// Chooses entities for the faults that are counted, one fault a row.
  private static func plant(_ sheet: Sheet, in world: World) -> [Int: Int] {
    guard let section = sheet.sections.first, sheet.faults.contains(where: { $0.count > 0 }) else {
      return [:]
    }
    let population = world.populations[section.population]
    let order = Shuffle(count: population.base, key: world.seed ^ salt(of: sheet.id + " faults"))
    var planted: [Int: Int] = [:]
    var entity = Entity(
      number: 0, slots: [Slot](repeating: .absent, count: section.facts.count))
    let all = Array(section.facts.indices)
    for (index, fault) in sheet.faults.enumerated() {
      var left = fault.count
      for place in 0..<population.base where left > 0 {
        entity.number = order.index(at: place)
        guard planted[entity.number] == nil, population.has(entity.number) else { continue }
        world.draw(all, by: section.script, into: &entity)
        guard section.condition.holds(entity.slots),
          section.rowCondition.holds(entity.slots), fault.condition.holds(entity.slots),
          section.count(entity.slots) > 0
        else { continue }
        planted[entity.number] = index
        left -= 1
      }
    }
    return planted
  }

  /// The fault of a row, planted or by rate.
  func fault(section: Int, entity: Int, row: Int) -> Fault? {
    if section == 0, row == 0, let fault = planted[entity] { return sheet.faults[fault] }
    guard mess > 0 else { return nil }
    let bits = scrambled(
      world.seed ^ salt(of: sheet.id) ^ UInt64(entity) << 8 ^ UInt64(row) ^ UInt64(section) << 56)
    guard bits < mess else { return nil }
    var drawn = pick(scrambled(bits), below: sheet.faults.reduce(0) { $0 + $1.weight })
    for fault in sheet.faults {
      if drawn < fault.weight { return fault }
      drawn -= fault.weight
    }
    return nil
  }
}

extension Section {
  /// How many rows an entity has.
  func count(_ slots: [Slot]) -> Int {
    switch rows {
    case .number(let number): number
    case .fact(let fact): slots[fact] == .absent ? 0 : Int(slots[fact])
    }
  }

  /// Whether a text of the column may hold a separator, a quote or a line break.
  func mayNeedQuotes(_ column: Int, _ separator: String, _ world: World) -> Bool {
    let cell = cells[column]
    let marks = [separator, "\"", "\n", "\r"]
    func isSpecial(_ literal: Int) -> Bool {
      marks.contains { world.literals[literal].utf8.contains($0.utf8.first ?? 0) }
    }
    if let absent = cell.absent, isSpecial(absent) { return true }
    if case .spelled(let written) = cell.form, written.contains(where: { $0 >= 0 && isSpecial($0) })
    {
      return true
    }
    return facts[cell.fact].texts.contains { template in
      template.parts.contains { part in
        if case .literal(let literal) = part { isSpecial(literal) } else { false }
      }
    }
  }
}

/// One file of a sheet: entities of a range, of one value of the splitting fact.
struct Part: Sendable {
  var file: String
  /// Literal of the splitting fact's value, and its number among them from 1.
  var by: Int?
  var owner: UInt8 = 0
  /// Entities of all sections counted through.
  var entities: Range<Int>
  /// Only every so many-th entity, to measure.
  var stride = 1
}

/// What writing one file has given.
struct Written: Sendable {
  var bytes: [UInt8] = []
  var rows = 0
  var planted: [Planted] = []
}

/// A fault that stands in a file, and what is to be said of it.
struct Planted: Sendable, Equatable {
  var file: String
  var line: Int
  var subject = ""
  var column = ""
  var written = ""
  var expectation: Sheet.Expectation

  static func == (left: Planted, right: Planted) -> Bool {
    left.file == right.file && left.line == right.line
      && left.expectation.fault == right.expectation.fault
  }
}
