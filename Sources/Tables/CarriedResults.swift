/// What one rubric gave its subjects in the run before: the values that criteria with
/// `unknown: carry` fall back on.
public struct CarriedResults: Sendable {
  private var entries: [String: Int]
  private let points: [String: [Int32?]]
  private let gates: [String: [GateState?]]
  private let caps: [String: [CapState?]]

  /// - Parameters:
  ///   - subjects: Ids as reports show them.
  ///   - points: By the id of the indicator, deduction or bonus, for each subject its points in
  ///     thousandths; nil where the run before had none to give.
  ///   - gates: By the id of the gate, for each subject its state.
  ///   - caps: By the id of the cap, for each subject its state.
  public init(
    subjects: [String], points: [String: [Int32?]], gates: [String: [GateState?]] = [:],
    caps: [String: [CapState?]] = [:]
  ) {
    var entries: [String: Int] = [:]
    for (entry, subject) in subjects.enumerated() { entries[subject] = entry }
    self.entries = entries
    self.points = points
    self.gates = gates
    self.caps = caps
  }

  /// Lets bodies that stand under another id now take over what they had under the earlier one, and
  /// leaves out subjects of whom nobody has said yet that they are the bodies of then.
  ///
  /// - Parameter successors: by the id of then the id of now.
  public mutating func follow(_ successors: [String: String], without open: [String]) {
    for (earlier, now) in successors where entries[now] == nil { entries[now] = entries[earlier] }
    for subject in open { entries[subject] = nil }
  }

  /// Points of an indicator, deduction or bonus; nil where the run before gave the subject none.
  public func points(of subject: String, part: String) -> Int32? {
    value(points[part], of: subject)
  }

  /// A state that was itself waiting is nothing to fall back on.
  public func gate(_ gate: String, of subject: String) -> GateState? {
    let state = value(gates[gate], of: subject)
    return state == .pending ? nil : state
  }

  /// A state that was itself waiting is nothing to fall back on.
  public func cap(_ cap: String, of subject: String) -> CapState? {
    let state = value(caps[cap], of: subject)
    return state == .pending ? nil : state
  }

  private func value<State>(_ states: [State?]?, of subject: String) -> State? {
    guard let states, let entry = entries[subject], entry < states.count else { return nil }
    return states[entry]
  }
}
