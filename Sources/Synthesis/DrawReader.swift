import Tables

extension FactReader {
  /// What keys a draw may have, by the key that says its form.
  private static let forms: [(form: String, others: [String])] = [
    ("pick", ["exact"]), ("int", []), ("bands", []), ("date", []), ("after", ["days"]),
    ("part", ["percent"]), ("row", ["at"]), ("take", ["of"]), ("word", []), ("text", []),
    ("number", []), ("same", []), ("sum", ["minus"]), ("add", ["to"]), ("cases", []),
    ("find", ["in", "column"]), ("refer", ["when", "unless"]), ("serial", []), ("line", []),
    ("group", []), ("distinct", []),
  ]

  /// Reads one way to fill a fact.
  mutating func draw(
    _ place: Place, _ draft: inout Draft, options: [String]
  ) throws(SynthesisFailure) -> Draw {
    if place.isNull { return .constant(.absent) }
    guard place.isMapping else {
      try draft.become(.text, place)
      return .constant(draft.slot(of: try template(place.text(), place)))
    }
    guard let form = FactReader.forms.first(where: { place[$0.form] != nil }),
      let body = place[form.form]
    else {
      let known = FactReader.forms.map(\.form).joined(separator: ", ")
      throw place.failure("没有写明取法；可用：\(known)", "no draw is stated; known: \(known)")
    }
    try place.only([form.form] + form.others + options)
    switch form.form {
    case "pick": return try picked(body, isExact: place["exact"]?.flag() ?? false, &draft)
    case "int":
      return try range(body, &draft) { place throws(SynthesisFailure) in Slot(try place.int()) }
    case "date":
      try draft.become(.day, place)
      return try span(body, &draft) { place throws(SynthesisFailure) in try place.day() }
    case "bands": return try bands(body, &draft)
    case "number":
      try draft.become(.number, place)
      return .constant(Slot(try body.int()))
    case "text":
      try draft.become(.text, place)
      return .constant(draft.slot(of: try template(body.text(), body)))
    case "same", "take": return try taken(place, form.form, &draft)
    case "after":
      try draft.become(.day, place)
      return .offset(
        draft.need(try fact(body)), by: try numbers(place.required("days"), &draft))
    case "add":
      try draft.become(.number, place)
      return .offset(draft.need(try fact(place.required("to"))), by: try numbers(body, &draft))
    case "part":
      try draft.become(.number, place)
      return .part(
        draft.need(try fact(body)), percent: try numbers(place.required("percent"), &draft))
    case "sum":
      try draft.become(.number, place)
      var terms: [(fact: Int, sign: Slot)] = []
      for term in body.list() { terms.append((draft.need(try fact(term)), 1)) }
      for term in place["minus"]?.list() ?? [] { terms.append((draft.need(try fact(term)), -1)) }
      return .sum(terms)
    case "row": return try row(body, at: place["at"], &draft)
    case "find": return try found(place, &draft)
    case "word":
      try draft.become(.text, place)
      return weighted(try words(body).map { slot(of: $0, &draft) }.map { ($0, 1) }, &draft)
    case "distinct": return try distinct(body, &draft)
    case "serial", "line":
      try draft.become(.number, place)
      return form.form == "serial" ? .serial : .row
    case "group": return try group(body, &draft)
    case "refer":
      let target = try builder.population(body)
      try draft.become(.reference(target), place)
      return .calibrated(
        try references(to: target, place), otherwise: .constant(.absent))
    default: return try cases(body, &draft)
    }
  }

  private mutating func cases(_ place: Place, _ draft: inout Draft) throws(SynthesisFailure) -> Draw
  {
    var cases: [Draw.Case] = []
    for one in place.list() {
      if !one.isMapping {
        let always = try draw(one, &draft, options: [])
        cases.append(Draw.Case(condition: Condition(), draw: always))
        continue
      }
      let condition = try condition(one["when"], one["unless"])
      for need in condition.needs { _ = draft.need(need) }
      let isEmpty = one["then"].map(\.isNull) ?? false
      let then =
        try isEmpty ? Draw.constant(.absent) : draw(one, &draft, options: ["when", "unless"])
      cases.append(Draw.Case(condition: condition, draw: then))
    }
    return .cases(cases)
  }

  private mutating func slot(of literal: Int, _ draft: inout Draft) -> Slot {
    draft.slot(of: Template(parts: [.literal(literal)]))
  }

  private func words(_ place: Place) throws(SynthesisFailure) -> [Int] {
    let id = try place.text()
    guard let words = builder.lists[id] else {
      throw place.failure("没有词表“\(id)”", "there is no list “\(id)”")
    }
    return words
  }

