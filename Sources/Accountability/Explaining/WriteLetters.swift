import Foundation
import PastRuns
import Pipeline
import Reports
package import Requests
import RulePacks
package import Tables

/// Which letters of a run are asked for, and where they go.
package struct AskedLetters: Sendable {
  package var rubric: String
  /// Over the facts of the rubric's subjects; nil for all.
  package var condition: String?
  /// A name that ends in `.html` or `.pdf` for all letters in one file, else a folder with a file
  /// each; nil is `RUN-RUBRIC.html`.
  package var target: String?
  package var annex = false
  package var language = Language.zh

  package init(rubric: String) { self.rubric = rubric }
}

/// Letters that were written.
package struct WrittenLetters: Sendable {
  package var run: String
  package var rubric: String
  package var count: Int
  /// How many were left out because it is not known whether the condition holds.
  package var undecided: Int
  /// The file, or the folder.
  package var path: String

  package var json: String {
    jsonText([
      "run": run, "rubric": rubric, "letters": count, "undecided": undecided, "out": path,
    ])
  }

  /// How many, where, and what was left out.
  package var sentence: Bilingual {
    Bilingual(
      zh: "告知书 \(count) 份：\(path)"
        + (undecided == 0 ? "" : "；另有 \(undecided) 个对象缺材料，不知是否符合条件，没有写"),
      en: "\(count) letters: \(path)"
        + (undecided == 0
          ? "" : "; none for \(undecided) of whom it is not known whether the condition holds"))
  }
}

/// Writes the letters of one ranking of a published run, in its order.
///
/// The delivery is evaluated again, once for all; files or rules that have changed since the run was
/// published are refused, so that letters say what was published.
package func writeLetters(ofRun run: String, _ asked: AskedLetters, request: Request)
  async throws(RunFailure) -> WrittenLetters
{
  let request = try recorded(run, rules: request.rules, request: request)
  let (plan, pack) = try readRules(request)
  // Before the delivery is read: a wrong name must not cost a clerk the time of it.
  guard let rubric = pack.rubrics.firstIndex(where: { $0.id == asked.rubric }) else {
    throw noSuchRubric(asked.rubric, known: pack.rubrics.map { ($0.id, $0.title) })
  }
  let target = LetterTarget(asked.target ?? "\(plan.id)-\(fileName(asked.rubric)).html")
  try target.requireFree()
  var printer: Printer?
  if case .pdf(let path) = target { printer = try Printer(for: path) }
  var condition: CheckedCondition?
  if let text = asked.condition {
    condition = try CheckedCondition(text, rubric: rubric, plan: plan, pack: pack)
  }
  let evaluated = try await evaluate(request)
  try requireUnchanged(evaluated, run: run, request: request)
  try requireSamePack(evaluated, request: request)
  guard let card = evaluated.scorecards.firstIndex(where: { $0.rubric == rubric }) else {
    throw noSuchRubric(
      asked.rubric,
      known: evaluated.scorecards.map {
        (pack.rubrics[$0.rubric].id, pack.rubrics[$0.rubric].title)
      })
  }
  let (entries, undecided) = evaluated.entries(card, where: condition)
  guard !entries.isEmpty else { throw nobody(undecided: undecided) }
  request.begin(.writing)
  let letters = LettersOfRun(
    evaluated: evaluated, card: card, entries: entries, asked: asked, request: request)
  switch target {
  case .folder(let path): try await letters.write(toFolder: path)
  case .page(let path): try await letters.write(toFile: path, printer: nil)
  case .pdf(let path): try await letters.write(toFile: path, printer: printer)
  }
  return WrittenLetters(
    run: plan.id, rubric: asked.rubric, count: entries.count, undecided: undecided,
    path: target.path)
}

private func nobody(undecided: Int) -> RunFailure {
  RunFailure(
    .refused,
    [
      Bilingual(
        zh: "没有符合条件的对象（\(undecided) 个缺材料，不能判定） — 请核对 --where 的条件",
        en: "nobody meets the condition (of \(undecided) it is not known) — check that of --where")
    ])
}

