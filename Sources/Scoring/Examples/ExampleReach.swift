import Expressions
public import RulePacks
public import Tables

/// One way in which a rule of a rubric can come out.
public struct Situation: Sendable, Hashable {
  public enum Kind: Sendable { case gate, indicator, deduction, bonus, cap, tier }

  public enum Outcome: Sendable, Hashable {
    /// A gate is met, or not.
    case met, failed
    /// A condition gives its points, or does not.
    case given, notGiven
    /// A number was worked out.
    case assessed
    /// A band holds the number; as its author wrote it.
    case band(String)
    /// A code or grade gives the points; nil is any that is not listed.
    case code(String?)
    /// There is something to count, or nothing.
    case counted, nothingToCount
    /// The indicator does not concern the subject.
    case notConcerned
    /// A cap applies, or does not.
    case applied, free
    /// A subject with a rank stands in the tier.
    case reached
  }

  public var kind: Kind
  /// Id of the gate, part, cap or tier.
  public var rule: String
  public var outcome: Outcome

  /// What no example shows, as people say it.
  public var message: Bilingual {
    switch outcome {
    case .met: Bilingual(zh: "没有满足的例子", en: "no example meets it")
    case .failed: Bilingual(zh: "没有不满足的例子", en: "no example fails it")
    case .given: Bilingual(zh: "没有得分的例子", en: "no example gets its points")
    case .notGiven: Bilingual(zh: "没有不得分的例子", en: "no example misses its points")
    case .assessed: Bilingual(zh: "没有例子用到", en: "no example uses it")
    case .band(let text): Bilingual(zh: "没有落入“\(text)”的例子", en: "no example lies in “\(text)”")
    case .code(let code?): Bilingual(zh: "没有“\(code)”的例子", en: "no example has “\(code)”")
    case .code(nil): Bilingual(zh: "没有其他代码的例子", en: "no example has any other code")
    case .counted: Bilingual(zh: "没有计数大于0的例子", en: "no example counts any")
    case .nothingToCount: Bilingual(zh: "没有计数为0的例子", en: "no example counts none")
    case .notConcerned: Bilingual(zh: "没有不适用的例子", en: "no example is exempt from it")
    case .applied: Bilingual(zh: "没有受限的例子", en: "no example is capped by it")
    case .free: Bilingual(zh: "没有不受限的例子", en: "no example is free of it")
    case .reached: Bilingual(zh: "没有评为这一等次的例子", en: "no example reaches the tier")
    }
  }
}

/// How a rubric does by the examples that live with it.
public struct TestedRubric: Sendable {
  /// Index into the pack's rubrics.
  public var rubric: Int
  public var failures: [ExampleFailure]
  /// Every way in which a rule can come out, in the order of the rubric.
  public var situations: [Situation]
  /// Those that some example shows.
  public var reached: Set<Situation>

  public var unreached: [Situation] { situations.filter { !reached.contains($0) } }
}

/// Runs a rubric's examples and notes which of its rules they reach.
///
/// - Parameters:
///   - index: Of the rubric in the pack.
///   - pack: The pack that holds the rubric.
public func testExamples(rubric index: Int, pack: RulePack) -> TestedRubric {
  let rubric = pack.rubrics[index]
  let plan = ScoringPlan(rubric: index, pack: pack)
  var reached: Set<Situation> = []
  for example in rubric.examples {
    let dossiers = pack.dossiers(of: rubric.subject, given: example.given)
    let card = scoredAlone(plan, dossiers, row: 0)
    reached.formUnion(rubric.situations(of: card, dossiers: dossiers))
  }
  return TestedRubric(
    rubric: index, failures: failuresOfExamples(rubric: index, pack: pack),
    situations: rubric.situations, reached: reached)
}

extension Rubric {
  /// Every way in which one of its rules can come out.
  fileprivate var situations: [Situation] {
    var all: [Situation] = []
    for gate in gates {
      all += [.met, .failed].map { Situation(kind: .gate, rule: gate.id, outcome: $0) }
    }
    for part in parts {
      let outcomes = part.form.outcomes + (part.applies == nil ? [] : [.notConcerned])
      all += outcomes.map { Situation(kind: part.situationKind, rule: part.id, outcome: $0) }
    }
    for cap in caps {
      all += [.applied, .free].map { Situation(kind: .cap, rule: cap.id, outcome: $0) }
    }
    return all + tiers.map { Situation(kind: .tier, rule: $0.id, outcome: .reached) }
  }

