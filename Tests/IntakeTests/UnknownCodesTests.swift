import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Words that no code table has")
struct UnknownCodesTests {
  private func cure(_ form: String, _ pack: RulePack = samplePack()) async throws -> Bilingual? {
    let text = "单位名称,区县,形式\n甲,涧西区,\"\(form)\"\n"
    let delivery = try await taking(["a.csv": Array(text.utf8)], pack: pack)
    let faults = delivery.quarantine.flatMap(\.faults).filter { $0.code == "unknown-code" }
    return faults.first?.cure ?? delivery.findings.first { $0.rule == "unknown-code" }?.cure
  }

  @Test("are answered with those that it has")
  func words() async throws {
    let cure = try await cure("委员会")
    #expect(cure?.zh == "请改用代码表中的代码或名称（可填：支部、未建），或将其补入代码表的别名")
    #expect(
      cure?.en
        == "use a code or name of the table (one of: 支部, 未建), or add this spelling to its aliases")
  }

  @Test("are answered with the table alone where it has more than a dozen, or its words are closed")
  func long() async throws {
    var pack = samplePack()
    pack.codes[1].codes += (1...10).map { CodeTable.Code(code: "\($0)", name: "形式\($0)") }
    #expect(try await cure("委员会", pack)?.zh.contains("形式10") == true)
    pack.codes[1].codes.append(CodeTable.Code(code: "11", name: "形式11"))
    #expect(try await cure("委员会", pack)?.zh == "请改用代码表中的代码或名称，或将其补入代码表的别名")
    pack.codes[1].codes[3].validTo = PartialDate(year: 2020)
    let cure = try await cure("委员会", pack)
    #expect(cure?.zh.contains("形式11") == true && cure?.zh.contains("形式2、") == false)
  }

  @Test(
    "and are one with a remark behind it are told where the remark belongs",
    arguments: [("支部（并列）", "（并列）"), ("支部，待补材料", "，待补材料"), ("支部(2个)", "(2个)")])
  func remark(text: String, remark: String) async throws {
    #expect(
      try await cure(text)?.zh
        == "只写“支部”，“\(remark)”这样的说明请写入备注、说明一类的列（可填：支部、未建）")
  }

  @Test(
    "are taken for no remark where it is not known which is meant",
    arguments: ["支部，未建", "委员会（并列）", "（并列）", "支部（）"])
  func unsure(text: String) async throws {
    #expect(try await cure(text)?.zh.hasPrefix("请改用") == true)
  }
}
