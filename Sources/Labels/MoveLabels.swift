public import Tables

/// What the counts of moves between two runs are called.
public enum MoveLabel {
  /// Between two tiers; who is without a rank is in none.
  public static let tierUp = Bilingual(zh: "等次上升", en: "up a tier")
  public static let tierDown = Bilingual(zh: "等次下降", en: "down a tier")
  public static let ranked = Bilingual(zh: "进入排名", en: "into the ranking")
  public static let unranked = Bilingual(zh: "退出排名", en: "out of the ranking")
}
