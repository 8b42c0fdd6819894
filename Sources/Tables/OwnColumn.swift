extension Dossiers {
  /// A fact of all subjects of a kind in a column of its own, which outlives the records: its
  /// values, or of a list the number of its rows. Nil where the fact is the same for all, or of
  /// nobody known.
  ///
  /// - Complexity: O(subjects), without a text a row but for facts that are texts.
  package func ownColumn(subject: Int, fact: Int) -> Column? {
    switch subjects[subject].facts[fact] {
    case .absent, .constant: return nil
    case .own(let column): return column
    case .list(_, let offsets, _), .members(_, let offsets, _):
      return .number(
        counts(offsets, isUnknownWhenEmpty: subjects[subject].unknownWhenEmpty.contains(fact)))
    case .chosen, .firstStated, .reference: break
    }
    var known = KnownCells()
    for start in stride(from: 0, to: subjects[subject].count, by: Dossiers.batchSize) {
      let rows = start..<min(subjects[subject].count, start + Dossiers.batchSize)
      let batch = batch(of: subject, rows: rows, demand: Demand(slots: [fact]))
      if let vector = batch.vectors[fact] { known.append(vector) }
    }
    return known.column
  }

  private func counts(_ offsets: [Int32], isUnknownWhenEmpty: Bool) -> Cells<Int64> {
    var cells = Cells<Int64>()
    for row in offsets.indices.dropLast() {
      let count = Int64(offsets[row + 1] - offsets[row])
      cells.append(count, count == 0 && isUnknownWhenEmpty ? .notStated : .stated)
    }
    return cells
  }
}

/// Lanes of one fact, laid end to end.
private struct KnownCells {
  private var states: [CellState] = []
  /// Flags, numbers, dates and the numbers of codes; 0 where nothing is known.
  private var numbers: [Int64] = []
  private var names: [String] = []
  private var places: [String: Int32] = [:]
  private var kind: ColumnKind?

  mutating func append(_ vector: Vector) {
    let known = vector.known
    for lane in known.indices { states.append(known[lane] ? .stated : .notStated) }
    switch vector.values {
    case .flags(let lanes): add(.flag, known) { lanes[$0] ? 1 : 0 }
    case .integers(let lanes): add(.number, known) { lanes[$0] }
    case .decimals(let lanes): add(.decimal, known) { lanes[$0] }
    case .dates(let lanes): add(.day, known) { Int64(lanes[$0]) }
    case .codes(let ids, let own):
      let places = own.map { Int64(place(of: $0)) }
      add(.code, known) { places[Int(ids[$0])] }
    // Where sources are mixed, one stretch may have texts and the next one codes.
    case .texts(let lanes):
      let places = known.indices.map { known[$0] ? Int64(place(of: lanes[$0])) : 0 }
      add(.code, known) { places[$0] }
    // Nobody's value stands in such lanes.
    case .reals, .rows, .boxed: add(nil, known) { _ in 0 }
    }
  }

  private mutating func add(_ kind: ColumnKind?, _ known: [Bool], _ number: (Int) -> Int64) {
    if let kind { self.kind = kind }
    for lane in known.indices { numbers.append(known[lane] ? number(lane) : 0) }
  }

  private mutating func place(of name: String) -> Int32 {
    if let place = places[name] { return place }
    let place = Int32(names.count)
    places[name] = place
    names.append(name)
    return place
  }

  var column: Column? {
    switch kind {
    case nil: return nil
    case .flag:
      var cells = Cells<Bool>()
      for (number, state) in zip(numbers, states) { cells.append(number == 1, state) }
      return .flag(cells)
    case .number, .decimal:
      var cells = Cells<Int64>()
      for (number, state) in zip(numbers, states) { cells.append(number, state) }
      return kind == .number ? .number(cells) : .decimal(cells)
    case .day:
      var cells = Cells<Int32>()
      for (number, state) in zip(numbers, states) {
        cells.append(Int32(truncatingIfNeeded: number), state)
      }
      return .day(cells)
    case .code:
      var column = CodeColumn(names: names)
      for (number, state) in zip(numbers, states) {
        column.cells.append(Int32(truncatingIfNeeded: number), state)
      }
      return .code(column)
    // No lanes are kept as texts.
    case .text: return nil
    }
  }
}
