import RulePacks
import Tables

/// The groups of a screening list that have a quota each: the cohorts of the rubric, split by the
/// honour's own fact.
struct ScreeningGroups {
  /// For each entry of the scorecard, the index into `names`.
  private(set) var numbers: [Int32]
  /// In order of the text; a fact that already makes the cohort is not said twice.
  private(set) var names: [String]

  init(
    _ card: Scorecard, by slot: Int?, subject: Int, pack: RulePack, _ dossiers: Dossiers
  ) {
    numbers = card.cohorts
    names = card.cohortNames
    guard let slot, !pack.rubrics[card.rubric].cohort.contains(slot) else { return }
    let titles = ScreeningGroups.titles(of: pack.subjects[subject].facts[slot], pack)
    var found: [String: Int32] = [:]
    for entry in card.subjects.indices {
      let text = dossiers.text(subject: subject, fact: slot, row: Int(card.subjects[entry]))
      let own = text.map { titles[$0] ?? $0 } ?? "—"
      let cohort = card.cohortNames[Int(card.cohorts[entry])]
      let name = cohort.isEmpty ? own : "\(cohort)·\(own)"
      numbers[entry] = found[name, default: Int32(found.count)]
      found[name] = numbers[entry]
    }
    names = found.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var places = Array(repeating: Int32(0), count: names.count)
    for (place, name) in names.enumerated() { places[Int(found[name] ?? 0)] = Int32(place) }
    for entry in numbers.indices { numbers[entry] = places[Int(numbers[entry])] }
  }

  private static func titles(of fact: Fact, _ pack: RulePack) -> [String: String] {
    guard let table = fact.codes else { return [:] }
    var titles: [String: String] = [:]
    for code in pack.codes[table].codes { titles[code.code] = code.name }
    return titles
  }
}
