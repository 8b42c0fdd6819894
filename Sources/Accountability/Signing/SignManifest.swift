import Fields
import Foundation
import Pipeline
import Reports
package import Requests
import Tables

/// The name of the detached signature beside a manifest.
let signatureName = "manifest.json.sig"

/// A signed manifest.
package struct SignedManifest: Sendable {
  package var run: String
  package var path: String
  /// `Ed25519`, or `SM2/SM3`.
  package var algorithm: String
  /// Whether another signature stood there: of another key, or of an earlier manifest.
  package var replaces: Bool
}

/// Signs the manifest of a published run with a key that OpenSSL made, so that whoever has the
/// certificate can check the report by itself: the manifest has the SHA-256 of every file.
///
/// The signature is that of the manifest's bytes alone, in a file beside it, as `openssl` reads it.
///
/// - Throws: also where the key is one that others on the machine can read.
package func signManifest(of run: String, key path: String, _ request: Request) throws(RunFailure)
  -> SignedManifest
{
  let manifest = try publishedManifest(of: run, request)
  let target = "\(request.reports)/\(run)/\(signatureName)"
  let earlier = try? wholeFile(target)
  // Asked first: it is of no use to protect a file that is no private key.
  let (signature, algorithm, isKnown) = try asking(about: path, for: .signing) {
    (pem) throws(SignatureFailure) in
    let key = try SignatureKey(privateKey: pem)
    let isKnown = earlier.map { key.verifies($0, of: manifest) } ?? true
    return (try key.sign(manifest), key.algorithm, isKnown)
  }
  let attributes = try? FileManager.default.attributesOfItem(atPath: path)
  let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
  guard mode & 0o077 == 0 else {
    throw .refused(
      path, Bilingual(zh: "签名密钥可被他人读取", en: "the signing key can be read by others"),
      Bilingual(zh: "请执行 chmod 600 \(path)", en: "run chmod 600 \(path)"))
  }
  try write(Data(signature), to: target)
  return SignedManifest(run: run, path: target, algorithm: algorithm, replaces: !isKnown)
}

/// Whether the manifest of a published run was signed by whoever has a certificate's key.
///
/// - Returns: nil where it was; else what is not as it should be.
func signatureFault(of run: String, certificate path: String, _ request: Request) throws(RunFailure)
  -> Verification.Difference?
{
  let manifest = try publishedManifest(of: run, request)
  let place = "\(request.reports)/\(run)/\(signatureName)"
  let signature: [UInt8]
  do throws(SystemFailure) {
    signature = try wholeFile(place)
  } catch {
    return Verification.Difference(
      kind: .signature, path: place,
      message: error.isGone
        ? Bilingual(
          zh: "没有签名 — 请用 heng sign \(run) --key 签名",
          en: "there is no signature — sign with heng sign \(run) --key")
        : Bilingual(
          zh: "签名读不出来（\(error.said)） — 请检查权限和磁盘",
          en: "the signature cannot be read (\(error.said)) — check the permissions and the disk"))
  }
  let isOurs = try asking(about: path, for: .checking) { (pem) throws(SignatureFailure) in
    try SignatureKey(certificate: pem).verifies(signature, of: manifest)
  }
  guard !isOurs else { return nil }
  return Verification.Difference(
    kind: .signature, path: place,
    message: Bilingual(
      zh: "不是这张证书（\(path)）对现有 manifest.json 的签名",
      en: "not the signature of this manifest.json by \(path)"))
}

private func publishedManifest(of run: String, _ request: Request) throws(RunFailure) -> [UInt8] {
  let folder = "\(request.reports)/\(run)"
  guard let manifest = try publishedManifest(in: folder) else {
    throw .refused(
      folder + "/manifest.json",
      Bilingual(zh: "没有已发布的批次“\(run)”", en: "there is no published run “\(run)”"),
      Bilingual(zh: "请核对批次编号和 --reports", en: "check its id and --reports"))
  }
  return manifest
}

/// Reads a key or certificate and asks the library something about it.
private func asking<Answer>(
  about path: String, for use: SigningFile, _ question: ([UInt8]) throws(SignatureFailure) -> Answer
) throws(RunFailure) -> Answer {
  let pem: [UInt8]
  do throws(SystemFailure) {
    pem = try wholeFile(path)
  } catch {
    throw .refused(
      path, Bilingual(zh: "读不出来（\(error.said)）", en: "cannot be read (\(error.said))"),
      Bilingual(zh: "请检查路径和权限", en: "check the path and the permissions"))
  }
  do {
    return try question(pem)
  } catch {
    let said = use.words(of: error, pem, path)
    throw .refused(path, said.fault, said.cure)
  }
}