  /// How the rules come out for the only subject of a scorecard.
  fileprivate func situations(of card: Scorecard, dossiers: Dossiers) -> [Situation] {
    var found: [Situation] = []
    for (gate, states) in zip(gates, card.gates) {
      switch states[0] {
      case .met: found.append(Situation(kind: .gate, rule: gate.id, outcome: .met))
      case .failed: found.append(Situation(kind: .gate, rule: gate.id, outcome: .failed))
      case .pending: continue
      }
    }
    for (part, points) in zip(parts, card.parts) {
      let outcome: Situation.Outcome? =
        switch points.states[0] {
        case .assessed: self.outcome(of: part, dossiers: dossiers)
        case .notApplicable: .notConcerned
        case .withheld, .pending, .zeroed, .carried, .leftOut, .imputed: nil
        }
      guard let outcome else { continue }
      found.append(Situation(kind: part.situationKind, rule: part.id, outcome: outcome))
    }
    for (cap, states) in zip(caps, card.caps) {
      switch states[0] {
      case .capped: found.append(Situation(kind: .cap, rule: cap.id, outcome: .applied))
      case .free: found.append(Situation(kind: .cap, rule: cap.id, outcome: .free))
      case .pending: continue
      }
    }
    if card.statuses[0].hasRank, card.tiers[0] >= 0 {
      let tier = tiers[Int(card.tiers[0])]
      found.append(Situation(kind: .tier, rule: tier.id, outcome: .reached))
    }
    return found
  }

  /// How an assessed part came out.
  private func outcome(of part: Part, dossiers: Dossiers) -> Situation.Outcome? {
    func value(_ expression: CheckedExpression) -> Vector {
      expression.evaluate(
        over: dossiers.batch(of: subject, rows: 0..<1, demand: expression.demand))
    }
    switch part.form {
    case .condition(_, let when): return value(when).flags[0] ? .given : .notGiven
    case .bands(let on, let bands):
      let number = Exact(millionths: value(on).numbers.inMillionths[0])
      return bands.first { $0.contains(number) }.map { .band($0.text) }
    case .lookup(let on, let table, _):
      guard let code = value(on).text(0) else { return nil }
      return .code(table[code] == nil ? nil : code)
    case .ratio, .number, .measure, .group: return .assessed
    case .opinions(let opinions):
      return decidingGrade(opinions, dossiers).map { .code($0) }
    case .each(_, let count, _):
      return value(count).numbers.inMillionths[0] > 0 ? .counted : .nothingToCount
    }
  }

  /// The grade of the opinion that decides.
  private func decidingGrade(_ opinions: Opinions, _ dossiers: Dossiers) -> String? {
    let plan = OpinionPlan(opinions, unit: roundingUnit)
    let listed = dossiers.rowBatch(
      of: subject, list: opinions.list, at: [0], demand: plan.demand)
    guard let listed else { return nil }
    let sheet = OpinionSheet(plan, rows: listed.rows, facts: listed.batch)
    var decided: Int?
    for index in listed.rows.indices {
      guard case .counts = sheet.standing(of: index) else { continue }
      decided = sheet.decisive(decided, index)
    }
    return decided.map { opinions.points[Int(sheet.grades[$0])].grade }
  }
}

extension Rubric.Part {
  fileprivate var situationKind: Situation.Kind {
    switch kind {
    case .indicator, .group: .indicator
    case .deduction: .deduction
    case .bonus: .bonus
    }
  }
}

extension Rubric.Form {
  /// How an assessed part of this form can come out.
  fileprivate var outcomes: [Situation.Outcome] {
    switch self {
    case .condition: [.given, .notGiven]
    case .bands(_, let bands): bands.map { .band($0.text) }
    case .lookup(_, let table, let otherwise):
      table.keys.sorted().map { .code($0) } + (otherwise == nil ? [] : [.code(nil)])
    case .ratio, .number, .measure, .group: [.assessed]
    case .opinions(let opinions): opinions.points.map { .code($0.grade) }
    case .each: [.counted, .nothingToCount]
    }
  }
}
