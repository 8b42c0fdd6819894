import Fields
import Foundation
import RulePacks
import StoredZips
import Tables
import Testing

@testable import Intake

@Suite("A delivered workbook")
struct TakeWorkbookTests {
  private let header = ["序号", "统一社会信用代码", "单位名称", "区县", "从业人数", "成立日期", "是否建立"]

  private func taken(
    _ sheets: [TestSheet], parts: [(String, String)] = [], relations: String = "",
    pack: RulePack = samplePack()
  ) async throws -> Delivery {
    try await taking(["台账": xlsx(sheets, parts: parts, relations: relations)], pack: pack)
  }

  @Test("is read under a CSV profile, its header found below titles, footers left out")
  func table() async throws {
    let delivery = try await taken([
      TestSheet(rows: [
        ["2022年台账"], header,
        [
          "1", "91410305PDY9000185", "甲", "涧西区", "<c><v>12</v></c>", "<c s=\"1\"><v>43373</v></c>",
          "<c t=\"b\"><v>1</v></c>",
        ], [], ["2", "", " 乙 ", "瀍河区", "1,200", "2018.6.1", "否"],
        ["合计", "", "", "", "<c><v>1212</v></c>"], ["填报人：丙"],
      ])
    ])
    #expect(delivery.column("name") == ["甲", "乙"])
    #expect(delivery.column("staff") == ["12", "1200"])
    #expect(delivery.column("founded") == ["2018-09-30", "2018-06-01"])
    #expect(delivery.column("built") == ["true", "false"])
    #expect(delivery.records[0].places.map(\.line) == [3, 5])
    let file = delivery.files[0]
    #expect(file.path == "台账:台账" && file.file == "台账" && file.sheet == "台账")
    #expect(file.encodingEvidence == "xlsx" && file.profile == "sheet")
    #expect(file.controls.map(\.agrees) == [true])
    #expect(file.read == 2 && delivery.isComplete && delivery.findings.isEmpty)
    #expect(file.sha256.count == 64 && file.bytes > 1000)
  }

