import Requests
import RulePacks
import Synthesis
import Tables

/// Makes a synthetic delivery from a rule pack's description.
///
/// - Returns: paths of the written files, within the folder.
func synthesizeDelivery(
  rules: String, into folder: String, units: Int?, seed: UInt64, mess: Double?, variant: String?
) async throws(RunFailure) -> [String] {
  let pack: RulePack
  do {
    pack = try loadRulePack(at: rules)
  } catch {
    throw RunFailure(.refused, error.faults.map(\.sentence))
  }
  do {
    return try await synthesize(
      packFolder: rules, pack: pack, into: folder,
      settings: SynthesisSettings(units: units, seed: seed, mess: mess, variant: variant))
  } catch {
    throw RunFailure(.refused, error.messages)
  }
}

/// What `heng synth --json` prints: the folder, and what was written into it.
func synthesisJSON(_ folder: String, _ files: [String]) -> String {
  jsonText(["files": files, "folder": folder])
}
