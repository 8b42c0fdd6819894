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

extension Screening {
  /// For every group whose quota or reserve candidates with one score reach across, how many places
  /// are settled and among how many the rest is to be given, in a sentence.
  ///
  /// A place is settled by whoever stands before the tie, whether recommended or waiting for an
  /// answer. Nothing is left to say of a tie once all in it are decided about, or all places given.
  ///
  /// - Parameters:
  ///   - quota: of each group.
  ///   - reserve: of each group.
  public func tieSentences(quota: Int, reserve: Int) -> [Bilingual] {
    var ties: [(group: String, reason: Reason, first: Int, count: Int, open: Int)] = []
    for line in lines where line.proposal == .tied {
      if let last = ties.indices.last, ties[last].group == line.group,
        ties[last].reason == line.reason
      {
        ties[last].count += 1
        ties[last].open += line.decided == nil ? 1 : 0
      } else {
        ties.append((line.group, line.reason, line.place, 1, line.decided == nil ? 1 : 0))
      }
    }
    ties.removeAll { tie in
      let given = lines.count { $0.group == tie.group && $0.decided == .recommend }
      return tie.open == 0 || tie.reason == .tieAcrossQuota && given >= quota
    }
    let isGrouped = lines.contains { $0.group != lines[0].group }
    return ties.map { tie in
      let isQuota = tie.reason == .tieAcrossQuota
      let (places, settled) = isQuota ? (quota, tie.first - 1) : (reserve, tie.first - 1 - quota)
      let rest = places - settled
      let group = !isGrouped || tie.group.isEmpty ? ("", "") : ("\(tie.group)：", "\(tie.group): ")
      return Bilingual(
        zh: group.0
          + "\(isQuota ? "名额" : "候补") \(places)：\(settled) 个已定，余 \(rest) 个由 \(tie.count) 个同分者产生",
        en: group.1
          + "\(isQuota ? "quota" : "reserve") \(places): \(settled) settled, \(rest) to be given among \(tie.count) with the same score"
      )
    }
  }
}
