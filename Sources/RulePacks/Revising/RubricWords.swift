import Labels
public import Tables

extension RubricRow.Kind {
  public var title: Bilingual {
    switch self {
    case .setting: say("总则", "setting")
    case .named: say("条件", "condition")
    case .gate: say("门槛", "gate")
    case .group: say("一级指标", "group")
    case .indicator: say("指标", "indicator")
    case .deduction: say("扣分", "deduction")
    case .bonus: say("加分", "bonus")
    case .cap: say("封顶", "cap")
    case .tier: say("等次", "tier")
    }
  }
}

extension RubricRow.Column {
  public var title: Bilingual {
    switch self {
    case .kind: say("类别", "Kind")
    case .group: say("一级指标", "Group")
    case .id: say("编号", "Id")
    case .title: say("二级指标（内容）", "Title")
    case .points: say("分值", "Points")
    case .rule: say("评分标准", "Rule")
    case .basis: say("依据", "Basis")
    case .source: say("数据来源", "Source")
    case .unknown: say("缺失处理", "If unknown")
    case .applies: say("适用", "Applies where")
    case .note: say("说明（补正办法）", "Note (cure)")
    case .contact: say("联系", "Contact")
    }
  }
}

extension RubricRow.Column {
  /// The heading where only rows of one kind stand below it.
  public func title(above kind: RubricRow.Kind) -> Bilingual {
    switch (self, kind) {
    case (.title, .group), (.title, .indicator): say("二级指标", "Indicator")
    case (.title, _): say("内容", "Text")
    case (.note, .gate), (.note, .cap): say("补正办法", "Cure")
    case (.note, _): say("说明", "Note")
    default: title
    }
  }
}

extension Rubric.Unknown {
  public var title: Bilingual {
    switch self {
    case .withhold: say("暂不计分", "withhold")
    case .zero: say("按零分", "zero")
    case .pending: say(Status.pending.label.zh, "pending")
    case .carry: say("沿用上期", "carry")
    }
  }
}

/// The keys of a rubric as a whole, in the order in which they are written.
enum RubricSetting: String, CaseIterable {
  case rubric, title, subject, edition, basis, applies, full, decimals
  case rankOn = "rank-on"
  case rankWithin = "rank-within"
  case direction
  case ties
  case cohort
  case minimumAssessed = "minimum-assessed"
  case purposes
  case announcedTier = "tier"
  case announcedUntil = "until"
  case announcedSince = "since"
  case announcedYears = "years"
  case announcedWhy = "why"
  case comparedWith = "compare-with"
  case draws, weights, seed, appeal

  var title: Bilingual {
    switch self {
    case .rubric: say("标识", "id")
    case .title: say("名称", "title")
    case .subject: say("评价对象", "subject")
    case .edition: say("版次", "edition")
    case .basis: say("依据", "basis")
    case .applies: say("适用范围", "who is concerned")
    case .full: say("满分", "full mark")
    case .decimals: say("分值保留小数", "decimals of points")
    case .rankOn: say("排名所用分数", "score ranked on")
    case .ties: say("同分跨线时依次看", "ties across a line are broken by")
    case .rankWithin: say("名次先按", "ranked first by")
    case .direction: say("分数方向", "better scores are")
    case .comparedWith: say("与之对照的既有等次", "tier compared with")
    case .cohort: say("分组排名", "cohorts")
    case .minimumAssessed: say("有依据分值的最低比例", "least share assessed")
    case .purposes: say("用途", "purposes")
    case .announcedTier: say("此前公告的等次", "tier announced before")
    case .announcedUntil: say("公告的等次有效期至", "announced tier holds until")
    case .announcedSince: say("公告之日", "announced on")
    case .announcedYears: say("公告之日起有效年数", "years that it holds from then")
    case .announcedWhy: say("与公告不同的原因", "why another is worked out")
    case .draws: say("名次区间：抽取次数", "rank intervals: draws")
    case .weights: say("名次区间：权重变动", "rank intervals: change of weights")
    case .seed: say("名次区间：种子", "rank intervals: seed")
    case .appeal: say("异议", "appeal")
    }
  }

  /// The key of the file under which it stands.
  var section: String {
    switch self {
    case .decimals, .rankOn: "rounding"
    case .announcedTier, .announcedUntil, .announcedSince, .announcedYears, .announcedWhy:
      "announced"
    case .draws, .weights, .seed: "robustness"
    case .rubric, .title, .subject, .edition, .basis, .applies, .full, .rankWithin, .direction,
      .ties, .cohort, .minimumAssessed, .purposes, .comparedWith, .appeal:
      rawValue
    }
  }
}

