package import Foundation
package import Requests

/// The sample deliveries and reports of the project.
package enum Samples {
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Folders of deliveries and packs with what must come of them.
  package static let cases = root.appending(path: "Tests/PipelineTests/Cases")

  /// Whether tests also run on the whole sample city where that takes minutes.
  package static let areWhole = ProcessInfo.processInfo.environment["HENG_CITY"] == "1"

  package static func delivery(_ name: String) -> String {
    root.appending(path: "inputs/" + name).path
  }
  package static func report(_ name: String) -> String {
    root.appending(path: "reports/" + name).path
  }

  package static func request(_ name: String, reports: String, jobs: Int = 2) -> Request {
    Request(
      delivery: delivery(name), reports: reports, jobs: jobs,
      started: Date(timeIntervalSince1970: 0))
  }
}

/// The files below a folder, by path, without the ledger.
package func published(in folder: String) throws -> [String: Data] {
  let files = FileManager.default
  var contents: [String: Data] = [:]
  for path in try files.subpathsOfDirectory(atPath: folder) {
    var isFolder: ObjCBool = false
    guard unsafe files.fileExists(atPath: folder + "/" + path, isDirectory: &isFolder),
      !isFolder.boolValue, !path.hasSuffix("ledger.sqlite")
    else { continue }
    contents[path] = files.contents(atPath: folder + "/" + path)
  }
  return contents
}
