import Tables
import Testing

@Suite("Some rows of a table")
struct KeptRowsTests {
  @Test("have their values, absences, places and delivered texts")
  func keeping() {
    var texts = TextColumn()
    for text in ["a", "b", "", "d"] {
      if text.isEmpty { texts.appendAbsent(.statedNone) } else { texts.append(text) }
    }
    var numbers = Cells<Int64>([5, 300, -1, 70_000])
    numbers.presence[0] = .checkedNone
    var codes = CodeColumn(names: ["x", "y"])
    codes.cells = Cells([0, 1, 1, 0])
    var table = RecordTable(
      columns: [
        .text(texts), .number(numbers), .decimal(numbers), .code(codes),
        .flag(Cells([true, false, false, true])), .day(Cells([1, 2, 3, 4])),
      ],
      places: (1...4).map { Place(file: 0, line: $0 + 1, record: $0) }, precedences: [1, 2, 3, 4])
    table.delivered = [nil, DeliveredTexts(["5", "3 00", "", "70000"]), nil, nil, nil, nil]
    let kept = table.keeping([0, 2, 3])
    #expect(kept.places.map(\.record) == [1, 3, 4])
    #expect(kept.precedences == [1, 3, 4])
    let shown = kept.columns.map { column in (0..<3).map { column.text($0) } }
    let whole = table.columns.map { column in [0, 2, 3].map { column.text($0) } }
    #expect(shown == whole)
    #expect(kept.columns[0].presence[1] == .statedNone)
    #expect(kept.columns[1].presence[0] == .checkedNone)
    #expect(kept.delivered[1] == DeliveredTexts(["5", "", "70000"]))
    #expect(kept.delivered[0] == nil)
  }
}
