import Tables
import Testing

@testable import Intake

@Suite("Papers of Heng's own, saved as text")
struct OwnHeadingsTests {
  @Test(
    "are known by their headings and stop no run",
    arguments: [
      ("请税务局补报,,,,,\n编号,名称,在哪张表,缺少的材料,用于,补报\nPDY00001,甲,纳税信用,级别,守信,A\n", "补报清单"),
      ("请税务局补报\n编号\t名称\t在哪张表\t缺少的材料\t用于\t补报\nPDY00001\t甲\t纳税信用\t级别\t守信\tA\n", "补报清单"),
      ("\u{FEFF}rank,rank_low,rank_high,name,assessed_share\n1,1,1,甲,100%\n", "结果数据表"),
      ("severity,rule,subject,message,cure\nwarning,conflict,PDY00001,乙,丙\n", "结果数据表"),
    ])
  func aside(text: String, label: String) async throws {
    let delivery = try await taking(text)
    #expect(delivery.files.isEmpty)
    #expect(delivery.aside.map(\.reason) == [.ownPaper])
    #expect(delivery.aside.first?.what.zh == "是本系统制作的\(label)，不是报送数据")
  }

  @Test("of a meeting of another date decide nothing, which only their first line tells")
  func anotherDate() async throws {
    let head = "名次,名称,建议,进展,单位名称,区县\n1,甲,推荐,待研究,甲,涧西区\n"
    let now = try await taking("名单：名额 2；截至 2022-09-30,,,,,\n" + head)
    #expect(now.aside.isEmpty && now.files.count == 1)
    let unsaid = try await taking("名单：名额 2,,,,,\n" + head)
    #expect(unsaid.aside.isEmpty && unsaid.files.count == 1)
    let then = try await taking("名单：名额 2；截至 2022-06-30,,,,,\n" + head)
    #expect(then.files.isEmpty && then.aside.map(\.reason) == [.paperNotUsed])
    #expect(
      then.aside.first?.what.zh
        == "是截至 2022-06-30 的研究名单工作簿，本批次截至 2022-09-30，填在其中的内容没有采用")
    let rows = ["名单：名额 2；截至 2022-06-30\n" + head].flatMap { text in
      text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    }
    let book = try await taking(["a": xlsx([TestSheet(rows: rows)])])
    #expect(book.files.isEmpty && book.aside.map(\.reason) == [.paperNotUsed])
  }

  @Test("are looked for only where no profile knows the file, and other tables stop it as before")
  func others() async throws {
    let known = try await taking("单位名称,区县,从业人数,rank_low\n甲,涧西区,1,2\n")
    #expect(known.files.count == 1 && known.aside.isEmpty)
    await #expect(throws: IntakeFailure.self) {
      _ = try await taking("rank,name\n1,甲\n")
    }
  }
}
