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
  let isThere = FileManager.default.fileExists(atPath: path)
  let contents = try? wholeFile(path)
  guard contents != nil || !isThere else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path):1:1: 摘要密钥文件读不出来 — 请检查它的权限和磁盘；运行程序的人必须能读",
          en:
            "\(path):1:1: the digest key cannot be read — check its mode and the disk; whoever runs "
            + "the program must be able to read it")
      ])
  }
  guard let key = contents, !key.isEmpty else {
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
  guard key.count >= shortestKey else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path):1:1: 摘要密钥只有 \(key.count) 字节，太短，可以逐个试出 — 请另生成至少 \(shortestKey) 字节的随机密钥，"
            + "例如 openssl rand -hex 32 > \(name)",
          en: "\(path):1:1: the digest key has \(key.count) bytes, so few that it can be found by "
            + "trying — make one of at least \(shortestKey) random bytes, e.g. openssl rand -hex 32 "
            + "> \(name)")
      ])
  }
  return [UInt8](key)
}

/// In bytes: 128 bits, as much as is kept of a digest.
private let shortestKey = 16
