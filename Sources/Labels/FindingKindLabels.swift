public import Tables

extension Finding {
  /// What people read for a kind of findings, or of faults of returned rows; files for machines
  /// keep its id. Nil where a rule pack makes the check, which then has the pack's title.
  public static func label(ofKind id: String) -> Bilingual? { kindLabels[id] }

  /// By id, one for each that the house gives.
  static let kindLabels = Dictionary(
    (cellKinds + tallyKinds + rowKinds + fileKinds + deliveryKinds + linkageKinds + correctionKinds
      + correctionClashes
      + acknowledgementKinds
      + scoringKinds
      + opinionKinds + caseKinds).map { ($0.id, Bilingual(zh: $0.zh, en: $0.en)) },
    uniquingKeysWith: { first, _ in first })

  typealias Kind = (id: String, zh: String, en: String)

  // MARK: - What was delivered

  private static let cellKinds: [Kind] = [
    ("bad-number", "不是数字", "not a number"),
    ("not-whole", "不是整数", "not a whole number"),
    ("out-of-range", "超出合理范围", "out of range"),
    ("unit-missing", "没有写明单位", "unit missing"),
    ("approximate", "只是约数", "approximate number"),
    ("unknown-currency", "币种没有列出", "unknown currency"),
    ("unknown-condition", "怎样读取没有写明", "how to read it is not said"),
    ("scaled-number", "数字按千位缩小显示", "number shown by thousands"),
    ("bad-date", "不是日期", "not a date"),
    ("placeholder-date", "占位的日期", "date that stands for none"),
    ("no-such-day", "日历上没有的日期", "no such day"),
    ("bad-flag", "既非“是”也非“否”", "neither yes nor no"),
    ("unknown-code", "代码表中没有", "not in the code table"),
    ("bad-length", "位数不对", "wrong length"),
    ("bad-character", "含有不允许的字符", "character not allowed"),
    ("bad-check-digit", "校验位不符", "wrong check digit"),
    ("excel-mangled", "被电子表格改写", "rewritten by a spreadsheet"),
    ("control-character", "含有控制字符", "control characters"),
    ("mojibake", "乱码", "garbled text"),
    ("resident-number", "疑似身份证号码", "resident identity number"),
    ("missing", "缺少必填项", "required and not stated"),
    ("no-identity", "不知属于谁", "nothing tells whose"),
    ("unencodable-character", "含有无法显示的字符", "character that cannot be written"),
    ("broken-character", "字符残缺", "broken character"),
    ("repeated-element", "同一项出现多次", "stated more than once"),
    ("cell-error", "公式的错误值", "error value of a formula"),
    ("struck-out", "加了删除线", "crossed out"),
    ("unclear-percentage", "看不出是否百分数", "percentage or fraction"),
    ("fill-down-broken", "应与上面相同而上面已退回", "value above was returned"),
    ("division-not-valid", "行政区划已失效", "division not valid any more"),
  ]

  /// Told once for all cells of a column.
  private static let tallyKinds: [Kind] = [
    ("unknown-values", "代码表中没有的值（汇总）", "not in the code table, in sum"),
    ("unread-values", "读不出的值（汇总）", "cannot be read, in sum"),
    ("rounded", "小数已舍入", "decimals rounded"),
    ("small-letters", "用了小写字母", "small letters"),
    ("utc-midnight", "日期可能差一天", "date perhaps a day off"),
    ("date-after-as-of", "晚于评价截止日期", "later than the as-of date"),
    ("identity-folded", "含有看不见或相似的字符", "characters that look alike"),
    ("mixed-scales", "比值与百分数混用", "ratios among percentages"),
    ("columns-differ", "几列所填不同", "columns differ"),
  ]

