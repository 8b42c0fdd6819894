import Testing

@testable import RulePacks

@Suite("Fields that are shown as evidence")
struct FieldsShownTests {
  @Test("are those behind the facts that rubrics read, of every record kind that states them")
  func behindFacts() throws {
    #expect(
      try shown() == [
        "place_record.seats", "licence.seats", "licence.grade", "visit.visit_grade",
        "visit.signed_on", "street_record.market_days",
      ])
  }

  @Test(
    "are public, whatever a rubric reads",
    arguments: [
      ("records/2-licence.yaml", "codes: grades, stated-none: none}", "licence.grade"),
      ("records/3-visit.yaml", "label: Signed on, type: date}", "visit.signed_on"),
    ])
  func publicOnly(file: String, end: String, field: String) throws {
    let hidden = end.replacing(
      "}", with: ", sensitivity: personal, purposes: [publication, grants]}")
    #expect(try shown().contains(field))
    #expect(try !shown(file, end, to: hidden).contains(field))
  }

  /// As `kind.field`.
  private func shown(_ file: String = "", _ old: String = "", to new: String = "") throws
    -> Set<String>
  {
    try RegisterOfRestaurants.written(changing: file, old, to: new) { folder in
      let pack = try loadRulePack(at: folder)
      var names: Set<String> = []
      for (record, fields) in pack.fieldsShown.enumerated() {
        let kind = pack.records[record]
        for field in fields { names.insert("\(kind.id).\(kind.fields[field].id)") }
      }
      return names
    }
  }
}
