import Fields
import Foundation
import Ledger
import PastRuns
import Pipeline
import Reports
package import Requests
import RulePacks
package import Tables

/// Whether a published run is what its manifest says, and comes out the same again.
package struct Verification: Sendable {
  package var run: String
  /// How many delivered and published files the manifest names.
  package var inputs: Int
  package var outputs: Int
  /// In the order in which they are looked for; none where everything is the same.
  package var differences: [Difference] = []
  /// Files that are gone because they were due; no differences.
  package var purged: [PurgedFile] = []
  /// Whether the run could be run again; it cannot where delivered files were purged.
  package var isRunAgain = true
  /// The certificate by which the signature was asked for; nil where it was not.
  package var signedBy: String?

  package var isSame: Bool { differences.isEmpty }

  /// 0, or 1 where something is not the same.
  package var exitStatus: Int32 { isSame ? 0 : 1 }

  package struct Difference: Sendable, Equatable {
    package var kind: Kind
    /// Path of the file; empty where it is about the whole.
    package var path: String
    package var message: Bilingual
  }

  package enum Kind: String, Sendable {
    /// A delivered file, the rule pack or the program is not what it was.
    case input
    /// A published file is not what was written.
    case output
    /// The ledger holds another manifest.
    case ledger
    /// The run comes out otherwise.
    case rerun
    /// The manifest was signed by somebody else, or by nobody.
    case signature
  }
}

/// Hashes what a run read and wrote, and runs it again beside it.
///
/// The second run is written to a temporary folder that is gone afterwards; neither the reports
/// nor the ledger are touched.
///
/// - Parameter signedBy: a certificate or public key in PEM, by which the manifest must be signed.
package func verify(run: String, signedBy: String? = nil, request: Request)
  async throws(RunFailure) -> Verification
{
  let request = try recorded(run, rules: request.rules, request: request)
  let id = try runID(run, request: request)
  let folder = "\(request.reports)/\(id)"
  let recorded = try record(of: id, request)
  let purges = try PurgedFiles(since: recorded, in: request)
  let written = try publishedManifest(in: folder)
  let purged =
    written == nil
    ? purges.removal(of: "manifest.json", as: .output, in: id, sha256: recorded?.manifestHash)
    : nil
  guard
    let text = written.map({ String(decoding: $0, as: UTF8.self) })
      ?? purged.flatMap({ _ in recorded?.manifest }), let manifest = JSON(text)
  else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(folder)/manifest.json: 没有已发布的批次“\(id)” — 请核对批次编号和 --reports",
          en:
            "\(folder)/manifest.json: there is no published run “\(id)” — check its id and --reports"
        )
      ])
  }
  let (inputs, outputs) = (listed(manifest["inputs"]), listed(manifest["outputs"]))
  var found = Verification(run: id, inputs: inputs.count, outputs: outputs.count)
  found.purged = purged.map { [$0] } ?? []
  found.compare(inputs, in: request.delivery, kind: .input) {
    purges.removal(of: $0.path, as: .input, in: "", sha256: $0.sha256)
  }
  found.isRunAgain = !found.purged.contains { $0.of == .input }
  found.compare(outputs, in: folder, kind: .output) {
    purges.removal(of: $0.path, as: .output, in: id, sha256: $0.sha256)
  }
  found.differences += surplus(
    in: folder, besides: Set(outputs.map(\.path) + ["manifest.json", signatureName]))
  found.differences += ledgerDifference(id, recorded, manifest: text, request: request)
  if let signedBy {
    found.signedBy = signedBy
    if let fault = try signatureFault(of: id, certificate: signedBy, request) {
      found.differences.append(fault)
    }
  }
  guard found.isRunAgain else { return found }
  var gone: [String: String] = [:]
  for file in outputs where found.purged.contains(where: { $0.path == file.path }) {
    gone[file.path] = file.sha256
  }
  if purged != nil { gone["manifest.json"] = sha256([UInt8](text.utf8)) }
  found.differences += await differencesOfRerun(
    id, manifest, folder: folder, gone: gone, request: request)
  return found
}

/// The manifest of a published run; nil where there is none.
///
/// - Throws: Where one is there and cannot be read, which says nothing about whether the run is.
func publishedManifest(in folder: String) throws(RunFailure) -> [UInt8]? {
  let path = folder + "/manifest.json"
  do throws(SystemFailure) {
    return try wholeFile(path)
  } catch {
    guard !error.isGone else { return nil }
    throw .refused(
      path, Bilingual(zh: "读不出来（\(error.said)）", en: "cannot be read (\(error.said))"),
      Bilingual(zh: "请检查权限和磁盘", en: "check the permissions and the disk"))
  }
}

/// A file as a manifest names it.
typealias Listed = (path: String, sha256: String)

private func runID(_ run: String, request: Request) throws(RunFailure) -> String {
  if FileManager.default.fileExists(atPath: "\(request.reports)/\(run)/manifest.json") {
    return run
  }
  if try record(of: run, request) != nil { return run }
  return try readRules(request).0.id
}

func listed(_ list: JSON?) -> [Listed] {
  guard case .array(let items) = list else { return [] }
  return items.compactMap { item in
    guard let path = item["path"]?.text, let hash = item["sha256"]?.text else { return nil }
    return (path, hash)
  }
}

