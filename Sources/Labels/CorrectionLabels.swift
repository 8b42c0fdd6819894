public import Tables

extension AppliedCorrection.Outcome {
  /// What became of a correction.
  public var label: Bilingual {
    switch self {
    case .applied: Bilingual(zh: "已采用", en: "applied")
    case .stale: Bilingual(zh: "原值已变", en: "value has changed")
    case .notAccepted: Bilingual(zh: "未受理", en: "not accepted")
    case .noTarget: Bilingual(zh: "找不到那一行", en: "no such row")
    case .unreadable: Bilingual(zh: "无法读取", en: "cannot be read")
    case .unsigned: Bilingual(zh: "没有处理人、日期或理由", en: "without role, date or reason")
    case .blank: Bilingual(zh: "没有更正值", en: "without a new value")
    }
  }
}
