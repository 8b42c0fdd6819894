import Tables

extension Explanation {
  /// A fact that somebody could supply, and what waits for it.
  struct MissingFact: Equatable {
    var label: String
    var office: String
    /// Ids of gates, parts and caps.
    var sites: [String]
  }

  /// The facts that are missing where a rule could not be settled, each once, in the order of the
  /// rules; of a derived fact those that it follows from.
  var missing: [MissingFact] {
    var missing: [MissingFact] = []
    func take(_ fact: Evidence, at site: String) {
      guard fact.value == nil else { return }
      let causes = fact.from.filter { $0.value == nil }
      guard causes.isEmpty else {
        for cause in causes { take(cause, at: site) }
        return
      }
      let office = fact.office ?? ""
      let known = missing.firstIndex { $0.label == fact.label && $0.office == office }
      guard let known else {
        return missing.append(MissingFact(label: fact.label, office: office, sites: [site]))
      }
      if !missing[known].sites.contains(site) { missing[known].sites.append(site) }
    }
    for gate in gates where gate.state == .pending {
      for fact in gate.facts { take(fact, at: gate.id) }
    }
    for part in parts where part.state.isUnsettled {
      for fact in part.facts { take(fact, at: part.id) }
    }
    for cap in caps where cap.state == .pending {
      for fact in cap.facts { take(fact, at: cap.id) }
    }
    return missing
  }
}

extension PartState {
  /// Whether facts are missing, whatever stands for them.
  fileprivate var isUnsettled: Bool {
    switch self {
    case .withheld, .pending, .zeroed, .carried, .leftOut, .imputed: true
    case .assessed, .notApplicable: false
    }
  }
}
