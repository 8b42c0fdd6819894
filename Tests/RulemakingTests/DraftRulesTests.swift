import Deliveries
import Drafting
import Foundation
import Intake
import Requests
import RulePacks
import Tables
import Testing

@testable import Rulemaking

/// A draft from the sample files, its marked decisions taken mechanically, reads those files.
@Suite("heng rules draft")
struct DraftRulesTests {
  /// What a person fills in: the keys that a draft leaves blank.
  static let decisions = [
    "owner": "某单位", "basis": "某文件", "from": "2018-01-01", "purposes": "[evaluation]",
    "contact": "某窗口",
  ]

  @Test(
    "reads every sample file as the sample pack does",
    arguments: ["example-2018q3", "luoyang-2018q3"])
  func samples(name: String) async throws {
    let delivery = Samples.delivery(name)
    let rules = Samples.delivery("rules/luoyang-2018")
    let files = try DeliveredFiles(in: delivery, digestKey: "test.key").paths
    let known = try await counts(files, in: delivery, pack: try loadRulePack(at: rules))
    try await withTemporaryFolder { folder in
      let drafted = try draftRules(
        from: files.map { delivery + "/" + $0 }, rules: Samples.delivery("rules"))
      let pack = try decided(drafted, in: folder + "/draft")
      let read = try await counts(files, in: delivery, pack: pack)
      for file in files {
        #expect(read[file]?.read == known[file]?.read, "\(file)")
        // The draft requires nothing but an identity, so it never accepts less; only where persons
        // are known by identity numbers alone, which it drops, another column has to stand in.
        guard !file.hasSuffix("历次综合评价.csv"), !file.hasSuffix("previous.csv") else { continue }
        #expect(read[file]?.accepted ?? 0 >= known[file]?.accepted ?? 1, "\(file)")
      }
      #expect(read.count == files.count && files.count > 30)
    }
  }

  @Test("drafts from workbooks, sheet by sheet, and reads as much of them as the sample pack does")
  func workbooks() async throws {
    let delivery = Samples.delivery("example-2018q3")
    let files = try DeliveredFiles(in: delivery, digestKey: "test.key").paths
    let sample = try loadRulePack(at: Samples.delivery("rules/luoyang-2018"))
    let taken = try await taken(files, in: delivery, pack: sample)
    try await withTemporaryFolder { folder in
      let books = folder + "/books"
      try asWorkbooks(delivery, to: books, digestKey: "test.key", files: taken.files)
      let known = try await counts(files, in: books, pack: sample)
      let drafted = try draftRules(from: [books], rules: Samples.delivery("rules"))
      #expect(drafted.text.contains("（Excel）"))
      let read = try await counts(
        files, in: books, pack: try decided(drafted, in: folder + "/draft"))
      #expect(read.mapValues(\.read) == known.mapValues(\.read))
      #expect(known.keys.contains { $0.hasSuffix(":表") })
    }
  }

  @Test("finds tables and identifiers without any pack at hand")
  func unaided() async throws {
    let delivery = Samples.delivery("example-2018q3")
    let files = try DeliveredFiles(in: delivery, digestKey: "test.key").paths
    let known = try await counts(
      files, in: delivery, pack: try loadRulePack(at: Samples.delivery("rules/luoyang-2018")))
    try await withTemporaryFolder { folder in
      let drafted = try draftRules(from: [delivery], rules: nil)
      let pack = try decided(drafted, in: folder + "/draft")
      let read = try await counts(files, in: delivery, pack: pack)
      #expect(read.count == files.count)
      // Without the words for total rows and footers these count as rows.
      for file in files {
        #expect(read[file]?.read ?? 0 >= known[file]?.read ?? 1, "\(file)")
      }
      #expect(drafted.text.contains("type: uscc"))
      #expect(drafted.text.contains("像身份证件号码"))
      #expect(!drafted.text.contains("41039919"))
    }
  }

