extension Rubric {
  /// What is published of those whom a decision puts forward, while anybody may object.
  ///
  /// Beside the name nothing is published but these facts.
  public struct Publicity: Sendable {
    /// Slots of public facts, in the order in which they are shown.
    public var show: [Int]
    /// How many days of the calendar it stays, the first being the one after the latest decision.
    public var days: Int
    public var telephone: String
    public var objections: String
    /// Nil is the plain document.
    public var template: DocumentTemplate?

    public init(
      show: [Int], days: Int, telephone: String, objections: String,
      template: DocumentTemplate? = nil
    ) {
      self.show = show
      self.days = days
      self.telephone = telephone
      self.objections = objections
      self.template = template
    }

    /// What a template may name outside of rows.
    public static let placeholders = [
      "title", "run", "basis", "decided", "from", "to", "days", "telephone", "objections", "owner",
      "count",
    ]

    /// What a template may name in the row of a person, beside `row.` and the ids of facts.
    public static let rowPlaceholders = ["row.number", "row.name", "row.group"]
  }
}
