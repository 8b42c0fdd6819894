import Labels
public import Tables

extension Explanation {
  /// The explanation as a letter to whoever was evaluated.
  ///
  /// - Parameter showsExpressions: Whether each rule is also shown as it stands in the pack.
  public func letter(in language: Language, showsExpressions: Bool = false) -> String {
    var letter = Letter(language: language, showsExpressions: showsExpressions)
    head(&letter)
    listingSection(&letter)
    gateSection(&letter)
    partSection(&letter)
    capSection(&letter)
    changeSection(&letter)
    if !contact.isEmpty {
      letter.title("异议与更正", "To object or correct")
      letter.line(2, contact, contact)
    }
    return letter.text
  }

  /// Between which ranks other weights put the subject; nil where none were tried.
  var intervalSentence: Bilingual? {
    guard rankHigh > 0 else { return nil }
    let what = rankInterval(draws: draws, weights: drawnWeights)
    return Bilingual(
      zh: "\(what.zh)：第 \(rankLow) 至 \(rankHigh) 名", en: "\(what.en): \(rankLow) to \(rankHigh)")
  }

  // MARK: - Head

  private func head(_ letter: inout Letter) {
    let isNamed = !name.isEmpty && name != subject
    letter.line(
      0, isNamed ? "\(name)（\(subject)）" : subject, isNamed ? "\(name) (\(subject))" : subject)
    letter.line(
      0, "《\(title)》\(edition)版，评价截止日期 \(asOf)", "“\(title)”, edition \(edition), as of \(asOf)")
    if !basis.isEmpty { letter.line(0, "依据：\(basis)", "Basis: \(basis)") }
    letter.line(0, "", "")
    if let announced {
      letter.line(0, announced.sentence.zh, announced.sentence.en)
      if let reservation = announced.reservation { letter.line(2, reservation.zh, reservation.en) }
    }
    if let proposal { letter.line(0, proposal.zh, proposal.en) }
    letter.line(0, "结果：\(status.label.zh)", "Result: \(status.label.en)")
    if status.hasRank {
      let whereZh = cohort.isEmpty ? "" : "在“\(cohort)”"
      letter.line(
        0, "名次：\(whereZh)共 \(cohortSize) 个对象中排第 \(rank) 名",
        "Rank: \(rank) of \(cohortSize)\(cohort.isEmpty ? "" : " in “\(cohort)”")")
    }
    if let interval = intervalSentence { letter.line(2, interval.zh, interval.en) }
    letter.line(
      0,
      "得分：\(shownPoints(score)) 分（满分 \(shownPoints(full)) 分\(upper > score ? "；缺的材料补齐后最高可达 \(shownPoints(upper)) 分" : "")）",
      "Score: \(shownPoints(score)) of \(shownPoints(full))\(upper > score ? "; at most \(shownPoints(upper)) once the missing facts are there" : "")"
    )
    if let sentence = compositionSentence { letter.line(2, sentence.zh, sentence.en) }
    if composition != nil, sum != score {
      letter.line(
        2, "按得分的上下限和封顶计为 \(shownPoints(score)) 分",
        "bounds and caps make it \(shownPoints(score))")
    } else if sum != score {
      letter.line(
        2, "各项合计 \(shownPoints(sum)) 分，按得分的上下限和封顶计为 \(shownPoints(score)) 分",
        "the parts add up to \(shownPoints(sum)); bounds and caps make it \(shownPoints(score))")
    }
    standing(&letter)
    letter.line(
      0, "\(ColumnLabel.evidence.zh)：\(shownPercent(assessed))",
      "\(ColumnLabel.evidence.en): \(shownPercent(assessed)) of what applies")
  }

