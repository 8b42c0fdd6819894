/// One line of `statistics.csv`: a statistic of the pack for the whole or for one group.
public struct StatisticLine: Sendable, Equatable {
  /// Its place among those of the pack.
  public var statistic: Int
  /// The fact by which it is told apart; empty for the whole.
  public var dimension: String
  /// Its value, a code with its name; empty for the whole.
  public var group: String
  /// What people read for the value.
  public var name: String
  /// How many subjects are asked.
  public var subjects: Int
  /// Nil where nothing is known of any of them.
  public var number: Exact?
  /// Of how many of them it is not known.
  public var unknown: Int

  public init(
    statistic: Int, dimension: String, group: String, name: String, subjects: Int,
    number: Exact?, unknown: Int
  ) {
    self.statistic = statistic
    self.dimension = dimension
    self.group = group
    self.name = name
    self.subjects = subjects
    self.number = number
    self.unknown = unknown
  }
}
