import Labels
package import Pipeline
package import Reports
import Requests
import RulePacks
package import Tables

extension RunResult {
  /// What a run found, in a few lines.
  package func summary(in language: Language) -> [String] {
    let read = files.reduce(0) { $0 + $1.read }
    let accepted = files.reduce(0) { $0 + $1.accepted }
    let quarantined = files.reduce(0) { $0 + $1.quarantined }
    let superseded = files.reduce(0) { $0 + $1.superseded }
    let counts = RowLabel.counts(
      accepted: accepted, returned: quarantined, superseded: superseded)
    // What was not read, and what exceeds a tolerance, comes before everything else.
    var lines = aside.filter { $0.reason == .broken }.map { $0.sentence.text(in: language) }
    lines += exceeded.map { $0.text(in: language) }
    lines += [
      "\(run.id) · \(run.title)",
      Bilingual(
        zh: "文件 \(files.count) 个，读入 \(read) 条：\(counts.zh)",
        en: "\(files.count) files, \(read) rows read: \(counts.en)"
      ).text(in: language),
    ]
    let others = aside.filter { $0.reason != .broken }
    if !others.isEmpty {
      lines.append(
        Bilingual(zh: "未读取 \(others.count) 项：", en: "\(others.count) entries not read:")
          .text(in: language))
      lines += others.map { "  " + $0.sentence.text(in: language) }
    }
    for (index, subject) in pack.subjects.enumerated() {
      lines.append("\(subject.title) \(dossiers.subjects[index].count)")
    }
    for card in scorecards { lines.append(line(of: card, in: language)) }
    for screening in screenings { lines.append(line(of: screening, in: language)) }
    if !figureStates.isEmpty { lines.append(figureLine(in: language)) }
    lines += comparedRatingCounts.map { one in
      Bilingual(
        zh: "\(one.rubric)：推算等次与既有等次一致 \(one.same)，不一致 \(one.differ)",
        en: "\(one.rubric): the computed tier is the delivered one for \(one.same), another for "
          + "\(one.differ)"
      ).text(in: language)
    }
    let known = Acknowledgement.count(
      findings.count { $0.acknowledgement?.state == .acknowledged })
    lines.append(
      Bilingual(
        zh: "\(Finding.labelOfAll.zh) \(findings.count) 条\(known.zh)，未对应记录 \(unmatched) 条",
        en: "\(findings.count) findings\(known.en), \(unmatched) rows without a subject"
      ).text(in: language))
    return lines
  }

  private func line(of card: Scorecard, in language: Language) -> String {
    let rubric = pack.rubrics[card.rubric]
    let counts = Status.allCases.compactMap { status -> Bilingual? in
      let count = card.statuses.count { $0 == status }
      // Few rubrics have a gate that leaves anybody so.
      guard count > 0 || status != .unrated else { return nil }
      return Bilingual(zh: "\(status.label.zh) \(count)", en: "\(count) \(status.label.en)")
    }
    return Bilingual(
      zh: "\(rubric.title)：对象 \(card.count)，\(counts.map(\.zh).joined(separator: "，"))",
      en: "\(rubric.title): \(card.count) subjects, \(counts.map(\.en).joined(separator: ", "))"
    ).text(in: language)
  }

  private func figureLine(in language: Language) -> String {
    Bilingual(
      zh: ReportLabel.published.zh + "："
        + figureStates.map { "\($0.state.label.zh) \($0.count)" }.joined(separator: "，"),
      en: ReportLabel.published.en + ": "
        + figureStates.map { "\($0.count) \($0.state.label.en)" }.joined(separator: ", ")
    ).text(in: language)
  }

  private func line(of screening: Screening, in language: Language) -> String {
    let honour = run.honours[screening.honour]
    let counts = Screening.Proposal.allCases.map { proposal in
      let count = screening.lines.count { $0.proposal == proposal }
      return Bilingual(zh: "\(proposal.label.zh) \(count)", en: "\(count) \(proposal.label.en)")
    }
    let ties =
      screening.tieSentences(quota: honour.quota, reserve: honour.reserve)
      + screening.decidedSentences(quota: honour.quota, reserve: honour.reserve)
    return Bilingual(
      zh: "\(honour.title)（名额 \(honour.quota)）：\(counts.map(\.zh).joined(separator: "，"))"
        + ties.map { "；\($0.zh)" }.joined(),
      en: "\(honour.title) (quota \(honour.quota)): \(counts.map(\.en).joined(separator: ", "))"
        + ties.map { "; \($0.en)" }.joined()
    ).text(in: language)
  }
}

extension Published {
  /// The run in a machine's words.
  package var json: String {
    jsonText(
      evaluated.machineSummary.merging(
        [
          "folder": folder, "exit": Int(exitStatus), "exceeded": exceeded.map(\.en),
        ] as [String: Any], uniquingKeysWith: { first, _ in first }))
  }
}

extension RunResult {
  /// Counts for machines.
  var machineSummary: [String: Any] {
    [
      "run": run.id, "as-of": run.asOf.description,
      "files": files.map { file in
        [
          "path": file.path, "profile": file.profile, "encoding": file.encoding,
          "read": file.read, "accepted": file.accepted, "quarantined": file.quarantined,
          "superseded": file.superseded, "dropped": file.droppedColumns,
        ] as [String: Any]
      },
      "set-aside": aside.map { entry in
        ["path": entry.path, "reason": entry.reason.rawValue, "what": entry.what.en]
      },
      "findings": findings.count, "unmatched": unmatched,
      "rubrics": scorecards.map { card in
        [
          "id": pack.rubrics[card.rubric].id, "subjects": card.count,
          "statuses": Dictionary(
            Status.allCases.map { status in
              (status.rawValue, card.statuses.count { $0 == status })
            }, uniquingKeysWith: { first, _ in first }),
        ] as [String: Any]
      },
    ]
  }
}
