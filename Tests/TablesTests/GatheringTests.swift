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
}
