public import Tables

/// What a statement that holds or does not hold is called.
public enum FlagLabel {
  public static let yes = Bilingual(zh: "是", en: "yes")
  public static let no = Bilingual(zh: "否", en: "no")

  public static func label(_ flag: Bool) -> Bilingual { flag ? yes : no }

  /// The label of a flag as columns write it; nil for all other texts.
  public static func label(ofText text: String) -> Bilingual? {
    switch text {
    case "true": yes
    case "false": no
    default: nil
    }
  }
}
