import CLinux
package import Foundation
package import Tables

/// What a run is asked to do; folders, time and the number of jobs come in from outside.
package struct Request: Sendable {
  /// The folder with `run.yaml` and the delivered files.
  package var delivery: String
  /// A pack's folder instead of the one that `run.yaml` names.
  package var rules: String?
  /// The folder that runs are published in.
  package var reports: String
  package var jobs: Int
  package var started: Date
  /// Told how many of the delivered bytes have been read, as they are.
  package var progress: (@Sendable (_ done: Int, _ total: Int) -> Void)?
  /// Told which stage begins.
  package var enter: (@Sendable (Stage) -> Void)?
  /// Told, in a sentence, what the request waits for and what was not as it should be.
  package var say: (@Sendable (Bilingual) -> Void)?
  /// Where earlier runs are looked up, and the place in that ledger from which runs are left aside;
  /// nil is the whole ledger of `reports`.
  package var history: (ledger: String, before: Int)?

  package init(
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
  package func begin(_ stage: Stage) {
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
package enum Stage: Sendable, CaseIterable {
  case reading, linking, deriving, scoring, ranking, writing, publishing

  package var title: Bilingual {
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
package struct RunFailure: Error, Sendable {
  package enum Kind: Sendable {
    /// Wrong usage, a rule pack that does not check, or a file that no profile recognises.
    case refused
    /// The run itself failed.
    case failed
  }

  package var kind: Kind
  package var messages: [Bilingual]

  package init(_ kind: Kind, _ messages: [Bilingual]) {
    self.kind = kind
    self.messages = messages
  }

  /// A refusal with its place, what is wrong there, and what to do.
  package static func refused(_ path: String, _ what: Bilingual, _ cure: Bilingual) -> RunFailure {
    RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path): \(what.zh) — \(cure.zh)", en: "\(path): \(what.en) — \(cure.en)")
      ])
  }

  /// The status the program ends with.
  package var exitStatus: Int32 {
    switch kind {
    case .refused: 2
    case .failed: 1
    }
  }
}
