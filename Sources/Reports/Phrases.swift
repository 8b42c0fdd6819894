import Labels
import RulePacks
import Tables

/// The reports' own short words, in the pack's language where they stand beside the pack's texts.
enum Phrases {
  static let separator = Bilingual(zh: "；", en: "; ")
  static let opening = Bilingual(zh: "（", en: " (")
  static let closing = Bilingual(zh: "）", en: ")")
  static let notMet = Bilingual(zh: "未满足：", en: "not met: ")
  static let waitsFor = Bilingual(
    zh: Status.pending.label.zh + "：", en: Status.pending.label.en + ": ")
  static let limited = Bilingual(zh: "受限：", en: "limited: ")
  static let tooLittle = Bilingual(
    zh: "有依据的分值所占比例不足 ", en: "share of the full mark with evidence is below ")
  static let tieAcrossQuota = Bilingual(
    zh: "同分者跨名额线，须由人决定", en: "equal scores stand across the quota line; a person decides")
  static let tieAcrossReserve = Bilingual(
    zh: "同分者跨候补线，须由人决定", en: "equal scores stand across the end of the reserve; a person decides")
  static let tieBroken = Bilingual(
    zh: "同分，按标准规定的次序排定", en: "equal scores, set apart by the keys of the rubric")
  static let candidacyUnknown = Bilingual(
    zh: "是否为候选对象不明", en: "it is unknown whether this is a candidate")
  static let reservation = Bilingual(
    zh: "征求意见有保留或不同意，须先答复", en: "a consulted body has a reservation that waits for an answer")
  static let notStated = Bilingual(zh: "未说明", en: "not stated")
  static let smallGroups = Bilingual(zh: "其余小组合计", en: "smaller groups together")
  static let yes = FlagLabel.yes
  static let no = FlagLabel.no
  static let withheldText = Bilingual(
    zh: "（该字段不公开，内容不在报告中显示）",
    en: "(the field is not public; its content is not shown in reports)")
  static let withheldCure = Bilingual(
    zh: "请在原系统中核对该字段，更正后重新报送。",
    en: "Check the field in the system it came from, correct it and send it again.")
}

extension PartState {
  /// The word in machine-readable reports.
  var word: String {
    switch self {
    case .assessed: "assessed"
    case .withheld: "withheld"
    case .pending: "pending"
    case .zeroed: "zeroed"
    case .carried: "carried"
    case .notApplicable: "not-applicable"
    case .leftOut: "left-out"
    case .imputed: "imputed"
    }
  }
}

extension GateState {
  /// The word in machine-readable reports.
  var word: String {
    switch self {
    case .met: "met"
    case .failed: "failed"
    case .pending: "pending"
    }
  }
}

extension CapState {
  /// The word in machine-readable reports.
  var word: String {
    switch self {
    case .free: "free"
    case .capped: "capped"
    case .pending: "pending"
    }
  }
}
