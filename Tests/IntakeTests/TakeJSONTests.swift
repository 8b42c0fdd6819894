import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A JSON file")
struct TakeJSONTests {
  private static let records = """
    [{"单位名称": "甲", "区县": "涧西区", "从业人数": 4, "备注": "x"},
     {"区县": "涧西区", "单位名称": "乙", "备注": null, "是否建立": true}]
    """

  @Test(
    "is read whatever its records lie in and whatever it is called",
    arguments: [
      (records, 1), ("\n  " + records, 2), ("{\"data\": \(records)}", 1),
      ("{\"code\": 0, \"msg\": \"ok\", \"result\": {\"total\": 2, \"rows\": \(records)}}", 1),
      ("{\"a\":{\"b\":{\"c\":\(records)}}}", 1),
      (
        "{\"单位名称\":\"甲\",\"区县\":\"涧西区\",\"从业人数\":4,\"备注\":\"x\"}\n\n"
          + "{\"区县\":\"涧西区\",\"单位名称\":\"乙\",\"是否建立\":true}\n", 1
      ),
    ])
  func shapes(text: String, firstLine: Int) async throws {
    for (name, piece) in [("a.json", 1), ("a.txt", 5), ("a", 1 << 20)] {
      let delivery = try await taking(text, as: name, pieceSize: piece)
      #expect(delivery.files.map(\.path) == [name] && delivery.files[0].sheet == nil)
      #expect(delivery.files[0].encodingEvidence.hasPrefix("JSON, "))
      #expect(delivery.files[0].bytes == text.utf8.count && delivery.files[0].read == 2)
      #expect(delivery.column("name") == ["甲", "乙"])
      #expect(delivery.column("staff") == ["4", "-"])
      #expect(delivery.column("note") == ["x", "-"])
      #expect(delivery.records[0].places.map(\.record) == [1, 2])
      #expect(delivery.records[0].places[0].line == UInt32(firstLine))
      #expect(delivery.isComplete)
    }
  }

  @Test("that is a single record is read as one, unless a list in it is known")
  func single() async throws {
    let alone = "{\"单位名称\":\"甲\",\"区县\":\"涧西区\",\"标签\":[\"a\",\"b\"],\"人\":[{\"x\":1}]}"
    let delivery = try await taking(alone, as: "a.json")
    #expect(delivery.column("name") == ["甲", "甲"] && delivery.column("tags") == ["a", "b"])
    #expect(delivery.files[0].droppedColumns == ["人.x"])
  }

  @Test(
    "is UTF-8, UTF-16 or GB18030",
    arguments: [
      ("utf-8", false, "utf-8"), ("utf-8", true, "utf-8"), ("gbk", false, "gb18030"),
      ("utf-16", true, "utf-16le"), ("utf-16", false, "utf-16le"),
    ])
  func encodings(written: String, isMarked: Bool, read: String) async throws {
    var bytes: [UInt8] =
      switch written {
      case "gbk": try gb18030(Self.records)
      case "utf-16": XMLEncodingTests.wide(Self.records)
      default: Array(Self.records.utf8)
      }
    if isMarked { bytes = (written == "utf-16" ? [0xFF, 0xFE] : [0xEF, 0xBB, 0xBF]) + bytes }
    let delivery = try await taking(["a.json": bytes])
    #expect(delivery.column("name") == ["甲", "乙"] && delivery.files[0].encoding == read)
  }

  @Test("that is ASCII for long may still be GB18030, and bytes of no encoding are placed")
  func lateEncoding() async throws {
    let filler = "[" + String(repeating: " ", count: 300_000) + "\n"
    let late = try gb18030(String(Self.records.dropFirst()))
    let delivery = try await taking(["a.json": Array(filler.utf8) + late])
    #expect(delivery.column("name") == ["甲", "乙"] && delivery.files[0].encoding == "gb18030")
    var bad = Array(Self.records.utf8)
    bad[bad.count - 20] = 0xFF
    let failure = try #require(await failure(["a.json": bad]))
    #expect(failure.messages[0].en.hasPrefix("a.json:2:"))
  }

