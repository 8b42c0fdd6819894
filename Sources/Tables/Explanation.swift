/// Everything behind one subject's result under one rubric.
public struct Explanation: Sendable {
  public var subject = ""
  public var name = ""
  public var rubric = ""
  public var title = ""
  public var edition = ""
  public var basis = ""
  public var status = Status.ranked
  public var tier = ""
  /// In thousandths of a point, as all points here.
  public var score = 0
  public var upper = 0
  public var full = 0
  /// Share of the full mark assessed, in thousandths.
  public var assessed = 0
  /// The date that the criteria were applied at.
  public var asOf = ""
  public var tierTitle = ""
  public var rank = 0
  /// Between which ranks nine of ten draws of other weights put the subject; 0 where none were
  /// made.
  public var rankLow = 0
  public var rankHigh = 0
  /// How many draws, and by how many thousandths of itself each weight went up or down.
  public var draws = 0
  public var drawnWeights = 0
  public var cohort = ""
  public var cohortSize = 0
  public var gates: [Gate] = []
  public var parts: [Part] = []
  public var caps: [Cap] = []
  /// What was announced about the subject before the run; nil where the rubric names no such fact,
  /// or nothing was.
  public var announced: Announced?
  /// What the formation plan proposes for the subject; nil where it proposes nothing.
  public var proposal: Bilingual?
  /// All tiers, best first.
  public var tiers: [Tier] = []
  /// What the parts come to, before it is kept within its bounds and capped: their sum, or the score
  /// that a composite rubric makes of them.
  public var sum = 0
  /// Of a composite rubric, what the score is made of; nil where points are added.
  public var composition: Composition?
  /// Single changes that would better the result, or bring the most; see `Change`.
  public var changes: [Change] = []
  /// Whether it holds opinions of people about people, so that no change is ever proposed.
  public var judgesPeople = false
  public var contact = ""
  /// What is missing and counts, each once, in the order of the rules.
  public var missing: [MissingFact] = []
  /// The screening lists on which the subject stands by this rubric, and its case outside them.
  public var listings: [Listing] = []

  public init() {}

  /// The next better tier; nil at the best, and where the rubric has none.
  public var next: Tier? {
    guard let place = tiers.firstIndex(where: { $0.id == tier }), place > 0 else { return nil }
    return tiers[place - 1]
  }

  /// A fact that somebody could supply, and what waits for it.
  public struct MissingFact: Sendable, Equatable {
    public var label: String
    /// Title of the office that can supply it; empty if none is known.
    public var office: String
    /// Ids of gates, parts and caps.
    public var sites: [String]

    public init(label: String, office: String, sites: [String]) {
      self.label = label
      self.office = office
      self.sites = sites
    }
  }

  public struct Gate: Sendable {
    public var id: String
    public var text: String
    public var state: GateState
    public var rule: String
    public var basis: String
    public var cure: String
    public var contact: String
    public var facts: [Evidence]
    /// The rule in words.
    public var sentence = Bilingual(zh: "", en: "")
    /// The parts of the rule that decided.
    public var because: [Reason] = []

    public init(
      id: String, text: String, state: GateState, rule: String, basis: String, cure: String,
      contact: String, facts: [Evidence]
    ) {
      self.id = id
      self.text = text
      self.state = state
      self.rule = rule
      self.basis = basis
      self.cure = cure
      self.contact = contact
      self.facts = facts
    }
  }

  public struct Part: Sendable {
    public var id: String
    public var title: String
    public var group: String
    public var points: Int
    public var most: Int
    public var state: PartState
    /// The rule as text.
    public var rule: String
    public var basis: String
    public var facts: [Evidence]
    public var kind = Kind.indicator
    /// For deductions the least points it can give.
    public var least = 0
    /// The rule in words.
    public var sentence = Bilingual(zh: "", en: "")
    /// What a missing fact means here, in words.
    public var whenMissing = Bilingual(zh: "", en: "")
    public var note = ""
    /// The parts of the rule that decided.
    public var because: [Reason] = []

    public enum Kind: String, Sendable { case indicator, deduction, bonus, group }
    /// Of a measure or group of a composite rubric.
    public var measured: Measured?
    /// Of a group of a composite rubric, what it is made of.
    public var composition: Composition?

    public init(
      id: String, title: String, group: String, points: Int, most: Int, state: PartState,
      rule: String, basis: String, facts: [Evidence]
    ) {
      self.id = id
      self.title = title
      self.group = group
      self.points = points
      self.most = most
      self.state = state
      self.rule = rule
      self.basis = basis
      self.facts = facts
    }
  }

