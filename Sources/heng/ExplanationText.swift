import Foundation
import Tables

extension Explanation {
  /// The explanation as a page of text.
  func text(in language: Language) -> String {
    var lines: [String] = []
    func say(_ zh: String, _ en: String) {
      lines.append(Bilingual(zh: zh, en: en).text(in: language))
    }

    lines.append("\(subject)  \(name)")
    say("\(title)（\(rubric) \(edition)）", "\(title) (\(rubric) \(edition))")
    if !basis.isEmpty { say("依据：\(basis)", "basis: \(basis)") }
    say("结果：\(status.title.zh)", "result: \(status.title.en)")
    if status.hasRank {
      let place = cohort.isEmpty ? "" : cohort + " "
      say("名次：\(place)第 \(rank) 名，共 \(cohortSize)", "rank: \(rank) of \(cohortSize) \(cohort)")
      if rankHigh > 0 {
        say(
          "名次稳健性：权重变动时，十次中九次在第 \(rankLow) 至 \(rankHigh) 名之间",
          "how firm: with other weights the rank is \(rankLow) to \(rankHigh) in nine of ten draws")
      }
    }
    // Without a rank there is no tier either.
    let tier = status.hasRank ? Bilingual(zh: "，等次 \(tier)", en: ", tier \(tier)") : nil
    say(
      "得分：\(points(score))（上限 \(points(upper))，满分 \(points(full))）\(tier?.zh ?? "")，已评比例 \(percent(assessed))",
      "score: \(points(score)) (at most \(points(upper)) of \(points(full)))\(tier?.en ?? ""), \(percent(assessed)) assessed"
    )
    for gate in gates {
      lines.append("")
      lines.append("\(gate.state.mark) \(gate.id) \(gate.text)  [\(gate.rule)]")
      if !gate.basis.isEmpty { say("    依据：\(gate.basis)", "    basis: \(gate.basis)") }
      lines += gate.facts.flatMap { $0.lines(indent: 4, in: language) }
      if gate.state != .met {
        say("    如何补正：\(gate.cure)", "    cure: \(gate.cure)")
        if !gate.contact.isEmpty { say("    联系：\(gate.contact)", "    contact: \(gate.contact)") }
      }
    }
    var group = ""
    for part in parts {
      if part.group != group {
        group = part.group
        lines += ["", "— \(group) —"]
      }
      lines.append(
        "\(part.state.mark) \(part.id) \(part.title)  \(points(part.points)) / \(points(part.most))  [\(part.rule)]  \(part.state.title.text(in: language))"
      )
      if let measured = part.measured { lines.append(measured.line(in: language)) }
      if !part.basis.isEmpty { say("    依据：\(part.basis)", "    basis: \(part.basis)") }
      lines += part.facts.flatMap { $0.lines(indent: 4, in: language) }
    }
    for cap in caps {
      lines += ["", "\(cap.state.mark) \(cap.id) \(cap.text)  [\(cap.rule)]"]
      if !cap.basis.isEmpty { say("    依据：\(cap.basis)", "    basis: \(cap.basis)") }
      lines += cap.facts.flatMap { $0.lines(indent: 4, in: language) }
    }
    if !contact.isEmpty {
      lines.append("")
      say("异议与更正：\(contact)", "to object or correct: \(contact)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Explanation.Measured {
  /// What was measured, what it gives on its scale, and how much that counts.
  fileprivate func line(in language: Language) -> String {
    let value = value.map { Bilingual(zh: "原值 \($0) → ", en: "value \($0) → ") }
    let scaled = normalised.map { "\($0)" } ?? "—"
    let share = String(format: "%.2f%%", Double(share) / 10_000)
    return Bilingual(
      zh: "    \(value?.zh ?? "")归一化 \(scaled)，组内权重 \(weight)，占总分 \(share)",
      en:
        "    \(value?.en ?? "")on its scale \(scaled), weight \(weight) in its group, \(share) of the whole"
    ).text(in: language)
  }
}

extension Explanation.Evidence {
  fileprivate func lines(indent: Int, in language: Language) -> [String] {
    let missing = Bilingual(
      zh: "缺" + (office.map { "（由\($0)提供）" } ?? ""),
      en: "missing" + (office.map { " (from \($0))" } ?? ""))
    var line = String(repeating: " ", count: indent) + "\(label) = "
    line += value ?? missing.text(in: language)
    if let file { line += "  ← \(file):\(self.line ?? 0)" }
    if let raw, raw != value { line += "  “\(raw)”" }
    return [line] + from.flatMap { $0.lines(indent: indent + 4, in: language) }
  }
}

extension Status {
  fileprivate var title: Bilingual {
    switch self {
    case .ranked: Bilingual(zh: "已排名", en: "ranked")
    case .provisional: Bilingual(zh: "暂定（有分数待补充材料）", en: "provisional (points withheld)")
    case .pending: Bilingual(zh: "待定", en: "pending")
    case .gated: Bilingual(zh: "不予考虑", en: "not considered")
    case .notEvaluable: Bilingual(zh: "材料不足，不排名", en: "too little assessed to rank")
    }
  }
}

extension GateState {
  fileprivate var mark: String {
    switch self {
    case .met: "✓"
    case .failed: "✗"
    case .pending: "?"
    }
  }
}

extension CapState {
  fileprivate var mark: String {
    switch self {
    case .free: "✓"
    case .capped: "▼"
    case .pending: "?"
    }
  }
}

extension PartState {
  fileprivate var mark: String {
    switch self {
    case .assessed: "·"
    case .withheld, .pending: "?"
    case .zeroed: "0"
    case .carried: "↻"
    case .notApplicable, .leftOut: "–"
    case .imputed: "≈"
    }
  }

  fileprivate var title: Bilingual {
    switch self {
    case .assessed: Bilingual(zh: "", en: "")
    case .withheld: Bilingual(zh: "缺材料，暂不计分", en: "withheld until facts arrive")
    case .pending: Bilingual(zh: "等待材料", en: "waiting")
    case .zeroed: Bilingual(zh: "缺材料，按规则计 0 分", en: "missing, counted as 0 by rule")
    case .carried: Bilingual(zh: "沿用上期", en: "carried from the earlier run")
    case .notApplicable: Bilingual(zh: "不适用", en: "does not apply")
    case .leftOut:
      Bilingual(zh: "缺材料，权重由同组其他指标分担", en: "missing, the others of its group weigh more")
    case .imputed: Bilingual(zh: "缺材料，以同类的值代替", en: "missing, what others have stands for it")
    }
  }
}

/// Thousandths of a point as people read them: `12.5`.
private func points(_ thousandths: Int) -> String {
  let magnitude = thousandths.magnitude
  var fraction = String(magnitude % 1000)
  fraction = String(repeating: "0", count: 3 - fraction.count) + fraction
  while fraction.hasSuffix("0") { fraction.removeLast() }
  let sign = thousandths < 0 ? "-" : ""
  return sign + "\(magnitude / 1000)" + (fraction.isEmpty ? "" : "." + fraction)
}

/// Thousandths as a percentage.
private func percent(_ thousandths: Int) -> String { points(thousandths * 100) + "%" }
