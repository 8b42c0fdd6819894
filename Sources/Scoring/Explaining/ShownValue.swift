import Expressions
import RulePacks
import Tables

extension EvidenceReader {
  /// A value as people read it: codes with their names, amounts with their currency, other
  /// numbers with their unit.
  func shown(_ text: String, as fact: Fact) -> String {
    if fact.type == .bool { return yesOrNo(text) }
    if let table = fact.codes { return named(text, in: table) }
    if let field = field(behind: fact), field.type == .money { return amount(text) }
    return fact.unit.isEmpty ? text : "\(text) \(fact.unit)"
  }

  func shown(_ text: String, as field: Field) -> String {
    if field.type == .flag { return yesOrNo(text) }
    if let table = field.codes { return named(text, in: table) }
    if field.type == .money { return amount(text) }
    return field.unit.isEmpty ? text : "\(text) \(field.unit)"
  }

  /// A value in words of either language: codes by their names, numbers in Chinese with the unit
  /// they are delivered in.
  func words(of text: String, as fact: Fact) -> Bilingual {
    if let field = field(behind: fact) { return words(of: text, as: field) }
    return words(of: text, codes: fact.codes, unit: fact.unit)
  }

  func words(of text: String, as field: Field) -> Bilingual {
    guard field.type == .money else {
      return words(of: text, codes: field.codes, unit: field.unit)
    }
    guard !field.unit.isEmpty, field.scale.millionths > 0, let millionths = millionths(of: text),
      case (let product, let isTooLarge) = millionths.multipliedReportingOverflow(by: Exact.one),
      !isTooLarge, product % field.scale.millionths == 0
    else { return words(of: text, codes: nil, unit: pack.about.currency) }
    let shown = Exact(millionths: product / field.scale.millionths)
    return Bilingual(zh: "\(shown) \(field.unit)", en: amountInEnglish(text))
  }

  private func amountInEnglish(_ text: String) -> String {
    pack.about.currency.isEmpty ? text : "\(pack.about.currency) \(text)"
  }

  private func words(of text: String, codes: Int?, unit: String) -> Bilingual {
    if let codes { return pack.name(of: text, in: codes) }
    switch text {
    case "true": return Bilingual(zh: "是", en: "yes")
    case "false": return Bilingual(zh: "否", en: "no")
    default: return Bilingual(zh: unit.isEmpty ? text : "\(text) \(unit)", en: text)
    }
  }

  /// Amounts are kept in base units, whatever unit they were delivered in.
  private func amount(_ text: String) -> String {
    pack.about.currency.isEmpty ? text : "\(text) \(pack.about.currency)"
  }

  private func named(_ code: String, in table: Int) -> String {
    guard let row = pack.codes[table].codes.first(where: { $0.code == code }) else { return code }
    return row.name.isEmpty || row.name == code ? code : "\(row.name) (\(code))"
  }

  private func yesOrNo(_ text: String) -> String {
    switch (pack.about.language, text) {
    case (.zh, "true"): "是"
    case (.zh, "false"): "否"
    case (.en, "true"): "yes"
    case (.en, "false"): "no"
    case (.zh, _), (.en, _): text
    }
  }

  private func field(behind fact: Fact) -> Field? {
    guard case .record(let record, let field) = fact.origin else { return nil }
    return pack.records[record].fields[field]
  }
}

/// A number as columns write it, in millionths.
private func millionths(of text: String) -> Int64? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let fraction = parts.count == 2 ? String(parts[1]) : ""
  guard (1...2).contains(parts.count), fraction.count <= 6 else { return nil }
  return Int64(parts[0] + fraction + String(repeating: "0", count: 6 - fraction.count))
}
