import Tables
import Testing

@Suite("Returned rows")
struct ReturnedRowsTests {
  @Test("give back what was kept of each")
  func rows() {
    let kept: [(UInt32, ReturnedRows.Row)] = [
      (2, .cells([.text("甲, \"乙\""), .withheld, .text(""), .text("two\nlines")])),
      (3, .line("a,b,c")), (7, .withheldLine), (9, .cells([.text("")])),
    ]
    var rows = ReturnedRows()
    for (record, row) in kept { rows.append(row, record: record) }
    #expect(rows.records == [2, 3, 7, 9])
    #expect((0..<rows.count).map { rows[$0] } == kept.map(\.1))
  }

  @Test("hold no separator of theirs in a text")
  func separators() {
    var rows = ReturnedRows()
    rows.append(.cells([.text("a\u{1F}b\u{1E}"), .text("\u{1D}c")]), record: 1)
    #expect(rows[0] == .cells([.text("ab"), .text("c")]))
  }

  @Test("are kept until there is no room")
  func full() {
    var rows = ReturnedRows()
    let long = String(repeating: "x", count: 1 << 20)
    for record in 1...20 { rows.append(.cells([.text(long)]), record: UInt32(record)) }
    #expect(rows.isFull)
    #expect(rows.count == 16)
  }
}
