import Tables
import Testing

@Suite("Gathering facts into batches")
struct GatheringTests {
  /// Two units; the first has a report row (row 1) and two penalties, the second belongs nowhere.
  static func dossiers() -> Dossiers {
    var size = Cells<Int64>()
    size.append(7)
    size.append(0, .notStated)
    size.append(9)
    let reports = RecordTable(
      columns: [.number(size)],
      places: (1...3).map { Place(file: 0, line: UInt32($0), record: UInt32($0)) })
    let penalties = RecordTable(
      columns: [.number(Cells([10, 20, 30]))],
      places: (1...3).map { Place(file: 1, line: UInt32($0), record: UInt32($0)) })
    var ids = TextColumn()
    ids.append("A")
    ids.append("B")
    var zones = TextColumn()
    zones.append("Z")
    return Dossiers(
      records: [reports, penalties],
      subjects: [
        SubjectTable(
          ids: ids,
          facts: [
            .constant(.date(PartialDate(day: 100))),
            .chosen(record: 0, field: 0, rows: [2, -1]),
            .list(record: 1, offsets: [0, 2, 2], rows: [2, 0]),
            .reference(subject: 1, fact: 0, rows: [0, -1]),
            .own(.number(Cells([1, 2]))),
            .firstStated([1, 4]),
          ]),
        SubjectTable(
          ids: zones,
          facts: [
            .own(.flag(Cells([true]))), .members(subject: 0, offsets: [0, 1], rows: [0]),
          ]),
      ])
  }

  @Test("takes what each row states and marks the rest unknown")
  func facts() throws {
    let batch = Self.dossiers().batch(
      of: 0, rows: 0..<2, demand: Demand(slots: [0, 1, 3, 5], lists: [2: Demand(slots: [0])]))
    #expect(try #require(batch.vectors[1]).missing == [0, 1])
    guard case .integers(let first) = batch.vectors[5]?.values else {
      Issue.record()
      return
    }
    #expect(first == [9, 2])
    #expect(batch.vectors[5]?.missing == [])
    guard case .flags(let zone) = batch.vectors[3]?.values else {
      Issue.record()
      return
    }
    #expect(zone[0] && batch.vectors[3]?.missing == [0, 1])
    guard case .rows(let children) = batch.vectors[2]?.values else {
      Issue.record()
      return
    }
    #expect(children.offsets == [0, 2, 2])
    guard case .integers(let amounts) = children.batch.vectors[0]?.values else {
      Issue.record()
      return
    }
    #expect(amounts == [30, 10])
  }

