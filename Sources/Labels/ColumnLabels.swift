public import Tables

/// What heads a column or names a figure, wherever people read it: workbook, page, letter and
/// terminal.
public enum ColumnLabel {
  public static let rank = Bilingual(zh: "名次", en: "Rank")
  public static let bestRank = Bilingual(zh: "九成情况下最好名次", en: "Best rank in 90 of 100")
  public static let worstRank = Bilingual(zh: "九成情况下最差名次", en: "Worst rank in 90 of 100")
  public static let subject = Bilingual(zh: "编号", en: "Id")
  public static let name = Bilingual(zh: "名称", en: "Name")
  public static let cohort = Bilingual(zh: "分组", en: "Cohort")
  public static let rankBefore = Bilingual(zh: "比上次", en: "Rise")
  public static let cohortSize = Bilingual(zh: "组内总数", en: "Cohort size")
  public static let group = Bilingual(zh: "组", en: "Group")
  public static let score = Bilingual(zh: "得分", en: "Score")
  public static let upper = Bilingual(zh: "最高可得", en: "At most")
  /// The share of the full mark with evidence.
  public static let evidence = Bilingual(zh: "材料齐全度", en: "Evidence")
  public static let tier = Bilingual(zh: "等次", en: "Tier")
  public static let status = Bilingual(zh: "状态", en: "Status")
  public static let reasons = Bilingual(zh: "原因", en: "Reasons")

  public static let proposal = Bilingual(zh: "建议", en: "Proposal")
  public static let progress = Bilingual(zh: "进展", en: "Progress")
  public static let quotaLine = Bilingual(zh: "名额线", en: "Quota line")
  public static let toLine = Bilingual(zh: "距名额线", en: "To the line")
  public static let firm = Bilingual(zh: "是否稳定", en: "Firm")
  public static let chance = Bilingual(zh: "权重变动时入选", en: "Selected with other weights")
  public static let missing = Bilingual(zh: "缺少的材料", en: "Missing")
  public static let consultations = Bilingual(zh: "征求意见情况", en: "Consulted")
  public static let reservations = Bilingual(zh: "保留或不同意见", en: "Reservations")
  public static let objections = Bilingual(zh: "异议", en: "Objections")
  public static let decision = Bilingual(zh: "决定", en: "Decision")
  public static let direction = Bilingual(zh: "决定与建议", en: "Decision and proposal")
  public static let decidedBy = Bilingual(zh: "决定人", en: "Decided by")
  public static let decidedOn = Bilingual(zh: "决定日期", en: "Decided on")
  public static let decisionReasons = Bilingual(zh: "决定理由", en: "Reasons of the decision")

  public static let degree = Bilingual(zh: "程度", en: "Degree")
  public static let kind = Bilingual(zh: "类别", en: "Kind")
  public static let file = Bilingual(zh: "文件", en: "File")
  public static let place = Bilingual(zh: "出处", en: "Source")
  public static let line = Bilingual(zh: "行", en: "Line")
  public static let record = Bilingual(zh: "第几条", en: "Record")
  public static let field = Bilingual(zh: "字段", en: "Field")
  public static let delivered = Bilingual(zh: "原文", en: "As delivered")
  public static let message = Bilingual(zh: "问题", en: "What")
  public static let findingState = Bilingual(zh: "处理情况", en: "Settled")
  public static let stamp = Bilingual(zh: "核对码", en: "Stamp")
  public static let acknowledgedBy = Bilingual(zh: "确认岗位", en: "Acknowledged by")
  public static let acknowledgedReason = Bilingual(zh: "确认理由", en: "Why it stays")
  public static let acknowledgedOn = Bilingual(zh: "确认日期", en: "Acknowledged on")
  public static let acknowledgedIn = Bilingual(zh: "确认出处", en: "Acknowledged in")
  public static let cure = Bilingual(zh: "如何处理", en: "What to do")

