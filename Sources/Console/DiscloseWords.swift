package import Accountability
import Labels
import Ledger
import Pipeline
import Reports
import Requests
package import Tables

extension Disclosure {
  /// A letter in plain lines, for the subject.
  package func lines(in language: Language, width: Int) -> [String] {
    func say(_ zh: String, _ en: String) -> String {
      Bilingual(zh: zh, en: en).text(in: language)
    }
    var lines = [
      say(
        "\(kind) \(subject)：批次 \(run) 所持有的全部信息",
        "\(kind) \(subject): everything that run \(run) holds"),
      title, say("用途：\(purposeTitle)", "purpose: \(purposeTitle)"),
      say("法律依据：\(legalBasis)", "legal basis: \(legalBasis)"),
      say("更正、异议联系：\(contact)", "corrections and objections: \(contact)"),
    ]
    for row in rows {
      lines += ["", "\(row.record)  \(row.file):\(row.line)"]
      lines += table(row.fields, in: language).lines(width: width)
    }
    if !derived.isEmpty {
      lines += ["", say("推算得出", "concluded from these")]
      lines += table(derived, in: language).lines(width: width)
    }
    if !results.isEmpty {
      lines += ["", say("结果（建议，由人决定）", "results (proposals; a person decides)")]
      let heading = [
        say("评分标准", "rubric"), say("等次或状态", "tier or status"), say("得分", "score"),
        say("名次", "rank"),
      ]
      let rows = results.map { result in
        [
          result.title, result.outcome.standing.shown(by: result.labels).text(in: language),
          shownPoints(result.outcome.score),
          result.outcome.rank > 0 ? "\(result.outcome.rank)/\(result.outcome.cohortSize)" : "",
        ]
      }
      lines += TextTable(heading: heading, rows: rows, numbers: [2, 3]).lines(width: width)
    }
    if !listings.isEmpty {
      lines += ["", say("名单、异议和决定", "lists, objections and decisions")]
      for listing in listings {
        let texts = listing.lines.map { $0.text(in: language) }
        lines += [texts[0]] + texts.dropFirst().map { "  " + $0 }
      }
    }
    if !corrections.isEmpty { lines += ["", say("更正", "corrections")] }
    lines += corrections.map { correction in
      let by = [correction.decidedBy, correction.decidedOn, correction.document]
      return "\(correction.label): \(correction.oldValue) → \(correction.newValue)  "
        + "\(correction.outcome.label.text(in: language))  \(correction.reason)"
        + by.filter { !$0.isEmpty }.map { "  " + $0 }.joined()
    }
    if !kept.isEmpty { lines += ["", say("运行记录中保存的", "kept in the ledger of runs")] }
    lines += kept.map { one in
      let facts = one.behind?.facts.count ?? 0
      return "\(one.run)  \(one.asOf)  \(one.title.isEmpty ? one.rubric : one.title)  "
        + (facts > 0 ? say("结果和 \(facts) 项依据", "result and \(facts) facts") : say("结果", "result"))
    }
    if !findings.isEmpty { lines += ["", say("数据中的问题", "said about these data")] }
    lines += findings.map { finding in
      let place = finding.file.isEmpty ? "" : "\(finding.file):\(finding.line): "
      return place + finding.message.text(in: language)
    }
    return lines
  }

  private func table(_ values: [Value], in language: Language) -> TextTable {
    let heading = [
      Bilingual(zh: "字段", en: "field"), Bilingual(zh: "值", en: "value"),
      Bilingual(zh: "报送原文", en: "as delivered"),
    ]
    return TextTable(
      heading: heading.map { $0.text(in: language) },
      rows: values.map { value in
        let shown =
          switch value.state {
          case .stated: value.words?.text(in: language) ?? value.value ?? ""
          case .notStated: CellState.notStated.label.text(in: language)
          case .withheld:
            Bilingual(zh: "持有，不予显示", en: "held, not shown").text(in: language)
          }
        let name = value.label.isEmpty ? value.id : value.label
        return [name, shown, value.raw ?? ""]
      })
  }

