import Foundation
import Reports
package import Requests
import RulePacks
import Scoring
package import Tables

/// An example that came out as it said before a revision and does not any more.
package struct BrokenExample: Sendable {
  /// Index into the revised pack's rubrics.
  var rubric: Int
  /// From 0, in the order of the file.
  var example: Int
  /// `file.xlsx:Sheet!C12`, or the line of the file.
  var place: String
  /// What it expects and what the rules give now.
  var values: [Value]

  struct Value {
    /// Nil for what no expectation can say: that the rubric is not about the subject.
    var column: ExampleTable.Column?
    var name: Bilingual
    var expected: String
    var found: String
  }

  /// A line for each value: what is expected, and what would be under the new rules.
  package func lines(in language: Language) -> [String] {
    values.map { value in
      Bilingual(
        zh:
          "\(place): 例子 \(example + 1) \(value.name.zh)：原为 \(value.expected)，按新规则为 \(value.found)",
        en: "\(place): example \(example + 1), \(value.name.en): it was \(value.expected), the new "
          + "rules give \(value.found)"
      ).text(in: language)
    }
  }
}

/// What to do about broken examples.
package let aboutBrokenExamples = Bilingual(
  zh:
    "以上例子的应有结果没有改动 — 请逐个核对：规则改得对的，用 --review 写出工作簿，在“是否采纳”栏填“是”，再用 heng rules revise 读回；规则改错的，改回规则",
  en:
    "what these examples expect is not changed — look at each: where the new rules are right, write a workbook by --review, put “yes” into “Take it over” and give it to heng rules revise; where they are wrong, mend the rules"
)

/// The examples of a revised pack that fail and did not before.
func brokenExamples(
  _ pack: RulePack, _ edited: [EditedRubric], was before: RulePack, _ folder: String
) -> [BrokenExample] {
  var broken: [BrokenExample] = []
  for (index, rubric) in pack.rubrics.enumerated() {
    let one = edited.first { before.rubrics[$0.rubric].id == rubric.id }
    for failure in failuresOfExamples(rubric: index, pack: pack) {
      guard let example = rubric.examples.firstIndex(where: { $0.line == failure.line }) else {
        continue
      }
      let value = value(failure, pack, index)
      if let last = broken.indices.last, broken[last].rubric == index,
        broken[last].example == example
      {
        broken[last].values.append(value)
        continue
      }
      let place =
        one.flatMap { one in
          one.examples.map { $0.place(of: example, value.column ?? .number) }
        } ?? "\(folder)/\(rubric.file):\(failure.line):1"
      broken.append(
        BrokenExample(rubric: index, example: example, place: place, values: [value]))
    }
  }
  return broken
}

private func value(
  _ failure: ExampleFailure, _ pack: RulePack, _ rubric: Int
) -> BrokenExample.Value {
  let column: ExampleTable.Column? =
    switch failure.what {
    case "score": .score
    case "tier": .tier
    case "status": .status
    case "applies": nil
    default: .points(failure.what)
    }
  let name =
    column.map { pack.title(of: $0, rubric: rubric) }.map {
      Bilingual(
        zh: $0.zh.replacing("\n", with: " "), en: $0.en.replacing("\n", with: " "))
    } ?? Bilingual(zh: "是否适用", en: "whether it is about the subject")
  return BrokenExample.Value(
    column: column, name: name, expected: failure.expected, found: failure.found)
}

extension RevisedRules {
  /// Writes the revised rubrics, and beside each broken example what the new rules give, for a
  /// person to accept one by one and to give back to `heng rules revise`.
  package func writeReview(to path: String, in language: Language) throws(RunFailure) {
    guard let pack else { return }
    // By file, as rubrics that were not edited may have broken examples as well.
    var tables: [ExampleTable] = []
    for index in pack.rubrics.indices {
      let own = broken.filter { $0.rubric == index }
      let text = rubrics.first { $0.file == pack.rubrics[index].file }?.text
      guard let text, var table = pack.examples(ofRubric: index, source: text) else { continue }
      for one in own where table.rows.indices.contains(one.example) {
        table.rows[one.example][.proposal] = proposal(one, pack, language)
      }
      // Right beside what is expected, so that both are seen together.
      let place = table.columns.firstIndex(of: .status).map { $0 + 1 } ?? table.columns.count
      if !own.isEmpty { table.columns.insert(contentsOf: [.proposal, .accept], at: place) }
      tables.append(table)
    }
    let rules = rubrics.compactMap { one in
      pack.rubrics.firstIndex { $0.id == one.id }.map { pack.table(ofRubric: $0) }
    }
    try replaceFile(path) { (unfinished) throws(ReportFailure) in
      try Reports.writeWorkbook(
        of: rules, examples: tables, pack: pack, language: language, to: unfinished)
    }
  }

  private func proposal(
    _ one: BrokenExample, _ pack: RulePack, _ language: Language
  ) -> String {
    one.values.compactMap { value -> String? in
      guard let column = value.column else { return nil }
      let heading = pack.title(of: column, rubric: one.rubric).text(in: language)
      let first = heading.split { $0.isNewline }.first.map(String.init) ?? heading
      // Who waits or is not eligible has no tier, so none is expected any more.
      let found = value.found.hasPrefix("—") ? "—" : value.found
      let shown = pack.shown(found, in: column, rubric: one.rubric, language)
      return first + Bilingual(zh: "：", en: ": ").text(in: language) + shown
    }.joined(separator: "\n")
  }
}
