public import Tables

extension ReturnLine.State {
  /// What became of what an office was to deliver.
  public var label: Bilingual {
    switch self {
    case .delivered: Bilingual(zh: "已报送", en: "delivered")
    case .nilReturn: Bilingual(zh: "零报告", en: "nil return")
    case .missing: Bilingual(zh: "未报送", en: "not delivered")
    case .fewer: Bilingual(zh: "少一半以上", en: "less than half")
    }
  }
}
