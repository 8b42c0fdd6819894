import Ranking
import RulePacks
import Scoring
import Tables

/// What follows from the scores of all subjects together.
struct Ranked: Sendable {
  /// One a scorecard.
  var standings: [Standings]
  /// One a scorecard; nil where the rubric does not ask.
  var intervals: [RankIntervals?]
  var screenings: [Screening]
  var lints: [Finding]
}

/// Ranks every scorecard, tries other weights and proposes who is recommended.
///
/// Much of it goes from the first subject to the last, so that pieces that do not need each other
/// are done at the same time.
func rankAll(
  _ scored: Scored, plan: RunPlan, pack: RulePack, dossiers: Dossiers, jobs: Int
) async -> Ranked {
  let cards = scored.scorecards
  async let lints =
    lint(scored, pack: pack) + disparities(scored.scorecards, dossiers, pack: pack)
  async let intervals = inParallel(cards.count, jobs: jobs) { card in
    await rankIntervals(cards[card], rubric: pack.rubrics[cards[card].rubric], jobs: jobs)
  }
  let standings = await inParallel(cards.count, jobs: jobs) { card in
    let rubric = pack.rubrics[cards[card].rubric]
    return rank(cards[card], subjects: dossiers.subjects[rubric.subject], rubric: rubric)
  }
  let asked = plan.honours.indices.compactMap { honour in
    cards.firstIndex { $0.rubric == plan.honours[honour].rubric }.map { (honour, $0) }
  }
  let screenings = await inParallel(asked.count, jobs: jobs) { place in
    let (honour, card) = asked[place]
    var screening = screen(
      cards[card], standings: standings[card], honour: honour, plan: plan, pack: pack,
      dossiers: dossiers)
    await addChances(
      to: &screening, cards[card], rubric: pack.rubrics[cards[card].rubric], jobs: jobs)
    return screening
  }
  return await Ranked(
    standings: standings, intervals: intervals, screenings: screenings, lints: lints)
}
