import Foundation
import Labels
package import Ledger
import PastRuns
package import Pipeline
package import Requests
import RulePacks
package import Tables

/// One subject through all runs of a ledger.
package struct History: Sendable {
  package var subject: String
  package var rubrics: [RubricHistory]
  /// Runs of the ledger that were recorded before it kept the results of single subjects.
  package var runsWithoutResults: Int
}

/// One subject under one rubric, by the runs' dates.
package struct RubricHistory: Sendable {
  package var id: String
  package var title: String
  package var entries: [Entry]
  /// What people read for ids of tiers, from the pack of the latest run that can still be read.
  package var labels = RubricLabels()

  package struct Entry: Sendable {
    package var run: String
    /// Place in the ledger.
    package var sequence: Int
    /// The date that the criteria were applied at.
    package var asOf: String
    /// When the run was published, in UTC, as in RFC 3339.
    package var published: String
    /// Edition of the rubric.
    package var edition: String
    /// Whether a later run of the same id took its place.
    package var isSuperseded: Bool
    /// Nil where the rubric is not about the subject.
    package var outcome: SubjectOutcome?
    /// The last earlier result that is not superseded; what changes are counted from.
    package var earlier: SubjectOutcome?
    /// The indicators' points and the facts behind them; nil where the subject stood on no
    /// screening list.
    package var behind: PastFacts?
    /// Facts that are other than where they were last kept; empty where there is none to compare.
    package var changedFacts: [FactChange] = []

    /// In thousandths; nil without an earlier result.
    package var scoreChange: Int? {
      guard let outcome, let earlier else { return nil }
      return outcome.score - earlier.score
    }
  }
}

/// A fact in two runs.
package struct FactChange: Sendable {
  package var before: PastFacts.Fact
  package var after: PastFacts.Fact
  /// Both values as people read them, by the pack of the latest run that can still be read; nil
  /// where nothing was stated.
  package var words: (before: Bilingual?, after: Bilingual?)

  init(_ before: PastFacts.Fact, _ after: PastFacts.Fact) {
    self.before = before
    self.after = after
    words = (before.value.map { plain($0) }, after.value.map { plain($0) })
  }

  /// Tells the values by the words of a pack.
  mutating func read(by pack: RulePack, subject: Int) {
    guard let fact = pack.subjects[subject].facts.first(where: { $0.id == after.id }) else {
      return
    }
    words = (
      before.value.map { pack.words(of: $0, as: fact) },
      after.value.map { pack.words(of: $0, as: fact) }
    )
  }
}

/// Looks a subject up in the ledger of a folder of reports.
package func history(of subject: String, reports: String) throws(RunFailure) -> History {
  let request = Request(delivery: "", reports: reports, jobs: 1, started: Date())
  guard let ledger = try openLedger(of: request) else {
    let path = request.ledgerPath
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path): 没有运行记录 — 请先运行一个批次，或用 --reports 指明报告文件夹",
          en: "\(path): there is no ledger — run a delivery first, or name the folder by --reports")
      ])
  }
  let runs: [RunRecord]
  let id: String
  let results: [PastResult]
  let facts: [PastFacts]
  let recorded: Int
  do throws(LedgerFailure) {
    runs = try ledger.runs()
    id = try idInLedger(subject, runs) { (id) throws(LedgerFailure) in
      try !ledger.results(of: id).isEmpty
    }
    let past = try PastOfBody(id, ledger)
    results = past.results
    facts = past.facts
    recorded = try ledger.runsWithResults()
  } catch {
    throw RunFailure(error)
  }
  guard !results.isEmpty else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "运行记录中没有对“\(subject)”的评分 — 请写对象的编号（如统一社会信用代码）；在报告页面 index.html 中可以按名称查到",
          en:
            "no run of the ledger has a result for “\(subject)” — give the subject's id, such as a credit code; "
            + "index.html of a report finds it by name"
        )
      ])
  }
  var rubrics = histories(results, facts, runs)
  if let pack = latestPack(of: runs) {
    for index in rubrics.indices {
      rubrics[index].read(by: pack)
    }
  }
  return History(subject: id, rubrics: rubrics, runsWithoutResults: runs.count - recorded)
}

