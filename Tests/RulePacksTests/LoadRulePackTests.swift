import Expressions
import Fields
import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("Loading a rule pack")
struct LoadRulePackTests {
  private func pack() throws -> RulePack {
    try RegisterOfRestaurants.written { try loadRulePack(at: $0) }
  }

  @Test("has purposes with titles, or without")
  func purposes() throws {
    let titled = try RegisterOfRestaurants.written(
      changing: "pack.yaml", "[publication, grants]", to: "{publication: 公示, grants: 资助}"
    ) { try loadRulePack(at: $0) }
    #expect(titled.about.purposes == ["publication", "grants"])
    #expect(titled.about.title(ofPurpose: "grants") == "资助")
    let plain = try RegisterOfRestaurants.written { try loadRulePack(at: $0) }
    #expect(plain.about.purposes == titled.about.purposes)
    #expect(plain.about.title(ofPurpose: "grants") == "grants")
  }

  @Test("lists the facts of a subject in the order of the schema")
  func schema() throws {
    let facts = try pack().subjects[0].facts
    #expect(
      facts.map(\.id) == [
        "as_of", "place_record.place_id", "name", "street_name", "place_record.seats",
        "owner_born", "owner_faith", "licence.place_id", "licence.seats", "fee", "grade", "class",
        "place_id", "seats", "visits", "band", "visit_count", "last_grade", "is_fit", "grade_now",
        "hygiene_rating_score", "hygiene_rating_tier", "hygiene_rating_status",
        "street.street_id", "street.market_days", "street.fit_places", "street.streets_score",
        "street.streets_tier", "street.streets_status", "street.places",
      ])
  }

  @Test("knows between which days dates are plausible, which state nothing, and what needs a unit")
  func bounds() throws {
    let pack = try RegisterOfRestaurants.written(
      changing: "records/3-visit.yaml", "type: date}\n  - {id: class",
      to: "type: date, least: 2020-01-01, most: as_of, placeholders: [2020-02-02]}\n"
        + "  - {id: tip, label: Tip, type: money, unit: required}\n  - {id: class"
    ) { try loadRulePack(at: $0) }
    let fields = pack.records.first { $0.id == "visit" }?.fields ?? []
    let signed = try #require(fields.first { $0.id == "signed_on" })
    #expect(signed.leastDay == PartialDate(year: 2020, month: 1, day: 1).map { .date($0) })
    #expect(signed.mostDay == .asOf && signed.placeholders?.map(\.description) == ["2020-02-02"])
    let tip = try #require(fields.first { $0.id == "tip" })
    #expect(tip.requiresUnit && tip.unit.isEmpty)
    #expect(fields.first { $0.id == "visited_on" }?.placeholders == nil)
  }

  @Test("believes the record kind of higher precedence first")
  func merged() throws {
    let facts = try pack().subjects[0].facts
    let seats = facts.first { $0.id == "seats" }
    #expect(seats?.origin == .merged([8, 4]))
    #expect(seats?.label == "Licensed seats")
  }

  @Test(
    "finds the type of every derived fact",
    arguments: [
      ("band", .string), ("visit_count", .int), ("last_grade", .string), ("is_fit", .bool),
      ("grade_now", .string), ("street.fit_places", .int),
    ] as [(String, ExpressionType)])
  func types(id: String, type: ExpressionType) throws {
    let pack = try pack()
    #expect(pack.subjects[0].facts.first { $0.id == id }?.type == type)
    #expect(pack.environment.scopes[0].names[id]?.type == type)
  }

  @Test(
    "binds ids, labels, qualified names and those of the other subject to slots",
    arguments: [
      ("seats", "seats"), ("Seats", "seats"), ("Licensed seats", "seats"),
      ("licence.seats", "licence.seats"), ("place_record.name", "name"), ("Fee", "fee"),
      ("licence.Fee", "fee"), ("street.Market days", "street.market_days"), ("Visit", "visits"),
    ])
  func names(name: String, id: String) throws {
    let pack = try pack()
    let binding = try #require(pack.environment.scopes[0].names[name])
    guard case .fact(let slot) = binding.meaning else {
      Issue.record("\(name) is no fact")
      return
    }
    #expect(pack.subjects[0].facts[slot].id == id)
    #expect(binding.refusal == nil)
  }

  @Test("binds rows by field, and beside the facts of their subject with an offset")
  func rows() throws {
    let pack = try pack()
    let record = try #require(pack.records.firstIndex { $0.id == "visit" })
    let (names, rows) = (pack.environment, pack.scope(ofRows: record))
    let beside = pack.scope(ofRowAndSubject: record)
    #expect(names.binding("score", in: rows)?.slot == 2)
    #expect(names.binding("Score", in: rows)?.slot == 2)
    #expect(names.binding("name", in: rows) == nil)
    #expect(names.binding("row.score", in: beside)?.slot == 2)
    #expect(names.binding("name", in: beside)?.slot == Demand.outer + 2)
    #expect(names.binding("is_fit", in: beside)?.type == .bool)
    #expect(names.binding("visits", in: beside)?.refusal != nil)
    #expect(names.binding("nothing", in: beside) == nil)
  }

  @Test("refuses sensitive fields and gives codes where there is a table")
  func bindings() throws {
    let names = try pack().environment.scopes[0].names
    #expect(names["owner_faith"]?.refusal != nil)
    #expect(names["owner_born"]?.refusal == nil)
    #expect(names["grade"]?.codes == ["A", "B", "none"])
    #expect(names["last_grade"]?.codes == ["A", "B", "none"])
    #expect(names["hygiene_rating_tier"]?.codes == ["A", "B", "C"])
    #expect(names["street.streets_tier"]?.codes == ["A", "B"])
    #expect(names["hygiene_rating_status"]?.codes?.contains("pending") == true)
  }

  @Test("knows codes by code, name and alias, whatever their width, case and spaces")
  func codes() throws {
    let pack = try pack()
    let table = try #require(pack.codes.first { $0.id == "grades" })
    for word in ["A", "very good", "VeryGood", "５", "five"] {
      #expect(table.index[matchingKey(word)] == 0)
    }
    #expect(table.codes[2].name == "none, so far")
    #expect(table.attributes == ["fit"])
    let licence = try #require(pack.sources.first { $0.id == "licence-xml" })
    #expect(licence.columns[0].codes?[matchingKey("Ｖ")] == 0)
    #expect(licence.columns[0].codes?[matchingKey("good")] == 1)
    #expect(licence.columns[0].codes?[matchingKey("A")] == nil)
    #expect(licence.columns[0].when == [.init(column: "Scheme", texts: ["FHRS", "FHIS"], line: 9)])
    #expect(licence.columns[1].from == ["@id"])
    #expect(licence.format == .xml(rows: ["LICENCES", "LICENCE"]))
    #expect(licence.flags?.yes == ["1"])
  }

  @Test("puts derived facts and rubrics after what they need")
  func order() throws {
    let pack = try pack()
    #expect(pack.rubrics.map(\.id) == ["hygiene-rating", "streets"])
    let ids = pack.derivations.map(\.id)
    let count = try #require(ids.firstIndex(of: "visit_count"))
    let band = try #require(ids.firstIndex(of: "band"))
    let fit = try #require(ids.firstIndex(of: "is_fit"))
    let places = try #require(ids.firstIndex(of: "fit_places"))
    #expect(count < band)
    #expect(fit < places)
    for (index, derivation) in pack.derivations.enumerated() {
      let fact = pack.subjects[derivation.subject].facts[derivation.slot]
      #expect(fact.origin == .derived(index))
      #expect(fact.id == derivation.id)
    }
  }

  @Test("keeps points in thousandths, with the most and least of every part")
  func points() throws {
    let rubric = try #require(try pack().rubrics.first)
    #expect(rubric.full == 30_000)
    #expect(rubric.minimumAssessed == 500)
    #expect(rubric.parts.map(\.id) == ["S1", "S2", "S3", "S4", "D1", "B1"])
    #expect(rubric.parts.map(\.most) == [5000, 10_000, 5000, 10_000, 0, 2000])
    #expect(rubric.parts.map(\.least) == [0, 0, 0, 0, -5000, 0])
    #expect(rubric.tiers.map(\.from) == [20_000, 10_000, nil])
    #expect(rubric.caps.map(\.limit) == [.tier(1)])
    #expect(rubric.robustness == Rubric.Robustness(draws: 100, weights: 200, seed: 1))
    #expect(rubric.gates.first?.contact == "hygiene desk")
    #expect(rubric.sha256.count == 64)
  }

  @Test("reads examples by id with typed values")
  func examples() throws {
    let example = try #require(try pack().rubrics.first?.examples.first)
    #expect(example.given["grade"] == .some(.string("A")))
    #expect(example.given["seats"] == .some(.int(120)))
    #expect(example.given["band"] == .some(nil))
    #expect(
      example.given["visits"]
        == .list([
          .map([
            .init(key: .string("visit_grade"), value: .string("B")),
            .init(
              key: .string("signed_on"),
              value: .date(PartialDate(day: PartialDate.days(year: 2024, month: 5, day: 1)))),
          ])
        ]))
    #expect(example.score == 24_000)
    #expect(example.points == ["S1": 5000])
  }

  @Test("reads how long results can be objected to", arguments: [("30", 30), ("3660", 3660)])
  func objections(written: String, days: Int) throws {
    let about = try RegisterOfRestaurants.written(
      changing: "pack.yaml", "language: en", to: "language: en\nobjections-within: \(written)"
    ) { try loadRulePack(at: $0).about }
    #expect(about.objectionDays == days)
    #expect(try pack().about.objectionDays == nil)
  }

  @Test("hashes the same files alike, and others differently")
  func hash() throws {
    let first = try pack().sha256
    let changed = try RegisterOfRestaurants.written(
      changing: "pack.yaml", "hygiene desk", to: "the desk"
    ) { try loadRulePack(at: $0).sha256 }
    #expect(try pack().sha256 == first)
    #expect(first != changed)
    #expect(first.count == 64)
  }

  @Test("names files that have no place in a pack")
  func strays() throws {
    let faults = try RegisterOfRestaurants.written { folder -> [String] in
      for stray in ["notes.txt", "rubrics/old.yml", "records/README.md"] {
        try "x".write(toFile: folder + "/" + stray, atomically: true, encoding: .utf8)
      }
      do {
        _ = try loadRulePack(at: folder)
        return []
      } catch let error as PackFaults {
        return error.faults.map { $0.file.replacingOccurrences(of: folder + "/", with: "") }
      }
    }
    #expect(faults == ["notes.txt", "rubrics/old.yml"])
  }
}

extension Binding {
  fileprivate var slot: Int? {
    if case .fact(let slot) = meaning { return slot }
    return nil
  }
}
