public import Tables

/// What a public notice says in its own words.
public enum PublicityLabel {
  public static let number = Bilingual(zh: "序号", en: "No.")
  public static let basis = Bilingual(zh: "依据", en: "Basis")
  public static let period = Bilingual(zh: "公示期", en: "Period")
  public static let telephone = Bilingual(zh: "联系电话", en: "Telephone")
  public static let objections = Bilingual(zh: "异议的提出", en: "How to object")

  public static func title(_ honour: String) -> Bilingual {
    Bilingual(zh: "“\(honour)”拟推荐名单公示", en: "Public notice: put forward for “\(honour)”")
  }

  /// What the list is; `subject` is what those on it are.
  public static func lead(_ subject: String) -> Bilingual {
    Bilingual(
      zh: "经研究决定，拟推荐下列\(subject)，现予公示，接受监督。",
      en:
        "It was decided to put forward those listed here. Until the period ends anybody may object."
    )
  }

  /// - Parameters:
  ///   - from: the first day, which counts.
  ///   - to: the last day, which counts.
  public static func period(from: String, to: String, days: String) -> Bilingual {
    Bilingual(
      zh: "\(from)至\(to)（含首尾两日），共 \(days) 日，自最后一次决定的次日起算",
      en:
        "\(from) to \(to), both days included: \(days) days, counted from the day after the latest "
        + "decision")
  }

  /// A day as notices write it.
  public static func day(_ date: PartialDate) -> Bilingual {
    let (year, month, day) = date.civil
    return Bilingual(zh: "\(year)年\(month)月\(day)日", en: date.description)
  }
}