  private static let rowKinds: [Kind] = [
    ("cell-count", "单元格数与表头不符", "cells do not fit the header"),
    ("too-many-cells", "单元格过多", "too many cells"),
    ("stray-quote", "多余的引号", "stray quote"),
    ("other-quote", "引号与文件不同", "another quote than the file's"),
    ("quote-in-cell", "单元格中间有引号", "quote within a cell"),
    ("text-in-apostrophes", "文字以 ' 括起", "text in apostrophes"),
    ("row-too-long", "一行过长", "row too long"),
    ("form-example", "填表示例，未读入", "example rows of a form"),
    ("form-edition", "报送表不是现行版次", "form of another edition"),
    ("form-lines-open", "表中还有未填写的行", "lines of a form not filled in"),
    ("rows-after-footer", "表尾之后还有内容", "rows after the footer"),
    ("rows-elsewhere", "记录不在约定的位置", "rows elsewhere in the file"),
    ("cells-beside", "表格旁边还有内容", "cells beside the table"),
    ("example-or-data", "分不清是示例还是数据", "example or record"),
    ("continued-lines", "续表标记行", "lines between pages"),
    ("group-line", "分组标题行", "a line that heads a group"),
    ("two-records", "一行有两条记录", "two records in a row"),
    ("last-line-open", "最后一行没有结束", "last line has no end"),
    ("hidden-columns", "有隐藏的列", "hidden columns"),
    ("unseen-rows", "文字与底色同色的行", "rows nobody sees"),
    ("hidden-rows", "有隐藏的行", "hidden rows"),
    ("partly-struck", "一部分文字加了删除线", "crossed out in part"),
    ("merged-cells", "有合并的单元格", "merged cells"),
    ("formula-without-value", "公式没有结果", "formula without a value"),
    ("rows-deleted", "标明已删除的行", "rows marked as deleted"),
    ("deletion-unclear", "看不出是否已删除", "deleted or in force"),
    ("row-marked-void", "备注写明作废", "remark says void"),
    ("row-mended", "退回的记录已更正", "returned rows mended"),
    ("mending-not-used", "更正的记录未采用", "mended rows not used"),
  ]

  private static let fileKinds: [Kind] = [
    ("backslash-escapes", "引号前有反斜杠", "backslash before quotes"),
    ("no-rows", "没有一条记录", "no record in the file"),
    ("title-of-another-time", "表名写的是另一时期", "title of another time"),
    ("stale-file", "像是以前一期的文件", "file of an earlier time"),
    ("column-missing", "缺少列", "column missing"),
    ("dropped-columns", "有未读取的列", "columns not read"),
    ("few-known-columns", "认得的列太少", "few known columns"),
    ("path-never-occurs", "来源配置所写没有出现", "named in the profile, never occurs"),
    ("control-missing", "没有合计数可核对", "no control total"),
    ("control-total", "合计数与记录不符", "control total disagrees"),
    ("encoding-declaration", "声明的编码不符", "wrong encoding declared"),
    ("list-not-read", "有未读取的列表", "list not read"),
    ("sheet-not-read", "有未读取的工作表", "sheet not read"),
    ("hidden-sheet", "隐藏的工作表", "hidden sheet"),
    ("old-workbook", "旧格式的工作簿", "workbook of the old format"),
    ("workbook-links", "值取自其他文件", "values from other files"),
    ("workbook-macros", "工作簿带宏", "workbook with macros"),
    ("not-listed", "未逐条列出", "counted, not listed"),
    ("same-file", "同一文件报了两次", "file delivered twice"),
  ]

  private static let deliveryKinds: [Kind] = [
    ("not-delivered", "应报而没有报来", "not delivered"),
    ("fewer-rows", ReturnLine.State.fewer.label.zh, ReturnLine.State.fewer.label.en),
    ("previous-not-published", "上一批次没有发布", "run before not published"),
    ("set-aside-unused", "写明不读的文件不存在", "no file to be set aside"),
    ("file-broken", "文件损坏，没有读取", "broken file, not read"),
    ("file-not-data", "不是数据，没有读取", "no data, not read"),
    ("file-own-paper", "本系统制作的表，没有读取", "paper of Heng's own, not read"),
    ("file-paper-not-used", "填好的表没有采用", "filled-in paper not used"),
    ("file-open-elsewhere", "工作簿正被打开", "workbook is open elsewhere"),
    ("file-decided", "按写明的不读", "set aside as said"),
    ("file-litter", "系统和程序的遗留文件", "left behind by programs"),
    ("file-nil-return", ReturnLine.State.nilReturn.label.zh, ReturnLine.State.nilReturn.label.en),
  ]

  // MARK: - What was made of it

  private static let linkageKinds: [Kind] = [
    ("nothing-carried", "上期没有可沿用的结果", "nothing to carry over"),
    ("conflict", "来源矛盾", "sources disagree"),
    ("unread-source", "不能识别，不用其他来源代替", "not readable, and no other source used"),
    ("returned-row-open", "退回的行，结论未定", "returned row leaves open what it says"),
    ("duplicate", "重复的行", "repeated rows"),
    ("history", "以往的记录", "records of earlier times"),
    ("later-row-blank", "较新的一行没有填全", "blank in the later row"),
    ("unmatched", "找不到所属主体", "no subject found"),
    ("code-differs", "代码不一致", "code differs"),
    ("code-two-names", "一个代码两个名称", "one code, two names"),
    ("name-of-another", "代码与名称不是同一主体", "code and name of two subjects"),
    ("shared-identity", "不同主体的识别项相同", "subjects share an identity"),
    ("no-reference", "所指的主体没有找到", "names no known subject"),
  ]

