import Foundation
import Tables
import Testing

@testable import RulePacks

/// The folder of the repository, from this file's place in it.
let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

@Suite("The sample pack")
struct SamplePackTests {
  @Test("has no fault, nor have the plans of its deliveries")
  func sample() throws {
    let inputs = repository + "/inputs"
    do {
      let pack = try loadRulePack(at: inputs + "/rules/luoyang-2018")
      #expect(
        pack.subjects.map(\.id) == ["unit", "figure", "zone", "party_body", "training"])
      let order = pack.rubrics.map(\.id)
      let unit = try #require(order.firstIndex(of: "party-building"))
      let figure = try #require(order.firstIndex(of: "figure-evaluation"))
      let zone = try #require(order.firstIndex(of: "zone-assessment"))
      #expect(unit < figure)
      #expect(unit < zone)
      // Whether two bodies are one is answered in many words, those of the reports among them.
      let source = try #require(pack.sources.first { $0.id == "succession-csv" })
      let (yes, no) = try #require(source.flags)
      #expect(yes.first == pack.words.yes.first && no.first == pack.words.no.first)
      #expect(["是", "同一", "是同一家", "同一单位"].allSatisfy(yes.contains))
      #expect(["否", "不是", "不同", "不是同一单位"].allSatisfy(no.contains))
      for delivery in try FileManager.default.contentsOfDirectory(atPath: inputs)
      where FileManager.default.fileExists(atPath: inputs + "/\(delivery)/run.yaml") {
        let plan = try loadRunPlan(at: inputs + "/" + delivery, pack: pack)
        #expect(plan.id == delivery)
      }
    } catch let error as PackFaults {
      Issue.record("\(error.text(in: .en))")
    }
  }
}
