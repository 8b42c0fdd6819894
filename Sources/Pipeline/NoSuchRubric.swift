package import Requests
import Tables

/// What is said where a rubric is asked for that the run does not apply.
package func noSuchRubric(_ rubric: String, known: [String]) -> RunFailure {
  let known = known.joined(separator: ", ")
  return RunFailure(
    .refused,
    [
      Bilingual(
        zh: "没有评分标准“\(rubric)” — 现有：\(known)",
        en: "there is no rubric “\(rubric)” — there are: \(known)")
    ])
}
