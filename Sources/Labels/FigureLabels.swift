public import Tables

extension FigureState {
  public var label: Bilingual {
    switch self {
    case .agrees: Bilingual(zh: "一致", en: "agrees")
    case .differs: Bilingual(zh: "不一致", en: "differs")
    case .cannotBeKnown: Bilingual(zh: "无法得知", en: "cannot be known")
    case .nothingDelivered: Bilingual(zh: "没有报送", en: "nothing delivered")
    }
  }
}

extension StatedFigure.Degree {
  /// Stands before the figure; empty where it is stated exactly.
  public var label: Bilingual {
    switch self {
    case .exactly: Bilingual(zh: "", en: "")
    case .atLeast: Bilingual(zh: "不少于", en: "at least")
    case .moreThan: Bilingual(zh: "超过", en: "more than")
    }
  }
}
