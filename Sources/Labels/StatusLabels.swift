public import Tables

extension Status {
  /// What people read, everywhere: page, workbook, letter and terminal.
  public var label: Bilingual {
    switch self {
    case .ranked: Bilingual(zh: "已排名", en: "ranked")
    case .provisional: Bilingual(zh: "暂定排名", en: "provisional")
    case .pending: Bilingual(zh: "待补材料", en: "waiting")
    case .gated: Bilingual(zh: "不符合条件", en: "not eligible")
    case .notEvaluable: Bilingual(zh: "材料不足", en: "too little evidence")
    case .unrated: Bilingual(zh: "未参评", en: "not rated")
    }
  }
}

extension GateState {
  public var label: Bilingual {
    switch self {
    case .met: Bilingual(zh: "符合", en: "met")
    case .failed: Bilingual(zh: "不符合", en: "not met")
    case .pending: Status.pending.label
    }
  }
}

extension PartState {
  /// Empty where facts decided the points, which needs no word.
  public var label: Bilingual {
    switch self {
    case .assessed: Bilingual(zh: "", en: "")
    case .withheld: Bilingual(zh: "缺材料，暂不计分", en: "withheld until facts arrive")
    case .pending: Status.pending.label
    case .zeroed: Bilingual(zh: "缺材料，按规则计 0 分", en: "facts missing, 0 by rule")
    case .carried: Bilingual(zh: "沿用上期", en: "carried from the earlier run")
    case .notApplicable: Bilingual(zh: "不适用", en: "does not apply")
    case .leftOut:
      Bilingual(zh: "缺材料，权重由同组其他指标分担", en: "missing, the others of its group weigh more")
    case .imputed: Bilingual(zh: "缺材料，以同类的值代替", en: "missing, what others have stands for it")
    }
  }
}
