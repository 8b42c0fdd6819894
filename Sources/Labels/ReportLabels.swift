public import Tables

/// What the parts of a report are called, and what officials call the things behind it.
public enum ReportLabel {
  public static let overview = Bilingual(zh: "总览", en: "Overview")
  public static let rankings = Bilingual(zh: "排名", en: "Rankings")
  public static let screenings = Bilingual(zh: "推荐名单", en: "Screening lists")
  public static let coverage = Bilingual(zh: "覆盖情况", en: "Coverage")
  /// What source documents state beside what the delivery gives.
  public static let published = Bilingual(
    zh: "公布数字与本次计算", en: "Published against computed")
  /// What is counted beside the rankings.
  public static let statistics = Bilingual(zh: "工作统计", en: "Statistics")
  /// Rates and scores by group, as the first screen shows them.
  public static let byGroup = Bilingual(zh: "分组总览", en: "By group")
  /// How the members of the populations are organised.
  public static let forms = Bilingual(zh: "组织形式分布", en: "Forms")
  public static let formation = Bilingual(zh: "组建方案", en: "Formation")
  /// What the plan proposes for one subject.
  public static let formationProposal = Bilingual(zh: "组建建议", en: "Formation proposed")
  /// Since the run before.
  public static let moved = Bilingual(zh: "比上次变动的主要情况", en: "What moved since the last run")
  /// Ratings that were delivered and are not the tier that is worked out.
  public static let ratingsDiffer = Bilingual(zh: "等次不一致名单", en: "Ratings that differ")
  /// How many there are of each pair.
  public static let ratingsCompared = Bilingual(
    zh: "既有等次与推算等次", en: "Delivered against computed ratings")
  /// What no rule can settle.
  public static let toDo = Bilingual(zh: "待办事项", en: "To do")
  public static let run = Bilingual(zh: "批次", en: "Run")
  public static let delivery = Bilingual(zh: "报送文件夹", en: "Delivery")
  /// In no list of the other run.
  public static let notListed = Bilingual(zh: "未列入", en: "not listed")
}

/// How a tier that is worked out lies to the one that was delivered.
public enum RatingLabel {
  public static let higher = Bilingual(zh: "推算较高", en: "computed is better")
  public static let lower = Bilingual(zh: "推算较低", en: "computed is worse")
}

extension CapState {
  public var label: Bilingual {
    switch self {
    case .free: Bilingual(zh: "", en: "")
    case .capped: Bilingual(zh: "受限", en: "limited")
    case .pending: Status.pending.label
    }
  }
}
