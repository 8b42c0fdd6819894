public import Expressions
public import Tables

/// A figure that a source document states, kept with its source and never overwritten by what is
/// computed: `published.yaml`.
public struct PublishedFigure: Sendable {
  public var id: String
  public var title: Bilingual
  /// The document that states it.
  public var source: String
  /// Where in the document, e.g. the words around it; empty where that is not said.
  public var place: String
  public var stated: StatedFigure
  /// What is counted, e.g. `家`; empty for none.
  public var unit: String
  public var answer: Answer
  /// What to keep in mind when the two are compared.
  public var note: Bilingual?

  public enum Answer: Sendable {
    case computed(FigureCount)
    /// Why what is delivered cannot tell.
    case cannot(Bilingual)
  }

  public init(
    id: String, title: Bilingual, source: String, place: String, stated: StatedFigure,
    unit: String, answer: Answer, note: Bilingual? = nil
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.place = place
    self.stated = stated
    self.unit = unit
    self.answer = answer
    self.note = note
  }
}

/// What is counted of the subjects of one kind.
public struct FigureCount: Sendable {
  public var subject: Int
  /// Among whom; nil is everyone.
  public var condition: CheckedExpression?
  public var form: Form
  /// In words, for people.
  public var definition: Bilingual

  public enum Form: Sendable {
    /// How many there are.
    case members
    /// Of how many it holds; `of` is the denominator where it is a share, nil all of them.
    case count(CheckedExpression, of: CheckedExpression?)
    /// Of a number that is never below 0.
    case sum(CheckedExpression)
    /// How many different texts there are; an empty one counts for nothing.
    case distinct(CheckedExpression)
  }

  public init(
    subject: Int, condition: CheckedExpression?, form: Form, definition: Bilingual
  ) {
    self.subject = subject
    self.condition = condition
    self.form = form
    self.definition = definition
  }

  /// All that has to be evaluated.
  public var expressions: [CheckedExpression] {
    let own: [CheckedExpression?] =
      switch form {
      case .members: []
      case .count(let count, let of): [count, of]
      case .sum(let number): [number]
      case .distinct(let text): [text]
      }
    return ([condition] + own).compactMap { $0 }
  }
}
