package import Requests
import RulePacks
import Scoring
package import Tables

/// What `heng rules test` found.
package struct TestedRules: Sendable {
  let folder: String
  let pack: RulePack
  let rubrics: [TestedRubric]

  /// 0 where all examples come out as they say, else 1.
  package var exitStatus: Int32 { rubrics.allSatisfy(\.failures.isEmpty) ? 0 : 1 }

  /// Failures as `file:line:column: what — what to do`.
  package var failures: [Bilingual] {
    rubrics.flatMap { tested in
      tested.failures.map { failure in
        let place = "\(path(of: tested)):\(failure.line):1"
        let what = failure.message
        return Bilingual(
          zh: "\(place): \(what.zh) — 请核对这个例子和规则，改正其中之一",
          en: "\(place): \(what.en) — compare the example with the rules and mend one of them")
      }
    }
  }

  /// A line a rubric, and one for each way in which a rule can come out that no example shows.
  package func lines(in language: Language) -> [String] {
    rubrics.flatMap { tested -> [String] in
      let rubric = pack.rubrics[tested.rubric]
      let failed = Set(tested.failures.map(\.line)).count
      let passed = rubric.examples.count - failed
      let shown = tested.situations.count - tested.unreached.count
      let head = Bilingual(
        zh:
          "\(rubric.id) \(rubric.title)：例子 \(rubric.examples.count) 个，通过 \(passed)，不通过 \(failed)；规则的各种情形 \(tested.situations.count) 种，例子到达 \(shown)",
        en:
          "\(rubric.id) \(rubric.title): \(rubric.examples.count) examples, \(passed) passed, \(failed) failed; they reach \(shown) of the \(tested.situations.count) ways in which its rules can come out"
      )
      return [head.text(in: language)]
        + tested.unreached.map { situation in
          let kind = situation.kind.title.text(in: language)
          return "  \(kind) \(situation.rule) \(situation.message.text(in: language))"
        }
    }
  }

  package var json: String {
    jsonText([
      "rubrics": rubrics.map { tested -> [String: Any] in
        let rubric = pack.rubrics[tested.rubric]
        return [
          "id": rubric.id, "file": path(of: tested), "examples": rubric.examples.count,
          "failed": tested.failures.map { failure -> [String: Any] in
            [
              "line": failure.line, "what": failure.what, "expected": failure.expected,
              "found": failure.found,
            ]
          },
          "situations": tested.situations.count,
          "unreached": tested.unreached.map { situation in
            [
              "kind": situation.kind.title.en, "rule": situation.rule,
              "what": situation.message.en,
            ]
          },
        ]
      }
    ])
  }

  private func path(of tested: TestedRubric) -> String {
    folder + "/" + pack.rubrics[tested.rubric].file
  }
}

/// Runs the examples that live with a pack's rubrics: of all, or of one.
package func testRules(at folder: String, rubric: String?) throws(RunFailure) -> TestedRules {
  let pack = try loadedPack(at: folder)
  let chosen = try rubrics(named: rubric, in: pack)
  return TestedRules(
    folder: folder, pack: pack, rubrics: chosen.map { testExamples(rubric: $0, pack: pack) })
}

/// Indices of the rubric of an id, or of all.
func rubrics(named id: String?, in pack: RulePack) throws(RunFailure) -> [Int] {
  guard let id else { return Array(pack.rubrics.indices) }
  if let index = pack.rubrics.firstIndex(where: { $0.id == id }) { return [index] }
  let known = pack.rubrics.map(\.id).joined(separator: ", ")
  throw RunFailure(
    .refused,
    [
      Bilingual(
        zh: "没有评分标准“\(id)” — 现有：\(known)",
        en: "there is no rubric “\(id)” — there are: \(known)")
    ])
}

extension Situation.Kind {
  var title: Bilingual {
    switch self {
    case .gate: Bilingual(zh: "门槛", en: "gate")
    case .indicator: Bilingual(zh: "指标", en: "indicator")
    case .deduction: Bilingual(zh: "扣分", en: "deduction")
    case .bonus: Bilingual(zh: "加分", en: "bonus")
    case .cap: Bilingual(zh: "封顶", en: "cap")
    case .tier: Bilingual(zh: "等次", en: "tier")
    }
  }
}
