/// What one rubric gives its subjects: a column a part, in thousandths of a point.
public struct Scorecard: Sendable {
  /// Index into the pack's rubrics.
  public var rubric: Int
  /// The subjects that the rubric applies to: rows of the subject table, ascending.
  public var subjects: [Int32]
  /// Indicators, deductions and bonuses, in the order of the rubric.
  public var parts: [PartPoints]
  public var gates: [[GateState]]
  public var caps: [[CapState]]
  /// Sum of the parts, in thousandths, between 0 and what the rubric can give at most; where a
  /// cap on the score applies, no more than its limit.
  public var scores: [Int32]
  /// The score if every missing fact turned out worst, and best. Parts are taken one by one, so
  /// that the bounds are never too narrow, but may be wide where parts share a missing fact. The
  /// lower bound is above the score where even the worst answer would give points.
  public var lower: [Int32]
  public var upper: [Int32]
  /// Share of the full mark that was assessed, in thousandths.
  public var assessed: [Int16]
  /// Index into the rubric's tiers: that of the score, after caps; −1 where it has no tiers.
  public var tiers: [Int16]
  /// Index of the best tier that the upper bound could reach, after caps that apply for certain.
  public var bestTiers: [Int16]
  public var statuses: [Status]
  /// Index into `cohortNames`.
  public var cohorts: [Int32]
  /// Values of the cohort facts joined with `·`, in order of the text.
  public var cohortNames: [String]
  public var gaps: Gaps
  /// Of a composite rubric: the numbers that scores were rounded from.
  public var measured: MeasuredScores?
  /// Where a better tier ranks before any score, the places of tier and score together, from 0 at
  /// the least; empty elsewhere.
  private var placesWithinTiers: [Int32] = []
  /// Whether ranks begin with the least score.
  public var leastIsBest = false

  public init(rubric: Int, subjects: [Int32] = []) {
    self.rubric = rubric
    self.subjects = subjects
    parts = []
    gates = []
    caps = []
    scores = []
    lower = []
    upper = []
    assessed = []
    tiers = []
    bestTiers = []
    statuses = []
    cohorts = []
    cohortNames = []
    gaps = Gaps()
  }

  public var count: Int { subjects.count }

  /// What ranks go by, more being better: the scores, or numbers in the same order that were not
  /// rounded where a composite rubric asks for that, or places in which tiers come first.
  public var rankKeys: [Int32] {
    placesWithinTiers.isEmpty ? scoreKeys : placesWithinTiers
  }

  private var scoreKeys: [Int32] {
    let keys = measured.map(\.keys) ?? []
    let rising = keys.isEmpty ? scores : keys
    // Safe: a score is never as low as the least number.
    return leastIsBest ? rising.map { -$0 } : rising
  }

  /// Lets ranks go by tier first and by score within it, so that a cap binds the rank as it binds
  /// the tier. Scores and tiers must be there.
  public mutating func rankWithinTiers() {
    let keys = scoreKeys
    precondition(tiers.count == keys.count)
    let (least, worst) = (keys.min() ?? 0, tiers.max() ?? 0)
    let order = ascending(
      tiers.map { UInt16(worst - $0) },
      from: ascending(keys.map { UInt32(truncatingIfNeeded: Int($0) - Int(least)) }))
    var places = Array(repeating: Int32(0), count: keys.count)
    for (before, entry) in zip(order, order.dropFirst()) {
      let (before, entry) = (Int(before), Int(entry))
      let isTie = tiers[before] == tiers[entry] && keys[before] == keys[entry]
      places[entry] = places[before] + (isTie ? 0 : 1)
    }
    placesWithinTiers = places
  }
}

/// What a composite rubric found out before rounding; a column a measure or group, in which NaN
/// is missing.
public struct MeasuredScores: Sendable {
  /// Values as delivered, by measure.
  public var values: [[Double]]
  /// On their scales, with what stands for missing ones.
  public var normalised: [[Double]] = []
  /// Scores of the groups; the last is the whole.
  public var groups: [[Double]] = []
  /// Places of the scores that were not rounded, from 0; empty where ranks go by rounded ones.
  public var keys: [Int32] = []

  public init(values: [[Double]]) { self.values = values }
}

extension Scorecard {
  /// The first entry whose subject does not stand before a row.
  public func firstEntry(from row: Int) -> Int {
    subjects.partitioningIndex { Int($0) >= row }
  }

