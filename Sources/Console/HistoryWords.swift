package import Accountability
import Labels
import Ledger
import Pipeline
import Requests
package import Tables

extension History {
  /// A table a rubric, for people.
  package func lines(in language: Language, width: Int) -> [String] {
    var lines = [subject]
    for rubric in rubrics { lines += rubric.lines(in: language, width: width) }
    if runsWithoutResults > 0 {
      let note = Bilingual(
        zh: "另有 \(runsWithoutResults) 个较早的批次没有保存单个对象的结果",
        en: "\(runsWithoutResults) earlier runs kept no results of single subjects")
      lines += ["", note.text(in: language)]
    }
    return lines
  }

  package var json: String {
    JSON.object([
      .init(name: "subject", value: .string(subject)),
      .init(name: "rubrics", value: .array(rubrics.map(\.json))),
      .init(name: "runs_without_results", value: .count(runsWithoutResults)),
    ]).written
  }
}

extension RubricHistory {
  fileprivate func lines(in language: Language, width: Int) -> [String] {
    let heading = [
      Bilingual(zh: "批次", en: "run"), Bilingual(zh: "基准日", en: "as of"),
      Bilingual(zh: "发布", en: "published"), Bilingual(zh: "得分", en: "score"),
      Bilingual(zh: "等次", en: "tier"), Bilingual(zh: "名次", en: "rank"),
      Bilingual(zh: "状态", en: "status"), Bilingual(zh: "比上次", en: "change"),
      Bilingual(zh: "备注", en: "note"),
    ]
    let rows = entries.map { entry in
      [
        entry.run, entry.asOf, String(entry.published.prefix(10)),
        entry.outcome.map { shownPoints($0.score) } ?? "—",
        entry.outcome.map { labels.tier($0.tier) } ?? "",
        entry.outcome.map { $0.rank > 0 ? "\($0.rank)/\($0.cohortSize)" : "" } ?? "",
        entry.statusShown.text(in: language), entry.change(labels).text(in: language),
        entry.isSuperseded ? Bilingual(zh: "已被取代", en: "superseded").text(in: language) : "",
      ]
    }
    return ["", title.isEmpty ? id : title]
      + TextTable(heading: heading.map { $0.text(in: language) }, rows: rows, numbers: [3, 5])
      .lines(width: width) + entries.flatMap { $0.factLines(in: language) }
  }

  fileprivate var json: JSON {
    .object([
      .init(name: "id", value: .string(id)), .init(name: "title", value: .string(title)),
      .init(
        name: "runs",
        value: .array(
          entries.map { entry in
            .object([
              .init(name: "run", value: .string(entry.run)),
              .init(name: "sequence", value: .count(entry.sequence)),
              .init(name: "as_of", value: .string(entry.asOf)),
              .init(name: "published", value: .string(entry.published)),
              .init(name: "edition", value: .string(entry.edition)),
              .init(name: "superseded", value: .bool(entry.isSuperseded)),
              .init(name: "result", value: entry.outcome?.json ?? .null),
              .init(
                name: "score_change",
                value: entry.scoreChange.map { .number(shownPoints($0)) } ?? .null),
              .init(name: "points", value: entry.behind.map { .array($0.pointsJSON) } ?? .null),
              .init(name: "facts", value: entry.behind.map { .array($0.factsJSON) } ?? .null),
            ])
          })),
    ])
  }
}

extension PastFacts {
  var pointsJSON: [JSON] {
    points.map { part in
      .object([
        .init(name: "id", value: .string(part.id)),
        .init(name: "title", value: .string(part.title)),
        .init(name: "points", value: .number(shownPoints(part.points))),
      ])
    }
  }

  var factsJSON: [JSON] {
    facts.map { fact in
      .object([
        .init(name: "id", value: .string(fact.id)),
        .init(name: "label", value: .string(fact.label)),
        .init(name: "value", value: fact.value.map { .string($0) } ?? .null),
        .init(name: "file", value: fact.file.map { .string($0) } ?? .null),
        .init(name: "line", value: fact.line.map { .count($0) } ?? .null),
      ])
    }
  }
}

extension RubricHistory.Entry {
  /// The facts that are other than before, each with its delivered row.
  fileprivate func factLines(in language: Language) -> [String] {
    guard !changedFacts.isEmpty else { return [] }
    let heading = Bilingual(
      zh: "\(run)：指标依据的变化", en: "\(run): facts behind the indicators that changed")
    let absent = CellState.notStated.label
    return [heading.text(in: language)]
      + changedFacts.map { change in
        let name = change.after.label.isEmpty ? change.after.id : change.after.label
        let place = change.after.file.map { "  (\($0):\(change.after.line ?? 0))" } ?? ""
        let was = (change.words.before ?? absent).text(in: language)
        let now = (change.words.after ?? absent).text(in: language)
        return "  \(name): \(was) → \(now)\(place)"
      }
  }

  fileprivate var statusShown: Bilingual {
    guard let outcome else { return ReportLabel.notListed }
    return outcome.status.label
  }

  /// What is other than in the last earlier result that is not superseded.
  fileprivate func change(_ labels: RubricLabels) -> Bilingual {
    guard let earlier, let outcome else { return Bilingual(zh: "", en: "") }
    var changes: [Bilingual] = []
    if outcome.score != earlier.score {
      let sign = outcome.score > earlier.score ? "+" : ""
      let points = sign + shownPoints(outcome.score - earlier.score)
      changes.append(Bilingual(zh: points, en: points))
    }
    if outcome.standing != earlier.standing {
      let (was, now) = (earlier.standing.shown(by: labels), outcome.standing.shown(by: labels))
      changes.append(Bilingual(zh: "\(was.zh) → \(now.zh)", en: "\(was.en) → \(now.en)"))
    }
    if outcome.rank != earlier.rank, outcome.rank > 0, earlier.rank > 0 {
      let by = abs(outcome.rank - earlier.rank)
      changes.append(
        outcome.rank < earlier.rank
          ? Bilingual(zh: "升 \(by) 名", en: "\(by) up")
          : Bilingual(zh: "降 \(by) 名", en: "\(by) down"))
    }
    guard !changes.isEmpty else { return Bilingual(zh: "不变", en: "none") }
    return Bilingual(
      zh: changes.map(\.zh).joined(separator: "，"), en: changes.map(\.en).joined(separator: ", "))
  }
}
