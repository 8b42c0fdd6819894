import Deliveries
import Foundation
import Testing

@Suite("The organisation department")
struct OrganisationTests {
  /// Five members and no organisation: to build one alone.
  private static let unit = "91410304PDY900085L"

  /// The branch that the plan proposed is founded.
  static func papers(_ rounds: Rounds) throws {
    try rounds.edit(
      "party/党组织台账.csv",
      "\(unit),,示例应建未建制造有限公司,瀍河区,2018.9.20,是,是,未组建,未组建,,,,否",
      "\(unit),,示例应建未建制造有限公司,瀍河区,2018.9.20,是,是,单独组建,党支部,,2018-09,2021-09-30,否")
  }

  @Test("hands out a plan, sees it carried out, and reads why anything moved")
  func whole() throws {
    let rounds = try Rounds.played()
    let plan = try rounds.table(rounds.given("formation.csv"))
    let mine = try #require(plan.row(["subject": Self.unit]))
    #expect(mine["form"] == "单独组建党支部" && mine["strength"] == "5" && mine["basis"] != "")
    // Each unit once, five at most together, none of them dead or covered.
    #expect(Set(plan.rows.map { $0["subject"] }).count == plan.rows.count)
    for rows in Dictionary(grouping: plan.rows, by: { $0["proposal"] }).values {
      #expect(rows.count <= 5)
    }
    let book = try shownSheets(of: rounds.given("formation/410304.xlsx"))[0].rows
    #expect(book.contains { $0.contains(Self.unit) && $0.contains("单独组建党支部") })
    for row in book.dropFirst(2) { #expect(row.contains("瀍河回族区"), "\(row)") }

    // Founded: it is planned for no more, counts as covered, and the rate is one up on last time.
    let later = try rounds.table(rounds.again("formation.csv"))
    #expect(later.row(["subject": Self.unit]) == nil)
    let line = ["population": "operating_enterprises", "dimension": "县区", "group": "410304 瀍河回族区"]
    let measure = line.merging(["measure": "organization_covered_rate"]) { $1 }
    let (before, after) = (
      try rounds.table(rounds.given("coverage.csv")).row(measure),
      try rounds.table(rounds.again("coverage.csv")).row(measure)
    )
    #expect(before?["numerator"] == "2" && after?["numerator"] == "3")
    let overview = try #require(
      rounds.table(rounds.again("overview.csv")).row(["dimension": "县区", "group": "瀍河回族区"]))
    let rate = "operating_enterprises_organization_covered_rate"
    #expect(overview[rate] == after?["rate"] && overview[rate + "_before"] == before?["rate"])
    let forms = { (path: String) in
      try rounds.table(path).row(["form": "should_build"])?["units"]
    }
    #expect(try forms(rounds.given("forms.csv")) == "1")
    #expect(try forms(rounds.again("forms.csv")) ?? "0" == "0")

    try compared(rounds)
  }

  /// What moved, by whom and why; and one count of it wherever it stands.
  private func compared(_ rounds: Rounds) throws {
    let told = try rounds.heng(
      "compare", Rounds.firstRun, Rounds.secondRun, "--rubric", "party-building", "--html",
      "moved.html", "--xlsx", "moved.xlsx")
    #expect(told.status == 0 && told.errors == "", "\(told.errors)")
    #expect(told.out.contains("示例应建未建制造有限公司"), "\(told.out)")
    let page = try rounds.text(rounds.folder + "/moved.html")
    #expect(page.contains(Self.unit) && page.contains("由“未实现应有覆盖”变为“形式适合规模”，+8 分"))
    let sheets = try shownSheets(of: rounds.folder + "/moved.xlsx")
    #expect(sheets.contains { $0.rows.contains { $0.contains(Self.unit) } })

    let (before, after) = (
      try tiers(rounds.given("rankings/party-building.csv")),
      try tiers(rounds.again("rankings/party-building.csv"))
    )
    let order = ["D", "C", "B", "A"]
    var (risen, fallen) = (0, 0)
    for (subject, old) in before {
      guard let old = order.firstIndex(of: old), let now = after[subject],
        let new = order.firstIndex(of: now)
      else { continue }
      if new > old { risen += 1 }
      if new < old { fallen += 1 }
    }
    #expect(risen > 0)
    #expect(told.out.contains("等次升 \(risen)、降 \(fallen)"), "\(risen) \(fallen): \(told.out)")
    let tiles = page.replacing(#/<[^>]*>/#, with: " ")
    #expect(tiles.contains(try Regex("\\s\(risen)\\s+等次上升")), "\(risen)")
    #expect(tiles.contains(try Regex("\\s\(fallen)\\s+等次下降")), "\(fallen)")
  }

  private func tiers(_ path: String) throws -> [String: String] {
    try PublishedTable(at: path).rows.reduce(into: [:]) { tiers, row in
      if let subject = row["subject"], let tier = row["tier"], !tier.isEmpty {
        tiers[subject] = tier
      }
    }
  }
}
