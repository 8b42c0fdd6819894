import Expressions
import Tables

extension RulePack {
  /// A rubric as the table that officials know: every rule with its points, its basis, where its
  /// facts come from, and what happens where they are unknown.
  ///
  /// - Parameter index: Index into the pack's rubrics.
  public func table(ofRubric index: Int) -> RubricTable {
    let rubric = rubrics[index]
    let sources = FactSources(rubric, self)
    var rows = settings(of: rubric)
    rows += rubric.lets.map { named in
      var row = RubricRow(.named)
      row[.id] = named.name
      row[.rule] = named.value.text
      row[.source] = sources.lines(of: [named.value])
      return row
    }
    rows += rubric.gates.map { row(of: $0, sources) }
    for (group, title) in rubric.groups.enumerated() {
      rows.append(row(of: title))
      rows += rubric.parts.filter { $0.group == group }.map { row(of: $0, in: rubric, sources) }
    }
    rows += rubric.parts.filter { $0.group == nil }.map { row(of: $0, in: rubric, sources) }
    rows += rubric.caps.map { row(of: $0, in: rubric, sources) }
    rows += rubric.tiers.map { tier in
      var row = RubricRow(.tier)
      row[.id] = tier.id
      row[.title] = tier.title == tier.id ? "" : tier.title
      row[.points] = tier.from.map { shownPoints($0) } ?? ""
      return row
    }
    return RubricTable(rubric: index, rows: rows)
  }

  private func settings(of rubric: Rubric) -> [RubricRow] {
    let facts = subjects[rubric.subject].facts
    return RubricSetting.allCases.compactMap { setting in
      let text: String? =
        switch setting {
        case .rubric: rubric.id
        case .title: rubric.title
        case .subject: subjects[rubric.subject].id
        case .edition: rubric.edition
        case .basis: rubric.basis
        case .applies: rubric.applies?.text
        case .full: shownPoints(rubric.full)
        case .decimals: String(rubric.decimals)
        case .rankOn: rubric.ranksOnRounded ? "rounded" : "exact"
        case .ties:
          rubric.ties.isEmpty
            ? nil
            : rubric.ties.map {
              "\(subjects[rubric.subject].facts[$0.slot].id) \($0.direction.rawValue)"
            }.joined(separator: ", ")
        case .rankWithin: rubric.ranksWithinTiers ? "tier" : nil
        case .direction: rubric.leastIsBest ? "lower" : nil
        case .comparedWith: rubric.comparedWith.map { facts[$0].id }
        case .cohort:
          rubric.cohort.isEmpty
            ? nil
            : rubric.cohort.map { facts[$0].id }.joined(separator: ", ")
        case .minimumAssessed:
          rubric.minimumAssessed == 0 ? nil : shownPercent(rubric.minimumAssessed)
        case .purposes: rubric.purposes?.joined(separator: ", ")
        case .announcedTier: rubric.announced.map { facts[$0.tier].id }
        case .announcedUntil: rubric.announced?.until.map { facts[$0].id }
        case .announcedSince: rubric.announced?.since.map { facts[$0].id }
        case .announcedYears: rubric.announced?.years.map { String($0) }
        case .announcedWhy: rubric.announced?.why.map { facts[$0].id }
        case .draws: rubric.robustness.map { String($0.draws) }
        case .weights: rubric.robustness.map { shownPercent($0.weights) }
        case .seed: rubric.robustness.map { String($0.seed) }
        case .appeal: rubric.appeal == about.contact ? nil : rubric.appeal
        }
      guard let text else { return nil }
      var row = RubricRow(.setting)
      row[.id] = setting.rawValue
      row[.rule] = text
      return row
    }
  }

  private func row(of gate: Rubric.Gate, _ sources: FactSources) -> RubricRow {
    var row = RubricRow(.gate)
    row[.id] = gate.id
    row[.title] = gate.text
    row[.rule] =
      oneLine(gate.require) + (gate.marksUnrated ? "\n" + line(.notMet, "unrated") : "")
    row[.basis] = gate.basis
    row[.source] = sources.lines(of: [gate.require])
    row[.unknown] = gate.unknown.rawValue
    row[.note] = gate.cure
    row[.contact] = gate.contact == about.contact ? "" : gate.contact
    return row
  }

  private func row(of group: Rubric.Group) -> RubricRow {
    var row = RubricRow(.group)
    row[.id] = group.id
    row[.title] = group.title
    row[.points] = shownPoints(group.full)
    return row
  }

