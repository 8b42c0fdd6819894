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
      ("\u{FEFF}rank,rank_low,rank_high,subject,assessed_share\n1,1,1,甲,100%\n", "结果数据表"),
      ("severity,rule,subject,message,cure\nwarning,conflict,PDY00001,乙,丙\n", "结果数据表"),
      ("dimension,group,rate,ranked,mean_score,best_share\n,,75.6%,61,94.4,86.9%\n", "结果数据表"),
      (
        "{\n  \"run\": \"a\",\n  \"as_of\": \"2018-09-30\",\n  \"tool_version\": \"1\",\n"
          + "  \"rule_pack\": {},\n  \"inputs\": [{\"path\": \"a\"}]\n}\n", "运行清单"
      ),
      (
        "{\"rubric\":\"a\",\"title\":\"甲\",\"edition\":\"1\",\"basis\":\"\",\"full\":100,\"files\":[]}\n"
          + "{\"id\":\"PDY00001\"}\n", "评价说明数据"
      ),
      ("<!doctype html>\n<html lang=zh>\n<meta name=generator content=Heng>\n<p>甲", "结果网页"),
      (
        "<html><head><meta content=\"Heng\" name=\"generator\"/></head><table><tr><td>单位名称",
        "结果网页"
      ),
      ("heng(\"cases\",{\"cases\":{}})\n", "结果网页"),
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
      _ = try await taking("rank,subject\n1,甲\n")
    }
    let page =
      "<meta name=generator content=\"Heng 2\"><table>"
      + "<tr><td>单位名称<td>区县<td>从业人数<tr><td>甲<td>涧西区<td>1</table>"
    #expect(try await taking(page).files.count == 1)
    let list = "[{\"单位名称\": \"甲\", \"区县\": \"涧西区\", \"从业人数\": 1, \"run\": \"a\"}]"
    #expect(try await taking(list).files.count == 1)
  }
}