  /// How an index puts its parts together; nil for a sum.
  var compositionSentence: Bilingual? {
    composition.map { composition in
      let terms = composition.terms.map { term in
        Bilingual(
          zh: "\(term.title) \(fourDecimals(term.value))（权重 \(term.weight)）",
          en: "\(term.title) \(fourDecimals(term.value)) (weight \(term.weight))")
      }
      let (zh, en) = (
        terms.map(\.zh).joined(separator: "、"), terms.map(\.en).joined(separator: ", ")
      )
      return Bilingual(
        zh: "\(shownPoints(sum)) 是下列各项在各自尺度上的值的\(composition.aggregate.words.zh)：\(zh)",
        en:
          "\(shownPoints(sum)) is the \(composition.aggregate.words.en) of what these are on their "
          + "scales: \(en)")
    }
  }

  /// The tier and how far the next is.
  private func standing(_ letter: inout Letter) {
    guard !tiers.isEmpty else { return }
    guard status.hasRank else {
      letter.line(0, "等次：没有名次，因此不定等次", "Tier: none, because there is no rank")
      return
    }
    let now = Tier(id: tier, title: tierTitle, from: nil).words
    letter.line(0, "等次：\(now.zh)", "Tier: \(now.en)")
    guard let next, let from = next.from else {
      letter.line(2, "已是最高等次", "this is the best tier")
      return
    }
    let words = next.words
    if score < from {
      letter.line(
        2, "距离\(words.zh)（\(shownPoints(from)) 分起）还差 \(shownPoints(from - score)) 分",
        "\(shownPoints(from - score)) more would give \(words.en), which starts at \(shownPoints(from))"
      )
    } else {
      let held = caps.filter(\.bites)
      let biting = held.map(\.id).joined(separator: ", ")
      letter.line(
        2, "得分已达到\(words.zh)的分数线（\(shownPoints(from)) 分），等次受 \(biting) 限制",
        "the score is enough for \(words.en), which starts at \(shownPoints(from)); \(biting) holds the tier down"
      )
      for cap in held { letter.cure(cap.cure, of: cap.id, indent: 4) }
    }
  }

  // MARK: - Rules

  func gateSection(_ letter: inout Letter) {
    guard !gates.isEmpty else { return }
    letter.title("参评条件", "Conditions")
    for gate in gates {
      letter.line(
        2, "\(gate.state.mark) \(gate.id) \(gate.text)：\(gate.state.label.zh)",
        "\(gate.state.mark) \(gate.id) \(gate.text): \(gate.state.label.en)")
      letter.rule(gate.sentence, gate.rule)
      letter.basis(gate.basis)
      letter.reasons(gate.because, indent: 6)
      letter.facts(gate.facts, indent: 6)
      letter.line(6, "判定日期：\(asOf)", "Judged as of: \(asOf)")
      if gate.state != .met { letter.cure(gate.cure) }
      if gate.state != .met, !gate.contact.isEmpty {
        letter.line(6, "联系：\(gate.contact)", "Contact: \(gate.contact)")
      }
    }
  }

  func partSection(_ letter: inout Letter) {
    letter.title("各项得分", "Points")
    var group: String?
    for part in parts {
      let heading = part.heading
      if heading.zh != group {
        group = heading.zh
        if !heading.zh.isEmpty { letter.line(2, "【\(heading.zh)】", "[\(heading.en)]") }
      }
      let state = part.state.label
      letter.line(
        2,
        "\(part.state.mark) \(part.id) \(part.title)：\(shownPoints(part.points)) 分\(part.range.zh)\(state.zh.isEmpty ? "" : "，\(state.zh)")",
        "\(part.state.mark) \(part.id) \(part.title): \(shownPoints(part.points))\(part.range.en)\(state.en.isEmpty ? "" : ", \(state.en)")"
      )
      letter.rule(part.sentence, part.rule)
      letter.basis(part.basis)
      if let measured = part.measured?.words { letter.line(6, measured.zh, measured.en) }
      if !part.note.isEmpty { letter.line(6, "说明：\(part.note)", "Note: \(part.note)") }
      switch part.state {
      case .assessed, .notApplicable: break
      case .withheld, .pending, .zeroed, .carried, .leftOut, .imputed:
        letter.line(
          6, "缺材料时：\(part.whenMissing.zh)", "While facts are missing: \(part.whenMissing.en)")
      }
      letter.reasons(part.because, indent: 6)
      letter.facts(part.facts, indent: 6)
    }
  }