  private func row(
    of part: Rubric.Part, in rubric: Rubric, _ sources: FactSources
  ) -> RubricRow {
    let kind: RubricRow.Kind =
      switch part.kind {
      case .indicator: .indicator
      case .deduction: .deduction
      case .bonus: .bonus
      case .group: .group
      }
    var row = RubricRow(kind)
    row[.group] = part.group.map { rubric.groups[$0].title } ?? ""
    row[.id] = part.id
    row[.title] = part.title
    row[.points] = shownPoints(part.pointsBeside)
    row[.rule] = rule(of: part, in: rubric)
    row[.basis] = part.basis
    row[.source] = sources.lines(of: part)
    row[.unknown] = part.unknown.rawValue
    row[.applies] = part.applies.map { oneLine($0) } ?? ""
    row[.note] = part.note
    return row
  }

  private func row(
    of cap: Rubric.Cap, in rubric: Rubric, _ sources: FactSources
  ) -> RubricRow {
    var row = RubricRow(.cap)
    row[.id] = cap.id
    row[.title] = cap.text
    let limit =
      switch cap.limit {
      case .tier(let tier): line(.tierAtMost, rubric.tiers[tier].id)
      case .score(let score): line(.scoreAtMost, shownPoints(score))
      }
    row[.rule] = [oneLine(cap.when), limit].joined(separator: "\n")
    row[.basis] = cap.basis
    row[.source] = sources.lines(of: [cap.when])
    row[.unknown] = cap.unknown.rawValue
    row[.note] = cap.cure
    return row
  }

  // MARK: - Rules

  /// How a part gives points, a line each.
  private func rule(of part: Rubric.Part, in rubric: Rubric) -> String {
    var lines = part.isOpinionBased ? [line(.kind, "opinion-based")] : []
    switch part.form {
    case .condition(_, let when): lines.append(oneLine(when))
    case .bands(let on, let bands):
      lines.append(oneLine(on))
      lines += bands.map { "\($0.text) \(arrow) \(shownPoints($0.points))" }
    case .lookup(let on, let table, let rest):
      lines.append(oneLine(on))
      lines += codes(of: table, on: on, in: rubric).map {
        "\($0) \(arrow) \(shownPoints(table[$0] ?? 0))"
      }
      if let rest { lines.append("\(otherwise.en) \(arrow) \(shownPoints(rest))") }
    case .ratio(_, let part, let whole):
      lines += [line(.part, oneLine(part)), line(.whole, oneLine(whole))]
    case .number(_, let value): lines.append(line(.value, oneLine(value)))
    case .opinions(let opinions): lines += self.lines(of: opinions, in: rubric)
    case .each(let each, let count, let limit):
      lines.append(line(.count, oneLine(count)))
      if let limit { lines.append(line(each < 0 ? .floor : .cap, shownPoints(limit))) }
    case .measure(let measure): lines.append(measure.text)
    case .group: break
    }
    return lines.joined(separator: "\n")
  }

  private func lines(of opinions: Rubric.Opinions, in rubric: Rubric) -> [String] {
    let fields = records[opinions.record].fields
    var lines = [line(.list, subjects[rubric.subject].facts[opinions.list].id)]
    if let condition = opinions.condition { lines.append(line(.where, oneLine(condition))) }
    if let inForce = opinions.inForce { lines.append(line(.inForce, oneLine(inForce))) }
    lines.append(line(.grade, fields[opinions.grade].id))
    if let signed = opinions.signed { lines.append(line(.signed, fields[signed].id)) }
    if let basis = opinions.basis { lines.append(line(.basis, fields[basis].id)) }
    lines.append(line(.aggregate, opinions.aggregate.rawValue))
    if let office = opinions.office { lines.append(line(.office, office)) }
    return lines + opinions.points.map { "\($0.grade) \(arrow) \(shownPoints($0.points))" }
  }

  /// The codes of a lookup in the order of their table, else by points.
  private func codes(
    of table: [String: Int], on: CheckedExpression, in rubric: Rubric
  ) -> [String] {
    let byPoints = table.keys.sorted { left, right in
      let (a, b) = (table[left] ?? 0, table[right] ?? 0)
      return a == b ? left < right : a > b
    }
    let known = environment.scopes[rubric.subject].names[trimmed(on.text)]?.codes
    guard let known else { return byPoints }
    return known.filter { table[$0] != nil } + byPoints.filter { !known.contains($0) }
  }
}

extension Rubric.Part {
  /// The points that stand beside the rule: those of one count, else the most it can give.
  fileprivate var pointsBeside: Int {
    switch form {
    case .condition(let points, _), .ratio(let points, _, _), .number(let points, _): points
    case .each(let points, _, _): points
    case .bands, .lookup, .opinions, .measure, .group: most
    }
  }
}

private func line(_ word: RuleWord, _ rest: String) -> String { "\(word.rawValue): \(rest)" }

/// An expression on one line: line breaks are blanks to it.
private func oneLine(_ expression: CheckedExpression) -> String {
  expression.text.split { $0.isNewline }.map { trimmed(String($0)) }.joined(separator: " ")
}
