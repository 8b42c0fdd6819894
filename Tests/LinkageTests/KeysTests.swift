import RulePacks
import Tables
import Testing

@testable import Linkage

@Suite("Keys")
struct KeysTests {
  /// Rows of the fixture's registration, some of which lack a name, a state or a number.
  private static func table(_ count: Int) -> RecordTable {
    var names = TextColumn()
    var states = CodeColumn(names: ["Active ", "注 销", ""])
    var staff = Cells<Int64>()
    for row in 0..<count {
      switch row % 9 {
      case 4: names.appendAbsent(.statedNone)
      case 5: names.append("　 ")
      case 6: names.append("é\(row)ÀÉ ı（注销）")
      default: names.append("洛阳（第\(row % 50)）ＡＢ 公司(已注销)")
      }
      states.cells.append(Int32(row % 3), row % 11 == 3 ? .notStated : .stated)
      staff.append(Int64(row % 40), row % 13 == 8 ? .checkedNone : .stated)
    }
    var columns = Array(
      repeating: Column.text(TextColumn(absent: .notStated, count: count)), count: 7)
    columns[2] = .text(names)
    columns[4] = .number(staff)
    columns[6] = .code(states)
    return RecordTable(
      columns: columns,
      places: (0..<count).map { Place(file: 0, line: UInt32($0), record: UInt32($0)) })
  }

  /// Row by row, as plainly as can be.
  private static func plainKey(
    _ step: [String], _ likenesses: [Likeness], _ table: RecordTable, _ row: Int
  ) -> [UInt8]? {
    let kind = Fixture.pack.records[Fixture.registration]
    var parts: [[UInt8]] = []
    for (field, likeness) in zip(step, likenesses) {
      guard let index = kind.field(field), let text = table.columns[index].text(row) else {
        return nil
      }
      if case .code = table.columns[index] {
        parts.append(Folding.key(of: text))
      } else {
        parts.append(
          likeness == .exact
            ? Array(text.utf8) : Folding.key(of: text, withoutRemarks: likeness == .withoutRemarks))
      }
    }
    let key = Array(parts.joined(separator: [0xFF]))
    return key.isEmpty ? nil : key
  }

  @Test(
    "of many rows are those of each, whatever they are made of",
    arguments: [
      (["name"], [Likeness.exact]), (["name"], [.folded]), (["name"], [.name]),
      (["name"], [.withoutRemarks]),
      (["state"], [.folded]), (["staff"], [.folded]), (["name", "state"], [.name, .folded]),
      (["state", "name", "staff"], [.folded, .folded, .folded]),
    ])
  func keys(step: [String], likenesses: [Likeness]) throws {
    let table = Self.table(2 * KeyRun.length + 77)
    let reader = try #require(
      KeyReader(
        step: step, of: Fixture.pack.records[Fixture.registration], likenesses: likenesses,
        in: table))
    let all = reader.keys(of: 5..<table.count)
    let some = reader.keys(of: [7, 4, 2000, 7])
    let expected = (5..<table.count).map { Self.plainKey(step, likenesses, table, $0) }
    let found = all.rows
    #expect(found == expected)
    #expect(some.rows == [7, 4, 2000, 7].map { Self.plainKey(step, likenesses, table, $0) })
  }
}

extension TextColumn {
  fileprivate var rows: [[UInt8]?] {
    (0..<count).map { presence.isStated($0) ? Array(bytes[range($0)]) : nil }
  }
}
