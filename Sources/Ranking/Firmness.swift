public import RulePacks
public import Tables

/// Adds to a screening how often each candidate with a rank would be recommended if the weights
/// were others, as the rubric's robustness draws them.
///
/// In each draw those with a rank compete in their groups as `screen` has them compete; a draw in
/// which candidates tie across the quota line recommends none of them. Who waits, is out or may
/// not be a candidate does not compete.
public func addChances(
  to screening: inout Screening, _ card: Scorecard, rubric: Rubric, jobs: Int = 1
) async {
  guard let robustness = rubric.robustness else { return }
  let places = screening.lines.indices.filter { screening.lines[$0].rank > 0 }
  var names: [String: Int32] = [:]
  var last: (name: String, number: Int32)?
  let groups = places.map { place -> Int32 in
    let name = screening.lines[place].group
    // Lines stand group by group, so that few names are looked up.
    if let last, last.name == name { return last.number }
    let number = names[name, default: Int32(names.count)]
    names[name] = number
    last = (name, number)
    return number
  }
  guard let quota = screening.lines.first?.quota, !places.isEmpty else { return }
  let trials = WeightTrials(
    card, rubric: rubric, entries: places.map { screening.lines[$0].entry }, groups: groups)
  let draws = trials.draws(asked: robustness.draws)
  guard draws > 0 else { return }
  let weights = DrawnWeights(rubric, robustness, draws: draws)
  let counts = await inStretches(of: draws, jobs: jobs) { stretch in
    var room = WeightTrials.Room()
    var inside = [Int32](repeating: 0, count: trials.profiles.count)
    for draw in stretch {
      let ranks = trials.ranks(weights, draw, ties: .last, &room)
      for profile in ranks.indices where ranks[profile] <= quota { inside[profile] += 1 }
    }
    return inside
  }
  for (position, place) in places.enumerated() {
    let profile = Int(trials.profiles.numbers[position])
    let inside = counts.reduce(0) { $0 + Int($1[profile]) }
    screening.lines[place].chance = Screening.Chance(inside: inside, draws: draws)
  }
}
