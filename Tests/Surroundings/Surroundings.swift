public import Foundation

/// What tests find around them: figures that belong to the project, and what a machine may lack.
///
/// A test that needs something that may not be there says so with
/// `.enabled(if: …, "… not found")`; `make test` counts these reasons after the runner's output.
public enum Surroundings {
  /// A folder of public figures in `Tests/Data`, each with its source and licence.
  public static func data(_ name: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Data/" + name)
  }

  /// The reason that is given where a suite of others is left out.
  public static let noSuite =
    "suites of others not given, make conformance DIR=folder runs them"

  /// A suite that others wrote, within the folder that `HENG_CONFORMANCE` names; nil without it.
  public static func suite(_ name: String) -> URL? {
    guard let folder = ProcessInfo.processInfo.environment["HENG_CONFORMANCE"], !folder.isEmpty
    else { return nil }
    let suite = URL(filePath: folder).appending(path: name)
    return FileManager.default.fileExists(atPath: suite.path) ? suite : nil
  }

  /// Where the first of these programs is that `PATH` has; nil without any.
  public static func program(_ names: String...) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
