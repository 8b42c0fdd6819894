public import Tables

/// Why no delivery could be made, and where in the description the reason stands.
public struct SynthesisFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// `file:line:column`, or a path.
  public var place: String
  /// What, and what to do.
  public var message: Bilingual

  public init(place: String, message: Bilingual) {
    self.place = place
    self.message = message
  }

  /// The failure as sentences with their place.
  public var messages: [Bilingual] {
    [Bilingual(zh: "\(place): \(message.zh)", en: "\(place): \(message.en)")]
  }

  /// `synthesis.yaml:12:5: 没有总体“x” / there is no population “x”`
  public var description: String { "\(place): \(message.zh) / \(message.en)" }
}
