import Deliveries
import Foundation

/// The example delivery run twice by the program, in a folder that is removed when the tests end:
/// as it came, and again when everybody who had to do with the first round has put his papers into
/// a copy of it.
///
/// Each person's papers are written in the file of his test. What one of them does stands in the
/// other's results too, as it does in an office.
struct Rounds {
  /// The folder with `inputs` and `reports`, in which the program is run.
  let folder: String
  /// What the program said of each round.
  private(set) var first = Outcome(status: -1, out: "", errors: "")
  private(set) var second = Outcome(status: -1, out: "", errors: "")

  static let rules = "inputs/rules/luoyang-2018"
  static let firstRun = "example-2018q3"
  static let secondRun = "example-2018q3-2"

  static func played() throws -> Rounds { try made.get() }

  /// Where the first round's papers are published, which people take with them.
  func given(_ path: String) -> String { "\(folder)/reports/\(Rounds.firstRun)/\(path)" }
  func again(_ path: String) -> String { "\(folder)/reports/\(Rounds.secondRun)/\(path)" }
  /// A place in the copy of the delivery.
  func delivered(_ path: String) -> String { "\(folder)/inputs/\(Rounds.secondRun)/\(path)" }

  func table(_ path: String) throws -> PublishedTable { try PublishedTable(at: path) }
  func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Puts a file into the copy of the delivery.
  func put(_ path: String, _ bytes: Data) throws {
    try bytes.write(to: URL(filePath: delivered(path)))
  }

  /// Changes a delivered file, where it says what is expected of it.
  func edit(_ path: String, _ old: String, _ new: String) throws {
    let text = try text(delivered(path))
    guard text.contains(old) else { throw NotSo(path: path, expected: old) }
    try put(path, Data(text.replacing(old, with: new).utf8))
  }

  /// Fills in blank rows below the header of a form, which stands in the row that has `heading`.
  func form(_ path: String, heading: String, _ rows: [[String: String]]) throws -> Data {
    guard var filled = try shownSheets(of: path).first?.rows,
      let header = filled.firstIndex(where: { $0.contains(heading) })
    else { throw NotSo(path: path, expected: heading) }
    let headings = filled[header]
    for row in rows { filled.append(headings.map { row[$0] ?? "" }) }
    return SheetFiles(rows: filled).xlsx
  }

  func heng(_ arguments: String...) throws -> Outcome {
    try HengTests.heng(arguments, in: folder)
  }

  // MARK: -

  private static let made = Result { try make() }

  private static let place = FileManager.default.temporaryDirectory
    .appending(path: "heng-\(UUID().uuidString)").path

  private static func make() throws -> Rounds {
    atexit { try? FileManager.default.removeItem(atPath: Rounds.place) }
    let files = FileManager.default
    try files.createDirectory(atPath: place + "/inputs", withIntermediateDirectories: true)
    for name in ["example-2018q3", "rules"] {
      try files.copyItem(atPath: Samples.delivery(name), toPath: "\(place)/inputs/\(name)")
    }
    var rounds = Rounds(folder: place)
    rounds.first = try rounds.heng("run", "inputs/\(firstRun)")
    guard rounds.first.status == 0 else { throw NotSo(path: firstRun, expected: "") }
    try files.copyItem(
      atPath: "\(place)/inputs/\(firstRun)", toPath: "\(place)/inputs/\(secondRun)")
    try rounds.edit(
      "run.yaml", "id: \(firstRun)\n", "id: \(secondRun)\nprevious: \(firstRun)\n")
    for papers in [
      UnitedFrontTests.papers, CommerceTests.papers, CivilAffairsTests.papers,
      OrganisationTests.papers, EvaluatedBodyTests.papers, ClerkTests.papers,
    ] {
      try papers(rounds)
    }
    rounds.second = try rounds.heng("run", "inputs/\(secondRun)")
    guard rounds.second.status == 0 else {
      throw NotSo(path: secondRun, expected: rounds.second.errors + rounds.second.out)
    }
    return rounds
  }

  private struct NotSo: Error {
    var path: String
    var expected: String
  }
}
