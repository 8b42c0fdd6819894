import Foundation
package import Requests

/// Lends a copy of the example's delivery beside a copy of the rule packs, and what is asked of it:
/// its reports go into the same folder.
package func withExample(
  _ body: (_ delivery: String, _ request: Request) async throws -> Void
) async throws {
  try await withTemporaryFolder { folder in
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["example-2018q3", "rules"] {
      try FileManager.default.copyItem(
        atPath: Samples.delivery(name), toPath: folder + "/" + name)
    }
    let delivery = folder + "/example-2018q3"
    try await body(
      delivery,
      Request(delivery: delivery, reports: folder + "/reports", jobs: 2, started: Date()))
  }
}