  public static let population = Bilingual(zh: "范围", en: "Population")
  public static let definition = Bilingual(zh: "定义", en: "Definition")
  public static let dimension = Bilingual(zh: "维度", en: "Dimension")
  public static let number = Bilingual(zh: "单位数", en: "Number")
  public static let measure = Bilingual(zh: "指标", en: "Measure")
  public static let numerator = Bilingual(zh: "分子", en: "Numerator")
  public static let unknown = Bilingual(zh: "待查", en: "Unknown")
  public static let denominator = Bilingual(zh: "分母", en: "Denominator")
  public static let rate = Bilingual(zh: "比率", en: "Rate")

  public static let organizations = Bilingual(zh: "组织数", en: "Organisations")
  public static let organizationsUnknown = Bilingual(
    zh: "组织不明的单位", en: "Units of an unknown organisation")
  public static let members = Bilingual(zh: "成员数", en: "Members")
  public static let membersUnknown = Bilingual(
    zh: "成员数不明的单位", en: "Units with an unknown number")
  public static let lastTime = Bilingual(zh: "上次", en: "Last time")
  public static let bestShare = Bilingual(zh: "最高等次占比", en: "Share of the best tier")
  public static let section = Bilingual(zh: "所属部分", en: "Section")
  public static let statistic = Bilingual(zh: "统计事项", en: "What is counted")
  public static let counted = Bilingual(zh: "数量", en: "Count")
  /// Among how many subjects something is counted.
  public static let among = Bilingual(zh: "统计对象数", en: "Counted among")
  public static let note = Bilingual(zh: "说明", en: "Note")
  public static let figure = Bilingual(zh: "公布事项", en: "What is stated")
  public static let stated = Bilingual(zh: "公布数", en: "Published")
  public static let unit = Bilingual(zh: "计量单位", en: "Unit")
  public static let computed = Bilingual(zh: "本次计算", en: "Computed")
  /// The computed figure less the stated one.
  public static let difference = Bilingual(zh: "相差", en: "Difference")
  public static let conclusion = Bilingual(zh: "结论", en: "Conclusion")
  /// How a figure is computed, or why it cannot be known.
  public static let explanation = Bilingual(zh: "计算口径或原因", en: "How computed, or why not")
  public static let sourceDocument = Bilingual(zh: "来源文件", en: "Source document")
  public static let sourceWords = Bilingual(zh: "原文表述", en: "In its words")
  public static let formationProposal = Bilingual(zh: "方案", en: "Proposal")
  public static let form = Bilingual(zh: "形式", en: "Form")
  public static let partners = Bilingual(zh: "同组", en: "Together with")
  public static let tie = Bilingual(zh: "相近之处", en: "What they share")
  public static let strength = Bilingual(zh: "本身计数", en: "Brings")
  public static let together = Bilingual(zh: "合计", en: "In all")
  public static let basis = Bilingual(zh: "依据", en: "Basis")
  public static let before = Bilingual(zh: "现有", en: "Have it now")
  public static let rateBefore = Bilingual(zh: "现有比率", en: "Rate now")
  public static let alone = Bilingual(zh: "单独", en: "Alone")
  public static let joint = Bilingual(zh: "联合", en: "Joint")
  public static let area = Bilingual(zh: "区域", en: "Area")
  public static let gained = Bilingual(zh: "增加", en: "Gained")
  public static let after = Bilingual(zh: "之后", en: "Then")
  public static let rateAfter = Bilingual(zh: "之后比率", en: "Rate then")
  public static let otherwise = Bilingual(zh: "其他", en: "Otherwise")
  public static let toAscertain = Bilingual(zh: "先查明", en: "To be ascertained")
  public static let leftOut = Bilingual(zh: "未列入方案", en: "Without a proposal")

