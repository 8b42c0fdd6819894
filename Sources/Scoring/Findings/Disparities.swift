public import RulePacks
public import Tables

/// Criteria that one group of subjects meets far more than another, by the facts and from the
/// difference that the pack names; none where it names no difference.
///
/// Told are, for a rubric and for each of its indicators, the group that does best and the one
/// that does worst, if they lie so far apart. Groups with fewer assessed subjects than the pack's
/// least are not looked at, so that nothing about a few can be read from a finding.
///
/// - Complexity: a pass over the columns of the rubrics' points for each fact.
public func disparities(_ cards: [Scorecard], _ dossiers: Dossiers, pack: RulePack) -> [Finding] {
  guard let disparity = pack.disparity, let least = disparity.findingFrom else { return [] }
  var findings: [Finding] = []
  for card in cards where card.count > 0 {
    let rubric = pack.rubrics[card.rubric]
    let facts = pack.subjects[rubric.subject].facts
    for id in disparity.by {
      guard let slot = facts.firstIndex(where: { $0.id == id }), facts[slot].sensitivity == .open
      else { continue }
      let groups = Groups(by: slot, of: rubric.subject, card, dossiers, pack)
      for (part, shares) in compared(card, rubric, groups) {
        guard
          let gap = Gap(shares, smallest: disparity.smallestGroup),
          gap.difference >= least
        else { continue }
        findings.append(finding(gap, groups.names, facts[slot].label, part, rubric))
      }
    }
  }
  return findings
}

/// What is compared of a rubric, each with its shares by group: the rubric itself (nil), by who
/// passes, then its indicators, by the points they give.
private func compared(_ card: Scorecard, _ rubric: Rubric, _ groups: Groups)
  -> [(part: Int?, shares: [Share])]
{
  var all: [(part: Int?, shares: [Share])] = []
  if rubric.tiers.count > 1 { all.append((nil, passed(card, rubric, groups))) }
  for index in rubric.parts.indices
  where rubric.parts[index].kind == .indicator && rubric.parts[index].most > 0 {
    all.append((index, reached(card.parts[index], most: rubric.parts[index].most, groups)))
  }
  return all
}

/// Of so many subjects what they reach together, and at most could.
private struct Share {
  var count = 0
  var reached = 0
  var most = 0

  /// In thousandths, rounded half up.
  var thousandths: Int { share(reached, of: most) ?? 0 }
}

private func passed(_ card: Scorecard, _ rubric: Rubric, _ groups: Groups) -> [Share] {
  var shares = Array(repeating: Share(), count: groups.names.count)
  for entry in groups.of.indices where groups.of[entry] >= 0 && card.statuses[entry].hasRank {
    let group = Int(groups.of[entry])
    shares[group].count += 1
    shares[group].most += 1
    if Int(card.tiers[entry]) < rubric.tiers.count - 1 { shares[group].reached += 1 }
  }
  return shares
}

private func reached(_ part: PartPoints, most: Int, _ groups: Groups) -> [Share] {
  var shares = Array(repeating: Share(), count: groups.names.count)
  for entry in groups.of.indices where groups.of[entry] >= 0 && part.states[entry] == .assessed {
    let group = Int(groups.of[entry])
    shares[group].count += 1
    shares[group].most += most
    shares[group].reached += Int(part.points[entry])
  }
  return shares
}

/// The groups that do best and worst.
private struct Gap {
  var best: (group: Int, share: Share)
  var worst: (group: Int, share: Share)

  /// In thousandths.
  var difference: Int { best.share.thousandths - worst.share.thousandths }

  /// - Returns: nil where fewer than two groups are large enough.
  init?(_ shares: [Share], smallest: Int) {
    let told = shares.indices.filter { shares[$0].count >= max(1, smallest) }
    guard told.count > 1,
      let best = told.max(by: { shares[$0].thousandths < shares[$1].thousandths }),
      let worst = told.min(by: { shares[$0].thousandths < shares[$1].thousandths })
    else { return nil }
    self.best = (best, shares[best])
    self.worst = (worst, shares[worst])
  }
}