  func capSection(_ letter: inout Letter) {
    guard !caps.isEmpty else { return }
    letter.title("封顶", "Caps")
    for cap in caps {
      let state = cap.stateInWords
      letter.line(
        2, "\(cap.state.mark) \(cap.id) \(cap.text)：\(state.zh)",
        "\(cap.state.mark) \(cap.id) \(cap.text): \(state.en)")
      letter.rule(
        Bilingual(
          zh: "\(cap.sentence.zh)的，\(cap.limit.zh)", en: "\(cap.limit.en) where \(cap.sentence.en)"),
        cap.rule)
      letter.basis(cap.basis)
      if cap.state != .free { letter.cure(cap.cure) }
      letter.reasons(cap.because, indent: 6)
      letter.facts(cap.facts, indent: 6)
    }
  }
}

extension Explanation.Tier {
  /// What people read, in quotes where a Chinese sentence goes on.
  var words: Bilingual {
    let label = title.isEmpty ? id : title
    return Bilingual(zh: "“\(label)”", en: label)
  }
}

extension Explanation.Part {
  var heading: Bilingual {
    switch kind {
    case .indicator: Bilingual(zh: group, en: group)
    case .deduction: Bilingual(zh: "扣分", en: "Deductions")
    case .bonus: Bilingual(zh: "加分", en: "Bonuses")
    case .group: Bilingual(zh: "分组合成", en: "Groups")
    }
  }

  /// What it can give.
  fileprivate var range: Bilingual {
    switch kind {
    case .indicator, .group:
      Bilingual(zh: "（满分 \(shownPoints(most)) 分）", en: " of \(shownPoints(most))")
    case .bonus:
      Bilingual(zh: "（最多 \(shownPoints(most)) 分）", en: " (at most \(shownPoints(most)))")
    case .deduction:
      least < 0
        ? Bilingual(zh: "（最多扣 \(shownPoints(-least)) 分）", en: " (\(shownPoints(least)) at worst)")
        : Bilingual(zh: "", en: "")
    }
  }
}

extension Explanation.Cap {
  var stateInWords: Bilingual {
    switch state {
    case .free: Bilingual(zh: "不适用", en: "does not apply")
    case .pending: Status.pending.label
    case .capped:
      bites
        ? Bilingual(zh: "已适用，结果因此降低", en: "applies and lowers the result")
        : Bilingual(zh: "已适用，但不影响结果", en: "applies, without effect on the result")
    }
  }
}

extension GateState {
  var mark: String {
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
  var mark: String {
    switch self {
    case .assessed: "·"
    case .withheld, .pending: "?"
    case .zeroed: "0"
    case .carried: "↻"
    case .notApplicable, .leftOut: "–"
    case .imputed: "≈"
    }
  }
}

extension Explanation.Measured {
  /// What was measured, what it gives on its scale, and how much that counts.
  fileprivate var words: Bilingual {
    let value = value.map { Bilingual(zh: "原值 \($0) → ", en: "value \($0) → ") }
    let scaled = normalised.map { "\($0)" } ?? "—"
    // Millionths of the whole, shown as a percentage with two decimals.
    let share = "\(shownPoints(share / 100 * 10))%"
    return Bilingual(
      zh: "\(value?.zh ?? "")归一化 \(scaled)，组内权重 \(weight)，占总分 \(share)",
      en: "\(value?.en ?? "")on its scale \(scaled), weight \(weight) in its group, "
        + "\(share) of the whole")
  }
}

/// A value on a scale, with as many decimals as tell two apart.
private func fourDecimals(_ value: Double) -> String {
  guard abs(value) < 1e9 else { return "\(value)" }
  let parts = Int((abs(value) * 10_000).rounded())
  return (value < 0 ? "-" : "") + "\(parts / 10_000)." + String(10_000 + parts % 10_000).dropFirst()
}
