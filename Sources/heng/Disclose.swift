import Accountability
import ArgumentParser
import Console
import Requests
import Tables

/// `heng disclose`: everything held about one subject.
struct Disclose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose",
    abstract: "告知一个对象被持有的全部信息 · everything a run holds about one subject, with sources")

  @Argument(help: "批次编号 · the run")
  var run: String

  @Argument(help: "对象编号，如统一社会信用代码 · the subject's id")
  var subject: String

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    do throws(RunFailure) {
      let disclosure = try await disclose(
        run: run, subject: subject, request: places.request(delivery: run))
      if speech.json {
        print(disclosure.json)
      } else if !speech.quiet {
        for line in disclosure.lines(in: speech.lang, width: terminalWidth()) { print(line) }
      }
    } catch {
      throw end(with: error, in: speech.lang)
    }
  }
}
