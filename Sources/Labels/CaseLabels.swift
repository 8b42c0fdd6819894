public import Tables

/// What people read for where a case stands.
extension CaseFile.State {
  public var label: Bilingual {
    switch self {
    case .proposed: Bilingual(zh: "建议，未决定", en: "proposed, not decided")
    case .frozen: Bilingual(zh: "异议中，冻结", en: "frozen by an objection")
    case .answered: Bilingual(zh: "异议已答复，未决定", en: "objection answered, not decided")
    case .decided: Bilingual(zh: "已决定", en: "decided")
    }
  }
}

extension CaseFile.Direction {
  public var label: Bilingual {
    switch self {
    case .same: Bilingual(zh: "与建议相同", en: "as proposed")
    case .upward: Bilingual(zh: "高于建议", en: "above the proposal")
    case .downward: Bilingual(zh: "低于建议", en: "below the proposal")
    case .resolved: Bilingual(zh: "建议由人决定，已决定", en: "left to a person, decided")
    case .deferred: Bilingual(zh: "与建议不同：暂缓", en: "not as proposed: deferred")
    case .againstCondition: Bilingual(zh: "突破条件作出的决定", en: "decided against a condition")
    case .changed: Bilingual(zh: "与建议不同", en: "not as proposed")
    }
  }
}

extension CaseFile.Closing.Outcome {
  public var label: Bilingual {
    switch self {
    case .upheld: Bilingual(zh: "异议成立", en: "upheld")
    case .partly: Bilingual(zh: "部分成立", en: "upheld in part")
    case .rejected: Bilingual(zh: "异议不成立", en: "rejected")
    case .withdrawn: Bilingual(zh: "已撤回", en: "withdrawn")
    }
  }
}