extension Verification {
  /// Hashes files and notes which are gone or others; of those that are gone, which were purged.
  fileprivate mutating func compare(
    _ files: [Listed], in folder: String, kind: Kind, removal: (Listed) -> PurgedFile?
  ) {
    for var file in files {
      if kind == .input { file.path = delivered(file.path, in: folder) }
      let path = shownPath(folder) + "/" + file.path
      let message: Bilingual
      switch readDigest(path) {
      case .success(let digest):
        guard digest.sha256 != file.sha256 else { continue }
        message = Bilingual(
          zh: "文件与 manifest.json 所记的不同",
          en: "the file is not the one that manifest.json names")
      case .failure(let fault) where fault.isGone:
        if let removed = removal(file) {
          if !purged.contains(removed) { purged.append(removed) }
          continue
        }
        message = Bilingual(zh: "文件不见了", en: "the file is gone")
      case .failure(let fault):
        message = Bilingual(
          zh: "文件读不出来（\(fault.said)）", en: "the file cannot be read (\(fault.said))")
      }
      differences.append(Difference(kind: kind, path: path, message: message))
    }
  }
}

/// Files that stand in a folder of reports and that no run wrote.
private func surplus(in folder: String, besides known: Set<String>) -> [Verification.Difference] {
  files(in: folder).subtracting(known).sorted().map { path in
    Verification.Difference(
      kind: .output, path: folder + "/" + path,
      message: Bilingual(zh: "manifest.json 中没有这个文件", en: "manifest.json names no such file"))
  }
}

private func files(in folder: String) -> Set<String> {
  let manager = FileManager.default
  let paths = (try? manager.subpathsOfDirectory(atPath: folder)) ?? []
  return Set(
    paths.filter { path in
      let attributes = try? manager.attributesOfItem(atPath: folder + "/" + path)
      return attributes?[.type] as? FileAttributeType != .typeDirectory
    })
}

private func ledgerDifference(
  _ run: String, _ recorded: RunRecord?, manifest: String, request: Request
) -> [Verification.Difference] {
  let path = request.reports + "/ledger.sqlite"
  guard let recorded else {
    return [
      Verification.Difference(
        kind: .ledger, path: path,
        message: Bilingual(zh: "运行记录中没有批次“\(run)”", en: "the ledger has no run “\(run)”"))
    ]
  }
  guard recorded.manifestHash != sha256([UInt8](manifest.utf8)) else { return [] }
  return [
    Verification.Difference(
      kind: .ledger, path: path,
      message: Bilingual(
        zh: "运行记录中批次“\(run)”的 manifest.json 与报告文件夹中的不同",
        en: "the ledger has another manifest.json for run “\(run)”"))
  ]
}

/// - Parameter gone: files that were purged, with the digests that they had.
private func differencesOfRerun(
  _ run: String, _ manifest: JSON, folder: String, gone: [String: String], request: Request
) async -> [Verification.Difference] {
  let temporary = FileManager.default.temporaryDirectory
    .appending(path: "heng-verify-\(UUID().uuidString)").path(percentEncoded: false)
  defer { try? FileManager.default.removeItem(atPath: temporary) }
  let again: String
  var differences: [Verification.Difference] = []
  do throws(RunFailure) {
    // What was recorded since, this run included, it could not know of.
    var beside = request
    beside.history = (request.ledgerPath, try record(of: run, request)?.sequence ?? Int.max)
    let evaluated = try await evaluate(beside)
    if let pack = manifest["rule_pack"]?["sha256"]?.text, pack != evaluated.pack.sha256 {
      differences.append(
        Verification.Difference(
          kind: .input, path: "",
          message: Bilingual(
            zh: "规则包在发布之后被改动", en: "the rule pack has changed since the run was published")))
    }
    beside.reports = temporary
    again = try await publish(evaluated, of: beside).folder
  } catch {
    return [
      Verification.Difference(
        kind: .rerun, path: "",
        message: Bilingual(
          zh: "无法重新运行：" + error.messages.map(\.zh).joined(separator: "；"),
          en: "it cannot be run again: " + error.messages.map(\.en).joined(separator: "; ")))
    ]
  }
  let published = files(in: folder).subtracting([signatureName])
  for path in published.union(files(in: again)).union(gone.keys).sorted() {
    let old = try? wholeFile(folder + "/" + path)
    let new = try? wholeFile(again + "/" + path)
    if old == nil, let hash = gone[path], let new {
      guard sha256(new) != hash else { continue }
      differences.append(
        Verification.Difference(
          kind: .rerun, path: folder + "/" + path,
          message: Bilingual(
            zh: "重新运行的结果与已清除的文件不同", en: "the second run gives another file than was purged")))
      continue
    }
    guard old != new else { continue }
    differences.append(
      Verification.Difference(
        kind: .rerun, path: folder + "/" + path, message: difference(old, new)))
  }
  return differences
}

private func difference(_ old: [UInt8]?, _ new: [UInt8]?) -> Bilingual {
  guard let old else {
    return Bilingual(zh: "只有重新运行才有这个文件", en: "only the second run writes the file")
  }
  guard let new else {
    return Bilingual(zh: "重新运行没有这个文件", en: "the second run does not write the file")
  }
  var line = 1
  for (left, right) in zip(old, new) {
    if left != right { break }
    if left == UInt8(ascii: "\n") { line += 1 }
  }
  return Bilingual(
    zh: "重新运行的结果从第 \(line) 行起不同", en: "the second run differs from line \(line) on")
}
