import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("A column of percentages")
struct PercentScalesTests {
  private func rules(_ texts: [String]) async throws -> [String] {
    var pack = samplePack()
    pack.records[0].fields[3].type = .percent
    pack.records[0].fields[3].scale = Exact(millionths: Exact.one)
    pack.records[0].fields[3].headerUnits = [:]
    let rows = texts.enumerated().map { "单位\($0.offset),涧西区,\($0.element)\n" }.joined()
    return try await taking(
      ["a.csv": Array(("单位名称,区县,注册资本\n" + rows).utf8)], pack: pack
    ).rules
  }

  @Test(
    "that mixes ratios and percentages gets a finding, of few rows and of many",
    arguments: [["95%", "0.95", "95"], ["0.95", "95"], ["0.5", "80％"]])
  func mixed(texts: [String]) async throws {
    #expect(try await rules(texts) == ["mixed-scales"])
    #expect(try await rules(texts + Array(repeating: "88", count: 60)) == ["mixed-scales"])
  }

  @Test(
    "of one scale gets none, be its values small",
    arguments: [
      ["0.5%", "12%", "95%"], ["0.5", "3.2", "12"], ["0.95", "0.5", "1"], ["95", "12", "0"],
      ["0.5%", "0.4"],
    ])
  func alike(texts: [String]) async throws {
    #expect(try await rules(texts).isEmpty)
  }
}