  @Test("that Heng wrote is known by its headings where its properties were lost, and no data")
  func ownPaper() async throws {
    let gaps = [
      ["请税务局补报"], ["对象", "名称", "在哪张表", "缺少的材料", "用于", "补报"],
      ["91410305PDY9000185", "甲", "纳税信用", "纳税信用级别", "守信", "A"],
    ]
    let delivery = try await taken([TestSheet(name: "请补报", rows: gaps)])
    #expect(delivery.files.isEmpty)
    #expect(delivery.aside.map(\.reason) == [.ownPaper])
    #expect(
      delivery.aside.first?.what.en
        == "it is a list of what an office is asked for that Heng wrote, no data")
    // Without the column to fill in it is some table that nobody knows.
    let other = [Array(gaps[1].dropLast()), Array(gaps[2].dropLast())]
    await #expect(throws: IntakeFailure.self) {
      _ = try await taken([TestSheet(rows: other)])
    }
  }

  @Test("shows of sheets that are called by numbers of persons only where they stand")
  func numbers() async throws {
    let names = ["410399197001010013", "四一〇三九九一九七〇〇一〇一〇〇二一"]
    let delivery = try await taken(
      names.map { TestSheet(name: $0, rows: [header, ["1", "", $0, "涧西区"]]) })
    #expect(delivery.files.compactMap(\.sheet?.count) == [21, 57])
    #expect(delivery.files.map(\.path).allSatisfy { scrubbed($0) == $0 && $0.contains("*（") })
    #expect(Set(delivery.files.map(\.path)).count == 2)
  }

  @Test("names the cell of what is wrong with a row")
  func cells() async throws {
    let delivery = try await taken([
      TestSheet(rows: [header, ["1", "", "甲", "涧西区", "3", "昨天"], ["2", "", "乙", "涧西区", "许多"]])
    ])
    #expect(delivery.faults == ["bad-date"])
    #expect(delivery.quarantine[0].faults[0].message.en.hasPrefix("F2: “成立日期” reads “**”"))
    #expect(delivery.findings.map(\.rule) == ["bad-number"])
    #expect(delivery.findings[0].message.zh.hasPrefix("E3：“从业人数”"))
    #expect(delivery.isComplete)
  }

  @Test(
    "reads an amount with the unit or currency that its format writes, and none shown by thousands",
    arguments: [
      ("0\"亿元\"", "500000000", []), ("0.0\"万元\"", "50000", []), ("0\"元\"", "5", []),
      ("[$¥-804]#,##0.00", "50000", []), ("#,##0.00", "50000", []),
      ("[$€-2] #,##0.00", "-", ["unknown-currency"]), ("0\"户\"", "-", ["unknown-currency"]),
    ] as [(String, String, [String])])
  func worded(format: String, capital: String, rules: [String]) async throws {
    var pack = samplePack()
    pack.records[0].fields[3].headerUnits["亿元"] = Exact(100_000_000)
    let head = ["单位名称", "区县", "注册资本", "从业人数"]
    let row = ["甲", "涧西区", "<c s=\"3\"><v>5</v></c>", "<c s=\"4\"><v>7</v></c>"]
    let delivery = try await taking(
      ["台账": xlsx([TestSheet(rows: [head, row])], formats: [format, "0\"人\""])], pack: pack)
    #expect(delivery.column("capital") == [capital])
    #expect(delivery.column("staff") == ["7"])
    #expect(delivery.rules == rules)
  }

  @Test("returns a row whose number is shown divided by thousands")
  func scaled() async throws {
    let row = ["甲", "涧西区", "<c s=\"3\"><v>12345678</v></c>"]
    let delivery = try await taking([
      "台账": xlsx(
        [TestSheet(rows: [["单位名称", "区县", "注册资本"], row])], formats: ["#,##0,"])
    ])
    #expect(delivery.faults == ["scaled-number"])
  }

  @Test("takes a sheet without a header that goes on with another for a fault")
  func continued() async throws {
    let head = ["单位名称", "区县", "从业人数"]
    let delivery = try await taken([
      TestSheet(name: "一", rows: [head, ["甲", "涧西区", "1"]]),
      TestSheet(name: "二", rows: [["乙", "涧西区", "2"], ["丙", "涧西区", "3"]]),
      TestSheet(name: "说明", rows: [["本表由某局填报"]]),
    ])
    #expect(delivery.findings.map(\.rule) == ["sheet-not-read", "sheet-not-read"])
    #expect(delivery.findings.map(\.severity) == [.error, .warning])
    #expect(delivery.findings[0].message.zh.contains("“一”的续表"))
  }

  @Test(
    "has codes that became numbers quarantined",
    arguments: [
      "9.14103E+17", "914103045678900032", "914103000000000000", "9.1410304567890003E+17",
    ])
  func ruined(digits: String) async throws {
    let delivery = try await taken([
      TestSheet(rows: [
        header, ["1", "<c><v>\(digits)</v></c>", "甲", "涧西区"], ["2", "", "乙", "涧西区"],
      ])
    ])
    #expect(delivery.faults == ["excel-mangled"])
    let fault = try #require(delivery.quarantine.first?.faults.first)
    #expect(fault.raw == digits && fault.message.en.hasPrefix("B2: “统一社会信用代码” reads"))
    #expect(fault.message.en.contains("losing its last digits"))
    #expect(delivery.column("name") == ["乙"] && delivery.isComplete)
  }

  /// A pack in which a text, the remark, tells whose row it is.
  private func packOfTexts() -> RulePack {
    var pack = samplePack()
    pack.subjects[0].identity = [["note"]]
    return pack
  }

  @Test(
    "gives codes that are numbers as their format shows them",
    arguments: [
      ("000000", "42", "000042"), ("\"K\"0000", "42", "K0042"),
      ("0000-0000", "420001", "0042-0001"),
      ("0\"号\"", "3", "3号"), ("General", "42", "42"), ("#,##0", "1042", "1042"),
      ("0_ ", "410305", "410305"),
    ])
  func masks(format: String, digits: String, code: String) async throws {
    let sheet = TestSheet(rows: [
      ["单位名称", "区县", "备注", "从业人数"],
      ["甲", "涧西区", "<c s=\"3\"><v>\(digits)</v></c>", "<c s=\"3\"><v>\(digits)</v></c>"],
    ])
    let delivery = try await taking(
      ["台账": xlsx([sheet], formats: [format])], pack: packOfTexts())
    #expect(delivery.column("note") == [code])
    // In a column of numbers a mask means nothing.
    #expect(delivery.column("staff") == [digits])
    #expect(delivery.findings.isEmpty && delivery.isComplete)
  }

  @Test(
    "has rows quarantined whose code became a date, a time, a percentage or a number to work out",
    arguments: [
      "d-mmm", "m\"月\"d\"日\"", "h:mm", "0%", "0.00E+00", "# ?/?", "[DBNum1]0", "0000,", "yyyy",
    ])
  func turned(format: String) async throws {
    let sheet = TestSheet(rows: [
      ["单位名称", "区县", "备注"], ["甲", "涧西区", "<c s=\"3\"><v>45352</v></c>"],
      ["乙", "涧西区", "3-2"],
    ])
    let file = xlsx([sheet], formats: [format])
    let delivery = try await taking(["台账": file], pack: packOfTexts())
    #expect(delivery.faults == ["excel-mangled"])
    #expect(delivery.quarantine[0].faults[0].message.en.hasPrefix("C2: “备注” reads"))
    #expect(delivery.column("note") == ["3-2"] && delivery.isComplete)
    // Where it is a mere remark the row stays.
    let lenient = try await taking(["台账": file])
    #expect(lenient.rules == ["excel-mangled"] && lenient.findings[0].place?.line == 2)
    #expect(lenient.column("name") == ["甲", "乙"] && lenient.column("note") == ["-", "3-2"])
  }

  @Test("shows nothing of a resident identity number that became a number")
  func ruinedPerson() async throws {
    let delivery = try await taken([
      TestSheet(rows: [
        ["单位名称", "区县", "证件号码"], ["甲", "涧西区", "<c><v>4.10399196711110E+17</v></c>"],
      ])
    ])
    #expect(delivery.faults == ["excel-mangled"])
    #expect(delivery.quarantine[0].faults[0].raw == "***")
    #expect(!delivery.quarantine[0].faults[0].message.zh.contains("196711"))
  }

  @Test("has rows with error values quarantined where a field is read from the cell")
  func errors() async throws {
    let bad = "<c t=\"e\"><v>#REF!</v></c>"
    let delivery = try await taken([
      TestSheet(rows: [header, [bad, "", "甲", "涧西区"], ["2", "", bad, "涧西区"]])
    ])
    #expect(delivery.faults == ["cell-error"] && delivery.quarantine[0].place.line == 3)
    #expect(delivery.column("name") == ["甲"] && delivery.isComplete)
  }

  @Test("counts each sheet as a file of its own, empty ones left out")
  func several() async throws {
    let sheets = ["东", "空", "西"].map { name in
      TestSheet(name: name, rows: name == "空" ? [] : [["单位名称", "区县"], [name, "涧西区"]])
    }
    let delivery = try await taking([
      "a": xlsx(sheets), "b.csv": Array("单位名称,区县,成立日期\n南,涧西区,\n北,涧西区,x\n".utf8),
    ])
    #expect(delivery.files.map(\.path) == ["a:东", "a:西", "b.csv"])
    #expect(delivery.column("name") == ["东", "西", "南"])
    #expect(delivery.records[0].places.map(\.file) == [0, 1, 2])
    #expect(delivery.quarantine.map(\.place.file) == [2] && delivery.isComplete)
  }

  @Test("says what is hidden, merged, without a value, linked, or not read")
  func findings() async throws {
    var first = TestSheet(rows: [
      ["单位名称", "区县", "备注"], ["甲", "涧西区", "一"], ["乙", "涧西区", "<c><f>A1</f></c>"],
    ])
    first.hiddenRows = [3]
    first.merged = ["C2:C3", "A1:B1"]
    var second = TestSheet(name: "旧", rows: [["单位名称", "区县"], ["丙", "涧西区"]])
    second.isHidden = true
    let link =
      "<Relationship Id=\"x\" Type=\"\(WorkbookFixture.kinds)/externalLink\" Target=\"http://example.invalid/x\" TargetMode=\"External\"/>"
    let delivery = try await taken(
      [first, second, TestSheet(name: "说明", rows: [["填表说明"], ["一、逐行填写"]])],
      parts: [("xl/vbaProject.bin", "x")], relations: link)
    #expect(delivery.column("name") == ["甲", "乙", "丙"])
    #expect(
      delivery.rules == [
        "hidden-rows", "formula-without-value", "merged-cells", "workbook-links",
        "workbook-macros", "sheet-not-read", "hidden-sheet",
      ])
    #expect(delivery.findings[0].place?.line == 3)
    #expect(delivery.findings[1].message.en.hasSuffix(": C3"))
    #expect(delivery.findings[2].message.en.hasSuffix(": C2:C3"))
    #expect(delivery.findings[5].message.en.contains("台账:说明; its 2 rows"))
    #expect(delivery.findings[5].message.en.hasSuffix("the first reads “填表说明”"))
    #expect(delivery.findings[6].place?.file == 1)
  }

  @Test("believes a hidden sheet after those that people see")
  func hiddenSheet() async throws {
    let rows = [["单位名称", "区县"], ["甲", "涧西区"]]
    var old = TestSheet(name: "旧", rows: rows)
    old.isHidden = true
    let delivery = try await taken([TestSheet(rows: rows), old])
    #expect(delivery.records[0].precedences == [3, 2])
  }

  @Test("repeats the cell above a merged one only where the profile says so")
  func fillDown() async throws {
    var sheet = TestSheet(rows: [["区县", "单位名称"], ["涧西区", "甲"], ["", "乙"]])
    sheet.merged = ["A2:A3"]
    var pack = samplePack()
    pack.sources[0].fillDown = [2]
    #expect(try await taken([sheet], pack: pack).column("division") == ["410305", "410305"])
    #expect(try await taken([sheet], pack: pack).findings.isEmpty)
    let plain = try await taken([sheet])
    #expect(plain.column("division") == ["410305"] && plain.faults == ["no-identity"])
    #expect(plain.rules == ["merged-cells"])
  }

  @Test("is refused whole where a sheet nearly fits, naming what it lacks")
  func nearly() async throws {
    let failure = try #require(
      await failure([
        "a": xlsx([
          TestSheet(rows: [["单位名称", "区县"], ["甲", "涧西区"]]),
          TestSheet(name: "二", rows: [["名称", "区县", "从业人数", "成立日期"], ["乙", "涧西区"]]),
        ])
      ]))
    #expect(failure.kind == .unrecognised && failure.messages.count == 1)
    #expect(failure.messages[0].en.hasPrefix("a:二!A1: no source profile"))
    #expect(failure.messages[0].en.contains("missing: 单位名称"))
  }

  @Test("that holds nothing to read is refused")
  func refused() async throws {
    var locked = StoredZip()
    locked.add("xl/workbook.xml", "y", flags: 1)
    let sheet = TestSheet(rows: [["单位名称", "区县"], ["甲", "涧西区"]])
    var twins = [sheet, sheet]
    twins[1].name = sheet.name
    let cases: [([UInt8], IntakeFailure.Kind, String)] = [
      (xlsx([]), .unrecognised, "is empty"), (Array(locked.data), .unrecognised, "password"),
      (CompoundFixture(names: ["EncryptedPackage"]).bytes, .unrecognised, "password"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .damaged, "damaged"),
      (Array(xlsx([sheet]).prefix(900)), .unrecognised, "damaged"),
      (xlsx(twins), .damaged, "two sheets"),
      (xlsx([TestSheet(rows: [["填表说明"]])]), .unrecognised, "no source profile"),
    ]
    for (bytes, kind, text) in cases {
      let failure = try #require(await failure(["a.csv": bytes]))
      #expect(failure.kind == kind)
      #expect(failure.messages[0].en.hasPrefix("a.csv:"))
      #expect(failure.messages[0].en.contains(text), "\(failure.messages[0].en)")
    }
  }

  @Test("gives single rows again")
  func again() async throws {
    let folder = try Folder([
      "a.xlsx": xlsx([
        TestSheet(name: "东", rows: [["单位名称", "区县"], ["甲", "涧西区"]]),
        TestSheet(
          name: "西",
          rows: [
            ["单位名称", "区县", "从业人数"], ["乙", "涧西区"], ["丙", "x", "<c><v>1.1000000000000001</v></c>"],
          ]),
      ]),
      "b.xml": Array(
        spreadsheetML(row("单位名称", "区县") + row("丁", "涧西区"), name: "北").utf8),
    ])
    let pack = samplePack()
    let files = try DeliveredFiles(in: folder.path).paths
    let delivery = try await take(
      folder.path, files: files, pack: pack, asOf: asOf, settings: TakeSettings())
    let rows = try reread(
      [(file: "a.xlsx:西", records: [2]), (file: "b.xml:北", records: [1])], folder: folder.path,
      delivery: delivery.files, pack: pack)
    #expect(
      rows == [
        "a.xlsx:西": [
          2: DeliveredRow(line: 3, texts: ["name": "丙", "division": "x", "staff": "1.1"])
        ],
        "b.xml:北": [1: DeliveredRow(line: 2, texts: ["name": "丁", "division": "涧西区"])],
      ])
  }
}