  package var json: String {
    JSON.object([
      .init(name: "run", value: .string(run)), .init(name: "title", value: .string(title)),
      .init(name: "purpose", value: .string(purpose)),
      .init(name: "legal_basis", value: .string(legalBasis)),
      .init(name: "contact", value: .string(contact)),
      .init(name: "subject", value: .string(subject)), .init(name: "kind", value: .string(kind)),
      .init(
        name: "rows",
        value: .array(
          rows.map { row in
            .object([
              .init(name: "record", value: .string(row.record)),
              .init(name: "file", value: .string(row.file)),
              .init(name: "line", value: .count(row.line)),
              .init(name: "fields", value: .array(row.fields.map(\.json))),
            ])
          })),
      .init(name: "derived", value: .array(derived.map(\.json))),
      .init(
        name: "results",
        value: .array(
          results.map { result in
            .object([
              .init(name: "rubric", value: .string(result.rubric)),
              .init(name: "title", value: .string(result.title)),
              .init(name: "result", value: result.outcome.json),
            ])
          })),
      .init(
        name: "listings",
        value: .array(
          listings.map { listing in
            .object([
              .init(name: "list", value: .string(listing.title)),
              .init(
                name: "decision_proposed",
                value: listing.proposal.map { .string($0.rawValue) } ?? .null),
              .init(
                name: "state",
                value: .string((listing.file?.state ?? .proposed).rawValue)),
              .init(
                name: "recorded",
                value: .array(listing.lines.dropFirst().map { .string($0.zh) })),
              .init(
                name: "recorded_en",
                value: .array(listing.lines.dropFirst().map { .string($0.en) })),
            ])
          })),
      .init(name: "corrections", value: .array(corrections.map(\.json))),
      .init(
        name: "kept",
        value: .array(
          kept.map { one in
            .object([
              .init(name: "run", value: .string(one.run)),
              .init(name: "as_of", value: .string(one.asOf)),
              .init(name: "rubric", value: .string(one.rubric)),
              .init(name: "points", value: one.behind.map { .array($0.pointsJSON) } ?? .null),
              .init(name: "facts", value: one.behind.map { .array($0.factsJSON) } ?? .null),
            ])
          })),
      .init(
        name: "findings",
        value: .array(
          findings.map { finding in
            .object([
              .init(name: "file", value: .string(finding.file)),
              .init(name: "line", value: .count(finding.line)),
              .init(name: "message", value: .string(finding.message.zh)),
              .init(name: "message_en", value: .string(finding.message.en)),
            ])
          })),
    ]).written
  }
}

extension Disclosure.Value {
  fileprivate var json: JSON {
    .object(
      [
        .init(name: "id", value: .string(id)), .init(name: "label", value: .string(label)),
        .init(name: "state", value: .string(state.rawValue)),
        .init(name: "value", value: value.map { .string($0) } ?? .null),
        .init(name: "raw", value: raw.map { .string($0) } ?? .null),
      ] + corrected)
  }

  private var corrected: [JSON.Member] {
    guard let correction else { return [] }
    return [
      .init(
        name: "correction",
        value: .object([
          .init(name: "delivered", value: .string(correction.delivered)),
          .init(name: "corrected", value: .string(correction.corrected)),
          .init(name: "reason", value: .string(correction.reason)),
          .init(name: "file", value: .string(correction.file)),
          .init(name: "line", value: .count(correction.line)),
        ]))
    ]
  }
}

extension Disclosure.Correction {
  fileprivate var json: JSON {
    .object([
      .init(name: "field", value: .string(field)),
      .init(name: "outcome", value: .string(outcome.rawValue)),
      .init(name: "old_value", value: .string(oldValue)),
      .init(name: "new_value", value: .string(newValue)),
      .init(name: "reason", value: .string(reason)),
      .init(name: "document", value: .string(document)),
      .init(name: "decided_by", value: .string(decidedBy)),
      .init(name: "decided_on", value: .string(decidedOn)),
    ])
  }
}