  private func weighted(_ choices: [(Slot, Int)], _ draft: inout Draft) -> Draw {
    var sum: UInt64 = 0
    let weights = choices.map { choice in
      sum += UInt64(max(choice.1, 0))
      return sum
    }
    return .weighted(weights, choices.map(\.0), salt: draft.roll())
  }

  private mutating func picked(
    _ place: Place, isExact: Bool, _ draft: inout Draft
  ) throws(SynthesisFailure) -> Draw {
    var choices: [(Slot, Int)] = []
    try draft.become(.text, place)
    if place.isMapping {
      for (key, value) in place.pairs {
        let slot: Slot = key.isNull ? .absent : draft.slot(of: try template(key.text(), key))
        choices.append((slot, try value.int()))
      }
    } else {
      for choice in place.list() {
        choices.append((draft.slot(of: try template(choice.text(), choice)), 1))
      }
    }
    guard choices.contains(where: { $0.1 > 0 }) else {
      throw place.failure("权重都是零", "all weights are zero")
    }
    let drawn = weighted(choices, &draft)
    guard isExact else { return drawn }
    let base = builder.world.populations[population].base
    let sum = choices.reduce(0) { $0 + $1.1 }
    var seen = 0
    let thresholds = choices.map { choice in
      seen += choice.1
      return scaled(seen, base, sum)
    }
    let shuffle = Shuffle(count: base, key: builder.world.seed ^ draft.fact.salt)
    return .exact(shuffle, thresholds, choices.map(\.0), otherwise: drawn)
  }

  private mutating func range(
    _ place: Place, _ draft: inout Draft, _ read: (Place) throws(SynthesisFailure) -> Slot
  ) throws(SynthesisFailure) -> Draw {
    try draft.become(.number, place)
    return try span(place, &draft, read)
  }

  /// `[least, most]`, or one value.
  private func span(
    _ place: Place, _ draft: inout Draft, _ read: (Place) throws(SynthesisFailure) -> Slot
  ) throws(SynthesisFailure) -> Draw {
    let ends = place.list()
    guard let first = ends.first, let last = ends.last, ends.count <= 2 else {
      throw place.failure("应为 [最小, 最大]", "[least, most] is expected")
    }
    let (least, most) = (try read(first), try read(last))
    guard least <= most else {
      throw place.failure("最小大于最大", "the least is more than the most")
    }
    return least == most ? .constant(least) : .range(least, most, salt: draft.roll())
  }

  /// Whole numbers that are not themselves the fact.
  private func numbers(_ place: Place, _ draft: inout Draft) throws(SynthesisFailure) -> Draw {
    try span(place, &draft) { place throws(SynthesisFailure) in Slot(try place.int()) }
  }

  private func bands(_ place: Place, _ draft: inout Draft) throws(SynthesisFailure) -> Draw {
    try draft.become(.number, place)
    var weights: [UInt64] = []
    var ranges: [ClosedRange<Slot>] = []
    for band in place.list() {
      let numbers = band.list()
      guard numbers.count == 3 else {
        throw band.failure("应为 [权重, 最小, 最大]", "[weight, least, most] is expected")
      }
      let (least, most) = (Slot(try numbers[1].int()), Slot(try numbers[2].int()))
      guard least <= most else {
        throw band.failure("最小大于最大", "the least is more than the most")
      }
      weights.append((weights.last ?? 0) + UInt64(max(try numbers[0].int(), 0)))
      ranges.append(least...most)
    }
    return .bands(weights, ranges, salt: draft.roll())
  }

  private func row(_ place: Place, at: Place?, _ draft: inout Draft) throws(SynthesisFailure)
    -> Draw
  {
    let id = try place.text()
    guard let table = builder.tables[id] else {
      throw place.failure("没有表“\(id)”", "there is no table “\(id)”")
    }
    try draft.become(.number, place)
    draft.fact.table = id
    if let at { return .round(draft.need(try fact(at)), count: Slot(table.rows.count)) }
    return weighted(table.weights.enumerated().map { (Slot($0.offset), $0.element) }, &draft)
  }

  /// The row of a table that has a fact's text in a column.
  private func found(_ place: Place, _ draft: inout Draft) throws(SynthesisFailure) -> Draw {
    let source = draft.need(try fact(place.required("find")))
    let name = try place.required("in")
    let id = try name.text()
    guard let table = builder.tables[id] else {
      throw name.failure("没有表“\(id)”", "there is no table “\(id)”")
    }
    let column = try place.required("column").text()
    guard let index = table.columns.firstIndex(of: column) else {
      throw name.failure("表中没有列“\(column)”", "the table has no column “\(column)”")
    }
    try draft.become(.number, place)
    draft.fact.table = id
    let slots = facts[source].texts.map { text in
      table.rows.firstIndex { $0[index] == text.literal }.map { Slot($0) } ?? .absent
    }
    guard !slots.isEmpty else {
      throw place.failure("“find”要用文字事实", "“find” needs a fact that is a text")
    }
    return .choose(source, slots)
  }