  @Test("lays rows of a list beside the facts of their subjects")
  func rows() throws {
    let gathered = try #require(
      Self.dossiers().rowBatch(
        of: 0, list: 2, at: [0, 1], demand: Demand(slots: [0, Demand.outer + 4])))
    #expect(gathered.rows == [2, 0])
    #expect(gathered.offsets == [0, 2, 2])
    guard case .integers(let outer) = gathered.batch.vectors[Demand.outer + 4]?.values else {
      Issue.record()
      return
    }
    #expect(outer == [1, 1])
  }

  @Test("leads every value back to its row")
  func provenance() {
    let dossiers = Self.dossiers()
    #expect(
      dossiers.provenance(subject: 0, fact: 5, row: 0) == Provenance(record: 0, field: 0, row: 2))
    #expect(dossiers.provenance(subject: 0, fact: 5, row: 1) == nil)
    #expect(dossiers.text(subject: 0, fact: 5, row: 1) == "2")
    #expect(dossiers.text(subject: 0, fact: 3, row: 1) == nil)
  }
  @Test("takes texts and codes together where the first that is stated may be either")
  func mixedTexts() throws {
    var texts = TextColumn()
    for text in ["甲", "", "乙丙"] {
      if text.isEmpty { texts.appendAbsent(.notStated) } else { texts.append(text) }
    }
    var codes = CodeColumn(names: ["一", "二二"])
    for (code, state) in [(1, CellState.stated), (0, .stated), (0, .notStated)] {
      codes.cells.append(Int32(code), state)
    }
    var others = CodeColumn(names: ["三"])
    for _ in 0..<3 { others.cells.append(0) }
    var ids = TextColumn()
    for id in ["A", "B", "C"] { ids.append(id) }
    let dossiers = Dossiers(
      records: [],
      subjects: [
        SubjectTable(
          ids: ids,
          facts: [
            .own(.text(texts)), .own(.code(codes)), .own(.code(others)), .firstStated([0, 1]),
            .firstStated([1, 0]), .firstStated([1, 2]),
          ])
      ])
    let batch = dossiers.batch(of: 0, rows: 0..<3, demand: Demand(slots: [3, 4, 5]))
    for (slot, expected) in [
      (3, ["甲", "一", "乙丙"]), (4, ["二二", "一", "乙丙"]), (5, ["二二", "一", "三"]),
    ] {
      let vector = try #require(batch.vectors[slot])
      guard case .texts(let found) = vector.values else {
        Issue.record("\(slot)")
        continue
      }
      #expect(vector.missing.isEmpty && (0..<3).map { found[$0] } == expected)
    }
  }
  @Test("takes neighbours as it takes any other rows", arguments: [0, 1, 32, 77])
  func neighbours(start: Int) throws {
    let count = 200
    var (numbers, days, flags) = (Cells<Int64>(), Cells<Int32>(), Cells<Bool>())
    var (codes, texts, ids) = (CodeColumn(names: ["一", "二"]), TextColumn(), TextColumn())
    var (offsets, rows): ([Int32], [Int32]) = ([0], [])
    for row in 0..<count {
      let state: CellState = row > 90 && row % 7 == 3 ? .notStated : .stated
      numbers.append(state == .stated ? Int64(row * 31 - 3000) : 0, state)
      days.append(Int32(row))
      flags.append(row % 3 == 0, row % 11 == 5 ? .checkedNone : .stated)
      codes.cells.append(Int32(row % 2), state)
      if state == .stated { texts.append("第\(row)") } else { texts.appendAbsent(state) }
      ids.append("\(row)")
      for other in 0..<row % 3 { rows.append(Int32((row + other) % count)) }
      offsets.append(Int32(rows.count))
    }
    let columns: [Column] = [
      .number(numbers), .day(days), .flag(flags), .code(codes), .text(texts),
    ]
    let picks = (0..<count).map { $0 % 9 == 4 ? Int32(-1) : Int32($0 * 7 % count) }
    let own = columns.map { FactColumn.own($0) }
    let chosen = columns.indices.map { FactColumn.chosen(record: 0, field: $0, rows: picks) }
    let dossiers = Dossiers(
      records: [RecordTable(columns: columns)],
      subjects: [
        SubjectTable(
          ids: ids, facts: own + chosen + [.list(record: 0, offsets: offsets, rows: rows)],
          unknownWhenEmpty: start == 0 ? [10] : [])
      ])
    let demand = Demand(slots: Set(0..<10), lists: [10: Demand(slots: [0, 4])])
    let run = dossiers.batch(of: 0, rows: start..<count - 5, demand: demand)
    let lanes = run.count
    let other = dossiers.batch(
      of: 0, at: (start..<count - 5).reversed().map { Int32($0) }, demand: demand)
    for slot in 0...10 {
      let (one, two) = (try #require(run.vectors[slot]), try #require(other.vectors[slot]))
      for lane in 0..<lanes {
        #expect(shown(one, lane) == shown(two, lanes - 1 - lane), "\(slot), \(lane)")
      }
    }
  }
}

/// What a lane holds, as a text.
private func shown(_ vector: Vector, _ lane: Int) -> String {
  guard vector.isKnown(lane) else { return "?" }
  switch vector.values {
  case .flags(let lanes): return "\(lanes[lane])"
  case .integers(let lanes), .decimals(let lanes): return "\(lanes[lane])"
  case .reals(let lanes): return "\(lanes[lane])"
  case .dates(let lanes): return "\(lanes[lane])"
  case .codes(let ids, let names): return names[Int(ids[lane])]
  case .texts(let texts): return texts[lane]
  case .boxed(let values): return "\(values[lane])"
  case .rows(let rows):
    let range = Int(rows.offsets[lane])..<Int(rows.offsets[lane + 1])
    return range.map { row in
      rows.batch.vectors.keys.sorted().map { slot in
        rows.batch.vectors[slot].map { shown($0, row) } ?? ""
      }.joined(separator: "/")
    }.joined(separator: " ")
  }
}
