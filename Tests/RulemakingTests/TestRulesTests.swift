import Deliveries
import Foundation
import Requests
import Rulemaking
import Tables
import Testing

@Suite("The examples of a pack")
struct TestRulesTests {
  @Test("of the sample pass, and reach every rule but the tier that a gate forestalls")
  func sample() throws {
    let tested = try testRules(at: Samples.delivery("rules/luoyang-2018"), rubric: nil)
    #expect(tested.exitStatus == 0)
    #expect(tested.failures.isEmpty)
    let unreached = tested.lines(in: .en).filter { $0.hasPrefix("  ") }
    #expect(unreached == ["  tier C no example reaches the tier"])
  }

  @Test("that do not come out as they say are named with their place")
  func failing() throws {
    let folder = NSTemporaryDirectory() + "heng-test-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(
      atPath: Samples.delivery("rules/luoyang-2018"), toPath: folder)
    let path = folder + "/rubrics/zone-assessment.yaml"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing("score: 91.5", with: "score: 91.4").write(
      toFile: path, atomically: true, encoding: .utf8)
    let tested = try testRules(at: folder, rubric: "zone-assessment")
    #expect(tested.exitStatus == 1)
    #expect(tested.failures.count == 1)
    #expect(
      tested.failures[0].en
        == "\(path):50:1: score should be 91.4, is 91.5 — compare the example with the rules and mend one of them"
    )
  }

  @Test("of an unknown rubric, or of a pack with faults, are refused")
  func refused() {
    #expect(throws: RunFailure.self) {
      try testRules(at: Samples.delivery("rules/luoyang-2018"), rubric: "nothing")
    }
    #expect(throws: RunFailure.self) { try testRules(at: "/nowhere", rubric: nil) }
  }
}
