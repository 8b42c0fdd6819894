public import Tables

extension Scale.Method {
  /// How values of an indicator come to the scale that they share with others.
  public var label: Bilingual {
    switch self {
    case .minMax: Bilingual(zh: "最低到最高", en: "least to most")
    case .goalposts: Bilingual(zh: "固定的上下限", en: "between fixed limits")
    case .zScore: Bilingual(zh: "标准分", en: "z-score")
    case .percentile: Bilingual(zh: "百分位", en: "percentile")
    case .rank: Bilingual(zh: "名次", en: "rank")
    case .borda: Bilingual(zh: "低于它的个数", en: "how many are below")
    case .distanceToMax: Bilingual(zh: "与最高值的距离", en: "distance to the most")
    case .fractionOfMax: Bilingual(zh: "占最高值的比例", en: "fraction of the most")
    }
  }
}
