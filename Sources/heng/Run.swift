import ArgumentParser
import Console
import Foundation
import Glibc
import Pipeline
import Requests
import Tables

/// `heng run`: from a delivery to published reports.
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "运行一个批次并发布报告 · run a delivery and publish its reports")

  @Argument(help: "报送文件夹（含 run.yaml）· folder of the delivery, with its run.yaml")
  var delivery: String

  @OptionGroup var places: PlaceOptions
  @OptionGroup var speech: SpeechOptions

  func run() async throws {
    let bar = speech.quiet || speech.json ? nil : ProgressBar.onTerminal()
    var request = places.request(delivery: delivery)
    let language = speech.lang
    request.say = speech.say
    if let bar {
      request.progress = { done, total in bar.update(done: done, total: total) }
      request.enter = { stage in bar.enter(stage.title.text(in: language)) }
    }
    let outcome: Result<Published, RunFailure>
    do throws(RunFailure) {
      outcome = .success(try await Pipeline.run(request))
    } catch {
      outcome = .failure(error)
    }
    bar?.finish()
    switch outcome {
    case .success(let published): tell(published)
    case .failure(let failure): throw end(with: failure, in: speech.lang)
    }
  }

  private func tell(_ published: Published) -> Never {
    // The summary begins with them.
    let isTold = !speech.json && !speech.quiet
    if speech.json {
      print(published.json)
    } else if !speech.quiet {
      for line in published.evaluated.summary(in: speech.lang) { print(line) }
      let label = Bilingual(zh: "报告：", en: "report: ").text(in: speech.lang)
      print("\(label)\(published.folder)/index.html")
    }
    if !isTold { for message in published.exceeded { complain(message.text(in: speech.lang)) } }
    // Ended here, because what a run found takes long to free, and the system does it at once.
    do { try requireOutput() } catch { Glibc.exit(error.rawValue) }
    Glibc.exit(published.exitStatus)
  }
}
