public import RulePacks
public import Tables

/// Everything that one run found: made by the stages in their order, and read by the reports, the
/// ledger and whoever compares or accounts for runs.
///
/// `standings` has one entry a scorecard, in the same order.
public struct RunResult: Sendable {
  public var run: RunPlan
  public var pack: RulePack { didSet { sensitivity = Sensitivity(pack) } }
  /// What of the pack may not appear; worked out once, because most reports ask.
  private(set) var sensitivity: Sensitivity
  public var files: [DeliveredFile]
  public var dossiers: Dossiers
  public var scorecards: [Scorecard]
  public var standings: [Standings]
  /// One a scorecard, or none at all; nil where the rubric does not ask.
  public var intervals: [RankIntervals?]
  public var screenings: [Screening]
  public var coverage: [CoverageLine]
  public var formation: [FormationPlan]
  /// What the delivery gives for each figure that the pack has as published; nil where it holds
  /// nothing of it or cannot tell.
  public var published: [ComputedFigure?] = []
  /// What the pack has counted, each for the whole and by its groups.
  public var statistics: [StatisticLine] = []
  /// Who has which form, as the pack's overview asks.
  public var forms: [FormLine] = []
  public var findings: [Finding]
  public var quarantine: [QuarantinedRow]
  public var corrections: [AppliedCorrection]
  /// Objections and decisions, by subject.
  public var cases: [Case] = []
  /// Rows that found no subject.
  public var unmatched = 0
  /// What of the delivery was not read, in order of the paths.
  public var aside: [SetAside] = []
  /// Fields of which stated cells could not be read.
  public var unread: [UnreadField] = []
  /// Who delivered what, and accepted rows by district.
  public var returns: [ReturnLine] = []
  public var districts: [DistrictRows] = []
  /// Subjects that may be others, or the same, as in the run before.
  public var successions: [Succession] = []
  /// What persons have said of such subjects, in this run and before it.
  public var said = SaidSuccessions()
  /// What criteria with `unknown: carry` fell back on, by the rubric's id.
  public var carried: [String: CarriedResults] = [:]
  /// Tolerances of the run that its data exceeded, one sentence each.
  public var exceeded: [Bilingual] = []
  /// The version of the program, e.g. `0.1.0`.
  public var toolVersion: String
  /// The runs before this one, the last at the end.
  public var earlier: [EarlierRun] = []

  public init(
    run: RunPlan, pack: RulePack, files: [DeliveredFile], dossiers: Dossiers,
    scorecards: [Scorecard], standings: [Standings], intervals: [RankIntervals?] = [],
    screenings: [Screening] = [],
    coverage: [CoverageLine] = [], formation: [FormationPlan] = [],
    findings: [Finding] = [], quarantine: [QuarantinedRow] = [],
    corrections: [AppliedCorrection] = [],
    toolVersion: String
  ) {
    self.run = run
    self.pack = pack
    sensitivity = Sensitivity(pack)
    self.files = files
    self.dossiers = dossiers
    self.scorecards = scorecards
    self.standings = standings
    self.intervals = intervals
    self.screenings = screenings
    self.coverage = coverage
    self.formation = formation
    self.findings = findings
    self.quarantine = quarantine
    self.corrections = corrections
    self.toolVersion = toolVersion
  }

  /// The rubric behind a scorecard.
  func rubric(of scorecard: Int) -> Rubric { pack.rubrics[scorecards[scorecard].rubric] }

  /// Rank intervals of a scorecard; nil where none were worked out.
  func intervals(of scorecard: Int) -> RankIntervals? {
    guard intervals.indices.contains(scorecard), let found = intervals[scorecard], found.draws > 0
    else { return nil }
    return found
  }

  /// The pack's language, which the reports' own words follow.
  var language: Language { pack.about.language }
}

/// A field of a record kind of which stated cells could not be read.
public struct UnreadField: Sendable, Equatable {
  public var record: Int
  public var field: Int
  public var unread: Int
  /// Those that could be read too.
  public var stated: Int

  public init(record: Int, field: Int, unread: Int, stated: Int) {
    self.record = record
    self.field = field
    self.unread = unread
    self.stated = stated
  }
}

/// How reports are written; nothing here changes a byte of them, but for the bounds on
/// explanations and on the page.
public struct ReportSettings: Sendable {
  /// How many chunks are made at the same time.
  public var jobs: Int
  /// How many of each ranking are explained in any case.
  public var explainedFirst: Int
  /// How many of one rubric are explained at most, candidates of screenings included.
  public var explainedMost: Int

  /// How many subjects of each ranking the page carries at most; the tables hold all.
  public var pageSubjects = 100_000
  /// Rankings of at most so many subjects have all facts with their places on the page.
  public var pageEvidenceWhole = 20_000
  /// For how many of a longer ranking the page carries facts with their places at most.
  public var pageEvidence = 500

  public init(jobs: Int, explainedFirst: Int = 1000, explainedMost: Int = 20_000) {
    self.jobs = max(1, jobs)
    self.explainedFirst = explainedFirst
    self.explainedMost = explainedMost
  }
}

extension RunResult {
  /// Whether a rubric asks for delivered ratings beside computed tiers.
  var comparesRatings: Bool {
    scorecards.contains { pack.rubrics[$0.rubric].comparedWith != nil }
  }

  /// For each rubric that compares them, how many delivered ratings are the tier that is worked
  /// out, and how many are not.
  package var comparedRatingCounts: [(rubric: String, same: Int, differ: Int)] {
    comparedRatings(self).map { one in
      let pairs = one.counts.filter { $0.delivered >= 0 && $0.computed >= 0 }
      return (
        rubric(of: one.index).title,
        pairs.filter { $0.delivered == $0.computed }.reduce(0) { $0 + $1.count },
        pairs.filter { $0.delivered != $0.computed }.reduce(0) { $0 + $1.count }
      )
    }
  }
}

/// A published file as the manifest lists it.
public struct WrittenFile: Sendable, Equatable {
  /// Path within the run's folder, with `/`.
  public var path: String
  public var bytes: Int
  public var sha256: String

  public init(path: String, bytes: Int, sha256: String) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
  }
}
