import Labels
package import Tables

extension RulePack {
  /// A value in words of either language: codes by their names, numbers in Chinese with the unit
  /// they are delivered in.
  package func words(of text: String, as fact: Fact) -> Bilingual {
    if let field = field(behind: fact) { return words(of: text, as: field) }
    return words(of: text, codes: fact.codes, unit: fact.unit)
  }

  package func words(of text: String, as field: Field) -> Bilingual {
    guard field.type == .money else {
      return words(of: text, codes: field.codes, unit: field.unit)
    }
    guard !field.unit.isEmpty, field.scale.millionths > 0, let millionths = millionths(of: text),
      case (let product, let isTooLarge) = millionths.multipliedReportingOverflow(by: Exact.one),
      !isTooLarge, product % field.scale.millionths == 0
    else { return words(of: text, codes: nil, unit: about.currency) }
    let shown = Exact(millionths: product / field.scale.millionths)
    return Bilingual(zh: "\(shown) \(field.unit)", en: amountInEnglish(text))
  }

  private func amountInEnglish(_ text: String) -> String {
    about.currency.isEmpty ? text : "\(about.currency) \(text)"
  }

  private func words(of text: String, codes: Int?, unit: String) -> Bilingual {
    if let codes { return self.codes[codes].words(of: text) }
    return FlagLabel.label(ofText: text)
      ?? Bilingual(zh: unit.isEmpty ? text : "\(text) \(unit)", en: text)
  }

  private func field(behind fact: Fact) -> Field? {
    guard case .record(let record, let field) = fact.origin else { return nil }
    return records[record].fields[field]
  }
}

/// A number as columns write it, in millionths.
private func millionths(of text: String) -> Int64? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let fraction = parts.count == 2 ? String(parts[1]) : ""
  guard (1...2).contains(parts.count), fraction.count <= 6 else { return nil }
  return Int64(parts[0] + fraction + String(repeating: "0", count: 6 - fraction.count))
}