extension RubricHistory {
  /// Tells tiers and facts by the words of a pack.
  fileprivate mutating func read(by pack: RulePack) {
    guard let rubric = pack.rubrics.first(where: { $0.id == id }) else { return }
    labels = RubricLabels([rubric])
    for entry in entries.indices {
      for change in entries[entry].changedFacts.indices {
        entries[entry].changedFacts[change].read(by: pack, subject: rubric.subject)
      }
    }
  }
}

/// A value of which no pack says what it is: yes and no alone are known by themselves.
private func plain(_ value: String) -> Bilingual {
  FlagLabel.label(ofText: value) ?? Bilingual(zh: value, en: value)
}

/// The ledger keeps ids of tiers alone; their titles are in the packs, which may be gone.
private func latestPack(of runs: [RunRecord]) -> RulePack? {
  for run in runs.reversed() {
    let request = Request(delivery: run.delivery, rules: run.rules, jobs: 1, started: run.started)
    if let rules = try? readRules(request) { return rules.1 }
  }
  return nil
}

/// The id under which the ledger has results of a subject that is named by the text of its
/// identity: the text itself, or a digest of it by the key of a run's delivery.
private func idInLedger(
  _ subject: String, _ runs: [RunRecord], isThere: (String) throws(LedgerFailure) -> Bool
) throws(LedgerFailure) -> String {
  if try isThere(subject) { return subject }
  var keys: Set<[UInt8]> = []
  for run in runs.reversed() {
    let request = Request(
      delivery: run.delivery, rules: run.rules, jobs: 1, started: run.started)
    // A delivery that is gone has no key any more; another run's may be the same.
    guard let rules = try? readRules(request),
      let key = try? readDigestKey(request, plan: rules.0), keys.insert(key).inserted
    else { continue }
    for id in subjectIDs(namedBy: subject, key: key) where try isThere(id) { return id }
  }
  return subject
}

private func histories(_ results: [PastResult], _ facts: [PastFacts], _ runs: [RunRecord])
  -> [RubricHistory]
{
  let superseded = Set(runs.compactMap(\.supersedes))
  let records = Dictionary(
    runs.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
  var order: [String] = []
  for result in results where !order.contains(result.rubric) { order.append(result.rubric) }
  return order.map { id in
    let own = results.filter { $0.rubric == id }
    var entries: [RubricHistory.Entry] = []
    for result in own {
      guard let run = records[result.run] else { continue }
      entries.append(
        RubricHistory.Entry(
          run: run.id, sequence: run.sequence, asOf: run.asOf,
          published: run.finished.ISO8601Format(), edition: result.edition,
          isSuperseded: superseded.contains(run.sequence),
          outcome: result.outcome.map { SubjectOutcome($0) }))
    }
    entries.sort { left, right in
      left.asOf == right.asOf ? left.sequence < right.sequence : left.asOf < right.asOf
    }
    var earlier: SubjectOutcome?
    var before: PastFacts?
    for index in entries.indices {
      entries[index].earlier = earlier
      entries[index].behind = facts.first {
        $0.run == entries[index].sequence && $0.rubric == id
      }
      if let before, let behind = entries[index].behind {
        entries[index].changedFacts = changes(before, behind)
      }
      guard !entries[index].isSuperseded else { continue }
      earlier = entries[index].outcome ?? earlier
      before = entries[index].behind ?? before
    }
    return RubricHistory(id: id, title: own.last?.title ?? "", entries: entries)
  }
}

private func changes(_ before: PastFacts, _ after: PastFacts) -> [FactChange] {
  after.facts.compactMap { fact in
    guard let old = before.facts.first(where: { $0.id == fact.id }), old.value != fact.value else {
      return nil
    }
    return FactChange(old, fact)
  }
}

extension SubjectOutcome {
  init(_ past: PastResult.Outcome) {
    self.init(
      status: past.status, tier: past.tier, score: past.score, rank: past.rank,
      cohort: past.cohort, cohortSize: past.cohortSize)
  }
}