  @Test(
    "gives values as they are written",
    arguments: [
      ("\"注册资本\": 100.50", "capital", "1005000"), ("\"注册资本\": 1.5e2", "capital", "1500000"),
      ("\"从业人数\": \"1,000\"", "staff", "1000"),
      ("\"备注\": 914103001234567891", "note", "914103001234567891"),
      ("\"备注\": 1.50", "note", "1.50"), ("\"备注\": 9.14E+17", "note", "9.14E+17"),
      ("\"是否建立\": true", "built", "true"), ("\"是否建立\": false", "built", "false"),
      ("\"备注\": true", "note", "true"), ("\"备注\": null", "note", "-"),
      ("\"备注\": \"\"", "note", "-"),
      ("\"备注\": []", "note", "-"), ("\"备注\": {}", "note", "-"),
      ("\"备注\": \"a\\nb\"", "note", "a\nb"),
      ("\"备注\": \"\\u4e2d\\ud834\\udd1e\"", "note", "中𝄞"), ("\"备注\": [\"a\", \"b\"]", "note", "a"),
      ("\"备注\": \"a\", \"备注\": \"b\"", "note", "a"), ("\"注册资本(元)\": 5", "capital", "5"),
      ("\"ENTNAME\": null, \"备注\": \" a \"", "note", "a"),
    ])
  func values(member: String, field: String, value: String) async throws {
    let delivery = try await taking(
      "[{\"单位名称\": \"甲\", \"区县\": \"涧西区\", \(member)}]", as: "a.json")
    #expect(delivery.column(field) == [value])
    #expect(delivery.isComplete)
  }

  @Test("finds the names of inner objects, and drops and counts what the dictionary does not know")
  func inner() async throws {
    var pack = samplePack()
    var rule = SourceProfile.ColumnRule(field: 8)
    rule.from = ["info.note"]
    pack.sources[0].columns = [rule]
    let text = """
      [{"单位名称":"甲","区县":"涧西区","info":{"note":"y","more":{"x":1}}},
       {"单位名称":"乙","区县":"涧西区","人":[{"name":"a"},{"name":"b"}]}]
      """
    let delivery = try await taking(["a.json": Array(text.utf8)], pack: pack)
    #expect(delivery.column("note") == ["y", "-"])
    #expect(delivery.files[0].droppedColumns == ["info.more.x", "人.name"])
  }

  @Test("with several lists has each read as a sheet is, and says which are not")
  func lists() async throws {
    let text = "{\"甲\": \(Self.records), \"乙\": \(Self.records), \"丙\": [{\"x\": 1}]}"
    let delivery = try await taking(text, as: "a.json")
    #expect(delivery.files.map(\.path) == ["a.json:甲", "a.json:乙"])
    #expect(delivery.files.map(\.file) == ["a.json", "a.json"])
    #expect(delivery.column("name") == ["甲", "乙", "甲", "乙"])
    #expect(delivery.rules == ["list-not-read"])
  }

  @Test("has a total compared, and a record with half a character quarantined")
  func special() async throws {
    let text = """
      [{"单位名称":"甲","区县":"涧西区","从业人数":4},
       {"单位名称":"乙\\ud800","区县":"涧西区","从业人数":4}, {},
       {"单位名称":"合计","从业人数":5}]
      """
    let delivery = try await taking(text, as: "a.json")
    #expect(delivery.column("name") == ["甲"] && delivery.faults == ["broken-character"])
    #expect(delivery.quarantine[0].place.line == 2)
    #expect(delivery.files[0].controls.map(\.stated.description) == ["5"])
  }

