import Fields
import RulePacks
import Tables

/// How many words of a code table are written out: whoever mends a cell sees them all, or is sent to
/// the table.
private let mostWords = 12

/// Characters after which a remark begins that was written behind a code.
private let remarkSigns: Set<Character> = ["（", "(", "【", "[", "，", ",", "；", ";", "：", ":", "。"]

extension RowPlan {
  /// Names of the codes that a cell of a field may hold; empty where they are too many to write out,
  /// or the source has codes of its own.
  static func words(
    of field: Field, _ rules: [SourceProfile.ColumnRule], in pack: RulePack
  ) -> [String] {
    guard let table = field.codes, rules.allSatisfy({ $0.codes == nil }) else { return [] }
    var words: [String] = []
    for code in pack.codes[table].codes where code.validTo == nil {
      let word = code.name.isEmpty ? code.code : code.name
      if !words.contains(word) { words.append(word) }
      guard words.count <= mostWords else { return [] }
    }
    return words
  }
}

extension RowReader {
  /// How to mend a cell that holds none of the codes of its field: which words there are, and where
  /// a remark goes that stands behind one of them.
  func unknownCodeCure(_ field: Field, _ raw: String) -> Bilingual {
    guard let index = plan.kind.field(field.id) else { return RowReader.useTable([]) }
    let words = plan.codeWords[index]
    guard let (code, remark) = remark(behindCodeOf: index, raw) else {
      return RowReader.useTable(words)
    }
    let place = reasonsLabel(field)
    let list = RowReader.list(words)
    return Bilingual(
      zh: "只写“\(code)”，“\(remark)”这样的说明请写入\(place.zh)\(list.zh)",
      en: "write “\(code)” alone, and a remark such as “\(remark)” into \(place.en)\(list.en)")
  }

  private static func useTable(_ words: [String]) -> Bilingual {
    let list = list(words)
    return Bilingual(
      zh: "请改用代码表中的代码或名称\(list.zh)，或将其补入代码表的别名",
      en: "use a code or name of the table\(list.en), or add this spelling to its aliases")
  }

  private static func list(_ words: [String]) -> Bilingual {
    guard !words.isEmpty else { return Bilingual(zh: "", en: "") }
    return Bilingual(
      zh: "（可填：\(words.joined(separator: "、"))）",
      en: " (one of: \(words.joined(separator: ", ")))")
  }

  /// A code and what was written behind it; nil where the text is not made so, or what stands behind
  /// is a code as well, so that nobody knows which is meant.
  private func remark(behindCodeOf field: Int, _ raw: String) -> (code: String, remark: String)? {
    guard let cut = raw.firstIndex(where: remarkSigns.contains) else { return nil }
    let code = raw[..<cut].trimmed
    let remark = raw[cut...].trimmed
    let behind = String(remark.filter { !remarkSigns.contains($0) && !"）)】]".contains($0) })
    guard !code.isEmpty, !behind.isEmpty, isCode(code, of: field), !isCode(behind, of: field) else {
      return nil
    }
    return (code, remark)
  }

  private func isCode(_ text: String, of field: Int) -> Bool {
    plan.fields[field].rules.contains { rule in
      guard rule.reader >= 0 else { return false }
      // One that has read nothing yet, so that nothing much is copied.
      var reader = plan.readers[rule.reader]
      return reader.read(Array(text.utf8).span) >= 0
    }
  }

  /// Where what is said about a code belongs: in a decision, among its reasons.
  private func reasonsLabel(_ field: Field) -> Bilingual {
    guard field.id == "decision_result", let reasons = plan.kind.field("decision_reasons") else {
      return Bilingual(zh: "备注、说明一类的列", en: "a column for remarks")
    }
    let label = plan.kind.fields[reasons].label
    return Bilingual(zh: "“\(label)”", en: "“\(label)”")
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let bytes = Array(utf8)
    return String(decoding: bytes[Fields.trimmed(bytes.span)], as: UTF8.self)
  }
}
