import Foundation

/// A folder with two published runs of a small delivery, `feed` and `later`, and rule packs that
/// are whole, faulty or promise a wrong example; made once, and removed when the tests end.
enum World {
  /// The folder, in which the program is run.
  static func folder() throws -> String { try made.get() }

  /// The cases of whole runs, with deliveries that are damaged in one way each.
  static let cases = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "PipelineTests/Cases").path

  private static let place = FileManager.default.temporaryDirectory
    .appending(path: "heng-\(UUID().uuidString)").path

  private static let made = Result { try make() }

  private static func make() throws -> String {
    atexit { try? FileManager.default.removeItem(atPath: World.place) }
    let files = FileManager.default
    try files.copyItem(atPath: cases + "/objections-and-decisions/inputs", toPath: place)
    try files.copyItem(
      atPath: cases + "/a-pack-with-faults/inputs/rules/hygiene", toPath: place + "/rules/faulty")
    try edit("rules/kitchens/records/3-decisions.yaml") {
      $0.replacing("case: decisions\n", with: "case: decisions\nrepeats: count\n")
    }
    try files.copyItem(atPath: place + "/rules/kitchens", toPath: place + "/rules/wrong")
    try edit("rules/wrong/rubrics/hygiene.yaml") {
      $0 + "\nexamples:\n  - {given: {faults: 3}, expect: {score: 1}}\n"
    }
    try files.copyItem(atPath: place + "/feed", toPath: place + "/later")
    // The example of RFC 8410, section 10.
    try pem(
      "signing.pem", "PRIVATE", "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")
    try pem("public.pem", "PUBLIC", "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
    try edit("later/register.csv") { $0.replacing("Fork & Fable,1", with: "Fork & Fable,12") }
    for run in ["feed", "later"] {
      let outcome = try heng("run \(run)", in: place)
      guard outcome.status == 0 else { throw Unmade(run: run, said: outcome.errors) }
    }
    return place
  }

  private static func pem(_ name: String, _ kind: String, _ key: String) throws {
    let path = "\(place)/\(name)"
    try "-----BEGIN \(kind) KEY-----\n\(key)\n-----END \(kind) KEY-----\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  private static func edit(_ path: String, _ change: (String) -> String) throws {
    let text = try String(contentsOfFile: "\(place)/\(path)", encoding: .utf8)
    try change(text).write(toFile: "\(place)/\(path)", atomically: true, encoding: .utf8)
  }

  private struct Unmade: Error {
    var run: String
    var said: String
  }
}
