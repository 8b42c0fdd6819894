import ArgumentParser
import Console
import Pipeline
import Requests
import Tables

/// `heng check`: everything short of publishing.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "检查一个批次，不发布 · everything that a run does, short of publishing")

  @Argument(help: "报送文件夹（含 run.yaml）· folder of the delivery, with its run.yaml")
  var delivery: String

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    do {
      let checked = try await check(places.request(delivery: delivery))
      if speech.json {
        print(checked.json)
      } else if !speech.quiet {
        for line in checked.lines(in: speech.lang) { print(line) }
        print(CheckedDelivery.memoryLine(peak: peakMemory()).text(in: speech.lang))
      }
      if speech.json || speech.quiet {
        for message in checked.exceeded { complain(message.text(in: speech.lang)) }
      }
      for message in checked.emptiness { complain(message.text(in: speech.lang)) }
      if let replaced = checked.replaced, !speech.quiet {
        complain(replaced.text(in: speech.lang))
      }
      if !checked.emptiness.isEmpty { throw ExitCode(1) }
      if !checked.exceeded.isEmpty { throw ExitCode(3) }
    } catch let failure as RunFailure {
      throw end(with: failure, in: speech.lang)
    }
  }
}
