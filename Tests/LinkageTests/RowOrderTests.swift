import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Order of rows")
struct RowOrderTests {
  @Test("tells neighbours that state the same thing from those that do not or state nothing")
  func same() {
    var (codes, documents) = (TextColumn(), TextColumn())
    var (amounts, days) = (Cells<Int64>(), Cells<Int32>())
    for row in 0..<240 {
      codes.append("U")
      if row % 12 == 7 {
        documents.appendAbsent(.notStated)
      } else {
        documents.append(["文号１", "文号1", "文号2"][row / 3 % 3])
      }
      amounts.append(Int64(row / 7 % 2), row % 10 == 9 ? .statedNone : .stated)
      days.append(Int32(row / 11 % 2))
    }
    let columns: [Column] = [.text(codes), .text(documents), .decimal(amounts), .day(days)]
    var tables = Fixture.pack.records.map { _ in RecordTable(columns: []) }
    tables[Fixture.penalties] = RecordTable(
      columns: columns,
      places: (0..<240).map { Place(file: 0, line: UInt32($0), record: UInt32($0)) },
      precedences: Array(repeating: 0, count: 240))
    let rows = Rows(
      pack: Fixture.pack, tables: tables, delivered: tables.map { _ in true }, paths: [], jobs: 1)
    let order = RowOrder(Fixture.penalties, unique: [1, 2, 3], in: rows)
    let listed = (0..<240).map { Int32($0 * 3 % 240) }
    let isAsked = (0..<240).map { $0 % 5 != 4 && $0 < 239 }
    let expected = isAsked.indices.map { index in
      isAsked[index]
        && [1, 2, 3].allSatisfy { field in
          let texts = listed[index...index + 1].map { columns[field].text(Int($0)) }
          guard let one = texts[0], let other = texts[1] else { return false }
          return Folding.key(of: one) == Folding.key(of: other)
        }
    }
    #expect(order.stateTheSame(listed, isAsked) == expected)
    #expect(expected.contains(true))
  }
}
