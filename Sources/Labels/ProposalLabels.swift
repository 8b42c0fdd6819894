public import Tables

extension Screening.Proposal {
  /// What people read where lines are counted or chosen by their proposal; of one line its own
  /// label tells more.
  public var label: Bilingual {
    switch self {
    case .recommend: Bilingual(zh: "建议推荐", en: "recommended")
    case .reserve: Bilingual(zh: "候补", en: "reserve")
    case .hold: Bilingual(zh: "待定", en: "on hold")
    case .ineligible: Status.gated.label
    case .notSelected: Bilingual(zh: "名额外", en: "outside the quota")
    }
  }

  /// All that lines of the proposal can be labelled.
  public var lineLabels: [Bilingual] {
    self == .hold ? [Screening.Line.tied, Screening.Line.lacksSomething] : [label]
  }
}

extension Screening.Line {
  static let tied = Bilingual(zh: "同分待定", en: "tied at the line")
  static let lacksSomething = Bilingual(zh: "待补意见（材料）", en: "waiting for an opinion")

  /// The proposal as people read it, with what holds it up.
  public var label: Bilingual {
    guard proposal == .hold else { return proposal.label }
    return reason == .tieAcrossQuota ? Screening.Line.tied : Screening.Line.lacksSomething
  }
}
