import Fields
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Rows with a mark of deletion")
struct DeletedRowsTests {
  private var pack: RulePack {
    var pack = samplePack()
    var operation = DeletionMark(columns: ["OPTYPE", "数据状态"].map(matchingKey))
    operation.deleted = ["D", "删除", "作废"].map(matchingKey)
    operation.inForce = ["I", "U", "正常"].map(matchingKey)
    var valid = DeletionMark(columns: [matchingKey("是否有效")])
    valid.deleted = ["0", "否"].map(matchingKey)
    valid.inForce = ["1", "是"].map(matchingKey)
    var remark = DeletionMark(columns: ["备注", "说明"].map(matchingKey))
    remark.returned = ["作废", "已作废"].map(matchingKey)
    pack.words.deletionMarks = [operation, valid, remark]
    return pack
  }

  private func taken(_ text: String, as name: String = "a.csv", pieceSize: Int = 1 << 20)
    async throws -> Delivery
  {
    try await taking([name: Array(text.utf8)], pack: pack, pieceSize: pieceSize)
  }

  @Test("are not used, count as superseded and are told once", arguments: [1, 7, 64, 1 << 20])
  func deleted(size: Int) async throws {
    let rows = (0..<50).map { "单位\($0),涧西区,\($0 % 10 == 3 ? " d" : "Ｕ"),1\n" }.joined()
    let delivery = try await taken("单位名称,区县,OPTYPE,是否有效\n" + rows + "末,涧西区,,0\n", pieceSize: size)
    let kept = (0..<50).filter { $0 % 10 != 3 }.map { "单位\($0)" }
    #expect(delivery.column("name") == kept)
    #expect(delivery.files[0].read == 51 && delivery.files[0].superseded == 6)
    #expect(delivery.isComplete && delivery.quarantine.isEmpty)
    // A mark is no column outside of the dictionary.
    #expect(delivery.rules == ["rows-deleted"])
    let finding = try #require(delivery.findings.first { $0.rule == "rows-deleted" })
    #expect(finding.place == Place(file: 0, line: 5, record: 4))
    #expect(
      finding.message.zh
        == "有 6 行标明已删除（“OPTYPE”写的是“d”（5行）；“是否有效”写的是“0”（1行）），未采用，计入“重复或已更新”")
  }

  @Test("of XML are known by an element or an attribute of the row")
  func elements() async throws {
    let delivery = try await taken(
      """
      <DATASET>
      <ROW OPTYPE="D"><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION></ROW>
      <ROW><ENTNAME>乙</ENTNAME><DIVISION>410304</DIVISION><OPTYPE>D</OPTYPE></ROW>
      <ROW><ENTNAME>丙</ENTNAME><DIVISION>410304</DIVISION><OPTYPE>I</OPTYPE></ROW>
      <ROW><ENTNAME>丁</ENTNAME><DIVISION>410304</DIVISION><OPTYPE>U</OPTYPE><数据状态>作废</数据状态></ROW>
      </DATASET>
      """, as: "a.xml")
    #expect(delivery.column("name") == ["丙"])
    #expect(delivery.files[0].superseded == 3 && delivery.isComplete)
    #expect(delivery.rules == ["rows-deleted"])
  }

  @Test("are told as perhaps deleted where the pack does not know the word, and read")
  func unclear() async throws {
    let delivery = try await taken(
      "单位名称,区县,数据状态\n甲,涧西区,正常\n乙,涧西区,3\n丙,涧西区,3\n丁,涧西区,\n戊,涧西区,归档\n")
    #expect(delivery.column("name") == ["甲", "乙", "丙", "丁", "戊"])
    #expect(delivery.rules == ["deletion-unclear"])
    let finding = try #require(delivery.findings.first { $0.rule == "deletion-unclear" })
    #expect(finding.severity == .error && finding.place?.line == 3)
    #expect(finding.message.en.contains("3 rows have words"))
    #expect(finding.message.zh.contains("“3”（2行）、“归档”（1行）"))
  }

  @Test("go back where only a remark says that something is void, and come back with it")
  func remarks() async throws {
    let delivery = try await taken(
      "单位名称,区县,说明\n甲,涧西区,已作废 \n乙,涧西区,原证作废，已换发\n丙,涧西区,\n")
    #expect(delivery.column("name") == ["乙", "丙"])
    #expect(delivery.faults == ["row-marked-void"] && delivery.isComplete)
    // Whose it is stays known.
    let name = try #require(samplePack().records[0].field("name"))
    #expect(delivery.unaccepted[0].count == 1)
    #expect(delivery.unaccepted[0].columns[name].text(0) == "甲")
    let returned = delivery.files[0].returned
    #expect(returned.columns.map(\.title) == ["单位名称", "区县", "说明"])
    #expect(returned[0] == .cells([.text("甲"), .text("涧西区"), .text("已作废 ")]))
  }

  @Test("have no column of other people's remarks among the returned ones")
  func others() async throws {
    let delivery = try await taken(
      "单位名称,区县,成立日期,说明\n甲,涧西区,昨天,张某电话\n乙,涧西区,,作废\n丙,涧西区,昨天,另一句\n")
    let returned = delivery.files[0].returned
    #expect(returned.columns.map(\.title) == ["单位名称", "区县", "成立日期", "说明"])
    #expect(returned[0] == .cells([.text("甲"), .text("涧西区"), .text("昨天")]))
    #expect(returned[2] == .cells([.text("丙"), .text("涧西区"), .text("昨天"), .text("")]))
  }

  @Test("are none by a column that a field reads, unless it is a text")
  func fields() async throws {
    var pack = pack
    pack.words.deletionMarks[1].columns = [matchingKey("是否建立")]
    let text = "单位名称,区县,是否建立,备注\n甲,涧西区,否,\n乙,涧西区,是,作废\n"
    let delivery = try await taking(["a.csv": Array(text.utf8)], pack: pack)
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.column("built") == ["false"])
    #expect(delivery.faults == ["row-marked-void"] && delivery.files[0].superseded == 0)
  }

  @Test("are found in columns that a profile ignores, too")
  func ignored() async throws {
    var pack = pack
    pack.sources[0].ignored = [matchingKey("数据状态")]
    let text = "单位名称,区县,数据状态\n甲,涧西区,删除\n"
    let delivery = try await taking(["a.csv": Array(text.utf8)], pack: pack)
    #expect(delivery.column("name") == [] && delivery.files[0].superseded == 1)
  }
}
