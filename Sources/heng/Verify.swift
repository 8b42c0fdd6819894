import Accountability
import ArgumentParser
import Console
import Requests
import Tables

/// `heng verify`: whether a published run is what its manifest says.
struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "核验已发布的批次 · re-hash what a run read and wrote, and run it again",
    discussion: """
      退出状态：0 一致；1 有不同。
      Exit status: 0 the same; 1 different.
      """)

  @Argument(help: "批次编号 · the run")
  var run: String

  @Option(
    name: .customLong("signed-by"),
    help: "PEM 格式的证书或公钥，核对清单的签名 · a certificate or public key in PEM, to check the signature")
  var signedBy: String?

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    let verification: Verification
    do throws(RunFailure) {
      verification = try await verify(
        run: run, signedBy: signedBy, request: places.request(delivery: run))
    } catch {
      throw end(with: error, in: speech.lang)
    }
    if speech.json {
      print(verification.json)
    } else if !speech.quiet {
      for line in verification.lines(in: speech.lang) { print(line) }
    }
    if !verification.isSame { throw ExitCode(verification.exitStatus) }
  }
}
