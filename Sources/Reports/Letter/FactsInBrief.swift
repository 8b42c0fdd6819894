import Labels
import Tables

/// The facts behind one rule after another, each in one short line with where it was delivered.
///
/// However much stands behind a rule, it comes to a few lines: the rest is counted, and stands in
/// the annex.
struct FactsInBrief {
  /// How many facts of a rule, places of a fact, and characters of a value are told.
  static let mostFacts = 4
  static let mostPlaces = 3
  static let mostCharacters = 40

  private let letter: Letter
  private let language: Language
  /// By derived fact, the rule at which its sources were told.
  private var firstTold: [String: String] = [:]

  init(language: Language) {
    self.language = language
    letter = Letter(language: language)
  }

  /// A line a fact.
  ///
  /// - Parameter id: of the rule.
  mutating func lines(of facts: [Explanation.Evidence], at id: String) -> [String] {
    // The as-of date stands at the head of the letter.
    let facts = facts.filter { $0.fact != "as_of" }
    var lines = facts.prefix(Self.mostFacts).map { line(of: $0, at: id) }
    let rest = facts.count - lines.count
    if rest > 0 { lines.append(words("另有 \(rest) 项事实", "and \(rest) more")) }
    return lines
  }

  private mutating func line(of fact: Explanation.Evidence, at id: String) -> String {
    let line = told(fact)
    if fact.isList {
      let counted = fact.from.filter { $0.counts == true }
      return line + places(of: counted.isEmpty ? fact.from : counted)
    }
    let roots = fact.roots
    guard fact.file == nil, !fact.from.isEmpty, !roots.isEmpty else { return line }
    if let first = firstTold[fact.fact] {
      return first == id ? line : line + words("（出处见 \(first)）", " (from: see \(first))")
    }
    firstTold[fact.fact] = id
    var sources = roots.prefix(Self.mostPlaces).map { root in
      told(root) + (root.isList ? places(of: root.from) : "")
    }
    if roots.count > sources.count {
      sources.append(words("等 \(roots.count) 项", "\(roots.count) in all"))
    }
    return line + " ← " + sources.joined(separator: words("；", "; "))
  }

  /// Label, value, and the cell that it stands in.
  private func told(_ fact: Explanation.Evidence) -> String {
    // Who can supply what is missing stands in a section of its own.
    var fact = fact
    fact.office = nil
    let value = cut(letter.value(of: fact, isList: fact.isList).text(in: language))
    var line = fact.label + words("：", ": ") + value
    if fact.value == nil, let raw = fact.raw, !raw.isEmpty {
      line += words("，原文“\(cut(raw))”", ", written “\(cut(raw))”")
    }
    if let file = fact.file {
      line += words("（", " (") + "\(file):\(fact.line ?? 0)" + words("）", ")")
    }
    if let correction = fact.correction {
      let from = cut(correction.delivered)
      let place = "\(correction.file):\(correction.line)"
      line +=
        from.isEmpty
        ? words("（由更正补报，报送时空白，\(place)）", " (supplied by a correction, \(place))")
        : words(
          "（已更正，报送为“\(from)”，\(place)）", " (corrected, “\(from)” was delivered, \(place))")
    }
    return line
  }

  /// `（shops.csv:3、7、12 等 9 行）`: the file is named once where rows follow each other in it.
  private func places(of rows: [Explanation.Evidence]) -> String {
    let placed = rows.filter { $0.file != nil }
    guard !placed.isEmpty else { return "" }
    var text = ""
    var file: String?
    for row in placed.prefix(Self.mostPlaces) {
      let isSame = row.file == file
      if file != nil { text += isSame ? words("、", ", ") : words("；", "; ") }
      text += (isSame ? "" : "\(row.file ?? ""):") + "\(row.line ?? 0)"
      file = row.file
    }
    if placed.count > Self.mostPlaces {
      text += words(" 等 \(placed.count) 行", "; \(placed.count) rows in all")
    }
    return words("（\(text)）", " (\(text))")
  }

  private func cut(_ text: String) -> String {
    text.count > Self.mostCharacters ? text.prefix(Self.mostCharacters) + "…" : text
  }

  private func words(_ zh: String, _ en: String) -> String {
    Bilingual(zh: zh, en: en).text(in: language)
  }
}

extension Explanation.Evidence {
  /// The delivered cells and lists that a fact follows from, and what is missing of them.
  fileprivate var roots: [Explanation.Evidence] {
    if fact == "as_of" { return [] }
    if isList || file != nil || value == nil && from.isEmpty { return [self] }
    return from.flatMap(\.roots).reduce(into: []) { known, root in
      if !known.contains(root) { known.append(root) }
    }
  }
}
