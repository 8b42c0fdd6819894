import Foundation
import Tables
import Testing

@testable import RulePacks

/// The folder of the repository, from this file's place in it.
let repository = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

@Suite("The sample pack")
struct SamplePackTests {
  static let folder =
    ProcessInfo.processInfo.environment["HENG_SAMPLE_PACK"]
    ?? repository + "/inputs/rules/luoyang-2018"

  @Test("has no fault", .enabled(if: FileManager.default.fileExists(atPath: folder + "/pack.yaml")))
  func sample() {
    let clock = ContinuousClock()
    let start = clock.now
    do {
      let pack = try loadRulePack(at: SamplePackTests.folder)
      print("loaded \(pack.about.id) in \(clock.now - start)")
      #expect(!pack.records.isEmpty)
    } catch {
      print("in \(clock.now - start)")
      Issue.record("\(error.text(in: .en))")
    }
  }
}
