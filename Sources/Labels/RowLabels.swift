public import Tables

/// What has become of a delivered row.
public enum RowLabel: Sendable, CaseIterable {
  case accepted, returned, superseded

  /// What people read; files for machines keep `quarantined`.
  public var label: Bilingual {
    switch self {
    case .accepted: Bilingual(zh: "采用", en: "accepted")
    case .returned: Bilingual(zh: "退回更正", en: "returned for mending")
    case .superseded: Bilingual(zh: "重复或已更新", en: "superseded")
    }
  }

  /// All that were read, whatever became of them.
  public static let read = Bilingual(zh: "读入", en: "read")

  /// Of a returned row in the dossier of the subject that it names.
  public static let notUsed = Bilingual(
    zh: "这一行没有采用，更正之前所说的内容未知",
    en: "this row is not used; what it says is not known until it is mended")

  /// The table of what has to be mended.
  public static let returnedRows = Bilingual(zh: "退回更正的记录", en: "Rows returned for mending")

  /// `采用 599，退回更正 1，重复或已更新 2`
  public static func counts(accepted: Int, returned: Int, superseded: Int) -> Bilingual {
    let counts = zip(allCases, [accepted, returned, superseded])
    return Bilingual(
      zh: counts.map { "\($0.label.zh) \($1)" }.joined(separator: "，"),
      en: counts.map { "\($1) \($0.label.en)" }.joined(separator: ", "))
  }
}