  @Test("says what a person must decide, and does not check before")
  func undecided() async throws {
    try await withTemporaryFolder { folder in
      let drafted = try draftRules(
        from: [Samples.delivery("example-2018q3/registration/县区登记汇总表.csv")],
        rules: Samples.delivery("rules/luoyang-2018"))
      try drafted.write(into: folder + "/draft")
      let faults = checkRules(at: folder + "/draft").faults.map(\.en)
      let blank = ["owner", "basis", "from", "purposes", "contact"]
      #expect(faults.count == blank.count)
      for key in blank { #expect(faults.contains { $0.contains("“\(key)” has no value") }) }
      for part in [
        "{field: uscc, from: 统一社会信用代码}",
        "{id: reg_capital, label: 注册资本, type: money, aliases: [\"注册资本(万元)\"], unit: 万元, scale: 10000",
        "{id: employees, label: 从业人数, type: int", "# 标题：示例市2018年三季度市场主体登记表",
        "# 值：合格 × ", "ignore: [序号, 法定代表人]", "gb18030", "标识和类型",
      ] {
        #expect(drafted.text.contains(part), "\(part)")
      }
      #expect(throws: RunFailure.self) { try drafted.write(into: folder + "/draft") }
    }
  }

  @Test("leaves nothing where not all of it can be written")
  func allOrNothing() async throws {
    try await withTemporaryFolder { folder in
      let drafted = try draftRules(
        from: [Samples.delivery("example-2018q3/registration/县区登记汇总表.csv")],
        rules: Samples.delivery("rules/luoyang-2018"))
      var files = drafted.files
      // A name that no file system takes, after files that were written.
      files[files.count - 1].path = String(repeating: "x", count: 300)
      #expect(files.count > 2)
      #expect(throws: RunFailure.self) {
        try DraftedRules(files: files).write(into: folder + "/draft")
      }
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder) == ["draft"])
    }
  }

  private func decided(_ drafted: DraftedRules, in folder: String) throws -> RulePack {
    try drafted.write(into: folder)
    var lines = try String(contentsOfFile: folder + "/pack.yaml", encoding: .utf8)
      .components(separatedBy: "\n")
    for index in lines.indices {
      let parts = lines[index].components(separatedBy: ":  # 待定")
      guard parts.count == 2 else { continue }
      let key = parts[0].trimmingCharacters(in: .whitespaces)
      lines[index] = parts[0] + ": " + (try #require(Self.decisions[key]))
    }
    try lines.joined(separator: "\n")
      .write(toFile: folder + "/pack.yaml", atomically: true, encoding: .utf8)
    return try loadRulePack(at: folder)
  }

  private func counts(
    _ files: [String], in delivery: String, pack: RulePack
  ) async throws -> [String: (read: Int, accepted: Int)] {
    let taken = try await taken(files, in: delivery, pack: pack)
    return Dictionary(
      uniqueKeysWithValues: taken.files.map { ($0.path, ($0.read, $0.accepted)) })
  }

  private func taken(
    _ files: [String], in delivery: String, pack: RulePack
  ) async throws -> Delivery {
    let key = FileManager.default.contents(atPath: delivery + "/test.key").map { [UInt8]($0) }
    return try await take(
      delivery, files: files, pack: pack, asOf: PartialDate(day: 17_804),
      settings: TakeSettings(jobs: 2, digestKey: key))
  }

  @Test(
    "drafts what its own files are accepted by",
    arguments: [
      // A row that lacks an element, in one of two files; codes with a leading zero among many.
      [
        "a.xml": """
        <ALL><Count>3</Count><ROW><Id>1</Id><Code>101</Code><Web>w</Web></ROW>\
        <ROW><Id>2</Id><Code>102</Code><Web>w</Web></ROW>\
        <ROW><Id>3</Id><Code>001</Code><Web>v</Web></ROW></ALL>
        """,
        "b.xml":
          "<ALL><ROW><Id>4</Id><Code>103</Code></ROW><ROW><Id>5</Id><Code>104</Code></ROW></ALL>",
      ],
      // Two waves of one list, the second with a further column.
      [
        "2017.csv": "code,name,staff\nA1,Fork,5\nA2,Spoon,N/A\n",
        "2018.csv": "code,name,staff,opened\nA1,Fork,6,\nA3,Cup,7,2018-01-02\n",
      ],
      // Names in a second language below the first.
      [
        "two.csv": """
        code,name,capital,opened
        代码,名称,注册资金,成立日期
        A1,甲店,600万元,2018-01-02
        A2,乙店,5000元,2018-01-03
        A3,丙店,1亿元,2018-01-04
        """
      ],
      ["one.xml": "<ALL><ROW><Id>500</Id><Code>555</Code></ROW></ALL>"],
    ])
  func own(files: [String: String]) async throws {
    try await withTemporaryFolder { folder in
      let delivery = folder + "/delivery"
      try FileManager.default.createDirectory(
        atPath: delivery, withIntermediateDirectories: true)
      for (file, text) in files {
        try text.write(toFile: delivery + "/" + file, atomically: true, encoding: .utf8)
      }
      let drafted = try draftRules(from: [delivery], rules: nil)
      let pack = try decided(drafted, in: folder + "/draft")
      #expect(pack.records.count == 1 && pack.sources.count == 1)
      let read = try await counts(files.keys.sorted(), in: delivery, pack: pack)
      #expect(read.count == files.count)
      for (file, count) in read { #expect(count.accepted == count.read, "\(file)") }
      for (file, part) in [
        ("a.xml", "{id: code, label: Code, type: text}"), ("a.xml", "from: ALL/Count"),
        ("2017.csv", "not-stated: [N/A]"), ("2017.csv", "{id: staff, label: staff, type: int}"),
        ("two.csv", "type: money"), ("two.csv", "header: {rows: 2"),
      ] where files[file] != nil {
        #expect(drafted.text.contains(part), "\(part) in \(drafted.text)")
      }
      if files["two.csv"] != nil { #expect(read["two.csv"]?.read == 3) }
    }
  }

  @Test("drafts in English on demand, without a word of Chinese that the files do not hold")
  func english() async throws {
    try await withTemporaryFolder { folder in
      let path = folder + "/list.csv"
      let rows = (1...30).map {
        "S\($0),\($0 % 3 == 0 ? "open" : "closed"),020 7946 0\($0 + 100),Ann"
      }
      try (["code,state,Phone,Head Teacher"] + rows).joined(separator: "\n")
        .write(toFile: path, atomically: true, encoding: .utf8)
      let text = try draftRules(from: [path], rules: nil, language: .en).text
      #expect(text.unicodeScalars.allSatisfy { $0.value < 0x2E80 })
      #expect(text.contains("title: Draft") && text.contains("# decide: "))
      #expect(text.contains("left out “Phone”: looks like telephones or mail addresses"))
      #expect(text.contains("left out “Head Teacher”: looks like names of persons"))
      #expect(text.contains("{id: state, label: state, type: code, codes: state}"))
    }
  }

  @Test("takes values for codes only where they come again and again in every file")
  func codes() async throws {
    try await withTemporaryFolder { folder in
      let same = (1...20).map { "A\($0),\($0 % 2 == 0 ? "x" : "y")" }
      let varied = (1...20).map { "B\($0),z\($0)" }
      for (name, rows) in [("a", same), ("b", varied)] {
        try (["code,kind"] + rows + (name == "a" ? same.map { "C" + $0 } : []))
          .joined(separator: "\n")
          .write(toFile: folder + "/\(name).csv", atomically: true, encoding: .utf8)
      }
      let one = try draftRules(from: [folder + "/a.csv"], rules: nil).text
      #expect(one.contains("type: code, codes: kind"))
      let both = try draftRules(from: [folder], rules: nil).text
      #expect(both.contains("{id: kind, label: kind, type: text}"))
    }
  }
}
