import Expressions
public import Tables

extension Rubric {
  /// A key by which a screening list sets candidates with one score apart.
  public struct Tie: Sendable, Equatable {
    /// What stands at the end of the keys where a person decides what is left; it is so in any case.
    static let person = "person"

    /// Slot of the fact.
    public var slot: Int
    public var direction: Direction

    public init(slot: Int, direction: Direction) {
      self.slot = slot
      self.direction = direction
    }

    public enum Direction: String, Sendable, CaseIterable {
      case greatestFirst = "desc"
      case leastFirst = "asc"
    }
  }
}

extension RulePack {
  /// How a rubric sets candidates with one score apart, in a sentence; nil where it leaves that to a
  /// person.
  public func tieOrder(of rubric: Rubric) -> Bilingual? {
    guard !rubric.ties.isEmpty else { return nil }
    let keys = rubric.ties.map { tie in
      let fact = subjects[rubric.subject].facts[tie.slot]
      let isDate = fact.type == .date
      switch tie.direction {
      case .greatestFirst:
        return Bilingual(
          zh: fact.label + (fact.isFlag ? "（是者在前）" : isDate ? "（晚者在前）" : "（多者在前）"),
          en: fact.label
            + (fact.isFlag ? " (yes first)" : isDate ? " (latest first)" : " (most first)"))
      case .leastFirst:
        return Bilingual(
          zh: fact.label + (fact.isFlag ? "（否者在前）" : isDate ? "（早者在前）" : "（少者在前）"),
          en: fact.label
            + (fact.isFlag ? " (no first)" : isDate ? " (earliest first)" : " (least first)"))
      }
    }
    return Bilingual(
      zh: "同分跨线时依次看\(keys.map(\.zh).joined(separator: "、"))；仍相同或有缺项的由人决定",
      en:
        "equal scores across a line are set apart by \(keys.map(\.en).joined(separator: ", then ")); "
        + "what is equal in these too, or lacks one, a person decides")
  }
}
