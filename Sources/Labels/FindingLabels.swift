public import Tables

extension Finding.Severity {
  /// What a finding asks of a person.
  public var label: Bilingual {
    switch self {
    case .error: Bilingual(zh: "须处理", en: "to settle")
    case .warning: Bilingual(zh: "请核对", en: "to check")
    case .note: Bilingual(zh: "提示", en: "for information")
    }
  }
}

extension Finding {
  /// What findings are called together.
  public static let labelOfAll = Bilingual(zh: "数据问题", en: "Findings")
}
