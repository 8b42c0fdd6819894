import ArgumentParser
import Requests
import Tables

/// `heng synth`: a delivery of any size.
struct Synth: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synth",
    abstract: "生成合成报送数据 · make a synthetic delivery of any size")

  @Argument(help: "要生成的文件夹 · the folder to make")
  var folder: String

  @Option(help: "单位数量 · how many units")
  var units: Int?

  @Option(help: "随机种子 · seed; the same seed gives the same bytes")
  var seed: UInt64 = 1

  @Option(help: "出错比例，如 0.01 · share of rows with a fault")
  var mess: Double?

  @Option(help: "期别，如 q3 · which variant of the description")
  var variant: String?

  @Option(help: "规则包文件夹 · the rule pack's folder")
  var rules = "inputs/rules/luoyang-2018"

  @OptionGroup var speech: SpeechOptions

  func validate() throws {
    if let units, units < 1 {
      throw ValidationError("--units 至少为 1 · --units must be at least 1")
    }
    if let mess, !(0...1).contains(mess) {
      throw ValidationError("--mess 应在 0 和 1 之间 · --mess is a share from 0 to 1")
    }
  }

  func run() async throws {
    do throws(RunFailure) {
      let files = try await synthesizeDelivery(
        rules: rules, into: folder, units: units, seed: seed, mess: mess, variant: variant)
      if speech.json {
        print(synthesisJSON(folder, files))
      } else if !speech.quiet {
        for file in files { print("\(folder)/\(file)") }
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
