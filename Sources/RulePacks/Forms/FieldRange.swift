public import Tables

extension Field {
  /// Between what the dictionary finds its numbers or dates plausible: `0 至 500`; nil where it
  /// finds all so. Intake refuses by these bounds, and forms tell them.
  ///
  /// - Parameter asOf: the day of the run; nil where none is known yet.
  public func range(asOf: PartialDate?) -> Bilingual? {
    guard least != nil || most != nil || leastDay != nil || mostDay != nil else { return nil }
    func words(_ number: Exact?, _ day: DateBound?) -> Bilingual {
      if let number { return Bilingual(zh: "\(number)", en: "\(number)") }
      guard let day else { return Bilingual(zh: "…", en: "…") }
      if case .asOf = day, asOf == nil {
        return Bilingual(zh: "评价截止日期", en: "the as-of date of the run")
      }
      let date = day.date(asOf: asOf ?? .openEnd)
      return Bilingual(zh: "\(date)", en: "\(date)")
    }
    let (first, last) = (words(least, leastDay), words(most, mostDay))
    return Bilingual(zh: "\(first.zh) 至 \(last.zh)", en: "\(first.en) to \(last.en)")
  }

  /// Whether a row goes back whole where the field cannot be read.
  public var returnsRow: Bool {
    switch onError {
    case .quarantine: true
    case .notStated: isRequired
    }
  }
}

extension RulePack {
  /// The fields of each step by which rows of a kind find their subject, those steps that it can
  /// state; nil for corrections.
  public func identitySteps(of kind: RecordKind) -> [[Int]]? {
    switch kind.subject {
    case .corrections: return nil
    case .subject(let subject):
      let steps = subjects[subject].identity.compactMap { step in
        let fields = step.compactMap { kind.field($0) }
        return fields.count == step.count ? fields : nil
      }
      // A row that only names its subject joins nothing by itself, but a person can be shown whose
      // it may be.
      guard !kind.isRoster, let name = subjects[subject].candidates, let field = kind.field(name)
      else { return steps }
      return steps + [[field]]
    }
  }
}
