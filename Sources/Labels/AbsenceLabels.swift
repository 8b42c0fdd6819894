public import Tables

extension CellState {
  /// What people read in place of a value.
  public var label: Bilingual {
    switch self {
    case .stated: Bilingual(zh: "已报送", en: "stated")
    case .notStated: Bilingual(zh: "未报送", en: "not stated")
    case .statedNone: Bilingual(zh: "报送为无", en: "stated none")
    case .checkedNone: Bilingual(zh: "经查无记录", en: "checked, none found")
    }
  }
}
