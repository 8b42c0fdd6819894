import Deliveries
import Foundation
import Testing

@Suite("The civil affairs bureau")
struct CivilAffairsTests {
  /// Its grade was to fall by one after two years; nobody had decided so.
  private static let chamber = "51410300PDY900579N"
  /// A 3A by announcement, which no organisation covers.
  private static let society = "51410300PDY900587H"

  /// The decision on the one, and the organisation that the other has joined.
  static func papers(_ rounds: Rounds) throws {
    try rounds.put(
      "evaluation/等级变动二.csv",
      Data(
        """
        统一社会信用代码,社会组织名称,变动日期,变动前等级,变动后等级,变动原因
        \(chamber),示例餐饮行业商会,2018年9月10日,4A,3A,连续两年基本合格

        """.utf8))
    let row =
      "<UNISCID>\(society)</UNISCID><DWMC>示例摄影协会</DWMC><TZRQ>2018-09-20</TZRQ>"
      + "<STYY>1</STYY><GDCS>1</GDCS>"
    try rounds.edit(
      "party/基层党组织信息.xml", row + "<ZJXS>0</ZJXS><DZZLB>0</DZZLB><GNX>",
      row + "<ZJXS>2</ZJXS><DZZLB>4</DZZLB><DZZBM>DZZ-L06</DZZBM><CLSJ>2018-09</CLSJ>"
        + "<JMRQ>2021-09-30</JMRQ><GNX>")
  }

  @Test("has grades that bind ranks, proposals that say that they are, and decisions that end them")
  func whole() throws {
    let rounds = try Rounds.played()
    let ranking = try rounds.table(rounds.given("rankings/social-organization-rating.csv"))
    func tier(_ table: PublishedTable, _ subject: String) -> String? {
      table.row(["subject": subject])?["tier"]
    }
    #expect(tier(ranking, Self.society) == "2A" && tier(ranking, Self.chamber) == "3A")
    // Nobody stands above another of his group who has a better tier.
    let order = ["5A", "4A", "3A", "2A", "1A"]
    let ranked = ranking.rows.filter { $0["rank"] != "" }
    #expect(ranked.count == 6)
    for (group, rows) in Dictionary(grouping: ranked, by: { $0["cohort"] ?? "" }) {
      let tiers = rows.sorted { Int($0["rank"] ?? "") ?? 0 < Int($1["rank"] ?? "") ?? 0 }
        .compactMap { order.firstIndex(of: $0["tier"] ?? "") }
      #expect(tiers.count == rows.count && tiers == tiers.sorted(), "\(group)")
    }
    // Who was never graded is listed and not ranked.
    let never = ranking.rows.filter { $0["reasons"]?.contains("没有的只列出，不排名次") == true }
    #expect(never.count == 6 && never.allSatisfy { $0["rank"] == "" && $0["status"] == "gated" })

    let letters = try rounds.heng(
      "letters", Rounds.firstRun, "--rubric", "social-organization-rating", "--out", "civil")
    #expect(letters.status == 0, "\(letters.errors)")
    let chamber = try rounds.text("\(rounds.folder)/civil/\(Self.chamber).html")
    #expect(chamber.contains("公告等级 4A级（至 2020-11-30，按有效期5年推算）；建议按 3A级：评估后连续两年年检基本合格，推算降低一级"))
    #expect(chamber.contains("决定作出以前，公告的仍然有效"))
    let society = try rounds.text("\(rounds.folder)/civil/\(Self.society).html")
    #expect(society.contains("公告等级 3A级（至 2022-08-07）；建议按 2A级：未实现组织"), "\(society)")
    #expect(society.contains("怎样提高") && society.contains("组织覆盖"))

    // The second round: one was decided, the other has an organisation.
    let again = try rounds.table(rounds.again("rankings/social-organization-rating.csv"))
    #expect(tier(again, Self.society) == "3A" && tier(again, Self.chamber) == "3A")
    let open = { (path: String) in
      try rounds.table(path).rows(["subject": Self.chamber]).filter {
        $0["rule"]?.hasPrefix("downgrade_due") == true
      }
    }
    #expect(try open(rounds.given("findings.csv")).count == 1)
    #expect(try open(rounds.again("findings.csv")).isEmpty)
  }
}
