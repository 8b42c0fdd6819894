import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Rows that are returned")
struct KeepReturnedTests {
  private func returned(_ text: String, as name: String = "a.csv") async throws -> ReturnedRows {
    try await taking(text, as: name).files[0].returned
  }

  @Test("keep their cells as delivered, under the file's own headings")
  func cells() async throws {
    let rows = try await returned(
      "台账\n序号,单位名称,区县,注册资本(万元),成立日期,电话\n1,甲,涧西区,5,2018-11-06,137\n"
        + "2, 乙 ,涧西区,\"1,000\",昨天,138\n")
    #expect(rows.columns.map(\.title) == ["单位名称", "区县", "注册资本(万元)", "成立日期"])
    #expect(rows.columns.map(\.fields) == [["name"], ["division"], ["capital"], ["founded"]])
    #expect(rows.records == [2])
    #expect(rows[0] == .cells([.text("乙"), .text("涧西区"), .text("1,000"), .text("昨天")]))
  }

  @Test("hold back what may not be shown, and nothing else")
  func withheld() async throws {
    let rows = try await returned(
      "单位名称,成立日期,证件号码,备注,信用代码\n"
        + "甲,昨天,11010519491231002X,见 110105 1949 1231 002X,91410305PDY000028Y\n"
        + "乙,昨天,,无,\n")
    #expect(
      rows[0]
        == .cells([
          .text("甲"), .text("昨天"), .withheld, .withheld, .text("91410305PDY000028Y"),
        ]))
    #expect(rows[1] == .cells([.text("乙"), .text("昨天"), .text(""), .text("无"), .text("")]))
  }

  @Test("keep a row whose cells do not stand under the header as one text, if all may be shown")
  func broken() async throws {
    let rows = try await returned("单位名称,区县\n甲,涧西区,x\n乙,涧西区\n丙,涧西区\n")
    #expect(rows.records == [1])
    #expect(rows[0] == .line("甲,涧西区,x"))
    let others = try await returned("单位名称,区县,电话\n甲,涧西区,137,x\n乙,涧西区,1\n丙,涧西区,2\n")
    #expect(others[0] == .withheldLine)
    let person = try await returned(
      "单位名称,区县\n甲,涧西区,11010519491231002X\n乙,涧西区\n丙,涧西区\n")
    #expect(person[0] == .withheldLine)
  }

  @Test("of XML have a column for each field, and for each element where rules ask for several")
  func elements() async throws {
    let rows = try await returned(
      "<DATASET><ROW><ENTNAME>甲</ENTNAME><ESTDATE>昨天</ESTDATE><SYS>A</SYS><PARINS>1</PARINS>"
        + "<TAG>x</TAG><TAG>y</TAG></ROW></DATASET>", as: "a.xml")
    let titles = rows.columns.map(\.title)
    #expect(
      titles == [
        "统一社会信用代码", "单位名称", "区县", "注册资本", "从业人数", "成立日期", "是否建立", "SYS", "形式（PARINS）",
        "备注", "证件号码", "标签",
      ])
    guard case .cells(let cells) = rows[0] else {
      Issue.record("no cells")
      return
    }
    let shown = zip(titles, cells).compactMap { title, cell in
      cell == .text("") ? nil : "\(title) \(cell)"
    }
    #expect(
      shown == [
        "单位名称 text(\"甲\")", "成立日期 text(\"昨天\")", "SYS text(\"A\")", "形式（PARINS） text(\"1\")",
        "标签 text(\"x、y\")",
      ])
  }

  @Test("are those of all tables of a file, under the columns of all")
  func tables() async throws {
    let rows = try await returned(
      "单位名称,区县,成立日期,从业人数\n甲,涧西区,昨天,5\n\n成立日期,区县,单位名称,备注\n"
        + "今天,涧西区,乙,好\n")
    #expect(rows.columns.map(\.title) == ["单位名称", "区县", "成立日期", "从业人数", "备注"])
    guard rows.count == 2 else {
      Issue.record("\(rows.count) rows")
      return
    }
    #expect(rows[0] == .cells([.text("甲"), .text("涧西区"), .text("昨天"), .text("5")]))
    #expect(
      rows[1] == .cells([.text("乙"), .text("涧西区"), .text("今天"), .text(""), .text("好")]))
  }

  @Test("are kept whatever the size of the pieces")
  func pieces() async throws {
    let text =
      "单位名称,区县,成立日期\n" + (1...50).map { "单位\($0),涧西区,\($0 % 3 == 0 ? "昨天" : "2018")\n" }.joined()
    let whole = try await taking(text).files
    #expect(whole[0].returned.count == 16)
    for size in [1, 7, 64] {
      #expect(try await taking(text, pieceSize: size).files == whole, "pieces of \(size)")
    }
  }
}
