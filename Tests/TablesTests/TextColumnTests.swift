import Tables
import Testing

@Suite("Texts of a column")
struct TextColumnTests {
  @Test("stand where they were put, over many stretches", arguments: [1, 255, 256, 257, 1000])
  func stretches(count: Int) {
    var texts = TextColumn()
    for row in 0..<count {
      if row % 7 == 3 { texts.appendAbsent(.notStated) } else { texts.append("第\(row)行") }
    }
    var twice = texts
    twice.append(contentsOf: texts)
    #expect(twice.count == 2 * count)
    for row in 0..<count {
      let text = row % 7 == 3 ? "" : "第\(row)行"
      #expect(texts[row] == text && twice[row] == text && twice[count + row] == text)
    }
  }
}
