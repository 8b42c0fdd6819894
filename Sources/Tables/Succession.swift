/// A subject that may be one of the run before under another name or another id, which only a
/// person can say.
public struct Succession: Sendable, Equatable {
  /// What is another.
  public enum Change: String, Sendable, CaseIterable {
    case name, id

    /// The kind of the finding that asks whether it is one body.
    public var findingKind: String {
      switch self {
      case .name: "name-changed"
      case .id: "code-changed"
      }
    }
  }

  /// What a person said: nothing yet, the same body, another body.
  public enum State: String, Sendable, CaseIterable { case open, same, another }

  /// Index of the subject kind, and row of the subject.
  public var kind: Int
  public var row: Int
  public var change: Change
  public var earlierID: String
  public var earlierName: String
  public var state: State

  public init(
    kind: Int, row: Int, change: Change, earlierID: String, earlierName: String, state: State
  ) {
    self.kind = kind
    self.row = row
    self.change = change
    self.earlierID = earlierID
    self.earlierName = earlierName
    self.state = state
  }
}

/// What persons said about bodies of earlier runs, in this run and in those before.
public struct SaidSuccessions: Sendable {
  private struct Pair: Hashable {
    var kind: String
    var subject: String
    var earlier: String
  }

  private var answers: [Pair: Bool] = [:]
  /// By kind and id the ids of then that are the same body.
  private var predecessors: [Pair: [String]] = [:]

  public init() {}

  /// What is said later counts.
  public mutating func say(_ isSame: Bool, kind: String, subject: String, earlier: String) {
    answers[Pair(kind: kind, subject: subject, earlier: earlier)] = isSame
    guard subject != earlier else { return }
    let key = Pair(kind: kind, subject: subject, earlier: "")
    predecessors[key, default: []].removeAll { $0 == earlier }
    if isSame { predecessors[key, default: []].append(earlier) }
  }

  /// Whether a body of then is the body of now; nil where nobody has said. Ids are equal where only
  /// the name is another.
  public func isSame(kind: String, subject: String, earlier: String) -> Bool? {
    answers[Pair(kind: kind, subject: subject, earlier: earlier)]
  }

  /// The ids under which a body stood in earlier runs, from one to the next.
  public func earlierIDs(kind: String, subject: String) -> [String] {
    var found: [String] = []
    var open = [subject]
    while let id = open.popLast() {
      for earlier in predecessors[Pair(kind: kind, subject: id, earlier: "")] ?? []
      where earlier != subject && !found.contains(earlier) {
        found.append(earlier)
        open.append(earlier)
      }
    }
    return found
  }

  public var isEmpty: Bool { answers.isEmpty }
}
