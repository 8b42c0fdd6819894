import Labels
import Tables

/// Lines of an explanation in one language; what was explained once is only referred to again.
struct Letter {
  let language: Language
  /// Whether each rule is also shown as it stands in the pack.
  let showsExpressions: Bool
  private(set) var lines: [Line] = []
  /// Facts whose origin has been told.
  private var told: Set<String> = []
  private var sections: Int

  /// A line, and how far it stands from the margin; the title of a section stands out.
  struct Line {
    var indent: Int
    var text: String
    var isTitle = false
  }

  /// - Parameter sections: how many sections stand before the first, for their numbers.
  init(language: Language, after sections: Int = 0, showsExpressions: Bool = false) {
    self.language = language
    self.showsExpressions = showsExpressions
    self.sections = sections
  }

  var text: String {
    lines.map { line in
      line.text.isEmpty ? "\n" : String(repeating: " ", count: line.indent) + line.text + "\n"
    }.joined()
  }

  mutating func line(_ indent: Int, _ zh: String, _ en: String) {
    lines.append(Line(indent: indent, text: Bilingual(zh: zh, en: en).text(in: language)))
  }

  mutating func title(_ zh: String, _ en: String) {
    let numbers = ["一", "二", "三", "四", "五", "六", "七"]
    line(0, "", "")
    line(0, "\(numbers[min(sections, 6)])、\(zh)", "\(sections + 1). \(en)")
    lines[lines.count - 1].isTitle = true
    sections += 1
  }

  mutating func rule(_ sentence: Bilingual, _ expression: String) {
    line(6, "规则：\(sentence.zh)", "Rule: \(sentence.en)")
    guard showsExpressions else { return }
    let flat = expression.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    line(8, "〔\(flat)〕", "[\(flat)]")
  }

  mutating func basis(_ basis: String) {
    guard !basis.isEmpty else { return }
    line(6, "依据：\(basis)", "Basis: \(basis)")
  }

  /// How to mend what does not hold.
  ///
  /// - Parameter id: Of the rule, where it does not stand right above.
  mutating func cure(_ cure: String, of id: String = "", indent: Int = 6) {
    guard !cure.isEmpty else { return }
    let rule = id.isEmpty ? "" : id + " "
    line(indent, "\(rule)如何补正：\(cure)", "\(rule)How to mend it: \(cure)")
  }

  mutating func reasons(_ reasons: [Explanation.Reason], indent: Int) {
    for reason in reasons {
      line(
        indent, "判定：\(reason.sentence.zh)\(after("，", reason.outcome.zh))",
        "Decided by: \(reason.sentence.en)\(after(" – ", reason.outcome.en))")
      self.reasons(reason.because, indent: indent + 2)
    }
  }

  private func after(_ separator: String, _ text: String) -> String {
    text.isEmpty ? "" : separator + text
  }

  // MARK: - Facts

  mutating func facts(_ facts: [Explanation.Evidence], indent: Int) {
    // The as-of date stands at the head of the letter.
    for fact in facts where fact.fact != "as_of" { self.fact(fact, indent: indent) }
  }

  private mutating func fact(_ fact: Explanation.Evidence, indent: Int) {
    let isList = fact.isList
    let value = self.value(of: fact, isList: isList)
    line(
      indent, "事实：“\(fact.label)”\(isList ? "" : "：")\(value.zh)\(place(of: fact).zh)",
      "Fact: “\(fact.label)”\(isList ? ", " : ": ")\(value.en)\(place(of: fact).en)")
    if let correction = fact.correction?.sentence { line(indent + 2, correction.zh, correction.en) }
    if isList {
      for row in fact.from { listed(row, indent: indent + 4) }
      return
    }
    guard fact.sentence != nil || !fact.from.isEmpty else { return }
    guard told.insert(fact.fact).inserted else {
      line(indent + 2, "（由来见上文）", "(where it comes from is told above)")
      return
    }
    if let sentence = fact.sentence {
      line(indent + 2, "由来：\(sentence.zh)", "From: \(sentence.en)")
    }
    if !fact.basis.isEmpty { line(indent + 2, "依据：\(fact.basis)", "Basis: \(fact.basis)") }
    reasons(fact.because, indent: indent + 2)
    facts(fact.from, indent: indent + 2)
  }

  /// A row of a list, with its fields.
  private mutating func listed(_ row: Explanation.Evidence, indent: Int) {
    let zh = row.counts.map { $0 ? "计入　" : "不计入　" } ?? ""
    let en = row.counts.map { $0 ? "counts: " : "does not count: " } ?? ""
    let fields = row.from.map { field in
      // Whoever reads a row knows who sent it.
      var field = field
      field.office = nil
      return field
    }
    let fieldsZh = fields.map { "\($0.label) \(value(of: $0).zh)\(raw(of: $0).zh)" }
    let fieldsEn = fields.map { "\($0.label) \(value(of: $0).en)\(raw(of: $0).en)" }
    let place = file(of: row)
    line(
      indent,
      "\(zh)\(row.label)\(after("，", place.zh))\(fieldsZh.isEmpty ? "" : "：" + fieldsZh.joined(separator: "；"))",
      "\(en)\(row.label)\(after(", ", place.en))\(fieldsEn.isEmpty ? "" : ": " + fieldsEn.joined(separator: "; "))"
    )
    for correction in row.from.compactMap({ $0.correction?.sentence }) {
      line(indent + 2, correction.zh, correction.en)
    }
    if let sentence = row.sentence { line(indent + 2, sentence.zh, sentence.en) }
  }

  func value(of fact: Explanation.Evidence, isList: Bool = false) -> Bilingual {
    guard let value = fact.value else {
      // Where something stands in the file that could not be read, it was not left out.
      let isUnread = fact.absence == .notStated && !(fact.raw ?? "").isEmpty
      let absence =
        isUnread
        ? Bilingual(zh: "没有可以采用的内容", en: "nothing that could be used")
        : fact.absence?.label ?? Bilingual(zh: "没有报送", en: "nothing was delivered")
      return Bilingual(
        zh: absence.zh + (fact.office.map { "（由\($0)提供）" } ?? ""),
        en: absence.en + (fact.office.map { " (to be supplied by \($0))" } ?? ""))
    }
    let counted = value == "0" ? nil : fact.counted
    guard isList else { return fact.shown ?? Bilingual(zh: value, en: value) }
    return Bilingual(
      zh: "共 \(value) 条\(counted.map { "，计入 \($0) 条" } ?? "")",
      en: value == "0" ? "none" : "\(value) in all\(counted.map { ", \($0) counted" } ?? "")")
  }

  private func place(of fact: Explanation.Evidence) -> Bilingual {
    let place = file(of: fact)
    let raw = raw(of: fact)
    guard !place.zh.isEmpty else { return raw }
    return Bilingual(zh: "（\(place.zh)\(raw.zh)）", en: " (\(place.en)\(raw.en))")
  }

  private func file(of fact: Explanation.Evidence) -> Bilingual {
    guard let file = fact.file else { return Bilingual(zh: "", en: "") }
    return Bilingual(zh: "\(file) 第 \(fact.line ?? 0) 行", en: "\(file) line \(fact.line ?? 0)")
  }

  private func raw(of fact: Explanation.Evidence) -> Bilingual {
    guard let raw = fact.raw, raw != fact.shown?.zh, raw != fact.value, !raw.isEmpty else {
      return Bilingual(zh: "", en: "")
    }
    return Bilingual(zh: "，原文“\(raw)”", en: ", written “\(raw)”")
  }
}
