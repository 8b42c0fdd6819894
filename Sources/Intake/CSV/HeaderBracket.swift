import Fields

/// What stands in brackets at the end of a column's name: a unit, a remark, or what makes another
/// column of it.
enum HeaderBracket {
  /// The content of the brackets at the end of a matching key; nil where there are none.
  static func content(of key: String) -> String? {
    guard key.hasSuffix(")"), let open = key.lastIndex(of: "("), open != key.startIndex else {
      return nil
    }
    return String(key[key.index(after: open)...].dropLast())
  }

  /// Whether a column is not the one that is called so without the brackets: `从业人数（其中：女性）`
  /// and `（上年）` are other numbers, `统一社会信用代码（总公司）` is another body's.
  static func narrows(_ content: String) -> Bool {
    narrowing.contains { content.contains($0) }
  }

  private static let narrowing = [
    "其中", "上年", "去年", "前年", "往年", "上一年", "上期", "上季", "上月", "同期", "期初", "年初",
    "总公司", "母公司", "总部", "上级", "分公司", "分支机构", "下属", "曾用", "原名",
  ]

  /// `元` for `单位:元` and for `元`.
  static func unit(in content: String) -> String {
    for lead in ["计量单位", "金额单位", "货币单位", "单位"] where content.hasPrefix(lead) {
      let rest = content.dropFirst(lead.count)
      if rest.hasPrefix(":") { return String(rest.dropFirst()) }
    }
    return content
  }

  /// Whether a text is a unit of numbers, be it one that a field knows.
  static func isUnit(_ content: String) -> Bool {
    let unit = unit(in: content)
    if units.contains(unit) { return true }
    guard let last = units.first(where: { unit.hasSuffix($0) }) else { return false }
    return multiples.contains(String(unit.dropLast(last.count)))
  }

  /// The unit of money that a line above a table states for all of it, `单位：元` or
  /// `计量单位:人、万元`; nil where none does.
  static func unitOfMoney(above rows: ArraySlice<[String]>) -> String? {
    for cell in rows.joined() {
      let key = matchingKey(cell)
      let unit = unit(
        in: key.hasPrefix("(") && key.hasSuffix(")") ? String(key.dropFirst().dropLast()) : key)
      guard unit != key, unit.count <= 12 else { continue }
      let parts = unit.split { ",、/;".contains($0) }.map(String.init)
      if let money = parts.first(where: { $0.hasSuffix("元") && isUnit($0) }) { return money }
    }
    return nil
  }

  private static let units = ["美元", "欧元", "港元", "港币", "日元", "元", "人次", "人", "%", "‰", "平方米", "亩"]
  private static let multiples = ["", "十", "百", "千", "万", "十万", "百万", "千万", "亿"]
}