  @Test(
    "that cannot be read is refused with its place and what to do",
    arguments: [
      ("[]", "a.json:1:1: JSON 中没有记录"), ("{}", "没有来源配置能识别这个文件"),
      ("{\"code\":401,\"msg\":\"登录已过期\",\"data\":[]}", "只写着“登录已过期”"),
      ("[[\"单位名称\",\"区县\"],[\"甲\",\"涧西区\"]]", "没有记录"), ("[\"a\"]", "没有记录"),
      ("[{\"区县\":\"涧西区\",\"电话\":1}]", "最接近的是“台账”（sheet），缺少必需的列：单位名称；未认出的列：电话"),
      ("[{\"单位名称\":\"甲\",\"区县\":\"涧西区\"},\n 3]", "a.json:2:2: 此处不是一条记录"),
      ("{\"单位名称\":\"甲\",\"区县\":\"涧西区\"}\n[]", "a.json:2:1: 此处不是一条记录"),
      ("[{\"单位名称\":\"甲\",\n\"区县\":\"涧", "a.json:2:8: 文件在此中断"),
      ("[{\"单位名称\":\"甲\",}]", "a.json:1:14: JSON 写法有误：此处是“}”，应为双引号括起的键名"),
      ("[{'单位名称':'甲'}]", "a.json:1:3: JSON 写法有误"), ("{单位名称: 1}", "应为双引号括起的键名"),
      ("[{\"单位名称\":\"甲\n乙\"}]", "控制字符 U+000A"), ("[{\"单位名称\":NaN}]", "应为一个值"),
      ("[{\"单位名称\":01}]", "数字写法不对"), ("{\"a\":1} {\"a\":2}", "应为文件结束"),
    ])
  func refused(text: String, said: String) async throws {
    let failure = try #require(await failure(["a.json": Array(text.utf8)]))
    #expect(failure.messages[0].zh.contains(said), "\(failure.messages[0].zh)")
    #expect(failure.messages[0].zh.hasPrefix("a.json:") && failure.messages[0].zh.contains(" — "))
  }

  @Test("with numbers in the place of names is refused in bounded memory")
  func manyNames() async throws {
    let members = (0..<20_000).map { "\"\($0)\":{\"单位名称\":\"甲\"}" }.joined(separator: ",")
    let failure = try #require(await failure(["a.json": Array("{\(members)}".utf8)]))
    #expect(failure.messages[0].zh.contains("键名过多"))
  }

  @Test(
    "is told from CSV and other texts by how it begins",
    arguments: [
      ("{\"a\":1}", true), (" [ {", true), ("[]", true), ("[[1]]", true), ("[\"a\"]", true),
      ("{a:1}", true), ("[编号],[名称]", false), ("[1],[2]", false), ("{\\rtf1", false), ("a,b", false),
      ("\u{FEFF}{\"a\":1}", true), ("<a/>", false), ("", false), ("{", true),
    ])
  func beginnings(text: String, isJSON: Bool) {
    #expect(looksLikeJSON(Array(text.utf8).span) == isJSON)
  }

  @Test("gives single records again, and is surveyed with its names")
  func again() throws {
    let folder = try Folder(["a.json": Array(Self.records.utf8)])
    let file = DeliveredFile(
      path: "a.json", bytes: Self.records.utf8.count, sha256: "", encoding: "utf-8",
      encodingEvidence: "", profile: "sheet")
    let rows = try reread(
      [(file: "a.json", records: [2])], folder: folder.path, delivery: [file], pack: samplePack())
    #expect(rows["a.json"]?[2]?.texts["name"] == "乙" && rows["a.json"]?[2]?.line == 2)
    let found = try survey("a.json", in: folder.path, words: Words())
    #expect(found.map(\.rows) == [2])
    #expect(found[0].columns.map(\.name) == ["单位名称", "区县", "从业人数", "备注", "是否建立"])
    #expect(found[0].columns[0].texts == ["甲": 1, "乙": 1])
  }

  @Test(
    "says where an answer holds one page of several", arguments: [(1, []), (49, ["control-total"])])
  func onePage(total: Int, rules: [String]) async throws {
    let text = """
      {"code": 0, "total": \(total), "current": 1,
       "records": [{"单位名称": "甲", "区县": "涧西区"}]}
      """
    let delivery = try await taking(text, as: "a.json")
    #expect(delivery.column("name") == ["甲"])
    #expect(delivery.rules == rules)
  }
}
