import Expressions
import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("Faults of a rule pack")
struct PackFaultTests {
  struct Mutation: Sendable {
    var file: String
    var old: String
    var new: String
    var faults: [String]

    init(_ file: String, _ old: String, _ new: String, _ faults: String...) {
      (self.file, self.old, self.new, self.faults) = (file, old, new, faults)
    }
  }

  @Test("names every fault with its place", arguments: mutations)
  func faults(mutation: Mutation) throws {
    let found = try RegisterOfRestaurants.faults(
      changing: mutation.file, mutation.old, to: mutation.new)
    #expect(found == mutation.faults)
  }

  @Test("asks of every list when two of its rows are one thing, and loads without")
  func demands() throws {
    let asked = try RegisterOfRestaurants.written(
      changing: "records/3-visit.yaml", "unique: [visited_on]\n", to: ""
    ) { folder in
      try loadRulePack(at: folder).demands.map {
        $0.text(in: .en).replacingOccurrences(of: folder + "/", with: "")
      }
    }
    #expect(asked.count == 1)
    #expect(asked.first?.hasPrefix("records/3-visit.yaml:4:1: a list does not say whether") == true)
    #expect(try RegisterOfRestaurants.written { try loadRulePack(at: $0).demands } == [])
  }

  @Test(
    "of one kind are told up to a hundred, and the rest is counted from where it begins",
    arguments: [1, 100, 101, 20_000])
  func many(count: Int) {
    var reading = Reading()
    reading.files.append(Reading.File(shown: "codes/a.csv", text: ""))
    for line in 1...count {
      // Whatever is found twice counts once.
      for _ in 0..<2 {
        reading.fault(
          at: Spot(file: 0, line: line, column: 1),
          say("“行\(line)”不对", "“row \(line)” is wrong"), cure: say("请改正", "mend it"))
      }
    }
    #expect(reading.faultCount == count)
    #expect(reading.faults.count == min(count, 101))
    guard count > 100 else { return }
    let more = grouped(count - 100)
    #expect(
      reading.faults.last?.text(in: .en)
        == "codes/a.csv:101:1: from here on \(more) more of this kind: “row 101” is wrong — mend it"
    )
  }

  static let mutations: [Mutation] = [
    // pack.yaml
    Mutation(
      "pack.yaml", "owner: City of Exampleton\n", "",
      "pack.yaml:1:1: “owner” is missing — add “owner:”"),
    Mutation(
      "pack.yaml", "contact:", "kontact:",
      "pack.yaml:8:1: there is no key “kontact” — did you mean “contact”?"),
    Mutation(
      "pack.yaml", "language: en", "language: en\nobjections-within: 0",
      "pack.yaml:10:20: 0 is out of range — write a whole number from 1 to 3660"),
    Mutation(
      "pack.yaml", "language: en",
      "language: en\nretention:\n  - {of: results, keep: 5 years, basis: x}\n  - {of: results, keep: 5 yrs, basis: x}\n  - {of: reports, subject: place, keep: 1 day, basis: x}\n  - {of: results, keep: 2 days, basis: x}\n  - {of: everything, keep: 2 days, basis: x}",
      "pack.yaml:12:25: “5 yrs” is no period — write it like “90 days”, “18 months” or “3 years”",
      "pack.yaml:13:28: “reports” is not told apart by subject — remove “subject”",
      "pack.yaml:14:10: “results” is there twice — choose another id",
      "pack.yaml:15:10: “everything” is not one of the choices — choices: deliveries, explanations, reports, results, facts"
    ),
    Mutation(
      "pack.yaml", "title: Food hygiene register", "title:",
      "pack.yaml:2:1: “title” has no value — give it a value or remove it"),
    Mutation(
      "pack.yaml", "to: 2026-12-31", "to: 2023-12-31",
      "pack.yaml:6:27: it ends on 2023-12-31, before it begins on 2024-01-01 — correct one of the dates"
    ),
    Mutation(
      "pack.yaml", "from: 2024-01-01", "from: 2024-02-30",
      "pack.yaml:6:15: “2024-02-30” is not a date — write it like 2018-09-30"),
    Mutation(
      "pack.yaml", "EUR: 0.85", "EUR: none",
      "pack.yaml:11:19: “none” is not a number — write a number with at most six decimals, e.g. 12.5"
    ),
    Mutation(
      "pack.yaml", "language: en", "language: fr",
      "pack.yaml:9:11: “fr” is not one of the choices — choices: zh, en"),
    Mutation(
      "pack.yaml", "no: [\"N\"]", "no: [\"N\", \"ｙ\"]",
      "pack.yaml:13:21: “Y” means both yes and no — remove it from one of them"),
    Mutation(
      "pack.yaml", "purposes: [publication, grants]", "purposes: publication",
      "pack.yaml:7:11: this must be a list — write “[…]”, or begin each line with “- ”",
      "records/1-place.yaml:12:87: there is no purpose “grants” — define it first"),
    Mutation(
      "pack.yaml", "id: street, title: Street, name: street_id",
      "id: street, title: Street, name: streets_id",
      "pack.yaml:22:39: there is no fact “streets_id” — did you mean “street_id”?"),
    Mutation(
      "pack.yaml", "match: street_id", "match: market_days",
      "pack.yaml:21:39: a value of type string never equals one of type int — name facts of one type"
    ),
    Mutation(
      "pack.yaml", "identity: [street_id]", "identity: [market_dais]",
      "pack.yaml:22:60: there is no field “market_dais” — did you mean “market_days”?",
      "records/4-street.yaml:5:1: rows of this kind can find no subject: no step of “identity” is among its fields — add the fields of one step: market_dais"
    ),
    Mutation(
      "pack.yaml", "by: [street_name]", "by: [owner_born]",
      "pack.yaml:23:18: “owner_born” is not public and may not be shown — name a public fact"),
    Mutation(
      "pack.yaml", "title: Food hygiene register", "title: [Food",
      "pack.yaml:3:8: not well-formed YAML (did not find expected ',' or ']') — check indentation, quotes and brackets; quote texts with “: ” or “#”"
    ),
    Mutation(
      "pack.yaml", "edition: \"2024.1\"", "edition: \"2024.1\"\nedition: \"2024.2\"",
      "pack.yaml:3:1: the key “edition” is written twice — remove one of them"),
    // sources
    Mutation(
      "sources/register.yaml", "field: street_name", "field: street_nam",
      "sources/register.yaml:6:13: there is no field “street_nam” — did you mean “street_name”?"),
    Mutation(
      "sources/register.yaml", "{from: totals}", "{from: sum, counts: rows}",
      "sources/register.yaml:8:12: control numbers of CSV come from its total rows — write “from: totals”"
    ),
    Mutation(
      "sources/register.yaml", "{from: totals}", "{from: totals, counts: rows}",
      "sources/register.yaml:8:28: total rows of CSV state no number of rows — leave “counts” out"
    ),
    Mutation(
      "sources/register.yaml", "format: csv", "format: csv\nseparator: x\nrows: A/B",
      "sources/register.yaml:5:12: “x” cannot be a separator — choices: \",\" \";\" \"|\" \":\" \" \" \"\\t\"",
      "sources/register.yaml:6:1: “rows” has no meaning for csv — remove it"),
    Mutation(
      "sources/licence.yaml", "rows: LICENCES/LICENCE\n", "",
      "sources/licence.yaml:1:1: an XML source needs “rows” — write the path of the repeated element, e.g. DATASET/ROW"
    ),
    Mutation(
      "sources/licence.yaml", "codes: grade-words", "codes: {\"5\": A, \"4\": X}",
      "sources/licence.yaml:9:54: there is no code of “grades” “X” — use one of: A, B, none"),
    Mutation(
      "sources/licence.yaml", "from: \"@id\"", "from: \"@id\", value: 3",
      "sources/licence.yaml:10:36: “from” and “value” exclude each other — remove one of them"),
    Mutation(
      "sources/licence.yaml", "counts: rows", "counts: rows, each-part: yes",
      "sources/licence.yaml:12:53: “LICENCES/Count” shares only the root with the rows, so it is of no part — leave “each-part” out"
    ),
    Mutation(
      "sources/licence.yaml", "counts: rows", "counts: rows, each-part: each",
      "sources/licence.yaml:12:53: “each” is neither yes nor no — write yes or no"),
    Mutation("sources/licence.yaml", "counts: rows", "counts: rows, each-part: no"),
    Mutation(
      "sources/licence.yaml", "counts: rows", "sums: fees",
      "sources/licence.yaml:12:34: there is no field “fees” — did you mean “fee”?"),
    // derive
    Mutation(
      "derive/place.yaml", "value: visits.size()", "value: visits.length()",
      "derive/place.yaml:9:60: there is no function “length” — correct the expression"),
    Mutation(
      "derive/place.yaml", "value: visits.size()", "value: \"band == 'often' ? 1 : 2\"",
      "derive/place.yaml:3:9: facts depend on each other: band → visit_count → band — break the circle at one of them"
    ),
    Mutation(
      "derive/place.yaml", "value: visits.size()", "value: owner_faith.size()",
      "derive/place.yaml:9:53: “Owner faith” is sensitive and may stand in no expression — correct the expression"
    ),
    Mutation(
      "derive/place.yaml", "value: visits.size()", "value: 'yearsBetween(owner_born, as_of)'",
      "derive/place.yaml:9:53: “Owner born” may not be used for the purpose “publication” — leave the field out, or name only allowed purposes under “purposes”",
      "rubrics/hygiene.yaml:7:10: “band” is not public and may not be shown — name a public fact"),
    Mutation(
      "derive/place.yaml", "{id: visit_count, label: Visits counted, value: visits.size()}",
      "id: visit_count\n    label: Visits counted\n    value: >-\n      visits.filter(v,\n        v.scores > 5).size()",
      "derive/place.yaml:13:9: nothing is called “scores”; did you mean “score”? — correct the expression"
    ),
    Mutation(
      "derive/place.yaml", "value: visits.size()", "value: 'name == ''x'' && nam == ''y'' ? 1 : 0'",
      "derive/place.yaml:9:71: nothing is called “nam”; did you mean “name”? — correct the expression"
    ),
    Mutation(
      "derive/place.yaml", "value: visits.size()", "value: 'seats == Number ? 1 : 0'",
      "derive/place.yaml:9:54: “==” does not apply to int and string — correct the expression"),
    Mutation(
      "derive/place.yaml", "value: visits.size()",
      "value: visits.size(), successor: {table: grades, of: grade}",
      "derive/place.yaml:9:5: value, successor exclude each other — write one of value, rules, lookup, successor and pick"
    ),
    Mutation(
      "derive/place.yaml", "value: visits.size()", "unit: times",
      "derive/place.yaml:9:5: nothing says how “visit_count” follows — write one of value, rules, lookup, successor and pick"
    ),
    Mutation(
      "derive/place.yaml", "when: visit_count == 1", "when: Trade == 'x'",
      "derive/place.yaml:7:24: nothing is called “Trade”; did you mean “Grade”? — correct the expression"
    ),
    Mutation(
      "derive/place.yaml", "then: once", "then: 1",
      "derive/place.yaml:7:48: this result is int, those before are string — use one type; quote texts"
    ),
    Mutation(
      "derive/place.yaml", "when: visit_count == 1", "when: visit_count",
      "derive/place.yaml:7:24: the result must be bool, and this is int — correct the expression"),
    Mutation(
      "derive/place.yaml", "when: visit_count == 1", "when: grade == 'C'",
      "derive/place.yaml:7:33: “C” is not a code of its table; known: A, B, none — correct the expression"
    ),
    Mutation(
      "derive/place.yaml", "unknown: skip", "unknown: zero",
      "derive/place.yaml:7:63: “zero” is not one of the choices — choices: skip"),
    Mutation(
      "derive/place.yaml", "id: R2", "id: R1",
      "derive/place.yaml:7:14: “R1” is there twice — choose another id"),
    Mutation(
      "derive/place.yaml", "id: grade_now", "id: is_fit",
      "derive/place.yaml:12:10: “is_fit” is there twice — choose another id"),
    Mutation(
      "derive/place.yaml", "id: grade_now", "id: seats",
      "derive/place.yaml:12:10: “seats” is there twice — choose another id"),
    Mutation(
      "derive/place.yaml", "column: fit", "column: fitness",
      "derive/place.yaml:11:73: there is no column “fitness” — use one of: fit, name"),
    Mutation(
      "derive/place.yaml", "from: visits", "from: visit",
      "derive/place.yaml:10:54: there is no list “visit” — did you mean “visits”?"),
    Mutation(
      "derive/place.yaml", "take: visit_grade", "take: grade",
      "derive/place.yaml:10:120: there is no field “grade” — use one of: class, place_id, score, signed_on, visit_grade, visited_on"
    ),
    Mutation(
      "derive/place.yaml", "latest: visited_on,", "latest: visited_on, earliest: visited_on,",
      "derive/place.yaml:10:47: write either “latest” or “earliest” — name the field by which rows are ordered"
    ),
    Mutation(
      "derive/place.yaml", "row.visited_on <= as_of", "visited_on <= as_of",
      "derive/place.yaml:10:69: nothing is called “visited_on”; did you mean “row.visited_on”? — correct the expression"
    ),
    Mutation(
      "derive/place.yaml", "row.visited_on <= as_of", "visits.size() > 0",
      "derive/place.yaml:10:69: the list “visits” cannot be used here — correct the expression"),
    Mutation(
      "derive/place.yaml", "count: is_fit", "count: hygiene_rating_score > 5.0",
      "derive/place.yaml:18:39: results of “hygiene-rating” cannot be used here: criteria come later — use facts, or write it in a rubric"
    ),
    Mutation(
      "derive/place.yaml", "fact: street_name", "fact: visits",
      "derive/place.yaml:16:12: “visits” is a list, not one value — name a fact with one value"),
    Mutation(
      "derive/street.yaml", "has(p.is_fit) && p.is_fit)",
      "p.visit_count > 1 && p.street.fit_places > 1)",
      "derive/street.yaml:3:10: facts depend on each other: fit_places → fit_places — break the circle at one of them"
    ),
    Mutation(
      "derive/street.yaml", "places.filter(p, has(p.is_fit) && p.is_fit).size()",
      "places.filter(p, p.fit).size()",
      "derive/street.yaml:3:66: nothing is called “fit”; did you mean “Fit”? — correct the expression"
    ),
    Mutation(
      "derive/street.yaml", "subject: street", "subject: strete",
      "derive/street.yaml:1:10: there is no subject “strete” — did you mean “street”?"),
  ]
}
