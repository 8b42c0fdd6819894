import Expressions
import Labels
public import Tables

extension RulePack {
  /// What heads a column of a rubric's examples: for a fact its label and, on a line of its own,
  /// its id.
  public func title(of column: ExampleTable.Column, rubric index: Int) -> Bilingual {
    switch column {
    case .number: say("例子", "Example")
    case .note: say("这个例子说明什么", "What it shows")
    case .score: say("应得总分", "Expected score")
    case .tier: say("应评等次", "Expected tier")
    case .status: say("应为状态", "Expected status")
    case .points(let id):
      say("应得 \(id)\n\(partTitle(id, index))", "Expected \(id)\n\(partTitle(id, index))")
    case .given(let id):
      fact(id, index).map {
        $0.label == id ? say(id, id) : say("\($0.label)\n\(id)", "\($0.label)\n\(id)")
      }
        ?? say(id, id)
    case .proposal: say("按新规则得出", "What the rules give now")
    case .accept: say("是否采纳", "Take it over")
    }
  }

  /// The column that a heading names, in either language; nil for one that is not known.
  public func exampleColumn(headed text: String, rubric index: Int) -> ExampleTable.Column? {
    let lines = text.split { $0.isNewline }.map { trimmed(String($0)) }.filter { !$0.isEmpty }
    guard let first = lines.first, let last = lines.last else { return nil }
    let fixed: [ExampleTable.Column] = [
      .number, .note, .score, .tier, .status, .proposal, .accept,
    ]
    let known = fixed.first { column in
      let title = title(of: column, rubric: index)
      return [title.zh, title.en].contains(first)
    }
    if let known { return known }
    for start in ["应得 ", "Expected "] where first.hasPrefix(start) {
      let id = trimmed(String(first.dropFirst(start.count)))
      if rubrics[index].parts.contains(where: { $0.id == id }) { return .points(id) }
    }
    let facts = subjects[rubrics[index].subject].facts
    for name in [last, first] {
      let id = factID(of: name, in: rubrics[index])
      if facts.contains(where: { $0.id == id }) { return .given(id) }
    }
    return nil
  }

  /// A value of an example as a reader of one language sees it: yes for true, names for codes.
  public func shown(
    _ text: String, in column: ExampleTable.Column, rubric index: Int, _ language: Language
  ) -> String {
    exampleWords(column, index).first { $0.text == text }?.words.text(in: language) ?? text
  }

  /// What stands in the file for what a reader of either language has written.
  public func written(
    _ cell: String, in column: ExampleTable.Column, rubric index: Int
  ) -> String {
    let cell = trimmed(cell)
    let words = exampleWords(column, index)
    if words.contains(where: { $0.text == cell }) { return cell }
    let found = words.filter { [$0.words.zh, $0.words.en].contains(cell) }
    return found.count == 1 ? found[0].text : cell
  }

  /// Texts of the file that people read otherwise.
  private func exampleWords(
    _ column: ExampleTable.Column, _ index: Int
  ) -> [(text: String, words: Bilingual)] {
    switch column {
    case .status: return Status.allCases.map { ($0.rawValue, $0.label) }
    case .given(let id):
      guard let fact = fact(id, index) else { return [] }
      var words = [("unknown", say("不明", "unknown"))]
      if fact.type == .bool {
        words += [("true", Acceptance.yes.label), ("false", Acceptance.no.label)]
      }
      if let table = fact.codes {
        // A name that two codes share would not find its way back.
        let all = codes[table].codes
        words += all.filter { code in
          !code.name.isEmpty && all.count { $0.name == code.name } == 1
            && !all.contains { $0.code == code.name && $0.code != code.code }
        }.map { ($0.code, say($0.name, $0.name)) }
      }
      return words
    case .number, .note, .score, .tier, .points, .proposal, .accept: return []
    }
  }

  /// `fact` by an id that may lead over a reference.
  private func fact(_ id: String, _ index: Int) -> Fact? {
    let facts = subjects[rubrics[index].subject].facts
    return facts.first { $0.id == id }
  }

  private func partTitle(_ id: String, _ index: Int) -> String {
    rubrics[index].parts.first { $0.id == id }?.title ?? ""
  }
}