  /// The entry of a subject's row; nil where the rubric does not apply to it.
  public func entry(of row: Int) -> Int? {
    let entry = firstEntry(from: row)
    return entry < count && Int(subjects[entry]) == row ? entry : nil
  }
}

/// The points of one indicator, deduction or bonus.
public struct PartPoints: Sendable {
  /// In thousandths, rounded as the rubric says.
  public var points = Integers<Int32>()
  public var states: [PartState] = []

  public init() {}
}

/// How a part's points came about.
public enum PartState: UInt8, Sendable, CaseIterable {
  /// By known facts.
  case assessed
  /// Facts are missing; no points now.
  case withheld
  /// Facts are missing; the subject waits for them.
  case pending
  /// Facts are missing, and the rubric counts that as zero.
  case zeroed
  /// Facts are missing; the value of the earlier run stands.
  case carried
  /// The part does not concern this subject.
  case notApplicable
  /// Missing from a composite score; the others of its group weigh more.
  case leftOut
  /// Missing from a composite score; what others have stands for it.
  case imputed
}

public enum GateState: UInt8, Sendable {
  case met, failed, pending
}

public enum CapState: UInt8, Sendable {
  case free, capped, pending
}

/// What a subject's result is worth.
public enum Status: String, Sendable, CaseIterable {
  /// All that counts is known.
  case ranked
  /// Ranked, but points are withheld until facts arrive.
  case provisional
  /// Waits for a fact.
  case pending
  /// A gate is not met.
  case gated
  /// Too little of the full mark could be assessed.
  case notEvaluable = "not-evaluable"
  /// Nobody has rated it yet: listed, but neither refused nor ranked.
  case unrated

  /// Its place among all cases.
  @inlinable public var place: Int {
    switch self {
    case .ranked: 0
    case .provisional: 1
    case .pending: 2
    case .gated: 3
    case .notEvaluable: 4
    case .unrated: 5
    }
  }

  /// Whether subjects of this status have a rank.
  public var hasRank: Bool {
    switch self {
    case .ranked, .provisional: true
    case .pending, .gated, .notEvaluable, .unrated: false
    }
  }
}

/// The ranks of one scorecard.
public struct Standings: Sendable {
  /// Rank in the cohort from 1, ties share the lowest; 0 for subjects without a rank. In the
  /// order of the scorecard.
  public var ranks: [Int32]
  /// How many have a rank in the cohort.
  public var cohortSizes: [Int32]
  /// Indices into the scorecard in the order of publication: by cohort, then those with a rank by
  /// rank and subject, then the others by status and subject.
  public var order: [Int32]

  public init(ranks: [Int32], cohortSizes: [Int32], order: [Int32]) {
    self.ranks = ranks
    self.cohortSizes = cohortSizes
    self.order = order
  }
}

/// Between which ranks subjects move when the weights of the indicators do.
public struct RankIntervals: Sendable {
  /// The 5th percentile of the rank over all draws; 0 for subjects without a rank. In the order
  /// of the scorecard.
  public var low: [Int32]
  /// The 95th percentile, likewise.
  public var high: [Int32]
  /// How many draws were made; fewer than asked for where very many results differ, or none.
  public var draws: Int
  /// How many different results there are: points in every part, cohort and limit.
  public var profiles: Int
  /// One a part of the rubric.
  public var effects: [Effect] = []

  public init(low: [Int32], high: [Int32], draws: Int, profiles: Int) {
    self.low = low
    self.high = high
    self.draws = draws
    self.profiles = profiles
  }

  /// What a part does to the ranking.
  public struct Effect: Sendable {
    /// Index into the rubric's parts.
    public var part: Int
    /// Share of the full mark; nil for deductions, bonuses and groups.
    public var weight: Double?
    /// Share of the variance of the scores; nil where they do not differ.
    public var effective: Double?
    /// Share of the ranked whose rank is another without the part.
    public var moved = 0.0
    /// By how many ranks, on average over all.
    public var meanShift = 0.0
    public var largestShift = 0

    public init(part: Int) { self.part = part }
  }
}

/// What is proposed for the candidates of one honour.
public struct Screening: Sendable {
  /// Index into the run's honours.
  public var honour: Int
  public var lines: [Line]