  /// How a measured value counts in a composite score.
  public struct Measured: Sendable, Equatable {
    /// As delivered; nil where it is missing, and for groups.
    public var value: Double?
    /// On its scale, or the group's score; nil where it does not count.
    public var normalised: Double?
    /// Within its group.
    public var weight: Double
    /// Share of the whole that its weight makes, in millionths.
    public var share: Int

    public init(value: Double?, normalised: Double?, weight: Double, share: Int) {
      self.value = value
      self.normalised = normalised
      self.weight = weight
      self.share = share
    }
  }

  public struct Cap: Sendable {
    public var id: String
    public var text: String
    public var state: CapState
    public var rule: String
    public var basis: String
    /// What the subject can do so that it no longer applies; may be empty.
    public var cure = ""
    public var facts: [Evidence]
    /// The rule in words.
    public var sentence = Bilingual(zh: "", en: "")
    /// What it limits, in words.
    public var limit = Bilingual(zh: "", en: "")
    /// Whether the result would be better without it.
    public var bites = false
    /// The parts of the rule that decided.
    public var because: [Reason] = []

    public init(
      id: String, text: String, state: CapState, rule: String, basis: String, facts: [Evidence]
    ) {
      self.id = id
      self.text = text
      self.state = state
      self.rule = rule
      self.basis = basis
      self.facts = facts
    }
  }

  /// A tier of the rubric; the last has no `from`.
  public struct Tier: Sendable, Equatable {
    public var id: String
    public var title: String
    public var from: Int?

    public init(id: String, title: String, from: Int?) {
      self.id = id
      self.title = title
      self.from = from
    }
  }

  /// A part of a rule that decided: what it says, and what it gave.
  public struct Reason: Sendable, Hashable {
    public var sentence: Bilingual
    /// As it stands in the rule.
    public var rule: String
    public var outcome: Bilingual
    public var because: [Reason]

    public init(sentence: Bilingual, rule: String, outcome: Bilingual, because: [Reason] = []) {
      self.sentence = sentence
      self.rule = rule
      self.outcome = outcome
      self.because = because
    }
  }

  /// One fact changed, or supplied where it is missing, and the result that this alone would give.
  ///
  /// Found by scoring the subject again with the changed fact, never by a formula.
  public struct Change: Sendable, Equatable {
    public var fact: String
    public var label: String
    /// Nil where the fact is missing.
    public var from: Bilingual?
    public var to: Bilingual
    /// Thousandths of a whole change: 0 where a missing fact is supplied; for numbers the
    /// difference as a share of the greater of the two; 1000 for everything else.
    public var effort: Int
    /// Whether the tier, or the standing where there is no rank, gets better.
    public var raises: Bool
    public var score: Int
    public var tier: String
    public var tierTitle: String
    public var status: Status
    public var effects: [Effect]
    /// The office that can supply it, where it is missing.
    public var office: String?

    public init(
      fact: String, label: String, from: Bilingual?, to: Bilingual, effort: Int, raises: Bool,
      score: Int, tier: String, tierTitle: String, status: Status, effects: [Effect],
      office: String?
    ) {
      self.fact = fact
      self.label = label
      self.from = from
      self.to = to
      self.effort = effort
      self.raises = raises
      self.score = score
      self.tier = tier
      self.tierTitle = tierTitle
      self.status = status
      self.effects = effects
      self.office = office
    }

    /// What a change does to one gate, part or cap.
    public struct Effect: Sendable, Equatable {
      public var id: String
      public var title: String
      public var basis: String
      /// Points gained or lost; nil for gates and caps, which are then met or lifted.
      public var points: Int?

      public init(id: String, title: String, basis: String, points: Int?) {
        self.id = id
        self.title = title
        self.basis = basis
        self.points = points
      }
    }
  }

  /// What is proposed on a screening list, and what people recorded about it.
  public struct Listing: Sendable, Equatable {
    public var title: String
    /// Nil for a case outside all lists.
    public var proposal: Screening.Proposal?
    /// Nil where nobody objected or decided.
    public var file: CaseFile?

    /// Paths of the delivered files, by the numbers that places name.
    public var files: [String]

    public init(
      title: String, proposal: Screening.Proposal?, file: CaseFile?, files: [String] = []
    ) {
      self.files = files
      self.title = title
      self.proposal = proposal
      self.file = file
    }
  }
}
