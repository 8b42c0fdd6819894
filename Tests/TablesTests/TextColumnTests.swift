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

  @Test("that stand in one buffer are taken as each would be", arguments: [1, 256, 700])
  func appendedTogether(count: Int) {
    let bytes = Array("甲乙丙丁戊abcdefgh".utf8)
    let starts = (0..<count).map { Int32($0 % 5 * 3) }
    let ends = starts.enumerated().map { $1 + Int32($0 % 3 * 3) }
    let states: [CellState] = (0..<count).map { $0 % 4 == 2 ? .statedNone : .stated }
    var together = TextColumn()
    var single = TextColumn()
    for column in 0..<2 {
      together.append(from: starts.span, to: ends.span, of: bytes.span, states.span)
      for row in 0..<count {
        guard states[row] == .stated else {
          single.appendAbsent(states[row])
          continue
        }
        single.append(bytes[Int(starts[row])..<Int(ends[row])])
      }
      #expect(together == single, "after \(column + 1)")
    }
  }

  @Test(
    "are the same laid end to end as one by one", arguments: [0, 1, 200, 256, 300], [1, 256, 700])
  func joined(first: Int, second: Int) {
    var parts: [TextColumn] = []
    var single = TextColumn()
    for count in [first, second, first] {
      var part = TextColumn(absent: .statedNone, count: count)
      for _ in 0..<count { single.appendAbsent(.statedNone) }
      for row in 0..<count {
        let text = String(repeating: "字", count: row % 5)
        // A text of which nothing is written states nothing.
        part.append { $0.append(contentsOf: text.utf8) }
        if text.isEmpty { single.appendAbsent(.notStated) } else { single.append(text) }
      }
      parts.append(part)
    }
    #expect(TextColumn.joined(parts) == single)
  }

  @Test("are picked in any order, absences as they are")
  func picked() {
    var texts = TextColumn()
    for row in 0..<600 {
      if row % 3 == 0 { texts.appendAbsent(.checkedNone) } else { texts.append("第\(row)行") }
    }
    let rows = (0..<600).map { Int32($0 * 7 % 600) }
    let picked = texts.picked(rows)
    #expect(picked.count == 600)
    for (lane, row) in rows.enumerated() {
      #expect(picked[lane] == texts[Int(row)])
      #expect(picked.presence[lane] == texts.presence[Int(row)])
    }
  }
  @Test("that lie end to end are taken as each would be", arguments: [0, 1, 256, 700], [0, 3])
  func appendedEndToEnd(count: Int, before: Int) {
    var together = TextColumn()
    var single = TextColumn()
    for _ in 0..<before {
      together.append("前")
      single.append("前")
    }
    let texts = (0..<count).map { String(repeating: "字", count: $0 % 4) }
    var (bytes, ends): ([UInt8], [Int32]) = ([], [])
    for text in texts {
      bytes += Array(text.utf8)
      ends.append(Int32(bytes.count))
    }
    for round in 0..<2 {
      together.append(bytes.span, ends: ends.span)
      for text in texts {
        if text.isEmpty { single.appendAbsent(.notStated) } else { single.append(text) }
      }
      #expect(together == single, "after \(round + 1)")
    }
  }

  @Test("of another column are taken row by row", arguments: [true, false])
  func picked(isComplete: Bool) {
    var texts = TextColumn()
    for row in 0..<3000 {
      if !isComplete, row % 5 == 1 {
        texts.appendAbsent(row % 2 == 0 ? .statedNone : .checkedNone)
      } else {
        texts.append(String(repeating: "字", count: row % 4))
      }
    }
    let rows = (0..<2500).map { Int32($0 * 7 % 3000) }
    var single = TextColumn()
    for row in rows { single.append(texts, Int(row)) }
    #expect(texts.picked(rows) == single)
  }
}
