import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A survey of a file without a profile")
struct SurveyFileTests {
  @Test(
    "finds the header below titles and above data",
    arguments: [
      (["名称,人数", "甲,3"], 0, 1),
      (["某表,,", "名称,人数,日期", "甲,3,2018-01-01"], 1, 1),
      (["某表,,", ",,", "名称,人数,日期", "甲,3,2018-01-01"], 2, 1),
      (["某表,,,", "基本,,会议,", "名称,人数,应到,实到", "甲,3,4,4"], 1, 2),
      (["name", "x"], 0, 1),
    ] as [([String], Int, Int)])
  func header(lines: [String], row: Int, count: Int) throws {
    let found = try #require(findHeader(in: lines.map { $0.components(separatedBy: ",") }))
    #expect(found == (row, count))
  }

  @Test("takes no data for a header")
  func noHeader() {
    #expect(findHeader(in: [["1", "2018-01-01"], ["2", "2018-01-02"]]) == nil)
    #expect(findHeader(in: [["", ""]]) == nil)
  }

  @Test(
    "finds the element that makes a row",
    arguments: [
      (
        "<A><H><N>2</N></H><R><X>1</X><Y>2</Y></R><R><X>1</X><Y>2</Y></R></A>", ["A", "R"],
        ["X", "Y"]
      ),
      (
        "<A n='2'><D c='1'><R i='1'><S t='4'/></R><R i='2'/></D><D c='2'><R i='3'/></D></A>",
        ["A", "D", "R"], ["@i", "S/@t", "S", "../@c"]
      ),
      ("<A><R><X>1</X><P>1</P><P>2</P></R><R><X>1</X></R></A>", ["A", "R"], ["X", "P"]),
      ("<A><R><X>1</X><Y>2</Y></R></A>", ["A", "R"], ["X", "Y"]),
    ] as [(String, [String], [String])])
  func rows(text: String, rows: [String], columns: [String]) throws {
    let folder = NSTemporaryDirectory() + "heng-survey-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: folder + "/a.xml", atomically: true, encoding: .utf8)
    let source = try ByteSource(path: folder + "/a.xml", shown: "a.xml", pieceSize: 1 << 16)
    guard
      let parser = XMLParser(
        .survey(XMLSurvey(counting: true)), XMLText(source, xmlEncoding(Array(text.utf8).span)))
    else {
      Issue.record("no parser")
      return
    }
    #expect(parser.parse() == nil)
    guard case .survey(let survey) = parser.purpose else {
      Issue.record("no survey")
      return
    }
    let outline = try #require(survey.outline())
    #expect(outline.rows == rows)
    #expect(outline.columns == columns)
  }

  @Test("reads every column as text, totals and footers apart")
  func texts() throws {
    let folder = NSTemporaryDirectory() + "heng-survey-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let text = "某表,,\n基本,,会议\n名称,状态,应到\n甲,正常,3\n乙,正常,-\n合计,,3\n填报人：略,,\n"
    try text.write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
    var words = Words()
    words.totals = ["合计"]
    words.footers = ["填报人"]
    words.notStated = ["-"]
    let found = try #require(try survey("a.csv", in: folder, words: words).first)
    #expect(found.shape == .csv(headerRows: 2, headerLine: 2))
    #expect(found.titles == ["某表"])
    #expect(found.rows == 2)
    #expect(found.columns.map(\.name) == ["基本·名称", "基本·状态", "会议·应到"])
    #expect(found.columns[1].texts == ["正常": 2])
    #expect(found.columns[2].texts == ["3": 1])
  }

