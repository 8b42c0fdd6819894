extension Explanation {
  /// How a composite score, or one of its groups, is made of what stands right below it.
  public struct Composition: Sendable, Equatable {
    /// Of the group; empty for the whole.
    public var title: String
    public var aggregate: Aggregate
    /// What counts, each on its scale; one that is missing is left out.
    public var terms: [Term]
    /// Titles of what would count and is missing.
    public var missing: [String]
    /// What the missing weighs, beside the weights of the terms.
    public var missingWeight: Double
    /// What it comes to, not rounded; nil where nothing counts.
    public var score: Double?

    public struct Term: Sendable, Equatable {
      public var title: String
      public var value: Double
      public var weight: Double

      public init(title: String, value: Double, weight: Double) {
        self.title = title
        self.value = value
        self.weight = weight
      }
    }

    public init(
      _ aggregate: Aggregate, _ terms: [Term], title: String = "", missing: [String] = [],
      missingWeight: Double = 0, score: Double? = nil
    ) {
      self.title = title
      self.aggregate = aggregate
      self.terms = terms
      self.missing = missing
      self.missingWeight = missingWeight
      self.score = score
    }

    /// The calculation in numbers of four decimals, `(0.9123 × 0.8455)^(1 ÷ 2) = 0.8783`; empty
    /// where nothing counts.
    public var formula: String {
      guard let score, !terms.isEmpty else { return "" }
      let isPlain = terms.count == 1 && calculation == shownReal(score)
      return isPlain ? calculation : "\(calculation) = \(shownReal(score))"
    }

    private var calculation: String {
      let values = terms.map { $0.value < 0 ? "(\(shownReal($0.value)))" : shownReal($0.value) }
      guard values.count > 1 else { return single(values[0]) }
      let isEven = terms.allSatisfy { $0.weight == terms[0].weight }
      let known = terms.reduce(0) { $0 + $1.weight }
      let sum = isEven ? "\(terms.count)" : shownReal(known)
      func joined(_ sign: String, _ weighted: (String, Double) -> String) -> String {
        zip(values, terms).map { weighted($0, $1.weight) }.joined(separator: " \(sign) ")
      }
      func times(_ value: String, _ weight: Double) -> String {
        weight == 1 ? value : "\(value) × \(shownReal(weight))"
      }
      switch aggregate {
      case .mean: return "(\(joined("+") { isEven ? $0 : times($0, $1) })) ÷ \(sum)"
      case .sum:
        let added = joined("+", times)
        guard missingWeight > 0 else { return added }
        return "(\(added)) × \(shownReal(known + missingWeight)) ÷ \(shownReal(known))"
      case .geometric:
        let product = joined("×") { isEven || $1 == 1 ? $0 : "\($0)^\(shownReal($1))" }
        return "(\(product))^(1 ÷ \(sum))"
      case .harmonic:
        let parts = joined("+") { "\(isEven ? "1" : shownReal($1)) ÷ \($0)" }
        return "\(sum) ÷ (\(parts))"
      case .min, .max: return "\(aggregate.rawValue)(\(values.joined(separator: ", ")))"
      }
    }

    /// Of one value every mean is that value; a sum weighs it.
    private func single(_ value: String) -> String {
      let weight = terms[0].weight + missingWeight
      return aggregate == .sum && weight != 1 ? "\(value) × \(shownReal(weight))" : value
    }

    /// What is put together, and how: without the calculation.
    public var parts: Bilingual {
      let weighs = aggregate != .min && aggregate != .max
      let shown = terms.map { term in
        let weight = shownReal(term.weight)
        return Bilingual(
          zh: "\(term.title) \(shownReal(term.value))" + (weighs ? "（权重 \(weight)）" : ""),
          en: "\(term.title) \(shownReal(term.value))" + (weighs ? " (weight \(weight))" : ""))
      }
      let left = missing.isEmpty ? Bilingual(zh: "", en: "") : leftOut(weighs)
      guard !terms.isEmpty else { return left }
      return Bilingual(
        zh:
          "各项在各自尺度上的值\(weighs ? "的" : "中")\(aggregate.words.zh)：\(shown.map(\.zh).joined(separator: "、"))\(left.zh)",
        en: "the \(aggregate.words.en) of these on their scales: "
          + shown.map(\.en).joined(separator: ", ") + left.en)
    }

    private func leftOut(_ weighs: Bool) -> Bilingual {
      let zh = missing.joined(separator: "、")
      let en = missing.joined(separator: ", ")
      guard !terms.isEmpty else {
        return Bilingual(zh: "各项都缺：\(zh)", en: "all of it is missing: \(en)")
      }
      guard weighs else {
        return Bilingual(zh: "；缺\(zh)，未计入", en: "; \(en) is missing and left out")
      }
      return Bilingual(
        zh: "；缺\(zh)，由其余各项按权重分担", en: "; \(en) is missing, and the others weigh more")
    }

    /// The whole of it as one sentence.
    public var sentence: Bilingual {
      let formula = formula.isEmpty ? "" : self.formula
      let zh = title.isEmpty ? "总分" : "“\(title)”"
      let en = title.isEmpty ? "The whole" : "“\(title)”"
      return Bilingual(
        zh: "\(zh)：\(parts.zh)" + (formula.isEmpty ? "" : "；\(formula)"),
        en: "\(en): \(parts.en)" + (formula.isEmpty ? "" : "; \(formula)"))
    }
  }
}

/// A number that is not exact, with four decimals at most.
func shownReal(_ value: Double) -> String {
  guard abs(value) < 1e9 else { return "\(value)" }
  let parts = Int((abs(value) * 10_000).rounded())
  var digits = "\(parts / 10_000)." + String(10_000 + parts % 10_000).dropFirst()
  while digits.hasSuffix("0") { digits.removeLast() }
  if digits.hasSuffix(".") { digits.removeLast() }
  return value < 0 && parts > 0 ? "-" + digits : digits
}
