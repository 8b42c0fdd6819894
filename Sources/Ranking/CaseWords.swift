import RulePacks
import Tables

/// What a finding about a case says, and what to do.
struct CaseWords {
  var message: Bilingual
  var cure: Bilingual

  init(_ zh: String, _ en: String, cure zhCure: String, _ enCure: String) {
    message = Bilingual(zh: zh, en: en)
    cure = Bilingual(zh: zhCure, en: enCure)
  }
}

func words(of fault: CaseFile.Fault, _ subject: String) -> CaseWords {
  switch fault {
  case .numberTaken:
    CaseWords(
      "\(subject)的异议编号重复，后一条没有采用。",
      "Two objections about \(subject) have one number; the later one does not count.",
      cure: "给后一条另编一个编号后重新报送。", "Give the later one a number of its own and send it again.")
  case .answerBeforeFiling:
    CaseWords(
      "\(subject)的异议答复早于提出，或者没有提出日期，答复没有采用。",
      "An objection about \(subject) is answered before it was filed, or has no date of filing; the answer does not count.",
      cure: "核对提出日期和答复日期。", "Check both dates.")
  case .answeredTwice:
    CaseWords(
      "\(subject)的异议已经办结，后一次答复没有采用。",
      "The objection about \(subject) was closed before; the later answer does not count.",
      cure: "不服答复的，作为新的异议登记。", "To go on, file a new objection.")
  case .answerUnsigned:
    CaseWords(
      "\(subject)的异议答复没有写明答复日期、答复岗位或初评岗位，仍按未答复处理。",
      "The answer to an objection about \(subject) lacks its date, the role that answered or the role that assessed first; it stays open.",
      cure: "补上日期和岗位（不填姓名）后重新报送。", "Add the date and the roles, not names, and send it again.")
  case .answeredByFirstAssessor:
    CaseWords(
      "\(subject)的异议由初评岗位自己答复，仍按未答复处理。",
      "The objection about \(subject) was answered by the role that assessed first; it stays open.",
      cure: "由初评岗位以外的人复核答复。", "Have somebody else look at it and answer.")
  case .decisionWhileFrozen:
    CaseWords(
      "\(subject)的异议还没有答复就作出了决定，决定没有采用。",
      "A decision about \(subject) was taken while an objection was open; it does not count.",
      cure: "先答复异议，再作决定。", "Answer the objection first, then decide.")
  case .decisionUnsigned:
    CaseWords(
      "关于\(subject)的决定没有写明作出决定的机构（岗位）或日期，没有采用。",
      "A decision about \(subject) does not say which role took it, or when; it does not count.",
      cure: "补上机构（岗位）和日期后重新报送。", "Add role and date and send it again.")
  case .decisionWithoutReasons:
    CaseWords(
      "关于\(subject)的决定与建议不同，但没有写明理由，没有采用。",
      "A decision about \(subject) differs from the proposal without saying why; it does not count.",
      cure: "补上不同于建议的理由后重新报送。", "Add the reasons for departing from the proposal and send it again."
    )
  case .decidedTwice:
    CaseWords(
      "\(subject)已有生效的决定，后一个决定没有采用。",
      "There is a decision about \(subject) already; the later one does not count.",
      cure: "要改变决定，须有异议成立，或者原决定为暂缓。",
      "To change it, an objection must be upheld, or the first decision be a deferral.")
  case .adoptsNothing:
    CaseWords(
      "关于\(subject)的决定写的是采纳建议，但对该对象还没有建议可以采纳（分数相同须由人定，或者还缺意见、材料），决定没有采用。",
      "A decision about \(subject) adopts the proposal, but the subject is tied at the line or waits for something, so there is nothing to adopt; it does not count.",
      cure: "同分的，写明推荐、候补或不予推荐；缺意见（材料）的，先补齐再研究。",
      "In a tie, say recommended, reserve or declined; where something is missing, get it first, then decide."
    )
  case .adoptsAnother:
    CaseWords(
      "关于\(subject)的决定采纳的是研究时的建议，此后数据有变，现在的建议已经不同，决定没有采用。",
      "A decision about \(subject) adopts what was proposed when it was taken; the data have changed since and something else is proposed now, so it does not count.",
      cure: "请按现在的建议重新研究；仍按原意决定的，写明推荐、候补或不予推荐及理由。",
      "Decide again on what is proposed now; if the decision stays, say recommended, reserve or declined, with reasons."
    )
  case .conditionNotMet:
    CaseWords(
      "关于\(subject)的决定把不符合条件或还缺意见（材料）的对象列为推荐或候补，没有采用。",
      "A decision puts \(subject) forward, whose conditions are not met or who waits for an opinion; it does not count.",
      cure: "先补齐意见（材料）或满足条件，再行研究；规则允许突破条件的，由规则指明的机构决定并写明依据和理由。",
      "Get what is missing, then decide; where the rules name who may override, that role decides and states basis and reasons."
    )
  case .reservationUnanswered:
    CaseWords(
      "关于\(subject)的决定没有答复征求意见中的保留或不同意见，没有采用。",
      "A decision puts \(subject) forward without answering the reservations of the bodies that were consulted; it does not count.",
      cure: "在决定的“对保留意见的答复”栏逐条答复后重新报送；不同意不等于否决。",
      "Answer each in the decision's column for answers to reservations and send it again; a reservation is no veto."
    )
  case .nothingProposed:
    CaseWords(
      "关于\(subject)的决定所指的名单上没有该对象，决定没有采用。",
      "A decision about \(subject) concerns a list on which it does not stand; it does not count.",
      cure: "核对对象代码和名单名称。", "Check the subject and the name of the list.")
  }
}

