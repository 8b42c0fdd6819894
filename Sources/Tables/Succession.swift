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
  /// By kind and id, what was said of each pair of names that it stood for.
  private var names: [Pair: [(then: String, now: String, isSame: Bool)]] = [:]

  /// By kind and earlier id, the names for which it stood when somebody said which body it is.
  private var meant: [Pair: Set<String>] = [:]

  public init() {}

  /// What is said later counts.
  public mutating func say(_ isSame: Bool, kind: String, subject: String, earlier: String) {
    answers[Pair(kind: kind, subject: subject, earlier: earlier)] = isSame
    let key = Pair(kind: kind, subject: subject, earlier: "")
    predecessors[key, default: []].removeAll { $0 == earlier }
    if isSame { predecessors[key, default: []].append(earlier) }
  }

  /// What is said later counts; of these two names alone, so that a third is asked about again.
  ///
  /// - Parameter keys: matching keys of the names.
  public mutating func sayName(
    _ isSame: Bool, kind: String, subject: String, keys: (then: String, now: String)
  ) {
    let id = Pair(kind: kind, subject: subject, earlier: "")
    names[id, default: []].removeAll { $0.then == keys.then && $0.now == keys.now }
    names[id, default: []].append((keys.then, keys.now, isSame))
  }

  /// Whether an id stood for one body under both names, be it over names between them; nil where
  /// nobody has said.
  public func isSameName(kind: String, subject: String, keys: (then: String, now: String))
    -> Bool?
  {
    let said = names[Pair(kind: kind, subject: subject, earlier: ""), default: []]
    var reached: Set<String> = [keys.now]
    var open = [keys.now]
    while let name = open.popLast() {
      for one in said where one.isSame {
        let next = one.now == name ? one.then : one.then == name ? one.now : name
        if reached.insert(next).inserted { open.append(next) }
      }
    }
    if reached.contains(keys.then) { return true }
    return said.contains { $0.then == keys.then && $0.now == keys.now } ? false : nil
  }

  /// Notes for which name an earlier id stood when somebody said which body it is.
  ///
  /// - Parameter key: matching key of the name.
  public mutating func mean(kind: String, earlier: String, key: String) {
    meant[Pair(kind: kind, subject: "", earlier: earlier), default: []].insert(key)
  }

  /// Whether an earlier id stands for a body of which somebody spoke: for the name that it had then,
  /// or one that was said to be the same body's; also where nobody knows that name.
  ///
  /// - Parameter key: matching key of the name for which it stands.
  public func isMeant(kind: String, earlier: String, key: String) -> Bool {
    guard let names = meant[Pair(kind: kind, subject: "", earlier: earlier)] else { return true }
    return names.contains(key)
      || names.contains { isSameName(kind: kind, subject: earlier, keys: (key, $0)) == true }
  }

  /// Whether a body of then is the body of now under another id; nil where nobody has said.
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

  /// Whether nothing was said of ids.
  public var isEmpty: Bool { answers.isEmpty }
}
