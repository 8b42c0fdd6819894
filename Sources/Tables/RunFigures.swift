/// What a run found in all, without any subject: what the next run is compared with.
public struct RunFigures: Sendable, Equatable, Codable {
  public var rates: [Rate]
  public var rubrics: [Rubric]

  public init(rates: [Rate], rubrics: [Rubric]) {
    self.rates = rates
    self.rubrics = rubrics
  }

  /// One rate of a population or of a group of it.
  public struct Rate: Sendable, Equatable, Codable {
    public var place: Place
    public var part: Int
    public var whole: Int

    public init(place: Place, part: Int, whole: Int) {
      self.place = place
      self.part = part
      self.whole = whole
    }
  }

  /// Which rate it is, by the texts of `coverage.csv`.
  public struct Place: Sendable, Hashable, Codable {
    public var population: String
    /// Empty for the whole, as the group.
    public var dimension: String
    public var group: String
    public var measure: String

    public init(population: String, dimension: String, group: String, measure: String) {
      self.population = population
      self.dimension = dimension
      self.group = group
      self.measure = measure
    }
  }

  /// All results of one rubric with a rank, added up.
  public struct Rubric: Sendable, Equatable, Codable {
    public var id: String
    public var edition: String
    public var ranked: Int
    /// In thousandths.
    public var score: Int
    /// By id of the part, in thousandths.
    public var parts: [String: Int]

    public init(id: String, edition: String, ranked: Int, score: Int, parts: [String: Int]) {
      self.id = id
      self.edition = edition
      self.ranked = ranked
      self.score = score
      self.parts = parts
    }
  }
}