  private static let acknowledgementKinds: [Kind] = [
    ("acknowledgement-unsigned", "确认没有写岗位或理由", "acknowledgement without role or reason"),
    ("acknowledgement-unused", "确认没有对应的问题", "acknowledgement of no finding"),
  ]

  /// Corrections that did not take effect.
  private static let correctionKinds: [Kind] = [
    AppliedCorrection.Outcome.stale, .noTarget, .unreadable, .unsigned, .blank,
  ].map { outcome in
    (
      "correction-\(outcome.rawValue)", "更正未采用：\(outcome.label.zh)",
      "correction: \(outcome.label.en)"
    )
  }

  private static let correctionClashes: [Kind] = [
    ("corrections-differ", "同一处有几次不同的更正", "corrections of one cell differ")
  ]

  private static let scoringKinds: [Kind] = [
    ("not-a-code", "得出的不是代码", "result is no code"),
    ("applies-unknown", "不知是否适用", "unknown whether it applies"),
    ("no-value", "无法计算", "no value"),
    ("between-bands", "落在两档之间", "between two bands"),
    ("between-bands-total", "落在两档之间（汇总）", "between two bands, in sum"),
    ("not-in-lookup", "代码没有分值", "code without points"),
    ("not-in-lookup-total", "代码没有分值（汇总）", "code without points, in sum"),
    ("out-of-range-total", "超出合理范围（汇总）", "out of range, in sum"),
    ("whole-is-zero", "分母为 0", "divided by 0"),
    ("no-logarithm", "没有对数", "no logarithm"),
    ("no-spread", "各值没有差别", "values do not differ"),
    ("no-discrimination", "分不出高低", "tells nobody apart"),
    ("never-stated", "没有一个对象报过", "stated of nobody"),
    ("disparity", "各组差距较大", "groups far apart"),
  ]

  private static let opinionKinds: [Kind] = [
    ("opinion-without-basis", "意见没有写明依据", "opinion without a basis"),
    ("opinion-unsigned", "意见没有签署", "opinion not signed"),
    ("opinion-not-in-force", "意见超过可用期限", "opinion no longer in force"),
    ("opinion-grade", "意见的等级不在标准中", "opinion of an unknown grade"),
    ("opinion-unclear", "意见不知针对什么", "opinion about something unknown"),
  ]

  private static let caseKinds: [Kind] = [
    ("case-unknown-list", "所写的名单不存在", "no such list"),
    ("name-changed", "同一代码名称不同", "another name under one code"),
    ("code-changed", "可能换了代码", "perhaps a new code"),
    ("objection-number-taken", "异议编号重复", "number of an objection taken"),
    ("answer-before-filing", "答复早于异议", "answer before the objection"),
    ("answered-twice", "异议已经办结", "objection closed before"),
    ("answer-unsigned", "答复没有日期或岗位", "answer not signed"),
    ("answered-by-first-assessor", "初评岗位自己答复", "answered by the first assessor"),
    ("decision-while-frozen", "异议未答复就作决定", "decided while an objection was open"),
    ("decision-unsigned", "决定没有机构或日期", "decision not signed"),
    ("decision-without-reasons", "决定没有写明理由", "decision without reasons"),
    ("decided-twice", "已有生效的决定", "decided before"),
    ("decision-adopts-nothing", "没有建议可以采纳", "nothing to adopt"),
    ("decision-adopts-another", "采纳的建议已经改变", "adopts a proposal that has changed"),
    ("decision-against-condition", "决定不合条件", "decision against a condition"),
    ("reservation-unanswered", "保留意见没有答复", "reservation not answered"),
    ("nothing-proposed", "决定所指不在名单上", "decision about nobody on the list"),
    ("decision-misstates-proposal", "决定所述建议不符", "decision misstates the proposal"),
    ("objection-undated", "异议没有提出日期", "objection without a date of filing"),
    ("decision-far-ahead", "决定日期远在评价之后", "decided long after the as-of date"),
    ("decided-above-quota", "决定的人选超出名额", "more decided on than the quota"),
    ("decisions-clash", "同日决定结果不同", "decisions of one day disagree"),
    ("decisions-differ", "决定与建议不同", "decisions depart from proposals"),
  ]
}