/// The subjects of a card by what a fact states of them.
private struct Groups {
  /// In the words of the fact's code table.
  private(set) var names: [String] = []
  /// For each entry its group, −1 where the fact is not known.
  private(set) var of: [Int32] = []
  private var numbers: [String: Int32] = [:]

  init(by slot: Int, of subject: Int, _ card: Scorecard, _ dossiers: Dossiers, _ pack: RulePack) {
    of.reserveCapacity(card.count)
    for start in stride(from: 0, to: card.count, by: Dossiers.batchSize) {
      let rows = Array(card.subjects[start..<min(card.count, start + Dossiers.batchSize)])
      let batch = dossiers.batch(of: subject, at: rows, demand: Demand(slots: [slot]))
      guard let vector = batch.vectors[slot] else {
        of += repeatElement(-1, count: rows.count)
        continue
      }
      add(vector, rows.count)
    }
    guard let codes = pack.subjects[subject].facts[slot].codes.map({ pack.codes[$0].codes }) else {
      return
    }
    for code in codes where !code.name.isEmpty {
      if let number = numbers[code.code] { names[Int(number)] = code.name }
    }
  }

  private mutating func add(_ vector: Vector, _ count: Int) {
    guard case .codes(let ids, let names) = vector.values else {
      for lane in 0..<count {
        let text = vector.isKnown(lane) ? text(vector.values, lane) : nil
        of.append(text.map { number($0) } ?? -1)
      }
      return
    }
    // Of codes each is looked up once.
    var known = [Int32](repeating: -1, count: names.count)
    for lane in 0..<count {
      guard vector.isKnown(lane) else {
        of.append(-1)
        continue
      }
      let id = Int(ids[lane])
      if known[id] < 0 { known[id] = number(names[id]) }
      of.append(known[id])
    }
  }

  private mutating func number(_ text: String) -> Int32 {
    if let number = numbers[text] { return number }
    numbers[text] = Int32(names.count)
    names.append(text)
    return Int32(names.count - 1)
  }

  /// A known lane as text; nil for values that make no groups.
  private func text(_ values: Values, _ lane: Int) -> String? {
    switch values {
    case .flags(let lanes): lanes[lane] ? "是 / yes" : "否 / no"
    case .integers(let lanes): String(lanes[lane])
    case .texts(let texts): texts[lane]
    case .codes(let ids, let names): names[Int(ids[lane])]
    case .decimals, .dates, .reals, .rows, .boxed: nil
    }
  }
}

private func finding(
  _ gap: Gap, _ names: [String], _ label: String, _ part: Int?, _ rubric: Rubric
) -> Finding {
  let (best, worst) = (gap.best.share, gap.worst.share)
  let (high, low) = (names[gap.best.group], names[gap.worst.group])
  let what =
    part.map { index in
      let part = rubric.parts[index]
      return Bilingual(
        zh: "\(part.id) \(part.title)：按\(label)，“\(high)”平均得满分的",
        en: "\(part.id): by \(label), “\(high)” reach on average, of the full mark,")
    }
    ?? Bilingual(
      zh: "按\(label)，“\(high)”高于末等的占", en: "by \(label), of “\(high)” are above the last tier")
  let percents = [best, worst].map { percent($0.thousandths) }
  return Finding(
    .warning, "disparity", field: rubric.id + (part.map { "." + rubric.parts[$0].id } ?? ""),
    message: Bilingual(
      zh: "《\(rubric.title)》\(what.zh)\(percents[0])（\(best.count)个），“\(low)”\(percents[1])"
        + "（\(worst.count)个），相差\(percent(gap.difference))",
      en: "\(rubric.id), \(what.en) \(percents[0]) (\(best.count)), “\(low)” \(percents[1]) "
        + "(\(worst.count)), \(percent(gap.difference)) apart"),
    cure: Bilingual(
      zh: "核对数据和标准：是否只有一部分对象可能达到；属实的，修订时可以考虑分组评价或调整",
      en: "check data and criterion: whether only some can meet it; if so, consider cohorts or "
        + "another criterion at the next revision"))
}

private func percent(_ thousandths: Int) -> String { shownPercent(thousandths, decimals: 1) }