/// The letters of some entries of one scorecard.
struct LettersOfRun {
  let evaluated: RunResult
  let card: Int
  let entries: [Int]
  let asked: AskedLetters
  let request: Request

  /// How many are explained at a time: each time the delivered files are read again, and what was
  /// explained stays in memory until it is written.
  static let stretch = 1000

  /// A file a subject, named by its id.
  func write(toFolder path: String) async throws(RunFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw cannotWrite(path)
    }
    let pages = try pages
    var names: Set<String> = []
    var written: [String] = []
    do throws(RunFailure) {
      try await write(pages, toFolder: path, &names, &written)
    } catch {
      // All or none: who finds some would take them for all.
      for letter in written { _ = unsafe unlink(letter) }
      throw error
    }
  }

  private func write(
    _ pages: Letters, toFolder path: String, _ names: inout Set<String>, _ written: inout [String]
  ) async throws(RunFailure) {
    try await forEach { (explanation) throws(RunFailure) in
      let name = fileName(explanation.subject)
      var own = name
      var number = 1
      // Ids may differ in what a file's name cannot hold.
      while !names.insert(own.lowercased()).inserted {
        number += 1
        own = "\(name)-\(number)"
      }
      let page = pages.begin(explanation.subject) + pages.letter(explanation) + pages.end
      try Requests.write(Data(page), to: "\(path)/\(own).html")
      written.append("\(path)/\(own).html")
    }
  }

  /// All in one page, printed where a printer is given.
  func write(toFile path: String, printer: Printer?) async throws(RunFailure) {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "heng-\(UUID().uuidString)").path
    defer { try? files.removeItem(atPath: folder) }
    let whole = folder + "/letters.html"
    let handle: FileHandle
    do {
      // Nobody else on the machine may read what is written to a few.
      try files.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try Data().write(to: URL(filePath: whole))
      handle = try FileHandle(forWritingTo: URL(filePath: whole))
    } catch {
      throw cannotWrite(folder)
    }
    func put(_ bytes: [UInt8]) throws(RunFailure) {
      do { try handle.write(contentsOf: bytes) } catch { throw cannotWrite(folder) }
    }
    let pages = try pages
    try put(pages.begin(evaluated.pack.rubrics[evaluated.scorecards[card].rubric].title))
    try await forEach { (explanation) throws(RunFailure) in try put(pages.letter(explanation)) }
    try put(pages.end)
    do { try handle.close() } catch { throw cannotWrite(folder) }
    var made = whole
    if let printer {
      made = folder + "/letters.pdf"
      try printer.print(whole, to: made, folder: folder + "/browser")
    }
    guard let bytes = try? Data(contentsOf: URL(filePath: made), options: .mappedIfSafe) else {
      throw cannotWrite(path)
    }
    try Requests.write(bytes, to: path)
  }

  private var pages: Letters {
    get throws(RunFailure) {
      Letters(
        frame: try letterFrame(evaluated, request: request), language: asked.language,
        annex: asked.annex)
    }
  }

  /// Calls back for each explanation, in their order.
  private func forEach(
    _ body: (Explanation) throws(RunFailure) -> Void
  ) async throws(RunFailure) {
    var start = 0
    while start < entries.count {
      let end = min(start + Self.stretch, entries.count)
      let explanations = try await explanations(
        of: entries[start..<end].map { (card: card, entry: $0) }, in: evaluated, request: request)
      for explanation in explanations { try body(explanation) }
      start = end
    }
  }

  private func cannotWrite(_ path: String) -> RunFailure {
    RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 不能写入 — 请检查能否写入、磁盘是否已满，或另选一处",
          en:
            "\(path): cannot be written — check that it can be written to and has room, or choose "
            + "another place")
      ])
  }
}
