import Foundation
import Intake
import Pipeline
import RulePacks
import Tables
import Testing

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
      #expect(drafted.text.contains("像身份证件号码 / looks like identity numbers"))
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
        "{id: employees, label: 从业人数, type: int", "# 标题 / title: 示例市2018年三季度市场主体登记表",
        "# 值 / values: 合格 × ", "ignore: [序号, 法定代表人]", "gb18030", "标识和类型 / id and type",
      ] {
        #expect(drafted.text.contains(part), "\(part)")
      }
      #expect(throws: RunFailure.self) { try drafted.write(into: folder + "/draft") }
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
}
