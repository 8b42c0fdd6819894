public import Tables

/// How long one sort of data is kept after a run is published, and by what right.
public struct Retention: Sendable, Equatable {
  public var of: Content
  /// Index of the subject kind it is about; nil is all.
  public var subject: Int?
  public var keep: Period
  public var basis: String

  /// The sorts of data that a run leaves behind.
  public enum Content: String, Sendable, CaseIterable {
    /// The delivered files.
    case deliveries
    /// Published explanations and the page's rows of facts.
    case explanations
    /// The whole folder of a published run.
    case reports
    /// What the ledger keeps of every subject's results.
    case results
    /// What the ledger keeps of the facts behind indicators.
    case facts

    /// Whether it can be told apart by kind of subject.
    public var isBySubject: Bool {
      switch self {
      case .results, .facts: true
      case .deliveries, .explanations, .reports: false
      }
    }
  }

  /// A number of days, months or years.
  public struct Period: Sendable, Equatable {
    public var count: Int
    public var unit: Unit

    public init(count: Int, unit: Unit) {
      self.count = count
      self.unit = unit
    }

    public enum Unit: String, Sendable, CaseIterable { case days, months, years }

    /// The first day on which nothing is kept any more.
    public func end(after day: PartialDate) -> PartialDate {
      let (year, month, dayOfMonth) = day.civil
      let months: Int
      switch unit {
      case .days: return PartialDate(day: day.firstDay + Int32(count))
      case .months: months = month - 1 + count
      case .years: months = month - 1 + count * 12
      }
      // Where the month is shorter, its last day.
      for candidate in stride(from: dayOfMonth, to: 27, by: -1) {
        if let end = PartialDate(year: year + months / 12, month: months % 12 + 1, day: candidate) {
          return end
        }
      }
      return PartialDate(year: year + months / 12, month: months % 12 + 1, day: dayOfMonth)
        ?? PartialDate.openEnd
    }
  }
}

/// A run of which nothing may be removed for now.
public struct Hold: Sendable, Equatable {
  public var run: String
  public var basis: String
}

extension RulePack {
  /// The rule for a sort of data, of one subject kind where it is told apart; nil where it is kept.
  public func retention(of content: Retention.Content, subject: Int? = nil) -> Retention? {
    retention.first { $0.of == content && $0.subject != nil && $0.subject == subject }
      ?? retention.first { $0.of == content && $0.subject == nil }
  }
}

extension PackLoader {
  /// `retention` and `holds` of `pack.yaml`, once the subjects are known.
  mutating func readRetention(_ map: YAMLMap) {
    for item in reading.list(map["retention"]) {
      guard let entry = reading.map(item, .retention),
        let content = reading.choice(entry["of"], of: Retention.Content.allCases)
      else { continue }
      var subject: Int?
      if let node = entry["subject"] {
        subject = find(node, in: subjects, what: say("评价对象", "subject"))
        if !content.isBySubject {
          reading.fault(
            at: node.spot,
            say(
              "“\(content.rawValue)”不能按评价对象区分", "“\(content.rawValue)” is not told apart by subject"
            ),
            cure: say("请删去“subject”", "remove “subject”"))
        }
      }
      guard let keep = readPeriod(entry["keep"]) else { continue }
      if pack.retention.contains(where: { $0.of == content && $0.subject == subject }) {
        duplicate(content.rawValue, at: entry["of"]?.spot ?? entry.spot)
      }
      pack.retention.append(
        Retention(
          of: content, subject: subject, keep: keep, basis: reading.text(entry["basis"]) ?? ""))
    }
    for item in reading.list(map["holds"]) {
      guard let entry = reading.map(item, .hold), let run = reading.text(entry["run"]) else {
        continue
      }
      pack.holds.append(Hold(run: run, basis: reading.text(entry["basis"]) ?? ""))
    }
  }

  /// `90 days`, `18 months`, `3 years`.
  private mutating func readPeriod(_ node: YAMLNode?) -> Retention.Period? {
    guard let node, let text = reading.text(node) else { return nil }
    let words = text.split(separator: " ").map(String.init)
    if words.count == 2, let count = Int(words[0]), (1...36_600).contains(count),
      let unit = Retention.Period.Unit.allCases.first(where: {
        $0.rawValue == words[1] || $0.rawValue.dropLast() == words[1]
      })
    {
      return Retention.Period(count: count, unit: unit)
    }
    reading.fault(
      at: node.spot, say("“\(text)”不是期限", "“\(text)” is no period"),
      cure: say(
        "请写成“90 days”“18 months”“3 years”的样子", "write it like “90 days”, “18 months” or “3 years”"))
    return nil
  }
}
