import Testing

@testable import RulePacks

@Suite("The linter of rubrics")
struct RubricFaultsTests {
  typealias Mutation = PackFaultTests.Mutation

  @Test("names every fault with its place", arguments: mutations)
  func faults(mutation: Mutation) throws {
    let found = try RegisterOfRestaurants.faults(
      changing: mutation.file, mutation.old, to: mutation.new)
    #expect(found == mutation.faults)
  }

  @Test("counts the value of “stated: none” among those that occur")
  func statedNone() throws {
    let seats = "type: int, least: 0, most: 900}"
    let condition = "points: 5, when: is_fit"
    for (none, isImpossible) in [("", true), (", stated-none: 0", false)] {
      let found = try RegisterOfRestaurants.faults(changing: [
        ("records/1-place.yaml", seats, "type: int, least: 1, most: 900\(none)}"),
        ("records/2-licence.yaml", seats, "type: int, least: 1, most: 900}"),
        (Self.file, condition, "points: 5, when: seats == 0"),
      ])
      #expect(found.contains { $0.contains("can never be true") } == isImpossible)
    }
  }

  static let file = "rubrics/hygiene.yaml"
  static let mutations: [Mutation] = [
    Mutation(
      file, "['< 20', 0]]", "['< 10', 0]]",
      "rubrics/hygiene.yaml:14:80: no band holds 10 to 20, between “< 10” and “[20..100)” — add a band or correct the ends"
    ),
    Mutation(
      file, "['< 20', 0]]", "['< 21', 0]]",
      "rubrics/hygiene.yaml:14:80: “< 21” and “[20..100)” overlap: 20 is in both — correct the ends"
    ),
    Mutation(
      file, ", ['< 20', 0]]", "]",
      "rubrics/hygiene.yaml:14:62: no band holds numbers below “[20..100)” — add “< 20”, or state “least” for the field"
    ),
    Mutation(
      file, "'[20..100)'", "'[20...100)'",
      "rubrics/hygiene.yaml:14:63: “[20...100)” is not an interval — write >= 100, > 5, <= 3, < 20, = 0, [20..100) or (0..5]"
    ),
    Mutation(
      file, "'[20..100)', 4", "'[20..100)', 4.0005",
      "rubrics/hygiene.yaml:14:76: 4.0005 points cannot be kept in thousandths — use at most three decimals and no more than a million"
    ),
    Mutation(
      file, "['< 20', 0]]", "['< 20', -1]]",
      "rubrics/hygiene.yaml:14:89: an indicator cannot give negative points — write deductions under “deductions”"
    ),
    Mutation(
      file, "B: 5, otherwise: 0", "B: 5",
      "rubrics/hygiene.yaml:15:39: no points for the codes none — add them, or “otherwise”"),
    Mutation(
      file, "B: 5, otherwise: 0", "BB: 5, otherwise: 0",
      "rubrics/hygiene.yaml:15:55: there is no code “BB” — did you mean “B”?"),
    Mutation(
      file, "on: grade, lookup: {A: 10, B: 5, otherwise: 0}", "on: licence.class, lookup: {A: 10}",
      "rubrics/hygiene.yaml:15:47: “on” is no fact with a code table, so “otherwise” is needed — say what all else is worth"
    ),
    Mutation(
      file, "B: 5, otherwise: 0}, unknown: withhold}", "B: 5, otherwise: 0}}",
      "rubrics/hygiene.yaml:15:5: “unknown” is missing — add “unknown:”"),
    Mutation(
      file, "unknown: zero", "unknown: ignore",
      "rubrics/hygiene.yaml:14:103: “ignore” is not one of the choices — choices: withhold, zero, pending, carry"
    ),
    Mutation(
      file, "full: 30", "full: 31",
      "rubrics/hygiene.yaml:6:1: the indicators add up to 30, not to 31 — adjust the indicators' points, or the full mark (full)"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 0, when: is_fit",
      "rubrics/hygiene.yaml:16:5: the indicator “S3” can give no points — correct its points or remove it"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5, when: is_fat",
      "rubrics/hygiene.yaml:16:43: nothing is called “is_fat”; did you mean “is_fit”? — correct the expression"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5",
      "rubrics/hygiene.yaml:16:5: nothing says how points are given — write one of when, bands, lookup, ratio, value and opinions"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "when: is_fit",
      "rubrics/hygiene.yaml:16:5: “when” needs “points” — add “points:”"),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5, when: is_fit, value: seats",
      "rubrics/hygiene.yaml:16:5: when, value exclude each other — write one of when, bands, lookup, ratio, value and opinions"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: -5, when: is_fit",
      "rubrics/hygiene.yaml:16:34: an indicator cannot give negative points — write deductions under “deductions”"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5, value: name",
      "rubrics/hygiene.yaml:16:44: the result must be int or decimal, and this is string — correct the expression"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5, kind: opinion-based, when: is_fit",
      "rubrics/hygiene.yaml:16:37: an opinion-based indicator takes signed opinions only; nothing may compute it — write “opinions”, or make it record-based"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5, when: is_fit, on: seats",
      "rubrics/hygiene.yaml:16:51: “on” does not go with “when” — remove it"),
    Mutation(
      file, "points: {A: 10, B: 5, none: 0}", "points: {A: 10, B: 5}",
      "rubrics/hygiene.yaml:17:30: no points for the grades none — add them, best first"),
    Mutation(
      file, "signed: signed_on", "signed: score",
      "rubrics/hygiene.yaml:17:115: “score” is not a date field — name a date field"),
    Mutation(
      file, "id: S2", "id: S1",
      "rubrics/hygiene.yaml:15:10: “S1” is there twice — choose another id"),
    Mutation(
      file, "each: -1,", "each: 1,",
      "rubrics/hygiene.yaml:19:39: a deduction must be negative — correct its sign"),
    Mutation(
      file, "cap: 2, ", "",
      "rubrics/hygiene.yaml:21:5: the bonus lacks “cap” — say how much it can add in all"),
    Mutation(
      file, "{id: A, from: 20}", "{id: A, from: 33}",
      "rubrics/hygiene.yaml:24:23: the tier “A” cannot be reached: the highest score is 32 — lower “from” or raise the full mark"
    ),
    Mutation(
      file, "{id: B, from: 10}", "{id: B, from: 20}",
      "rubrics/hygiene.yaml:24:42: 20 is not below 20, where the tier above begins — list tiers best first with falling “from”"
    ),
    Mutation(
      file, "{id: C}", "{id: C, from: 5}",
      "rubrics/hygiene.yaml:24:61: there is no tier below 5 — leave “from” out of the last tier"),
    Mutation(
      file, "{id: B, from: 10}", "{id: B}",
      "rubrics/hygiene.yaml:24:28: the tier “B” lacks “from” — only the last tier has no least score"
    ),
    Mutation(
      file, "tier-at-most: B", "tier-at-most: A",
      "rubrics/hygiene.yaml:23:58: “A” is the best tier, so the cap does nothing — name a lower tier"
    ),
    Mutation(
      file, "tier-at-most: B", "tier-at-most: D",
      "rubrics/hygiene.yaml:23:58: there is no tier “D” — use one of: A, B, C"),
    Mutation(
      file, "tier-at-most: B", "tier-at-most: B, score-at-most: 5",
      "rubrics/hygiene.yaml:23:5: write either “tier-at-most” or “score-at-most” — name the best tier or the highest score"
    ),
    Mutation(
      file, "points: 5, when: is_fit", "points: 5, when: \"grade == 'A' && grade == 'B'\"",
      "rubrics/hygiene.yaml:16:44: “grade == 'A' && grade == 'B'” can never be true, so nobody can get the points — compare with values that occur, or remove it"
    ),
    Mutation(
      file, "require: inspected", "require: inspected || seats <= 900",
      "rubrics/hygiene.yaml:12:38: “inspected || seats <= 900” always holds, so the gate does nothing — compare with values that occur, or remove the gate"
    ),
    Mutation(
      file, "'>= 100', 5]", "'[100..900]', 5], ['> 900', 1]",
      "rubrics/hygiene.yaml:14:66: “> 900” lies outside the field's plausible range, so nobody falls into it — remove the band, or correct “least” and “most” of the field"
    ),
    Mutation(
      file, "tier-at-most: B", "score-at-most: 32",
      "rubrics/hygiene.yaml:23:59: the highest score is 32, so the cap does nothing — name a lower score"
    ),
    Mutation(
      file, "floor: -5", "floor: -0.5",
      "rubrics/hygiene.yaml:19:50: -0.5 in all is less than -1 for one, which nobody can get — adjust the points for one or the limit"
    ),
    Mutation(
      file, "{id: B, from: 10}", "{id: B, from: 10, to: 19}",
      "rubrics/hygiene.yaml:24:50: no tier holds 19.1, between “B” and “A”; points have 1 decimal — correct “to” or “from”, or “decimals” under “rounding”"
    ),
    Mutation(file, "{id: B, from: 10}", "{id: B, from: 10, to: 19.9}"),
    Mutation(
      file, "{id: B, from: 10}", "{id: B, from: 10, to: 9}",
      "rubrics/hygiene.yaml:24:50: 9 is below “from” 10 — correct the ends"),
    Mutation(
      file, "{id: A, from: 20}", "{id: A, from: 20, to: 30}",
      "rubrics/hygiene.yaml:24:31: there is no tier above 30, and the highest score is 32 — leave “to” out of the best tier"
    ),
    Mutation(
      file, "full: 30", "full: 30\nrounding: {rank-on: exact}",
      "rubrics/hygiene.yaml:7:21: an additive score is the sum of its rounded parts, and ranks follow it, so “exact” has no meaning — write rounded, or more “decimals”"
    ),
    Mutation(
      file, "full: 30", "full: 30\nrank-within: score",
      "rubrics/hygiene.yaml:7:14: “score” is not one of the choices — choices: tier"),
    Mutation(
      "rubrics/a-streets.yaml", "tiers: [{id: A, from: 5}, {id: B}]", "rank-within: tier",
      "rubrics/a-streets.yaml:9:14: there are no tiers, so ranks cannot go by tier first — write “tiers”, or remove this key"
    ),
    Mutation(file, "full: 30", "full: 30\nrank-within: tier"),
    Mutation(file, "full: 30", "full: 30\nties: [seats desc, person]"),
    Mutation(
      file, "full: 30", "full: 30\nties: [seats, person, name asc]",
      "rubrics/hygiene.yaml:7:8: “seats” is not “FACT desc” or “FACT asc” — write a fact and a direction: desc is the greatest or latest first, asc the least or earliest",
      "rubrics/hygiene.yaml:7:15: nothing after “person” is ever used — write it last",
      "rubrics/hygiene.yaml:7:23: “name” has no order — name a number, a date or a flag"),
    Mutation(file, "full: 30", "full: 30\nannounced: {tier: last_grade, why: band}"),
    Mutation(
      file, "full: 30", "full: 30\nannounced: {tier: seats, until: seats, why: is_fit}",
      "rubrics/hygiene.yaml:7:19: no code of “seats” is a tier of this rubric — name a fact whose codes are called like the tiers: A, B, C",
      "rubrics/hygiene.yaml:7:33: “seats” is not a date — name a fact that is a date",
      "rubrics/hygiene.yaml:7:45: “is_fit” is not a text — name a fact that is a text"
    ),
    Mutation(
      file, "full: 30", "full: 30\nannounced: {until: as_of}",
      "rubrics/hygiene.yaml:7:12: “tier” is missing — add “tier:”"),
    Mutation(
      file, "full: 30", "full: 30\nannounced: {tier: visits}",
      "rubrics/hygiene.yaml:7:19: “visits” is a list, not one value — name a fact with one value"),
    Mutation(
      file, "cohort: [band]", "cohort: [visits, owner_born]",
      "rubrics/hygiene.yaml:7:10: “visits” is a list, not one value — name a fact with one value",
      "rubrics/hygiene.yaml:7:18: “owner_born” is not public and may not be shown — name a public fact"
    ),
    Mutation(
      file, "inspected: visit_count > 0", "inspected: owner_born < as_of",
      "rubrics/hygiene.yaml:10:14: “Owner born” may not be used for the purpose “publication” — leave the field out, or name only allowed purposes under “purposes”",
      "rubrics/hygiene.yaml:12:38: “Owner born” may not be used for the purpose “publication” — leave the field out, or name only allowed purposes under “purposes”"
    ),
    Mutation(
      file, "full: 30", "full: 30\npurposes: [grants]",
      "rubrics/a-streets.yaml:1:1: runs for “publication” leave out “hygiene-rating”, whose results are used here — give both the same “purposes”"
    ),
    Mutation(
      file, "inspected: visit_count > 0", "seats: visit_count > 0",
      "rubrics/hygiene.yaml:10:3: “seats” is a fact already — choose another name",
      "rubrics/hygiene.yaml:12:38: nothing is called “inspected” — correct the expression",
      "rubrics/hygiene.yaml:14:32: the result must be int or decimal, and this is bool — correct the expression"
    ),
    Mutation(
      file, "inspected: visit_count > 0", "inspected: street.streets_score > 5.0",
      "rubrics/a-streets.yaml:1:9: rubrics depend on each other: streets → hygiene-rating → streets — break the circle at one of them"
    ),
    Mutation(
      file, ", cure: wait", "",
      "rubrics/hygiene.yaml:12:5: “cure” is missing — add “cure:”"),
    Mutation(
      file, "Grade: A, seats", "Grade: X, seats",
      "rubrics/hygiene.yaml:27:20: there is no code “X” — use one of: A, B, none"),
    Mutation(
      file, "visit_count: 2, visits", "visit_count: two, visits",
      "rubrics/hygiene.yaml:27:62: “two” is not a whole number — write a whole number"),
    Mutation(
      file, "{visit_grade: B, signed_on: 2024-05-01}", "{visit_grad: B}",
      "rubrics/hygiene.yaml:27:75: there is no field “visit_grad” — did you mean “visit_grade”?"),
    Mutation(
      file, "points: {S1: 5}", "points: {S9: 5}",
      "rubrics/hygiene.yaml:28:59: there is no indicator “S9” — did you mean “S1”?"),
    Mutation(
      file, "status: ranked", "status: rank",
      "rubrics/hygiene.yaml:28:42: “rank” is not one of the choices — did you mean “ranked”? choices: ranked, provisional, pending, gated, not-evaluable, unrated"
    ),
    Mutation(
      "rubrics/a-streets.yaml", "tier == 'A'", "tier == 'E'",
      "rubrics/a-streets.yaml:8:97: “E” is not a code of its table; known: A, B, C — correct the expression"
    ),
    Mutation(
      "rubrics/a-streets.yaml", ", places.size()]", "]",
      "rubrics/a-streets.yaml:8:46: “ratio” takes two expressions — write [part, whole]"),
    Mutation(
      "rubrics/a-streets.yaml", "rubric: streets", "rubric: hygiene-rating",
      "rubrics/hygiene.yaml:1:9: “hygiene-rating” is there twice — choose another id"),
  ]
}
