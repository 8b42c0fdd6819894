import Testing

@testable import RulePacks

@Suite("Faults of record kinds and code tables")
struct RecordFaultTests {
  typealias Mutation = PackFaultTests.Mutation

  @Test("names every fault with its place", arguments: mutations)
  func faults(mutation: Mutation) throws {
    let found = try RegisterOfRestaurants.faults(
      changing: mutation.file, mutation.old, to: mutation.new)
    #expect(found == mutation.faults)
  }

  @Test(
    "takes an example of a number with all its digits, and no other text for one",
    arguments: ["12.3456789012345678", "1e3", "1\u{3001}000", "many", "1e400", "0x10"])
  func doubles(text: String) throws {
    let found = try RegisterOfRestaurants.faults(changing: [
      ("records/2-licence.yaml", "type: money, scale: 1, header-units: {GBP: 1}", "type: double"),
      ("rubrics/hygiene.yaml", "given: {Grade: A,", "given: {Fee: \"\(text)\", Grade: A,"),
    ])
    guard Double(text)?.isFinite != true || text.hasPrefix("0x") else {
      #expect(found == [])
      return
    }
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix(
        "rubrics/hygiene.yaml:27:18: “\(text)” is not a number — write a number, e.g. 12.5")
        == true,
      "\(found)")
  }

  static let mutations: [Mutation] = [
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
      "records/3-visit.yaml", "latest: visited_on", "latest: visited_on\ncurrent-days: 8.5",
      "records/3-visit.yaml:8:1: “current-days” is a number of days, and needs a date as `latest` — write a whole number such as 89, and `latest`"
    ),
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
      "records/3-visit.yaml:6:7: “complaints” is not one of the choices — choices: objections, decisions, consultations, successions, acknowledgements"
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
  ]
}