  /// `same: fact`, a table's column, or a fact of the entity that a reference leads to.
  private mutating func taken(
    _ place: Place, _ form: String, _ draft: inout Draft
  ) throws(SynthesisFailure) -> Draw {
    if form == "same" {
      let source = facts[draft.need(try fact(place.required("same")))]
      try draft.become(source.kind, place)
      if draft.fact.texts.isEmpty { draft.fact.texts = source.texts }
      guard draft.fact.texts.starts(with: source.texts) else {
        throw place.failure("请把 same 写在第一个分支", "put same into the first case")
      }
      for text in source.texts {
        for case .fact(let need) in text.parts { _ = draft.need(need) }
      }
      return .copy(try fact(place.required("same")))
    }
    let reference = draft.need(try fact(place.required("of")))
    let name = try place.required("take")
    if case .reference(let target) = facts[reference].kind {
      return try foreign(name, of: target, by: reference, place, &draft)
    }
    guard let id = facts[reference].table, let table = builder.tables[id],
      let column = table.columns.firstIndex(of: try name.text())
    else {
      throw place.failure(
        "“\(try name.text())”不是一列", "“\(try name.text())” is not a column of its table")
    }
    try draft.become(.text, place)
    let slots = table.rows.map { row in
      builder.world.literals[row[column]].isEmpty ? Slot.absent : slot(of: row[column], &draft)
    }
    return .choose(reference, slots)
  }

  private mutating func foreign(
    _ name: Place, of target: Int, by reference: Int, _ place: Place, _ draft: inout Draft
  ) throws(SynthesisFailure) -> Draw {
    let id = try name.text()
    guard let index = builder.world.populations[target].fact(id) else {
      throw name.failure("那个总体没有事实“\(id)”", "that population has no fact “\(id)”")
    }
    let source = builder.world.populations[target].facts[index]
    let isPlain = source.texts.allSatisfy { $0.literal != nil }
    switch source.kind {
    case .number, .day, .code, .reference:
      try draft.become(source.kind, place)
      return .foreign(reference: reference, population: target, fact: index)
    case .text where isPlain && draft.fact.texts.isEmpty:
      try draft.become(.text, place)
      draft.fact.texts = source.texts
      return .foreign(reference: reference, population: target, fact: index)
    case .text, .combination, .foreign:
      try draft.become(.foreign(population: target, fact: index), place)
      return .copy(reference)
    }
  }

  private mutating func distinct(_ place: Place, _ draft: inout Draft) throws(SynthesisFailure)
    -> Draw
  {
    var lists: [[Int]] = []
    for list in place.list() { lists.append(try words(list)) }
    try draft.become(.combination(lists), place)
    let entities = builder.world.populations[population].count
    let combinations = lists.reduce(1) { $0 * $1.count }
    guard combinations >= entities else {
      throw place.failure(
        "词语只有 \(combinations) 种组合，不够 \(entities) 个",
        "the words make \(combinations) combinations, \(entities) are needed")
    }
    let key = builder.world.seed ^ draft.fact.salt
    return .shuffled(Shuffle(count: combinations, key: key))
  }

  private func group(_ place: Place, _ draft: inout Draft) throws(SynthesisFailure) -> Draw {
    try place.only(["of", "is", "count"])
    try draft.become(.number, place)
    let of = draft.need(try fact(place.required("of")))
    guard case .exact(let shuffle, let thresholds, let values, _) = facts[of].draw else {
      throw place.failure("of 应是 exact 的 pick", "of should be a pick that is exact")
    }
    let text = try place.required("is").text()
    let position = values.firstIndex { value in
      guard value != .absent, let literal = facts[of].texts[Int(value)].literal else {
        return false
      }
      return builder.world.literals[literal] == text
    }
    guard let position else {
      throw place.failure("没有“\(text)”这个值", "there is no value “\(text)”")
    }
    let home = builder.world.populations[population]
    let count = max(scaled(try place.required("count").int(), home.base, home.share), 1)
    let start = position == 0 ? 0 : thresholds[position - 1]
    return .group(
      fact: of, value: values[position], shuffle, places: start..<thresholds[position],
      count: count)
  }
}
