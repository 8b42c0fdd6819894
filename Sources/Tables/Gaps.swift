/// Missing facts and what hangs on them: a row for each subject, part and fact.
public struct Gaps: Sendable {
  /// What a gap is in.
  public enum Site: Sendable, Hashable {
    case part(Int)
    case gate(Int)
    case cap(Int)
  }

  /// Index into the scorecard's subjects.
  public var entries: [Int32] = []
  /// Index into `facts`.
  public var missing: [Int32] = []
  public var sites = Sites()
  /// The facts that are missing somewhere: as shown, and as slots of the subject's schema.
  public var facts: [MissingFact] = []

  public init() {}

  public struct MissingFact: Sendable, Hashable {
    public var shown: String
    public var slots: [Int]
    /// Index of the subject kind whose fact it is, of a subject that the scored one belongs to;
    /// nil where it is the scored one's own.
    public var owner: Int?
    /// Of signed opinions, which indicator they are about and why none decides.
    public var opinion: Opinion?

    public init(shown: String, slots: [Int], owner: Int? = nil, opinion: Opinion? = nil) {
      self.shown = shown
      self.slots = slots
      self.owner = owner
      self.opinion = opinion
    }
  }

  /// An opinion that an indicator waits for.
  public struct Opinion: Sendable, Hashable {
    /// Title of the indicator.
    public var title: String
    /// Id of the office that owes it, where the rubric says so.
    public var office: String?
    public var lack: OpinionLack

    public init(title: String, office: String?, lack: OpinionLack) {
      self.title = title
      self.office = office
      self.lack = lack
    }
  }
}

/// Why no opinion decides an indicator; its place among all is its bit in a set of them.
public enum OpinionLack: Int, Sendable, CaseIterable {
  case notReceived, notSigned, withoutBasis
  /// Its grade, or what it is about, cannot be told.
  case unclear
  /// It is older than the rubric allows.
  case notInForce
}

/// What each of many gaps is in, four bytes each: a large register has more gaps than subjects.
public struct Sites: Sendable, Equatable, ExpressibleByArrayLiteral {
  /// Above the lowest 30 bits what it is, in them its index.
  private var codes: [UInt32] = []

  public init() {}

  public init(arrayLiteral sites: Gaps.Site...) {
    for site in sites { append(site) }
  }

  public var count: Int { codes.count }

  public subscript(gap: Int) -> Gaps.Site {
    let index = Int(codes[gap] & 0x3FFF_FFFF)
    switch codes[gap] >> 30 {
    case 0: return .part(index)
    case 1: return .gate(index)
    default: return .cap(index)
    }
  }

  public mutating func append(_ site: Gaps.Site) {
    let (kind, index) =
      switch site {
      case .part(let index): (UInt32(0), index)
      case .gate(let index): (UInt32(1), index)
      case .cap(let index): (UInt32(2), index)
      }
    // No rubric that fits into memory has 2³⁰ parts.
    codes.append(kind << 30 | UInt32(truncatingIfNeeded: index) & 0x3FFF_FFFF)
  }

  public mutating func append(contentsOf other: Sites) { codes.append(contentsOf: other.codes) }
}
