import Foundation
package import Requests
package import RulePacks
import Tables

/// The delivery's plan and its rule pack, checked before a row is read.
package func readRules(_ request: Request) throws(RunFailure) -> (RunPlan, RulePack) {
  do {
    let folder = try rulesPath(ofDelivery: request.delivery, rules: request.rules)
    let pack = try loadRulePack(at: folder)
    return (try loadRunPlan(at: request.delivery, pack: pack), pack)
  } catch {
    throw RunFailure(.refused, error.faults.map(\.sentence))
  }
}

/// The key for identity numbers, from the file that the plan names.
///
/// A key that others on the machine can read is refused: with it their digests could be reversed
/// by trying all numbers.
package func readDigestKey(_ request: Request, plan: RunPlan) throws(RunFailure) -> [UInt8]? {
  guard let name = plan.digestKey else { return nil }
  let path = request.delivery + "/" + name
  guard let key = FileManager.default.contents(atPath: path), !key.isEmpty else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path):1:1: 摘要密钥文件不存在或为空 — 请生成密钥文件，并在 run.yaml 的 digest-key 中写明",
          en:
            "\(path):1:1: the digest key is missing or empty — make the key file that digest-key in run.yaml names"
        )
      ])
  }
  let attributes = try? FileManager.default.attributesOfItem(atPath: path)
  let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
  // A sample's public test key comes out of a version control system that keeps no modes; it says
  // of itself that it is public.
  let isPublic = String(decoding: key, as: UTF8.self).hasPrefix("heng-public-test-key")
  guard mode & 0o077 == 0 || isPublic else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path):1:1: 摘要密钥可被他人读取 — 请执行 chmod 600 \(path)",
          en: "\(path):1:1: the digest key can be read by others — run chmod 600 \(path)")
      ])
  }
  return [UInt8](key)
}
