import Drafting
import Foundation
import Intake
package import Requests
import RulePacks
package import Tables

/// Drafts a rule pack from delivered files.
///
/// - Parameters:
///   - files: delivered files, workbooks among them, or folders of them.
///   - rules: a pack, or a folder of packs, whose names the files' columns are looked up in; nil is
///     none.
///   - language: of the draft's comments and titles.
package func draftRules(
  from files: [String], rules: String?, language: Language = .zh
) throws(RunFailure) -> DraftedRules {
  let packs = try packsAtHand(rules)
  var surveyed: [SurveyedFile] = []
  var messages: [Bilingual] = []
  for (folder, file) in try paths(of: files) {
    do throws(IntakeFailure) {
      surveyed += try survey(file, in: folder, words: packs.first?.words ?? Words())
    } catch { messages.append(contentsOf: error.messages) }
  }
  guard messages.isEmpty else { throw RunFailure(.refused, messages) }
  return DraftedRules(files: draft(surveyed, packs: packs, language: language))
}

/// A drafted rule pack.
package struct DraftedRules: Sendable {
  let files: [DraftedFile]

  /// Paths of its files within the pack.
  package var paths: [String] { files.map(\.path) }

  /// All files, each below a line with its path.
  package var text: String {
    files.map { "# ==> \($0.path)\n\($0.text)" }.joined(separator: "\n")
  }

  /// `{"files": {path: text}}`.
  package var json: String {
    let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
    return jsonText(["files": texts])
  }

  /// Writes it into a folder that is new or empty, all of it or nothing.
  package func write(into folder: String) throws(RunFailure) {
    let manager = FileManager.default
    if let inside = try? manager.contentsOfDirectory(atPath: folder), !inside.isEmpty {
      throw RunFailure(
        .refused,
        [
          Bilingual(
            zh: "\(folder):1:1: 文件夹不是空的 — 请另选一个文件夹，以免覆盖已有的规则",
            en: "\(folder):1:1: the folder is not empty — choose another, so that no rules are lost"
          )
        ])
    }
    // Outer folders before those in them; of the files it is all or none already.
    var made: [String] = []
    do {
      for file in files {
        let place = URL(filePath: folder + "/" + file.path).deletingLastPathComponent().path
        if place != folder, !manager.fileExists(atPath: place) { made.append(place) }
        try manager.createDirectory(atPath: place, withIntermediateDirectories: true)
      }
      try replaceFiles(
        files.map { NewFile(folder + "/" + $0.path, of: Data($0.text.utf8)) })
    } catch {
      for path in made.reversed() { try? manager.removeItem(atPath: path) }
      throw RunFailure(
        .failed,
        [
          Bilingual(
            zh: "\(folder):1:1: 无法写入 — 请检查路径、权限和剩余空间",
            en: "\(folder):1:1: cannot be written — check the path, its permissions and free space")
        ])
    }
  }
}

private func packsAtHand(_ rules: String?) throws(RunFailure) -> [RulePack] {
  guard let rules else { return [] }
  var folders = [rules]
  if !FileManager.default.fileExists(atPath: rules + "/pack.yaml") {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: rules)) ?? []
    folders = names.sorted().map { rules + "/" + $0 }
      .filter { FileManager.default.fileExists(atPath: $0 + "/pack.yaml") }
  }
  var packs: [RulePack] = []
  for folder in folders {
    do {
      packs.append(try loadRulePack(at: folder))
    } catch { throw RunFailure(.refused, error.faults.map(\.sentence)) }
  }
  return packs
}

/// Folder and path of each file, those of folders in order.
private func paths(of files: [String]) throws(RunFailure) -> [(folder: String, file: String)] {
  var paths: [(folder: String, file: String)] = []
  for file in files {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: file, isDirectory: &isFolder),
      isFolder.boolValue
    else {
      let url = URL(filePath: file)
      paths.append((url.deletingLastPathComponent().path, url.lastPathComponent))
      continue
    }
    do throws(IntakeFailure) {
      let files = try DeliveredFiles(in: file)
      for failure in files.refused { throw failure }
      for path in files.paths where !path.hasSuffix(".key") { paths.append((file, path)) }
    } catch { throw RunFailure(.refused, error.messages) }
  }
  return paths
}
