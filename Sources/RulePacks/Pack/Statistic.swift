public import Tables

/// Something that a scheme names and that is counted beside the rankings, such as guidance stations
/// or money for activities: `statistics.yaml`. It changes no result.
public struct Statistic: Sendable {
  public var id: String
  public var title: Bilingual
  /// The part of the scheme under which it is shown; empty for none.
  public var section: Bilingual
  /// What is counted, e.g. `家`; empty for none.
  public var unit: String
  public var count: FigureCount
  /// Slots of the facts by which it is shown, beside the whole.
  public var by: [Int]
  /// What to keep in mind, e.g. that no rubric counts it.
  public var note: Bilingual?

  public init(
    id: String, title: Bilingual, section: Bilingual, unit: String, count: FigureCount, by: [Int],
    note: Bilingual? = nil
  ) {
    self.id = id
    self.title = title
    self.section = section
    self.unit = unit
    self.count = count
    self.by = by
    self.note = note
  }
}