  public static let rubric = Bilingual(zh: "评价标准", en: "Rubric")
  public static let fact = Bilingual(zh: "事实", en: "Fact")
  public static let recordKind = Bilingual(zh: "在哪张表", en: "Record kind")
  public static let supplied = Bilingual(zh: "补报", en: "Supplied")
  public static let office = Bilingual(zh: "由谁提供", en: "Office")
  /// Who must act where data are wrong.
  public static let acts = Bilingual(zh: "由谁处理", en: "To act")
  public static let countsIn = Bilingual(zh: "用于", en: "Counts in")
  public static let title = Bilingual(zh: "名称", en: "Title")
  public static let atStake = Bilingual(zh: "涉及分值", en: "Points at stake")
  /// What a deduction could take once what is missing is known.
  public static let deductionAtStake = Bilingual(zh: "可能扣分", en: "Deduction at stake")
  public static let tierNow = Bilingual(zh: "现在等次", en: "Tier now")
  public static let tierBest = Bilingual(zh: "最高可达等次", en: "Best tier")

  public static let ratingDelivered = Bilingual(zh: "既有等次", en: "Delivered")
  public static let ratingComputed = Bilingual(zh: "推算等次", en: "Computed tier")
  public static let ratingDirection = Bilingual(zh: "推算与既有相比", en: "Computed is")

  public static let subjects = Bilingual(zh: "对象数", en: "Subjects")
  public static let ranked = Bilingual(zh: "有名次者", en: "With a rank")
  public static let rankedRate = Bilingual(zh: "有名次者比率", en: "Rate with a rank")
  public static let passed = Bilingual(zh: "合格者", en: "Passed")
  public static let passRate = Bilingual(zh: "合格率", en: "Pass rate")
  public static let meanScore = Bilingual(zh: "平均得分", en: "Mean score")

  public static let part = Bilingual(zh: "项目", en: "Part")
  public static let weight = Bilingual(zh: "权重", en: "Weight")
  public static let effectiveWeight = Bilingual(zh: "实际权重", en: "Effective weight")
  public static let ranksMoved = Bilingual(zh: "名次变动者", en: "Ranks moved")
  public static let meanShift = Bilingual(zh: "平均变动", en: "Mean shift")
  public static let largestShift = Bilingual(zh: "最大变动", en: "Largest shift")
  public static let draws = Bilingual(zh: "试算次数", en: "Trials")

  public static let outcome = Bilingual(zh: "结果", en: "Outcome")
  public static let correctedValue = Bilingual(zh: "更正值", en: "Corrected value")
  public static let correctionReason = Bilingual(zh: "更正理由", en: "Reason")
  public static let targetFile = Bilingual(zh: "被更正的文件", en: "Corrected file")
  public static let targetLine = Bilingual(zh: "被更正的行", en: "Corrected line")
  /// Of what differs between two runs, or under another pack.
  public static let change = Bilingual(zh: "变化", en: "Change")
  public static let earlier = Bilingual(zh: "前次", en: "Before")
  public static let later = Bilingual(zh: "本次", en: "After")
  public static let rise = Bilingual(zh: "升降（百分点）", en: "Rise (percentage points)")
  public static let standing = Bilingual(zh: "等次或状态", en: "Tier or state")
  public static let scoreChange = Bilingual(zh: "得分变化", en: "Change of the score")
  public static let dueTo = Bilingual(zh: "由于", en: "Due to")
  public static let through = Bilingual(zh: "经由规则", en: "Through")
  public static let pointsUp = Bilingual(zh: "加分合计", en: "Points up")
  public static let pointsDown = Bilingual(zh: "减分合计", en: "Points down")
  public static let otherStanding = Bilingual(
    zh: "其中等次或状态变化", en: "Of them another tier or state")

  public static let document = Bilingual(zh: "文号", en: "Document")
}

/// What the interval of a rank says: where other weights put it in nine of ten trials.
///
/// - Parameters:
///   - draws: how many sets of weights were tried.
///   - weights: by how many thousandths of itself each weight went up or down.
public func rankInterval(draws: Int, weights: Int) -> Bilingual {
  let tenths = ["", "一成", "两成", "三成", "四成", "五成", "六成", "七成", "八成", "九成"]
  let span =
    weights % 100 == 0 && 1...9 ~= weights / 100
    ? tenths[weights / 100] : shownPercent(weights, decimals: 1)
  return Bilingual(
    zh: "各项分值上下浮动\(span)试算 \(draws) 次，九成情况下的名次",
    en: "rank in 90 of 100 trials with other weights")
}
