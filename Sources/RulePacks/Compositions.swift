public import Tables

extension Rubric {
  /// How one subject's composite score is made: the whole, then its groups in the order of the
  /// rubric; none where points are added.
  ///
  /// - Parameter entry: Of the subject in the scorecard.
  public func compositions(in card: Scorecard, entry: Int) -> [Explanation.Composition] {
    guard let composite, let last = composite.groups.indices.last else { return [] }
    return ([last] + composite.groups.indices.dropLast()).compactMap {
      composition(ofNode: $0, in: card, entry: entry)
    }
  }

  /// How one node of the hierarchy is made.
  public func composition(
    ofNode node: Int, in card: Scorecard, entry: Int
  ) -> Explanation.Composition? {
    guard let composite, let scores = card.measured, scores.groups.indices.contains(node) else {
      return nil
    }
    let made = composite.hierarchy.nodes[node]
    let score = scores.groups[node][entry]
    var composition = Explanation.Composition(
      made.aggregate, [], title: composite.groups[node].map { parts[$0].title } ?? "",
      score: score.isNaN ? nil : score)
    for child in made.children where child.weight > 0 {
      let part: Int?
      let value: Double
      switch child.source {
      case .leaf(let leaf):
        (part, value) = (composite.measures[leaf], scores.normalised[leaf][entry])
      case .node(let earlier):
        (part, value) = (composite.groups[earlier], scores.groups[earlier][entry])
      }
      guard let part else { continue }
      if value.isNaN {
        composition.missing.append(parts[part].title)
        composition.missingWeight += child.weight
      } else {
        composition.terms.append(
          Explanation.Composition.Term(
            title: parts[part].title, value: value, weight: child.weight))
      }
    }
    return composition
  }
}
