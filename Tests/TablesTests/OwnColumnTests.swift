import Tables
import Testing

@Suite("A fact in a column of its own")
struct OwnColumnTests {
  /// Two sources of a size, the first with a table of codes, the second with another; a list; and
  /// what belongs to another subject.
  private func dossiers(_ count: Int) -> Dossiers {
    var codes = CodeColumn(names: ["small", "large"])
    var other = CodeColumn(names: ["large", "huge"])
    var days = Cells<Int32>()
    var numbers = Cells<Int64>()
    for row in 0..<count {
      codes.cells.append(Int32(row % 2), row % 3 == 0 ? .notStated : .stated)
      other.cells.append(Int32(row % 2), row % 5 == 0 ? .notStated : .stated)
      days.append(Int32(row), .stated)
      numbers.append(Int64(row) - 7, row % 4 == 0 ? .statedNone : .stated)
    }
    let records = [
      RecordTable(
        columns: [.code(codes), .code(other), .day(days), .decimal(numbers)],
        places: (0..<count).map { Place(file: 0, line: UInt32($0 + 2), record: UInt32($0 + 1)) })
    ]
    let rows = (0..<count).map { Int32(count - 1 - $0) }
    let offsets = (0...count).map { Int32(min($0, 3) * 2) }
    var ids = TextColumn()
    for row in 0..<count { ids.append(String(row + 1_000_000)) }
    let facts: [FactColumn] = [
      .chosen(record: 0, field: 0, rows: rows), .chosen(record: 0, field: 1, rows: rows),
      .firstStated([0, 1]), .chosen(record: 0, field: 2, rows: rows),
      .chosen(record: 0, field: 3, rows: rows.map { $0 % 7 == 0 ? -1 : $0 }),
      .list(record: 0, offsets: offsets, rows: [0, 1, 2, 3, 4, 5]), .absent,
      .constant(.string("everywhere")), .reference(subject: 0, fact: 3, rows: rows),
    ]
    return Dossiers(
      records: records,
      subjects: [SubjectTable(ids: ids, facts: facts, unknownWhenEmpty: [5])])
  }

  // One batch, one more than a batch, and the last row of a second one.
  @Test("says of every subject what the fact says", arguments: [1, 16_384, 16_385, 32_768])
  func same(count: Int) throws {
    let dossiers = dossiers(count)
    for fact in [0, 1, 2, 3, 4, 8] {
      let column = try #require(dossiers.ownColumn(subject: 0, fact: fact))
      var wrong: [Int] = []
      for row in 0..<count
      where column.text(row) != dossiers.text(subject: 0, fact: fact, row: row) {
        wrong.append(row)
      }
      #expect(column.count == count)
      #expect(wrong.isEmpty, "fact \(fact): \(wrong.prefix(3))")
    }
  }

  @Test("counts the rows of a list, and knows of nobody whose empty list says nothing")
  func lists() throws {
    let column = try #require(dossiers(5).ownColumn(subject: 0, fact: 5))
    #expect((0..<5).map { column.text($0) } == ["2", "2", "2", nil, nil])
  }

  @Test("is not made of what is the same for all, or known of nobody", arguments: [6, 7])
  func none(fact: Int) { #expect(dossiers(3).ownColumn(subject: 0, fact: fact) == nil) }
}
