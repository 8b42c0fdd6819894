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
    // records
    Mutation(
      "records/1-place.yaml", "type: int", "type: integer",
      "records/1-place.yaml:11:37: “integer” is not one of the choices — choices: text, name, int, decimal, money, percent, flag, date, code, grade, division, double, uscc, registration-number, uscc-or-registration-number, organization-code, resident-id"
    ),
    Mutation(
      "records/3-visit.yaml", "Signed on, type: date",
      "Signed on, type: date, least: 2020-01-01, most: 2019-12-31",
      "records/3-visit.yaml:13:70: “most” (2019-12-31) is before “least” (2020-01-01) — correct one of them"
    ),
    Mutation(
      "records/3-visit.yaml", "Signed on, type: date",
      "Signed on, type: date, most: as-of, placeholders: maybe",
      "records/3-visit.yaml:13:57: “as-of” is not a date — write it like 2018-09-30",
      "records/3-visit.yaml:13:78: “maybe” is neither yes nor no — write yes or no"),
    Mutation(
      "records/3-visit.yaml", "Class, type: text",
      "Class, type: text, unit: required, placeholders: no, most: as_of",
      "records/3-visit.yaml:14:43: “unit” has no meaning for the type “text” — remove it or change the type",
      "records/3-visit.yaml:14:59: “placeholders” has no meaning for the type “text” — remove it or change the type",
      "records/3-visit.yaml:14:77: “most” has no meaning for the type “text” — remove it or change the type",
      "records/3-visit.yaml:14:83: “as_of” is not a number — write a number with at most six decimals, e.g. 12.5"
    ),
    Mutation(
      "records/1-place.yaml", "roster: true", "roster: maybe",
      "pack.yaml:15:5: no record kind brings “place” into being — write “roster: yes” in one of its record kinds",
      "records/1-place.yaml:4:9: “maybe” is neither yes nor no — write yes or no"),
    Mutation(
      "records/1-place.yaml", "id: name", "id: place-name",
      "derive/place.yaml:14:45: nothing is called “name”; did you mean “Name”? — correct the expression",
      "pack.yaml:17:11: there is no fact “name” — did you mean “Name”?",
      "pack.yaml:18:15: there is no field “name” — use one of: , class, fee, grade, owner_born, owner_faith, place_id, score, seats, signed_on, street_name, visit_grade …",
      "pack.yaml:19:17: there is no fact “name” — did you mean “Name”?",
      "records/1-place.yaml:9:10: “place-name” is not an id — use letters, digits and _, beginning with a letter"
    ),
    Mutation(
      "records/1-place.yaml", "id: name", "id: place_id",
      "derive/place.yaml:14:45: nothing is called “name”; did you mean “Name”? — correct the expression",
      "pack.yaml:17:11: there is no fact “name” — did you mean “Name”?",
      "pack.yaml:18:15: there is no field “name” — use one of: class, fee, grade, owner_born, owner_faith, place_id, score, seats, signed_on, street_name, visit_grade, visited_on",
      "pack.yaml:19:17: there is no fact “name” — did you mean “Name”?",
      "records/1-place.yaml:9:10: “place_id” is there twice — choose another id",
      "records/1-place.yaml:9:10: “place_record.place_id” is there twice — choose another id"),
    Mutation(
      "records/1-place.yaml", "office: council", "office: counsil",
      "records/1-place.yaml:6:9: there is no office “counsil” — did you mean “council”?"),
    Mutation(
      "records/1-place.yaml", "least: 0, most: 900", "least: 10, most: 9",
      "records/1-place.yaml:11:53: “most” (9) is below “least” (10) — correct one of them"),
    Mutation(
      "records/1-place.yaml", "type: date, sensitivity", "type: date, least: 3, sensitivity",
      "records/1-place.yaml:12:60: “3” is not a date — write it like 2018-09-30"
    ),
    Mutation(
      "records/2-licence.yaml", "codes: grades, ", "",
      "records/2-licence.yaml:10:31: the type “grade” needs “codes” — name the code table",
      "sources/licence.yaml:9:40: the field “grade” has no code table — remove “codes”, or give the field a code table"
    ),
    Mutation(
      "records/2-licence.yaml", "stated-none: none", "stated-none: nil",
      "records/2-licence.yaml:10:72: there is no code “nil” — use one of: A, B, none"),
    Mutation(
      "records/2-licence.yaml", "stated-none: none", "changeable: [A, nil]",
      "records/2-licence.yaml:10:75: there is no code “nil” — use one of: A, B, none"),
    Mutation(
      "records/2-licence.yaml", "stated-none: none", "changeable: up",
      "records/2-licence.yaml:10:71: “up” does not say how “grade” can change — write yes or no; up or down for numbers, dates and flags; a list of codes for codes"
    ),
    Mutation(
      "records/2-licence.yaml", "scale: 1, header-units: {GBP: 1}", "changeable: [A]",
      "records/2-licence.yaml:9:52: “[…]” does not say how “fee” can change — write yes or no; up or down for numbers, dates and flags; a list of codes for codes"
    ),
    Mutation(
      "records/2-licence.yaml", "label: Licensed seats, type: int",
      "label: Licensed seats, type: decimal",
      "records/1-place.yaml:11:10: the field “seats” differs in type or code table from the one in “licence” — make them alike, or choose another id"
    ),
    Mutation(
      "records/2-licence.yaml", "label: Class, type: text}",
      "label: Class, type: text, from: {field: grade, first: 3, last: 2}}",
      "records/2-licence.yaml:11:80: 2 is out of range — write a whole number from 3 to 64"),
    Mutation("records/3-visit.yaml", "unique: [visited_on]", "repeats: count"),
    Mutation(
      "records/3-visit.yaml", "unique: [visited_on]", "unique: [visited_on]\nrepeats: count",
      "records/3-visit.yaml:7:1: “unique” and “repeats” exclude each other — remove one of them"),
    Mutation(
      "records/1-place.yaml", "roster: true", "roster: true\nrepeats: count",
      "records/1-place.yaml:5:1: “repeats” is for records with many rows — remove it, or write “holds: many”"
    ),
    Mutation(
      "records/3-visit.yaml", "holds: many", "holds: one",
      "derive/place.yaml:9:53: nothing is called “visits” — correct the expression",
      "derive/place.yaml:10:54: there is no list “visits” — define it first",
      "records/3-visit.yaml:5:1: “list” is for records with many rows — remove it, or write “holds: many”",
      "records/3-visit.yaml:6:1: “unique” is for records with many rows — remove it, or write “holds: many”",
      "rubrics/hygiene.yaml:17:79: there is no list “visits” — define it first",
      "rubrics/hygiene.yaml:27:65: there is no fact “visits” — use one of: as_of, name, street_name, owner_born, owner_faith, fee, grade, visited_on, score, visit_grade, signed_on, place_id …"
    ),
    Mutation(
      "records/3-visit.yaml", "unique: [visited_on]", "unique: [visted_on]",
      "records/3-visit.yaml:6:10: there is no field “visted_on” — did you mean “visited_on”?"),
    Mutation(
      "records/3-visit.yaml", "latest: visited_on", "latest: class",
      "records/3-visit.yaml:7:1: “latest” needs a field of type date or int — name such a field"),
    Mutation(
      "records/3-visit.yaml", "list: visits", "list: seats",
      "derive/place.yaml:9:53: nothing is called “visits”; did you mean “Visit”? — correct the expression",
      "derive/place.yaml:10:54: there is no list “visits” — use one of: seats",
      "records/3-visit.yaml:5:7: “seats” is there twice — choose another id",
      "rubrics/hygiene.yaml:17:79: there is no list “visits” — use one of: seats",
      "rubrics/hygiene.yaml:27:65: there is no fact “visits” — did you mean “Visit”?"),
    Mutation(
      "records/3-visit.yaml", "list: visits", "list: visits\ncase: decisions",
      "records/3-visit.yaml:9:1: the record lacks the field “decided_on” (date) — add it",
      "records/3-visit.yaml:9:1: the record lacks the field “decider_role” (text) — add it",
      "records/3-visit.yaml:9:1: the record lacks the field “decision_reasons” (text) — add it",
      "records/3-visit.yaml:9:1: the record lacks the field “decision_result” (code) — add it"),
    Mutation(
      "records/3-visit.yaml", "list: visits", "list: visits\ncase: complaints",
      "records/3-visit.yaml:6:7: “complaints” is not one of the choices — choices: objections, decisions"
    ),
    Mutation(
      "records/4-street.yaml", "roster: true\n", "",
      "pack.yaml:22:5: no record kind brings “street” into being — write “roster: yes” in one of its record kinds"
    ),
    Mutation(
      "records/4-street.yaml", "subject: street", "subject: corrections",
      "pack.yaml:21:63: there is no fact “street_id” — did you mean “streets_tier”?",
      "pack.yaml:22:5: no record kind brings “street” into being — write “roster: yes” in one of its record kinds",
      "pack.yaml:22:39: there is no fact “street_id” — did you mean “streets_tier”?",
      "pack.yaml:22:60: there is no field “street_id” — define it first",
      "records/4-street.yaml:5:1: corrections lack the field “decided_on” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “field” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “new_value” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “old_value” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “reason” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “record” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “result” — add it",
      "records/4-street.yaml:5:1: corrections lack the field “target” — add it",
      "rubrics/hygiene.yaml:21:55: nothing is called “street.market_days” — correct the expression"),
    // codes
    Mutation(
      "codes/grades.csv", "B,good", "A,good",
      "codes/grades.csv:3:1: “A” is there twice — choose another id",
      "rubrics/hygiene.yaml:15:55: there is no code “B” — use one of: A, A, none",
      "rubrics/hygiene.yaml:17:46: there is no grade “B” — use one of: A, A, none",
      "rubrics/hygiene.yaml:27:88: there is no code “B” — use one of: A, A, none",
      "sources/licence.yaml:9:40: there is no code of “grades” “B” — use one of: A, A, none"),
    Mutation(
      "codes/grades.csv", "B,good,4", "B,good,five",
      "codes/grades.csv:3:1: “five” stands for both “A” and “B” — remove it from the name or aliases of one row"
    ),
    Mutation(
      "codes/grades.csv", "hint,fit\nA,very good,5|five,,yes\nB,good,4,,yes",
      "successors,fit\nA,very good,5|five,B,yes\nB,good,4,none|A,yes",
      "codes/grades.csv:2:1: the successors lead back to where they began: A → B → A — correct `successors`: name only codes that replaced it"
    ),
    Mutation(
      "codes/grades.csv",
      "hint,fit\nA,very good,5|five,,yes\nB,good,4,,yes\nnone,\"none, so far\",,,no",
      "successors,fit\nA,very good,5|five,none,yes\nB,good,4,A|none,yes\nnone,\"none, so far\",,none,no",
      "codes/grades.csv:4:1: the successors lead back to where they began: none → none — correct `successors`: name only codes that replaced it"
    ),
    Mutation(
      "codes/grades.csv", "B,good,4,,yes", "B,good,4,yes",
      "codes/grades.csv:3:1: 4 cells, but the header has 5 — add or remove commas; quote texts with commas"
    ),
    Mutation(
      "codes/grades.csv", "code,name", "kode,name",
      "codes/grades.csv:1:1: the header lacks the column “code” — the first line must read code,name,aliases,…"
    ),
    Mutation(
      "codes/grades.csv", "hint,fit\nA,very good,5|five,,yes",
      "valid_to,fit\nA,very good,5|five,2019-13,yes",
      "codes/grades.csv:2:20: “2019-13” is not a date — write it like 2018-09-30"),
    Mutation(
      "codes/grades.csv", "hint,fit\nA,very good,5|five,,yes",
      "successors,fit\nA,very good,5|five,BB|none,yes",
      "codes/grades.csv:2:1: there is no code “BB” — did you mean “B”?"),
    Mutation(
      "codes/grades.csv", "B,good,4", "B,,4",
      "codes/grades.csv:3:1: the code or the name is empty — fill it or remove the line"),
    Mutation(
      "codes/grade-words.csv", "V,Very Good,,A\nG,Good,,B", "",
      "codes/grade-words.csv:1:1: the code table holds no code — fill it or remove it"),
    Mutation(
      "codes/grade-words.csv", "G,Good,,B", "G,Good,,C",
      "sources/licence.yaml:9:40: there is no code of “grades” “C” — use one of: A, B, none"),
    Mutation(
      "codes/grade-words.csv", "means", "meanings",
      "sources/licence.yaml:9:40: the code table “grade-words” has no column “means” — say there what each code stands for"
    ),
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
