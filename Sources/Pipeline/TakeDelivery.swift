import Foundation
import Intake
import RulePacks
import Tables

/// Reads all delivered files of a run.
func takeDelivery(_ request: Request, plan: RunPlan, pack: RulePack) async throws(RunFailure)
  -> Delivery
{
  let key = try readDigestKey(request, plan: plan)
  do {
    let files = try deliveredFiles(in: request.delivery, digestKey: plan.digestKey)
    var settings = TakeSettings(
      jobs: request.jobs, digestKey: key, progress: request.progress)
    settings.keepsTextsUpTo = plan.deliveredTextUpTo
    return try await take(
      request.delivery, files: files, pack: pack, asOf: plan.asOf, settings: settings)
  } catch {
    switch error.kind {
    case .unrecognised: throw RunFailure(.refused, error.messages)
    case .damaged, .unreadable: throw RunFailure(.failed, error.messages)
    }
  }
}
