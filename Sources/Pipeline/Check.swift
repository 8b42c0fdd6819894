import PastRuns
package import Reports
package import Requests
package import Tables

/// What `heng check` found.
package struct CheckedDelivery: Sendable {
  package var evaluated: RunResult
  /// Why a run would publish nothing.
  package var emptiness: [Bilingual] = []
  /// What a run would replace that did not come from the same delivery.
  package var replaced: Bilingual?

  /// Tolerances that were exceeded, said plainly; empty if none.
  package var exceeded: [Bilingual] { evaluated.exceeded }
}

/// Runs all stages and publishes nothing.
package func check(_ request: Request) async throws(RunFailure) -> CheckedDelivery {
  let evaluated = try await evaluate(request)
  return CheckedDelivery(
    evaluated: evaluated, emptiness: emptiness(of: evaluated),
    replaced: replaced(by: evaluated.run, request))
}
