import Foundation
import RulePacks
import Testing

@testable import Synthesis

private let inputs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appending(path: "inputs").path

@Test("makes the two quarters that stand in the inputs, byte for byte", arguments: ["q2", "q3"])
func quarters(variant: String) async throws {
  let parent = NSTemporaryDirectory() + "quarter-" + UUID().uuidString
  let folder = parent + "/" + variant
  // The second quarter lies beside the third, as in the inputs.
  try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
  try FileManager.default.createSymbolicLink(
    atPath: parent + "/luoyang-2018q2", withDestinationPath: inputs + "/luoyang-2018q2")
  let rules = inputs + "/rules/luoyang-2018"
  let files = try await synthesize(
    packFolder: rules, pack: try loadRulePack(at: rules), into: folder,
    settings: SynthesisSettings(variant: variant))
  for file in files {
    let made = FileManager.default.contents(atPath: folder + "/" + file)
    let kept = FileManager.default.contents(atPath: "\(inputs)/luoyang-2018\(variant)/\(file)")
    #expect(made != nil && made == kept, "\(file)")
  }
  let kept = FileManager.default.enumerator(atPath: "\(inputs)/luoyang-2018\(variant)")?
    .compactMap { $0 as? String }.filter { $0.contains(".") }
  #expect(kept?.sorted() == files)
  try FileManager.default.removeItem(atPath: parent)
}

@Test("has names and codes enough for a million units as well")
func million() throws {
  let rules = inputs + "/rules/luoyang-2018"
  let description = try Description.read(
    rules + "/synthesis.yaml", pack: try loadRulePack(at: rules),
    settings: SynthesisSettings(units: 1_000_000))
  #expect(!description.plans.isEmpty)
}
