import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A table whose header nobody can take for one")
struct StrangeTableTests {
  /// A pack whose profile is not content with a name.
  private var strict: RulePack {
    var pack = samplePack()
    pack.records[0].fields[4].isRequired = true
    return pack
  }

  private func message(_ text: String) async -> String {
    await failure(["file.csv": Array(text.utf8)], pack: strict)?.messages.first?.zh ?? ""
  }

  @Test(
    "is told by what stands between its columns",
    arguments: [
      ("台账\n单位名称，区县，从业人数\n甲，涧西区，3\n", "第 2 行像是表头，但各栏之间是“，”"),
      ("单位名称、区县、从业人数\n甲、涧西区、3\n", "第 1 行像是表头，但各栏之间是“、”"),
      ("单位名称    区县      从业人数\n甲          涧西区    3\n", "第 1 行像是表头，但各栏之间是“空格”"),
      ("「单位名称」,「区县」,「从业人数」\n「甲」,「涧西区」,「3」\n", "第 1 行像是表头，但各栏用“「」”括着"),
      ("'单位名称'\t'区县'\t'从业人数'\n", "第 1 行像是表头，但各栏用“'”括着"),
    ])
  func separated(text: String, what: String) async {
    let message = await message(text)
    #expect(message.hasPrefix("file.csv:1:1: 没有来源配置能识别这个文件：" + what))
    #expect(message.contains("请用英文逗号或制表符分隔各栏"))
  }

  @Test("is told where its names stand below one another")
  func transposed() async throws {
    let text = "单位名称,甲,乙\n统一社会信用代码,,\n从业人数,3,4\n成立日期,2018,2019\n"
    #expect(await message(text).contains("各栏的名称从“单位名称”起竖着排在第 1 列"))
    let sheet = TestSheet(rows: [
      ["企业情况登记表"], ["单位名称", "甲", "区县", "涧西区"], ["从业人数", "3", "成立日期", "2018"],
      ["统一社会信用代码", "", "形式", "单独"],
    ])
    let told = await failure(["表.xlsx": xlsx([sheet])], pack: strict)?.messages.first?.zh ?? ""
    #expect(told.hasPrefix("表.xlsx:台账!A1: ") && told.contains("选择性粘贴—转置"))
  }

  @Test("is told like any other where it holds no names, or a profile knows most of them")
  func usual() async {
    #expect(await message("子，丑，寅\n甲，乙，丙\n").contains("（现有：sheet, feed）"))
    #expect(await message("单位名称,区县,成立日期\n甲,涧西区,2018\n").contains("缺少必需的列"))
  }
}
