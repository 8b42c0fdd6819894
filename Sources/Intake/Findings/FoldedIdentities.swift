import Fields
import RulePacks
import Tables

/// Identities that hold characters which comparing leaves out or takes for others, by field: one
/// finding a column names the characters.
struct FoldedIdentities: Sendable {
  private var columns: [Int: Column] = [:]

  private struct Column: Sendable {
    var rows = 0
    var first: Place
    /// In order of appearance.
    var characters: [Unicode.Scalar] = []
  }

  /// More different characters than these are not named one by one.
  private static let most = 10

  mutating func add(_ characters: [Unicode.Scalar], field: Int, _ place: Place) {
    var column = columns[field] ?? Column(first: place)
    column.rows += 1
    for character in characters
    where column.characters.count <= Self.most && !column.characters.contains(character) {
      column.characters.append(character)
    }
    columns[field] = column
  }

  func findings(_ kind: RecordKind) -> [Finding] {
    columns.sorted { $0.key < $1.key }.map { field, column in
      let label = kind.fields[field].label
      let named = column.characters.prefix(Self.most)
      let more = column.characters.count > named.count ? "…" : ""
      let zh = named.map { shown($0).zh }.joined(separator: "、") + more
      let en = named.map { shown($0).en }.joined(separator: ", ") + more
      let rows = column.rows
      return Finding(
        .warning, "identity-folded", place: column.first, field: kind.fields[field].id,
        message: Bilingual(
          zh: "“\(label)”有 \(rows) 行含有看不见或与常用字相似的字符，比对时已略去或视同常用字：\(zh)",
          en: "\(rows) \(rows == 1 ? "row has" : "rows have") characters in “\(label)” that cannot "
            + "be seen or look like others; in comparing they were left out or taken for those: "
            + en),
        cure: Bilingual(
          zh: "请核对这些行是否指同一主体；在原系统中重新键入，不要从网页、通讯录或 PDF 粘贴",
          en: "see whether the rows mean the subject they were joined to; type the text anew in "
            + "the register instead of pasting it from a page, an address book or a PDF"))
    }
  }

  /// `U+2F08（⼈，视同人）`, `U+200E`.
  private func shown(_ character: Unicode.Scalar) -> Bilingual {
    let hex = String(character.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    let key = matchingKey(String(character))
    guard !key.isEmpty else { return Bilingual(zh: code, en: code) }
    return Bilingual(
      zh: "\(code)（\(character)，视同“\(key)”）", en: "\(code) (\(character), taken for “\(key)”)")
  }
}

extension RowReader {
  /// Notes characters of the row in hand that comparing its identities folds away.
  mutating func noteFolded(_ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ place: Place) {
    for field in special.identities where staged[field].state == .stated {
      for rule in plan.fields[field].rules.indices {
        for slot in plan.fields[field].rules[rule].slots {
          guard Int(slot) < cells.count, !cells[Int(slot)].isEmpty else { continue }
          let text = bytes.extracting(cells[Int(slot)].bounds)
          guard mayFoldAway(text) else { continue }
          let characters = foldedAway(in: text)
          if !characters.isEmpty { folded.add(characters, field: field, place) }
        }
      }
    }
  }
}