  @Test(
    "a file of which less than 60 % of the columns are known is read with a warning",
    arguments: [("编号,名称,甲", false), ("编号,甲,乙", true), ("编号,名称,甲,乙", true)])
  func knownShare(header: String, isDoubtful: Bool) async throws {
    let folder = NSTemporaryDirectory() + "heng-survey-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try (header + "\n1,2,3,4\n").write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
    var kind = RecordKind(id: "rows", title: "表", subject: .corrections, holds: .one)
    kind.fields = [
      Field(id: "number", label: "编号", type: .text), Field(id: "name", label: "名称", type: .text),
    ]
    var pack = RulePack(about: RulePack.About())
    pack.records = [kind]
    pack.sources = [
      SourceProfile(
        id: "sheet", title: "表", record: 0,
        format: .csv(headerRows: 1, within: 15, separator: nil))
    ]
    let taken = try await take(
      folder, files: ["a.csv"], pack: pack, asOf: PartialDate(day: 0), settings: TakeSettings())
    #expect(taken.findings.contains { $0.rule == "few-known-columns" } == isDoubtful)
  }

  @Test("counts values that no code table has by field")
  func unknownCodes() {
    let pack = samplePack()
    var delivery = Delivery(records: [], delivered: [])
    for text in ["甲", "乙", "甲"] {
      delivery.findings.append(
        Finding(
          .warning, "unknown-code", field: "state", message: Bilingual(zh: text, en: text),
          cure: Bilingual(zh: "", en: "")))
    }
    #expect(
      unknownValues(in: delivery, pack: pack).map(\.message.en) == [
        "3 rows hold values of “state” that no code table has, 2 different ones: 甲 (2 rows); 乙 (1 rows)"
      ])
    delivery.findings.removeLast(2)
    #expect(unknownValues(in: delivery, pack: pack).isEmpty)
  }

  @Test("says where no table is")
  func nothing() throws {
    let folder = NSTemporaryDirectory() + "heng-survey-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "<A/>".write(toFile: folder + "/a.xml", atomically: true, encoding: .utf8)
    #expect {
      _ = try survey("a.xml", in: folder, words: Words())
    } throws: { error in
      (error as? IntakeFailure)?.messages.first?.en.contains("no table was found") ?? false
    }
  }

  @Test("of a workbook finds the table of each sheet, numbers and dates as a run reads them")
  func workbook() throws {
    let folder = try Folder([
      "a.xlsx": xlsx([
        TestSheet(
          name: "台账",
          rows: [
            ["某表"], ["编号", "日期", "人数"], ["1", "<c s=\"1\"><v>43373</v></c>", "<c><v>3</v></c>"],
            ["2", "", "<c><v>4</v></c>"],
          ]), TestSheet(name: "空", rows: []), TestSheet(name: "说明", rows: [["1", "2"]]),
        TestSheet(name: "名单", rows: [["名称"], ["甲"]], isHidden: true),
      ]),
      "b.xml": Array(spreadsheetML(row("x", "y") + row("1", "2")).utf8),
    ])
    let found = try survey("a.xlsx", in: folder.path, words: Words())
    #expect(found.map(\.path) == ["a.xlsx:台账", "a.xlsx:名单"])
    #expect(found.map(\.rows) == [2, 1])
    #expect(found[0].titles == ["某表"])
    #expect(found[0].shape == .csv(headerRows: 1, headerLine: 2))
    #expect(found[0].columns.map(\.name) == ["编号", "日期", "人数"])
    #expect(
      found[0].columns.map(\.texts) == [["1": 1, "2": 1], ["2018-09-30": 1], ["3": 1, "4": 1]])
    #expect(found[0].encodingEvidence == "xlsx")
    let old = try survey("b.xml", in: folder.path, words: Words())
    #expect(old.map { $0.columns.map(\.texts) } == [[["1": 1], ["2": 1]]])
    #expect(old.first?.encodingEvidence.hasPrefix("SpreadsheetML") == true)
  }

  @Test("of a workbook without a table says so, and of a damaged one what is wrong")
  func noTable() throws {
    let folder = try Folder([
      "a.xlsx": xlsx([TestSheet(rows: [["1", "2"]])]), "b.xlsx": Array("PK\u{3}\u{4}x".utf8),
    ])
    for (file, said) in [("a.xlsx", "no table was found"), ("b.xlsx", "b.xlsx")] {
      let failure = #expect(throws: IntakeFailure.self) {
        try survey(file, in: folder.path, words: Words())
      }
      #expect(failure?.messages[0].en.contains(said) == true, "\(file)")
    }
  }
}
