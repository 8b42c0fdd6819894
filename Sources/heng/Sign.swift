import Accountability
import ArgumentParser
import Console
import Requests
import Tables

/// `heng sign`: a detached signature of a published run's manifest.
struct Sign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "对已发布批次的清单签名 · sign the manifest of a published run",
    discussion: """
      签名写在 manifest.json.sig，只对 manifest.json；清单列有每个文件的 SHA-256。密钥为 PEM 格式的 Ed25519 或 SM2（SM3）。
      The signature is manifest.json.sig, of manifest.json alone, which has the SHA-256 of every \
      file. The key is Ed25519 or SM2 (with SM3) in PEM.
      """)

  @Argument(help: "批次编号 · the run")
  var run: String

  @Option(help: "PEM 格式的私钥 · the private key, in PEM")
  var key: String

  @OptionGroup var folder: ReportsOption
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    do throws(RunFailure) {
      let request = request(delivery: "", rules: nil, reports: folder.reports, jobs: nil)
      let signed = try signManifest(of: run, key: key, request)
      if speech.json {
        print(signed.json)
      } else if !speech.quiet {
        print(signed.line.text(in: speech.lang))
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
