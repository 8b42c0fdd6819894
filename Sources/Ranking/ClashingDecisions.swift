import Tables

/// Decisions of one day about one subject on one list that give different results, as where two
/// people return the paper of a meeting filled in differently: which of them was taken stands in the
/// minutes and in no order of files.
struct ClashingDecisions {
  /// Each with the results of its day, in the words of the pack.
  private(set) var found: [(event: RecordedEvent, results: [String])] = []
  private var places: Set<Place> = []

  init(among events: [RecordedEvent], proposal: Screening.Proposal?) {
    var days: [Int32: [(event: RecordedEvent, decision: CaseFile.Decision)]] = [:]
    for event in events {
      // What nobody dated does not count anyway.
      guard case .decided(let decision) = event.event, decision.on != nil else { continue }
      days[event.on, default: []].append((event, decision))
    }
    for (_, taken) in days.sorted(by: { $0.key < $1.key }) {
      let results = Set(taken.map { $0.decision.result.made(of: proposal) })
      guard results.count > 1 else { continue }
      let titles = Set(taken.map(\.decision.title)).sorted()
      for one in taken {
        found.append((one.event, titles))
        places.insert(one.event.place)
      }
    }
  }

  func contain(_ event: RecordedEvent) -> Bool {
    event.isDecision && places.contains(event.place)
  }
}

extension CaseFile.Decision.Result {
  /// The result that comes of it: adopting a proposal to recommend recommends.
  fileprivate func made(of proposal: Screening.Proposal?) -> Self {
    guard self == .asProposed else { return self }
    switch proposal {
    case .recommend: return .recommend
    case .reserve: return .reserve
    case .ineligible, .notSelected: return .decline
    case .tied, .waiting, nil: return .asProposed
    }
  }
}
