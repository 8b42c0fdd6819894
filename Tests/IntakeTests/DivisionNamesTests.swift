import Fields
import RulePacks
import Testing

@testable import Intake

@Suite("Names of divisions")
struct DivisionNamesTests {
  private let table: CodeTable = {
    var codes = [
      CodeTable.Code(code: "410000", name: "河南省"), CodeTable.Code(code: "410300", name: "洛阳市"),
      CodeTable.Code(code: "410305", name: "涧西区"), CodeTable.Code(code: "410100", name: "郑州市"),
      CodeTable.Code(code: "410171", name: "高新区"),
    ]
    codes[1].aliases = ["洛阳", "市辖区", "410301"]
    codes[2].aliases = ["涧西"]
    var index: [String: Int32] = [:]
    for (row, code) in codes.enumerated() {
      for name in [code.code, code.name] + code.aliases { index[matchingKey(name)] = Int32(row) }
    }
    return CodeTable(id: "divisions", codes: codes, attributes: [], index: index)
  }()

  private func read(_ text: String) -> String? {
    var reader = CodeReader(divisionNames(of: table), areDivisions: true)
    let code = reader.read(Array(text.utf8).span)
    return code < 0 ? nil : table.codes[Int(code)].code
  }

  @Test(
    "are read with the names of those above in front",
    arguments: [
      ("涧西区", "410305"), ("洛阳市涧西区", "410305"), ("河南省洛阳市涧西区", "410305"),
      ("河南省涧西区", "410305"), ("洛阳涧西", "410305"), ("河南省 洛阳市", "410300"),
      ("郑州市高新区", "410171"), ("410305000000", "410305"), ("410305012", "410305"),
      ("410305012003", "410305"),
    ])
  func names(text: String, code: String) {
    #expect(read(text) == code)
  }

  @Test(
    "are not read under another division's name, nor from other numbers",
    arguments: [
      "郑州市涧西区", "洛阳市高新区", "市辖区涧西区", "4103050000", "410399000000", "涧西区410305", "4103",
    ])
  func others(text: String) {
    #expect(read(text) == nil)
  }
}
