package import RulePacks
import Tables

/// What people read for the ids of a rubric; an id without a title is shown as it is.
package struct RubricLabels: Sendable {
  private var tiers: [String: String] = [:]
  private var rules: [String: String] = [:]

  package init() {}

  /// - Parameter rubrics: Editions of one rubric; the first that has an id says what it is called.
  package init(_ rubrics: [Rubric]) {
    for rubric in rubrics {
      let rules =
        rubric.gates.map { ($0.id, $0.text) } + rubric.parts.map { ($0.id, $0.title) }
        + rubric.caps.map { ($0.id, $0.text) }
      tiers.merge(rubric.tiers.map { ($0.id, $0.label) }) { first, _ in first }
      self.rules.merge(rules) { first, _ in first }
    }
  }

  package func tier(_ id: String) -> String { tiers[id] ?? id }

  /// The number of a rule, as it stands in the rubric, with its title.
  package func rule(_ id: String) -> String {
    guard let title = rules[id], !title.isEmpty, title != id else { return id }
    return "\(id) \(title)"
  }
}
