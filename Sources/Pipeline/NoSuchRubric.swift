package import Requests
import Tables

/// What is said where a rubric is asked for that the run does not apply.
package func noSuchRubric(_ rubric: String, known: [(id: String, title: String)])
  -> RunFailure
{
  return RunFailure(
    .refused,
    [
      Bilingual(
        zh: "没有评分标准“\(rubric)” — 请写下列编号之一："
          + known.map { "\($0.id)（\($0.title)）" }.joined(separator: "、"),
        en: "there is no rubric “\(rubric)” — give one of these ids: "
          + known.map { "\($0.id) (\($0.title))" }.joined(separator: ", "))
    ])
}
