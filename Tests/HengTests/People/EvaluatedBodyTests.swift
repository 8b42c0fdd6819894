import Deliveries
import Foundation
import Surroundings
import Testing

@Suite("The evaluated body")
struct EvaluatedBodyTests {
  /// How many members it has stands in no ledger.
  private static let unit = "91410304PDY900093F"

  /// Supplies what is missing, under the heading that its own export has, and objects.
  static func papers(_ rounds: Rounds) throws {
    let made = try rounds.heng(
      "rules", "forms", Rounds.rules, "--record", "更正", "--record", "异议", "--out", "blank")
    guard made.status == 0 else { return }
    try rounds.put(
      "corrections/更正二.xlsx",
      rounds.form(
        "\(rounds.folder)/blank/更正.xlsx", heading: "更正编号",
        [
          [
            "更正编号": "GZ2018-04", "记录类别": "党组织台账", "更正对象代码": unit, "字段": "正式党员人数",
            "更正值": "2", "理由": "台账漏填", "依据": "党员名册", "申请人": "单位", "受理日期": "2018-10-10",
            "处理结果": "采纳", "处理人": "台账管理岗", "处理日期": "2018-10-12",
          ]
        ]))
    try rounds.put(
      "decisions/异议二.xlsx",
      rounds.form(
        "\(rounds.folder)/blank/异议.xlsx", heading: "异议编号",
        [
          [
            "异议编号": "YY2018-04", "统一社会信用代码": unit, "名单": "诚信经营户", "提出日期": "2018-10-12",
            "异议事由": "党员数漏填，应予计分", "初评岗位": "企业信用岗",
          ]
        ]))
  }

  @Test("is told why on four pages at most, supplies what was missing, objects, and is answered")
  func whole() throws {
    let rounds = try Rounds.played()
    let letter = try letter(rounds, Rounds.firstRun)
    for told in ["正式党员数", "市委组织部（“两新”工委）", "更正和异议", "期限", "受理", "请写明", "依据"] {
      #expect(letter.contains(told), "\(told)")
    }
    #expect(!letter.contains("full_members") && !letter.contains("honest-operator"))
    try fits(rounds, "letter-\(Rounds.firstRun).html")

    let corrected = try #require(
      rounds.table(rounds.again("corrections.csv")).row(["subject": Self.unit]))
    #expect(corrected["outcome"] == "applied" && corrected["corrected_value"] == "2")
    #expect(corrected["delivered_value"] == "" && corrected["decided_by"] == "台账管理岗")
    let part = { (path: String) in
      try rounds.table(path).row(["subject": Self.unit])
    }
    #expect(try part(rounds.given("rankings/party-building.csv"))?["S3"] == "")
    #expect(try part(rounds.again("rankings/party-building.csv"))?["S3"] != "")
    #expect(
      try rounds.table(rounds.again("evidence-gaps.csv"))
        .rows(["subject": Self.unit])
        .allSatisfy { $0["facts"]?.split(separator: "；").contains("正式党员数") == false })

    let row = try #require(try part(rounds.again("screening/honest-operator.csv")))
    #expect(row["state"] == "frozen" && row["objections"]?.contains("YY2018-04") == true, "\(row)")
    let answer = try self.letter(rounds, Rounds.secondRun)
    for told in ["YY2018-04", "党员数漏填，应予计分", "由更正补报，报送时空白，corrections/更正二.xlsx"] {
      #expect(answer.contains(told), "\(told)")
    }
    try fits(rounds, "letter-\(Rounds.secondRun).html")
  }

  private func letter(_ rounds: Rounds, _ run: String) throws -> String {
    let file = "letter-\(run).html"
    let told = try rounds.heng("explain", run, Self.unit, "--html", file)
    #expect(told.status == 0 && told.errors == "", "\(told.errors)")
    return try rounds.text("\(rounds.folder)/\(file)")
  }

  /// Printed, each of its letters, one a ranking, has four pages at most.
  private func fits(_ rounds: Rounds, _ file: String) throws {
    guard let chromium = Surroundings.program("chromium", "chromium-browser", "google-chrome")
    else { return }
    let printed = rounds.folder + "/" + file + ".pdf"
    let process = Process()
    process.executableURL = URL(filePath: chromium)
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
      "--user-data-dir=\(rounds.folder)/chromium", "--print-to-pdf=\(printed)",
      "file://\(rounds.folder)/\(file)",
    ]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let bytes = try Data(contentsOf: URL(filePath: printed))
    let text = String(decoding: bytes, as: UTF8.self)
    let pages = text.matches(of: #/\/Type\s*\/Page[^s]/#).count
    let letters = try rounds.text("\(rounds.folder)/\(file)")
      .matches(of: #/<h1[ >]/#).count
    #expect(letters > 0 && (1...4 * letters).contains(pages), "\(pages) pages, \(letters) letters")
  }
}
