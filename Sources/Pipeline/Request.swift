import CLinux
public import Foundation
public import Tables

/// What a run is asked to do; folders, time and the number of jobs come in from outside.
public struct Request: Sendable {
  /// The folder with `run.yaml` and the delivered files.
  public var delivery: String
  /// A pack's folder instead of the one that `run.yaml` names.
  public var rules: String?
  /// The folder that runs are published in.
  public var reports: String
  public var jobs: Int
  public var started: Date
  /// Told how many of the delivered bytes have been read, as they are.
  public var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
  /// Told which stage begins.
  public var enter: (@Sendable (Stage) -> Void)?
  /// Told, in a sentence, what the request waits for and what was not as it should be.
  public var say: (@Sendable (Bilingual) -> Void)?
  /// Where earlier runs are looked up, and the place in that ledger from which runs are left aside;
  /// nil is the whole ledger of `reports`.
  var history: (ledger: String, before: Int)?

  public init(
    delivery: String, rules: String? = nil, reports: String = "reports", jobs: Int,
    started: Date, progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil,
    enter: (@Sendable (Stage) -> Void)? = nil
  ) {
    self.enter = enter
    self.delivery = delivery
    self.rules = rules
    self.reports = reports
    self.jobs = jobs
    self.started = started
    self.progress = progress
  }

  /// Tells that a stage begins.
  func begin(_ stage: Stage) {
    switch stage {
    // Before these more is free than they take again; what deriving and scoring find free they
    // use, at less cost than of new pages.
    case .linking, .ranking, .writing, .publishing: return_unused_pages()
    case .reading, .deriving, .scoring: break
    }
    enter?(stage)
  }
}

/// The stages of a run, in their order, as people are told of them.
public enum Stage: Sendable, CaseIterable {
  case reading, linking, deriving, scoring, ranking, writing, publishing

  public var title: Bilingual {
    switch self {
    case .reading: Bilingual(zh: "读取", en: "reading")
    case .linking: Bilingual(zh: "归并", en: "linking")
    case .deriving: Bilingual(zh: "推算", en: "deriving")
    case .scoring: Bilingual(zh: "评分", en: "scoring")
    case .ranking: Bilingual(zh: "排名", en: "ranking")
    case .writing: Bilingual(zh: "写报告", en: "writing")
    case .publishing: Bilingual(zh: "发布", en: "publishing")
    }
  }
}

/// Why nothing was published, with messages that say where, what, and what to do.
public struct RunFailure: Error, Sendable {
  public enum Kind: Sendable {
    /// Wrong usage, a rule pack that does not check, or a file that no profile recognises.
    case refused
    /// The run itself failed.
    case failed
  }

  public var kind: Kind
  public var messages: [Bilingual]

  public init(_ kind: Kind, _ messages: [Bilingual]) {
    self.kind = kind
    self.messages = messages
  }

  /// The status the program ends with.
  public var exitStatus: Int32 {
    switch kind {
    case .refused: 2
    case .failed: 1
    }
  }
}
