public import Fields
public import Tables

extension RulePack {
  /// How the numbers of a field are written; a bare number is multiplied by `scale`, or by the
  /// dictionary's where it is nil.
  public func numbers(of field: Field, scale: Exact? = nil) -> NumberRules {
    var rules = NumberRules(scale: scale ?? field.scale)
    rules.isPercent = field.type == .percent
    rules.isMoney = field.type == .money
    // A unit in the header, or a scale of the source, is stated for the whole column.
    rules.requiresUnit = field.requiresUnit && scale == nil
    rules.add(factors: field.headerUnits)
    if field.type == .money {
      rules.add(factors: about.currencies)
      rules.add(factors: [about.currency: Exact(millionths: Exact.one)])
      if about.currency == "CNY" {
        let one = Exact(millionths: Exact.one)
        rules.add(factors: ["¥": one, "RMB": one, "元整": one, "圆整": one, "元正": one, "圆": one])
      }
      if let dollars = about.currencies["美元"] { rules.add(factors: ["美金": dollars]) }
    }
    rules.add(unit: field.unit)
    rules.add(factors: words.multiples)
    rules.add(about: words.about)
    return rules
  }
}
