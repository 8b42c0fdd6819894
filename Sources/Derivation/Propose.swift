import RulePacks
import Tables

/// How the subjects that lack something could get it: alone, together, or otherwise.
///
/// Nobody is in two proposals. Those who bring enough stand alone; the rest are gathered with
/// whoever is nearest; who is left comes under an area, or else under what the pack provides for
/// all others, as far as they are to have it. Of whom it is not known what they bring, or whether
/// they are to have that, this is to be found out first, where the pack has a form for it.
///
/// - Parameter number: index of the plan in the pack.
/// - Complexity: O(n log n).
func propose(_ plan: Formation, _ number: Int, _ dossiers: Dossiers, jobs: Int) async
  -> FormationPlan
{
  let needy = await needy(plan, dossiers, jobs: jobs)
  let groups = gather(needy, threshold: plan.threshold, atMost: plan.atMost)
  var isLeft = [Bool](repeating: true, count: needy.rows.count)
  var proposals = FormationPlan(formation: number)
  func member(_ one: Int) -> (row: Int32, strength: Int32) {
    (needy.rows[one], needy.strengths[one])
  }
  for one in needy.indices where needy.strengths[one] >= plan.threshold {
    proposals.append([member(one)], .alone)
    isLeft[one] = false
  }
  for group in groups {
    proposals.append(group.members.map(member), .joint, tie: group.tie)
    for one in group.members { isLeft[one] = false }
  }
  for one in needy.indices
  where isLeft[one] && needy.strengths[one] >= 0 && needy.areCoverable[one] {
    proposals.append([member(one)], .area, tie: 0)
    isLeft[one] = false
  }
  let findsOut = plan.unknown != nil
  for one in needy.indices where isLeft[one] {
    if findsOut, needy.strengths[one] < 0 || needy.needs[one] == .unknown { continue }
    isLeft[one] = false
    if needy.needs[one] != .no { proposals.append([member(one)], .otherwise) }
  }
  for one in needy.indices where isLeft[one] { proposals.append([member(one)], .unknown) }
  return proposals
}
