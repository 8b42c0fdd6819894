import Tables
import Testing

@Suite("Columns")
struct ColumnTests {
  @Test(
    "of every kind hold rows that state nothing",
    arguments: [.number, .decimal, .flag, .day, .code, .text] as [ColumnKind])
  func absent(kind: ColumnKind) {
    var column = Column(kind, names: ["a"])
    column.appendAbsent(.statedNone)
    column.appendAbsent(.notStated)
    #expect(column.count == 2)
    #expect(column.presence[0] == .statedNone)
    #expect(column.text(1) == nil)
    var joined = Column(kind, names: ["a"])
    joined.append(contentsOf: column)
    #expect(joined == column)
  }

  @Test("of texts keep them apart, and join")
  func texts() {
    var left = TextColumn()
    left.append("洛")
    left.appendAbsent(.notStated)
    var right = TextColumn()
    right.append("")
    right.append("洛")
    left.append(contentsOf: right)
    #expect((0..<4).map { left[$0] } == ["洛", "", "", "洛"])
    #expect(left.presence.isStated(2) && !left.presence.isStated(1))
    #expect(left.isEqual(0, to: left, 3) && !left.isEqual(0, to: left, 2))
  }
}