  public init(honour: Int, lines: [Line]) {
    self.honour = honour
    self.lines = lines
  }

  public enum Proposal: String, Sendable, CaseIterable {
    case recommend, reserve
    /// Candidates with the same score stand on both sides of the quota line, or of the end of the
    /// reserve; a person decides.
    case tied
    /// Something is missing without which nothing can be proposed.
    case waiting
    case ineligible
    /// Eligible, but behind the quota and the reserve.
    case notSelected = "not-selected"

    /// Whether nothing is proposed yet.
    public var isOpen: Bool {
      switch self {
      case .tied, .waiting: true
      case .recommend, .reserve, .ineligible, .notSelected: false
      }
    }
  }

  /// Why a line is proposed as it is.
  public enum Reason: Sendable, Equatable {
    /// The place among the candidates of the group.
    case place
    /// The place among candidates with the same score, whom the rubric's own keys set apart.
    case tieBroken
    /// Candidates with the same score stand on both sides of the quota line; a person decides.
    case tieAcrossQuota
    /// The same at the end of the reserve.
    case tieAcrossReserve
    /// It is unknown whether the subject is a candidate.
    case candidacyUnknown
    /// A body that was consulted has a reservation that no decision answers.
    case reservation
    /// The subject has no rank.
    case status(Status)
  }

  /// How often a candidate is recommended while weights move.
  public struct Chance: Sendable, Equatable {
    /// In how many of the draws.
    public var inside: Int
    public var draws: Int

    public init(inside: Int, draws: Int) {
      self.inside = inside
      self.draws = draws
    }

    /// Whether nine of ten draws leave the candidate on one side of the quota line: the interval
    /// of its rank, from the 5th to the 95th percentile, does not cross it.
    public var isFirm: Bool { inside * 20 < draws || inside * 20 >= draws * 19 }

    /// In thousandths, rounded half up.
    public var share: Int { Tables.share(inside, of: draws) ?? 0 }
  }

  /// One candidate. Kept small, because every subject of a large register may be one.
  public struct Line: Sendable {
    private var entryNumber: Int32
    private var rankNumber: Int32
    private var quotaNumber: Int32
    private var placeNumber: Int32
    private var inside: Int32 = 0
    /// 0 where no weights were tried.
    private var draws: Int32 = 0
    private var distance: Int32?
    public var proposal: Proposal
    public var reason: Reason
    public var group: String
    /// None or one: few lines have any, and a case file in line would double them all.
    private var files: [CaseFile] = []

    /// Index into the scorecard of the honour's rubric.
    public var entry: Int { Int(entryNumber) }
    /// Rank among the candidates of the group; 0 without a rank.
    public var rank: Int {
      get { Int(rankNumber) }
      set { rankNumber = Int32(clamping: newValue) }
    }
    /// The first of the places that the line shares with those whom nothing tells from it; the rank,
    /// but where keys for ties set candidates of one rank apart.
    public var place: Int {
      get { Int(placeNumber) }
      set { placeNumber = Int32(clamping: newValue) }
    }
    /// The lowest rank that is still recommended.
    public var quota: Int { Int(quotaNumber) }

    /// Thousandths of a point above the best of those behind the quota line, or, below the line,
    /// above (so negative) the last before it; nil without a rank, with nobody on the other side,
    /// and where it is the tier that decides between them.
    public var toLine: Int? {
      get { distance.map { Int($0) } }
      set { distance = newValue.map { Int32(clamping: $0) } }
    }

    /// How often other weights would lead to a recommendation; nil where that was not tried.
    public var chance: Chance? {
      get { draws > 0 ? Chance(inside: Int(inside), draws: Int(draws)) : nil }
      set {
        inside = Int32(clamping: newValue?.inside ?? 0)
        draws = Int32(clamping: newValue?.draws ?? 0)
      }
    }

    /// Objections and decision; nil where there are none.
    public var file: CaseFile? {
      get { files.first }
      set { files = newValue.map { [$0] } ?? [] }
    }

    public init(
      entry: Int, proposal: Proposal, rank: Int, group: String, quota: Int,
      reason: Reason = .place
    ) {
      entryNumber = Int32(clamping: entry)
      self.proposal = proposal
      self.reason = reason
      rankNumber = Int32(clamping: rank)
      placeNumber = rankNumber
      self.group = group
      quotaNumber = Int32(clamping: quota)
    }
  }
}
