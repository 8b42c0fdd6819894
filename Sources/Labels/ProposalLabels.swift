public import Tables

extension Screening.Proposal {
  public var label: Bilingual {
    switch self {
    case .recommend: Bilingual(zh: "建议推荐", en: "recommended")
    case .reserve: Bilingual(zh: "候补", en: "reserve")
    case .tied: Bilingual(zh: "同分待定", en: "tied at the line")
    case .waiting: Bilingual(zh: "待补意见（材料）", en: "waiting for an opinion")
    case .ineligible: Status.gated.label
    case .notSelected: Bilingual(zh: "名额外", en: "outside the quota")
    }
  }
}