/// Words that begin a line of a rule.
enum RuleWord: String, CaseIterable {
  case kind
  case part, whole, value
  case list, `where`
  case inForce = "in-force"
  case grade, signed, basis, aggregate, office
  case count, floor, cap
  case tierAtMost = "tier-at-most"
  case scoreAtMost = "score-at-most"
  case notMet = "not-met"

  var title: Bilingual {
    switch self {
    case .kind: say("性质", rawValue)
    case .part: say("分子", rawValue)
    case .whole: say("分母", rawValue)
    case .value: say("取值", rawValue)
    case .list: say("意见清单", rawValue)
    case .where: say("其中", rawValue)
    case .inForce: say("可用期限", rawValue)
    case .grade: say("等级字段", rawValue)
    case .signed: say("签署日期字段", rawValue)
    case .basis: say("事实依据字段", rawValue)
    case .aggregate: say("多项意见取", rawValue)
    case .office: say("出具单位", rawValue)
    case .count: say("计数", rawValue)
    case .floor: say("最多扣至", rawValue)
    case .cap: say("最多加", rawValue)
    case .tierAtMost: say("等次不高于", rawValue)
    case .scoreAtMost: say("得分不高于", rawValue)
    case .notMet: say("未满足的", rawValue)
    }
  }

  /// The word that a line begins with, and the rest of the line.
  static func begins(_ line: String) -> (word: RuleWord, rest: String)? {
    for word in allCases {
      for name in [word.rawValue, word.title.zh] where line.hasPrefix(name) {
        let rest = line.dropFirst(name.count)
        guard let colon = rest.first, colon == ":" || colon == "：" else { continue }
        return (word, trimmed(String(rest.dropFirst())))
      }
    }
    return nil
  }
}

/// What stands for all codes that are not listed.
let otherwise = say("其他", "otherwise")

/// Between an interval or code and its points.
let arrow = "→"

extension RubricRow {
  /// A cell as a reader of one language sees it.
  public func shown(_ column: Column, in language: Language) -> String {
    if let told = told[column] { return told.text(in: language) }
    let text = self[column]
    switch column {
    case .kind: return kind.title.text(in: language)
    case .unknown:
      return Rubric.Unknown(rawValue: text)?.title.text(in: language) ?? text
    case .title:
      guard kind == .setting, let setting = RubricSetting(rawValue: self[.id]) else { return text }
      return setting.title.text(in: language)
    case .rule:
      guard kind != .setting, kind != .named else { return text }
      let lines = text.split(separator: "\n").map { line(String($0), in: language) }
      return lines.joined(separator: "\n")
    case .group, .id, .points, .basis, .source, .applies, .note, .contact: return text
    }
  }

  private func line(_ line: String, in language: Language) -> String {
    if let (word, rest) = RuleWord.begins(line) {
      let colon = say("：", ": ").text(in: language)
      return word.title.text(in: language) + colon + rest
    }
    let start = otherwise.en + " " + arrow
    guard line.hasPrefix(start) else { return line }
    return otherwise.text(in: language) + " " + arrow + line.dropFirst(start.count)
  }

  /// A row as a reader of either language has written it; nil where the kind is not known.
  ///
  /// - Parameter cell: A cell's text.
  public init?(shown cell: (Column) -> String) {
    let name = trimmed(cell(.kind))
    let kind = Kind.allCases.first {
      [$0.rawValue, $0.title.zh, $0.title.en].contains(name.lowercased())
    }
    guard let kind else { return nil }
    self.init(kind)
    for column in Column.allCases where column != .kind { self[column] = cell(column) }
    if kind == .setting { self[.title] = "" }
    let unknown = Rubric.Unknown.allCases.first {
      [$0.rawValue, $0.title.zh].contains(self[.unknown])
    }
    if let unknown { self[.unknown] = unknown.rawValue }
    // As it was called in workbooks of earlier editions of the program.
    if self[.unknown] == "等待核实" { self[.unknown] = Rubric.Unknown.pending.rawValue }
    guard kind != .setting, kind != .named else { return }
    self[.rule] = self[.rule].split(separator: "\n").map { canonical(String($0)) }
      .joined(separator: "\n")
  }

  private func canonical(_ line: String) -> String {
    if let (word, rest) = RuleWord.begins(line) { return "\(word.rawValue): \(rest)" }
    guard let (left, points) = arrowed(line) else { return line }
    let isOther = [otherwise.zh, otherwise.en].contains(left)
    return "\(isOther ? otherwise.en : left) \(arrow) \(points)"
  }
}

/// The two sides of a line such as `>= 90 → 15`.
func arrowed(_ line: String) -> (left: String, points: String)? {
  for sign in [arrow, "->"] {
    guard let found = line.ranges(of: sign).last else { continue }
    return (
      trimmed(String(line[..<found.lowerBound])), trimmed(String(line[found.upperBound...]))
    )
  }
  return nil
}
