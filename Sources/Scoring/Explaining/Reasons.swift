import Expressions
import RulePacks
import Tables

/// Which rows of lists a rule counted, by the slots that lead to the list.
typealias Verdicts = [[Int]: [Decision.Verdict]]

extension Decision {
  /// What decided, below the rule as a whole.
  var reasons: [Explanation.Reason] { because.map(\.reason) }

  private var reason: Explanation.Reason {
    Explanation.Reason(
      sentence: sentence, rule: text, outcome: words, because: reasons)
  }

  /// What it gave, in words.
  var words: Bilingual {
    guard let named else { return outcome.words }
    return Bilingual(zh: "结果为\(named.zh.quoted)", en: "gives \(named.en)")
  }

  /// The rows that macros within it asked, a row counting if any of them counted it.
  var verdicts: Verdicts {
    var all: Verdicts = [:]
    collect(into: &all)
    return all
  }

  private func collect(into all: inout Verdicts) {
    if !list.isEmpty {
      if let known = all[list], known.count == rows.count {
        all[list] = zip(known, rows).map { $0 == .yes ? $0 : $1 }
      } else {
        all[list] = rows
      }
    }
    for part in because { part.collect(into: &all) }
  }
}

extension TracedNode.Outcome {
  /// What a part of a rule gave, in words.
  var words: Bilingual {
    switch self {
    case .value("true"): Bilingual(zh: "成立", en: "holds")
    case .value("false"): Bilingual(zh: "不成立", en: "does not hold")
    case .value(let value): Bilingual(zh: "结果为 \(value)", en: "gives \(value)")
    case .unknown: Bilingual(zh: "缺材料，无法判定", en: "unknown, facts are missing")
    case .error(let message): message
    case .each: Bilingual(zh: "", en: "")
    }
  }
}

/// Finds what decided the rules of one subject.
struct ReasonFinder {
  let dossiers: Dossiers
  let pack: RulePack
  let subject: Int
  let row: Int
  private let teller: RuleTeller

  init(dossiers: Dossiers, pack: RulePack, subject: Int, row: Int) {
    self.dossiers = dossiers
    self.pack = pack
    self.subject = subject
    self.row = row
    teller = RuleTeller(pack: pack, subject: subject)
  }

  /// - Parameter codes: the code table of what the expression gives; nil where it gives no codes.
  func decision(_ expression: CheckedExpression, giving codes: Int? = nil) -> Decision {
    var vocabulary = teller.vocabulary
    if let codes { vocabulary.results = pack.names(in: codes) }
    let facts = dossiers.batch(of: subject, rows: row..<row + 1, demand: expression.demand)
    var decision = expression.decision(over: facts, lane: 0, vocabulary)
    guard !isOpen(expression) else { return decision }
    // What came of a fact that is not public could give it away.
    decision.because = []
    decision.list = []
    decision.rows = []
    return decision
  }

  /// Whether everything that it reads is public.
  private func isOpen(_ expression: CheckedExpression) -> Bool {
    expression.facts.allSatisfy { use in
      let fact = pack.subjects[subject].facts[use.slots[0]]
      guard fact.sensitivity == .open, use.slots.count > 1,
        case .list(let record) = fact.origin
      else { return fact.sensitivity == .open }
      return pack.records[record].fields[use.slots[1]].sensitivity == .open
    }
  }

  func reasons(of part: Rubric.Part) -> Found {
    var found = Found()
    if let applies = part.applies {
      let decision = decision(applies)
      found.reasons.append(
        Explanation.Reason(
          sentence: decision.sentence, rule: decision.text, outcome: decision.words,
          because: decision.reasons))
      found.verdicts = decision.verdicts
      found.used = decision.used
      if decision.outcome != .value("true") { return found }
    }
    for expression in part.form.expressions {
      let decision = decision(expression)
      found.reasons += decision.reasons
      found.verdicts.merge(decision.verdicts) { first, _ in first }
      found.used += decision.used
    }
    if let step = step(part.form) { found.reasons.append(step) }
    return found
  }

  /// What decided the points of a part, the rows it counted, and the facts it looked at.
  struct Found {
    var reasons: [Explanation.Reason] = []
    var verdicts: Verdicts = [:]
    var used: [FactUse] = []
  }

  /// The line of a table that applied, or the calculation.
  private func step(_ form: Rubric.Form) -> Explanation.Reason? {
    switch form {
    case .condition, .opinions, .measure, .group: return nil
    case .bands(let on, let bands):
      guard let value = value(on), let number = value.exact,
        let band = bands.first(where: { $0.contains(number) })
      else { return nil }
      return taken(on, value, band.words, band.points, rule: band.text)
    case .lookup(let on, let table, let otherwise):
      guard let value = value(on), case .string(let code) = value,
        let points = table[code] ?? otherwise
      else { return nil }
      let name = pack.name(of: code, in: teller.codes(of: on))
      return Explanation.Reason(
        sentence: Bilingual(
          zh: "\(teller.tell(on).zh)为\(name.zh.quoted)", en: "\(teller.tell(on).en) is \(name.en)"),
        rule: code, outcome: given(points))
    case .ratio(_, let part, let whole):
      guard let part = value(part), let whole = value(whole) else { return nil }
      return Explanation.Reason(
        sentence: Bilingual(zh: "比例为 \(part) ÷ \(whole)", en: "the ratio is \(part) ÷ \(whole)"),
        rule: "\(part) / \(whole)", outcome: Bilingual(zh: "", en: ""))
    case .number(_, let value): return calculated(value)
    case .each(_, let count, _): return calculated(count)
    }
  }

  private func calculated(_ expression: CheckedExpression) -> Explanation.Reason? {
    guard let value = value(expression) else { return nil }
    let told = named(expression)
    return Explanation.Reason(
      sentence: Bilingual(zh: "\(told.zh)为 \(value)", en: "\(told.en) is \(value)"),
      rule: "\(value)", outcome: Bilingual(zh: "", en: ""))
  }

  /// What a number is called: its label, or where it is worked out, just that.
  private func named(_ expression: CheckedExpression) -> Bilingual {
    let told = teller.tell(expression)
    return told.isLabel ? told : Bilingual(zh: "由此得出的数", en: "the number that follows")
  }

  private func taken(
    _ on: CheckedExpression, _ value: Value, _ words: Bilingual, _ points: Int, rule: String
  ) -> Explanation.Reason {
    let told = named(on)
    return Explanation.Reason(
      sentence: Bilingual(
        zh: "\(told.zh)为 \(value)，属于“\(words.zh)”", en: "\(told.en) is \(value): \(words.en)"),
      rule: rule, outcome: given(points))
  }

  private func value(_ expression: CheckedExpression) -> Value? {
    guard isOpen(expression) else { return nil }
    let facts = dossiers.batch(of: subject, rows: row..<row + 1, demand: expression.demand)
    let result = expression.evaluate(over: facts)
    return result.isKnown(0) ? result.value(at: 0) : nil
  }
}

extension Value {
  fileprivate var exact: Exact? {
    switch self {
    case .int(let whole): Exact(whole)
    case .decimal(let exact): exact
    case .null, .bool, .double, .string, .date, .timestamp, .duration, .list, .map, .type: nil
    }
  }
}
