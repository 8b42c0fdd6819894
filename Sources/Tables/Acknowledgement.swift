/// What somebody who looked at a finding said of it: that it is known, and why it stays.
///
/// It is given for a finding as it was told, with its values. Where they are others by now, the
/// finding is open again, and the acknowledgement is shown as one that was given for others.
public struct Acknowledgement: Sendable, Equatable {
  public enum State: String, Sendable, CaseIterable {
    case acknowledged
    /// Given for other values.
    case changed
  }

  public var state: State
  /// A role, never a person.
  public var by: String
  public var reason: String
  public var on: PartialDate?
  public var place: Place

  public init(state: State, by: String, reason: String, on: PartialDate?, place: Place) {
    self.state = state
    self.by = by
    self.reason = reason
    self.on = on
    self.place = place
  }
}