func unknownList(
  _ name: String, _ subject: String, isDecision: Bool, among titles: [String]
) -> CaseWords {
  let effectZh = isDecision ? "决定没有采用" : "异议按对其所在的全部名单提出处理"
  let effectEn =
    isDecision
    ? "the decision does not count" : "the objection counts for all lists on which it stands"
  return CaseWords(
    "关于\(subject)的一条记录写的名单“\(name)”不在本批次的名单之中，\(effectZh)。",
    "A record about \(subject) names the list “\(name)”, which this run does not have; \(effectEn).",
    cure: "改用：\(titles.joined(separator: "、"))。", "Use one of: \(titles.joined(separator: ", ")).")
}

/// - Parameters:
///   - results: what the decisions of that day say.
///   - on: the day, packed.
func clash(of results: [String], _ on: Int32, _ subject: String) -> CaseWords {
  let day = PartialDate(packed: on).description
  return CaseWords(
    "关于\(subject)在 \(day) 有几个结果不同的决定（\(results.map { "“\($0)”" }.joined(separator: "、"))），看不出哪一个有效，都没有采用。",
    "There are decisions about \(subject) of \(day) with different results (\(results.map { "“\($0)”" }.joined(separator: ", "))); nobody can tell which holds, so none counts.",
    cure: "对照会议记录，只保留正确的一个，删去其余的行或文件后重新运行。",
    "Look into the minutes, keep the right one, delete the other rows or files, and run again.")
}

func undated(_ subject: String) -> CaseWords {
  CaseWords(
    "\(subject)的一件异议没有写明提出日期，按已经提出、还没有答复处理。",
    "An objection about \(subject) does not say when it was filed; it counts as filed and not answered.",
    cure: "补上提出日期后重新报送；不是异议的，删去这一行。",
    "Add the date of filing and send the row again; delete it if it is no objection.")
}

func farAhead(_ on: PartialDate, of asOf: PartialDate, _ subject: String) -> CaseWords {
  CaseWords(
    "关于\(subject)的决定日期是 \(on)，比评价截止日期 \(asOf) 晚一年以上；决定照常采用。",
    "A decision about \(subject) is dated \(on), more than a year after the as-of date \(asOf); it counts.",
    cure: "对照会议记录核对年份；写错的，改正后重新报送；是以后一次评价的决定，不要放入这次的数据。",
    "Compare the year with the minutes; where it is wrong, mend it and send the row again; a decision about a later run does not belong into this delivery."
  )
}

func misstated(_ says: Bool, _ subject: String) -> CaseWords {
  says
    ? CaseWords(
      "关于\(subject)的决定填为与建议不同，但与现在的建议相同；决定照常采用。",
      "A decision about \(subject) says that it differs from the proposal, but agrees with the present one; it counts.",
      cure: "核对：决定之后建议是否变化。", "Check whether the proposal has changed since.")
    : CaseWords(
      "关于\(subject)的决定填为与建议相同，但与现在的建议不同；决定照常采用。",
      "A decision about \(subject) says that it agrees with the proposal, but differs from the present one; it counts.",
      cure: "核对：决定之后建议是否变化；变化的，重新研究或补写理由。",
      "Check whether the proposal has changed since; if so, decide anew or add reasons.")
}

/// How many decisions of one list depart from the proposals, and which way; nil where none does.
func overrides(in screening: Screening, _ honour: RunPlan.Honour) -> Finding? {
  let counts = screening.caseCounts
  let differing = CaseFile.Direction.allCases.filter(\.differs).reduce(0) {
    $0 + (counts.directions[$1] ?? 0)
  }
  guard differing > 0 else { return nil }
  let up = counts.directions[.upward] ?? 0
  let down = counts.directions[.downward] ?? 0
  let against = counts.directions[.againstCondition] ?? 0
  let others = differing - up - down - against
  let otherZh =
    (against > 0 ? "，突破条件 \(against) 个" : "") + (others > 0 ? "，暂缓或其他 \(others) 个" : "")
  let otherEn =
    (against > 0 ? ", \(against) against a condition" : "")
    + (others > 0 ? ", \(others) deferred or otherwise" : "")
  let decided = counts.directions.values.reduce(0, +)
  return Finding(
    .note, "decisions-differ",
    message: Bilingual(
      zh:
        "“\(honour.title)”的 \(decided) 个决定中 \(differing) 个与建议不同：高于建议 \(up) 个，低于建议 \(down) 个\(otherZh)。",
      en:
        "“\(honour.title)”: \(differing) of the decisions (\(decided)) depart from the proposal: \(up) upward, \(down) downward\(otherEn)."
    ),
    cure: Bilingual(
      zh: "在质量分析中说明原因；经常高于或低于建议的，检查标准。",
      en: "Say why in the review of the run; if one way prevails, look at the criteria."))
}
