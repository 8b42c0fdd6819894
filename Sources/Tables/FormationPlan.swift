/// Who lacks something and how each could get it: proposals of one or several subjects.
///
/// Nobody is in two proposals. Kept in columns, about eleven bytes a subject: a register of a
/// million has some hundred thousand of them.
public struct FormationPlan: Sendable, Equatable {
  /// How the subjects of a proposal get what they lack, as the pack words it.
  public enum Way: Int32, Sendable, CaseIterable {
    case alone, joint, area, otherwise
    /// Of them something is to be found out first.
    case unknown
  }

  /// Some subjects that get it together, or one that gets it by itself.
  public struct Proposal: Sendable, Equatable {
    public var way: Way
    /// By which of the pack's kinds of nearness they are near, nearest 0; nil where it takes none.
    public var tie: Int?
    /// Positions of its subjects.
    public var members: Range<Int>
    /// What they bring together, as far as it is known; nil where it is not known of any.
    public var together: Int?
  }

  /// Index of the formation in the pack.
  public let formation: Int
  /// Rows of the subjects, proposal by proposal, ascending within one.
  public private(set) var rows = Integers<Int32>()
  /// −1 where it is not known.
  private var strengths = Integers<Int32>()
  /// Where the subjects of each proposal begin.
  private var starts = Integers<Int32>()
  private var ways = Integers<Int32>()
  /// −1 where there is none.
  private var ties = Integers<Int32>()

  public init(formation: Int) { self.formation = formation }

  /// How many proposals there are.
  public var count: Int { starts.count }

  public subscript(proposal: Int) -> Proposal {
    let next = proposal + 1
    let members = Int(starts[proposal])..<(next < count ? Int(starts[next]) : rows.count)
    let known = members.compactMap { strength(at: $0) }
    return Proposal(
      way: Way(rawValue: ways[proposal]) ?? .otherwise,
      tie: ties[proposal] < 0 ? nil : Int(ties[proposal]), members: members,
      together: known.isEmpty ? nil : known.reduce(0, +))
  }

  /// What the subject at a position brings; nil where it is not known.
  public func strength(at position: Int) -> Int? {
    strengths[position] < 0 ? nil : Int(strengths[position])
  }

  /// Adds a proposal. Rows of its members ascend; what one brings is −1 where it is not known.
  public mutating func append(
    _ members: [(row: Int32, strength: Int32)], _ way: Way, tie: Int? = nil
  ) {
    starts.append(Int32(rows.count))
    ways.append(way.rawValue)
    ties.append(tie.map { Int32($0) } ?? -1)
    for member in members {
      rows.append(member.row)
      strengths.append(member.strength)
    }
  }

  /// For each of so many subjects its way as a number; −1 for those that are in no proposal.
  public func ways(of subjects: Int) -> [Int8] {
    var found = [Int8](repeating: -1, count: subjects)
    for proposal in 0..<count {
      let next = proposal + 1
      let end = next < count ? Int(starts[next]) : rows.count
      for position in Int(starts[proposal])..<end {
        found[Int(rows[position])] = Int8(truncatingIfNeeded: ways[proposal])
      }
    }
    return found
  }
}

/// How many of a population have something, and by how many a plan would raise that.
public struct FormationCounts: Sendable, Equatable {
  /// Those of whom it is not known whether they lack it.
  public var unknown = 0
  /// Those who lack it, by the plan's way.
  public var alone = 0
  public var joint = 0
  public var area = 0
  public var otherwise = 0
  /// Those who lack it, and of whom something is to be found out first.
  public var toAscertain = 0
  /// Those who lack it, and for whom nothing is proposed.
  public var left = 0

  public init() {}

  /// Those who would have it by the plan.
  public var gained: Int { alone + joint + area }

  /// Those who have it now, of so many.
  public func before(of units: Int) -> Int {
    units - unknown - gained - otherwise - toAscertain - left
  }

  public mutating func add(_ other: FormationCounts) {
    unknown += other.unknown
    alone += other.alone
    joint += other.joint
    area += other.area
    otherwise += other.otherwise
    toAscertain += other.toAscertain
    left += other.left
  }
}
