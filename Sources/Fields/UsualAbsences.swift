/// What people and programs commonly write for values that are absent, where no pack says its own
/// words: matching keys.
public enum UsualAbsences {
  /// Nobody stated a value.
  public static let notStated = Set(
    [
      "n/a", "#n/a", "na", "nan", "null", "nil", "-", "--", "---", "—", "——", "/", "\\", "\\n", ".",
      "?",
      "不详", "未知", "未填", "未填写", "未填报", "暂无", "不适用", "缺失",
      "unknown", "not known", "not available", "not applicable", "missing",
    ].map(matchingKey))
  /// There is none.
  public static let statedNone = Set(["无", "没有", "none"].map(matchingKey))

  /// Whether a cell holds one of them.
  public static func hold(_ cell: String) -> Bool {
    let key = matchingKey(cell)
    return notStated.contains(key) || statedNone.contains(key)
  }
}
