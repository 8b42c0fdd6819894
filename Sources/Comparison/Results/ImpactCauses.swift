import Pipeline
import RulePacks
import Tables

/// Through which rules a result changes.
extension RubricComparison {
  typealias Entry = (side: RubricSide, entry: Int)

  var appliesReason: Cause.Reason {
    let rows = [before, after].map { $0?.rules[RubricRow.Kind.setting.key(of: "applies")] }
    return rows[0] == rows[1] ? .facts : .rule
  }

  func gateCauses(_ old: Entry, _ new: Entry) -> [Cause] {
    func state(_ side: Entry, _ id: String) -> GateState? {
      side.side.rubric.gates.firstIndex { $0.id == id }.map {
        side.side.card.gates[$0][side.entry]
      }
    }
    return ids(old, new) { $0.gates.map(\.id) }.compactMap { id in
      // A gate that only one pack has counts where it is not met.
      guard (state(old, id) ?? .met) != (state(new, id) ?? .met) else { return nil }
      return Cause(rule: .gate, id: id, reason: reason(.gate, id), points: 0)
    }
  }

  func partCauses(_ old: Entry, _ new: Entry) -> [Cause] {
    func find(_ side: Entry, _ id: String) -> (kind: Cause.Rule, points: Int, state: PartState)? {
      guard let index = side.side.rubric.parts.firstIndex(where: { $0.id == id }) else {
        return nil
      }
      let points = side.side.card.parts[index]
      return (
        side.side.rubric.parts[index].kind.cause, Int(points.points[side.entry]),
        points.states[side.entry]
      )
    }
    return ids(old, new) { $0.parts.map(\.id) }.compactMap { id in
      let (was, now) = (find(old, id), find(new, id))
      let points = (now?.points ?? 0) - (was?.points ?? 0)
      let isSettled = was?.state.isOpen == now?.state.isOpen
      guard points != 0 || !isSettled, let kind = (now ?? was)?.kind else { return nil }
      return Cause(
        rule: kind, id: id, reason: reason(kind.row, id), points: points,
        facts: factMoves(of: id, old, new))
    }
  }

  func capCauses(_ old: Entry, _ new: Entry) -> [Cause] {
    func limit(_ side: Entry, _ id: String) -> String {
      guard let index = side.side.rubric.caps.firstIndex(where: { $0.id == id }) else { return "" }
      switch side.side.card.caps[index][side.entry] {
      case .free: return ""
      case .pending: return "?"
      case .capped:
        switch side.side.rubric.caps[index].limit {
        case .tier(let tier): return side.side.rubric.tiers[tier].id
        case .score(let score): return String(score)
        }
      }
    }
    return ids(old, new) { $0.caps.map(\.id) }.compactMap { id in
      guard limit(old, id) != limit(new, id) else { return nil }
      return Cause(rule: .cap, id: id, reason: reason(.cap, id), points: 0)
    }
  }

  /// What bounds and limits of the score make of the change of the sum.
  func boundsCauses(_ old: Entry, _ new: Entry) -> [Cause] {
    let was = Int(old.side.card.scores[old.entry]) - old.side.sum(old.entry)
    let now = Int(new.side.card.scores[new.entry]) - new.side.sum(new.entry)
    return now == was ? [] : [Cause(rule: .bounds, id: "", reason: .rule, points: now - was)]
  }

  func otherCauses(_ old: Entry, _ new: Entry, _ move: Move) -> [Cause] {
    var causes: [Cause] = []
    func add(_ rule: Cause.Rule, _ reason: Cause.Reason = .rule) {
      causes.append(Cause(rule: rule, id: "", reason: reason, points: 0))
    }
    let score = Int(new.side.card.scores[new.entry])
    // Without a rank there is no tier that a line could decide.
    let hasTiers = [move.before, move.after].allSatisfy { $0?.status.hasRank ?? false }
    if hasTiers, old.side.tier(of: score) != new.side.tier(of: score) { add(.tiers) }
    if move.before?.cohort != move.after?.cohort {
      let settings = [old, new].map { $0.side.rules[RubricRow.Kind.setting.key(of: "cohort")] }
      add(.cohort, settings[0] == settings[1] ? .facts : .rule)
    }
    let isShort = [move.before, move.after].map { $0?.status == .notEvaluable }
    if isShort[0] != isShort[1],
      old.side.rubric.minimumAssessed != new.side.rubric.minimumAssessed
    {
      add(.minimumAssessed)
    }
    let ranks = [move.before, move.after].map { $0?.rank ?? 0 }
    if ranks[0] != ranks[1], !ranks.contains(0),
      old.side.rubric.ranksWithinTiers != new.side.rubric.ranksWithinTiers
    {
      add(.rankWithin)
    }
    return causes
  }

  private func ids(_ old: Entry, _ new: Entry, _ list: (Rubric) -> [String]) -> [String] {
    let now = list(new.side.rubric)
    return now + list(old.side.rubric).filter { !now.contains($0) }
  }

  /// Whether a rule was edited, or what it reads.
  private func reason(_ kind: RubricRow.Kind, _ id: String) -> Cause.Reason {
    guard before?.rules[kind.key(of: id)] == after?.rules[kind.key(of: id)] else { return .rule }
    let isPart = kind != .gate && kind != .cap
    return isPart && before?.rubric.decimals != after?.rubric.decimals ? .rounding : .facts
  }
}

extension Rubric.Part.Kind {
  fileprivate var cause: Cause.Rule {
    switch self {
    case .indicator, .group: .indicator
    case .deduction: .deduction
    case .bonus: .bonus
    }
  }
}

extension Cause.Rule {
  fileprivate var row: RubricRow.Kind {
    switch self {
    case .gate: .gate
    case .indicator: .indicator
    case .deduction: .deduction
    case .bonus: .bonus
    case .cap: .cap
    case .bounds, .tiers, .cohort, .minimumAssessed, .applies, .rankWithin, .others: .setting
    }
  }
}

extension PartState {
  /// Whether points wait for facts.
  fileprivate var isOpen: Bool {
    switch self {
    case .withheld, .pending: true
    case .assessed, .zeroed, .carried, .notApplicable, .leftOut, .imputed: false
    }
  }
}
