import FoundationEssentials
import Glibc
import Tables

/// Checks that a run of an id may be published in a folder: that the id can name a folder, and that
/// what stands in its place is an earlier run of that id, or holds no file at all.
///
/// Anything else of that name is somebody's, and is never replaced.
public func requireReplaceable(reports: String, run: String) throws(ReportFailure) {
  try checkName(run, in: reports)
  let place = "\(reports)/\(run)"
  switch kind(of: place) {
  case .nothing: return
  case .folder where holdsRun(run, place): return
  case .folder where holdsNoFile(place): return
  case .folder, .other: throw .notReplaceable(place, run: run)
  }
}

/// A run's id becomes a folder's name, so it must not lead elsewhere, nor be a name of ours.
func checkName(_ run: String, in reports: String) throws(ReportFailure) {
  guard
    run.isEmpty || run.hasPrefix(".") || run.hasPrefix("ledger.sqlite")
      || run.utf8.contains(UInt8(ascii: "/")) || run.utf8.contains(0)
  else { return }
  throw ReportFailure(
    path: reports,
    message: Bilingual(
      zh: "“\(run)”不能作文件夹名 — 请在 run.yaml 的 id 中改用字母、数字、“-”和“_”",
      en: "“\(run)” cannot name a folder — use letters, digits, “-” and “_” for id in run.yaml"))
}

/// Clears the place of a run where a folder without any file stands in it; its folders are removed
/// one by one, each only while it is empty.
func clearEmpty(_ place: String, run: String) throws(ReportFailure) {
  guard kind(of: place) == .folder, !holdsRun(run, place) else { return }
  guard let content = content(of: place), content.files.isEmpty else {
    throw .notReplaceable(place, run: run)
  }
  for folder in content.folders.reversed() + [place] {
    guard unsafe rmdir(folder) == 0 else { throw .system(folder) }
  }
}

/// Removes a folder that a killed run left, or that held the reports before these.
///
/// That a folder has the name of such is not enough: it must hold the manifest of that run, or
/// nothing but what reports look like. The manifest goes last, so that a removal that was broken
/// off can be completed.
func removeReports(_ folder: String, run: String) throws(ReportFailure) {
  switch kind(of: folder) {
  case .nothing: return
  case .folder: break
  case .other: throw .notReports(folder)
  }
  guard let content = content(of: folder) else { throw .system(folder) }
  guard holdsRun(run, folder) || content.files.allSatisfy({ isReport($0, in: folder) }) else {
    throw .notReports(folder)
  }
  let manifest = "\(folder)/manifest.json"
  for file in content.files.filter({ $0 != manifest }) {
    guard unsafe unlink(file) == 0 else { throw .system(file) }
  }
  for inner in content.folders.reversed() {
    guard unsafe rmdir(inner) == 0 else { throw .system(inner) }
  }
  guard unsafe unlink(manifest) == 0 || errno == ENOENT else { throw .system(manifest) }
  guard unsafe rmdir(folder) == 0 else { throw .system(folder) }
}

/// Whether a folder holds the manifest of a run of that id.
func holdsRun(_ run: String, _ folder: String) -> Bool {
  struct Head: Decodable { var run: String }
  guard kind(of: folder) == .folder,
    let bytes = try? wholeFile("\(folder)/manifest.json"),
    let head = try? JSONDecoder().decode(Head.self, from: Data(bytes))
  else { return false }
  return head.run == run
}

private enum Standing { case nothing, folder, other }

/// What stands at a path; a link is something else than the folder it leads to.
private func kind(of path: String) -> Standing {
  var status = stat()
  guard unsafe lstat(path, &status) == 0 else {
    return errno == ENOENT || errno == ENOTDIR ? .nothing : .other
  }
  return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
}

func isFolder(_ path: String) -> Bool { kind(of: path) == .folder }

private func holdsNoFile(_ folder: String) -> Bool {
  content(of: folder)?.files.isEmpty ?? false
}

/// All below a folder: files, links and the like, and folders, outer ones first; nil where one of
/// them cannot be listed.
func content(of folder: String) -> (files: [String], folders: [String])? {
  var found: (files: [String], folders: [String]) = ([], [])
  var waiting = [folder]
  while let next = waiting.popLast() {
    guard let names = try? folderNames(shownPath(next)) else { return nil }
    for name in names {
      let path = "\(next)/\(name)"
      switch kind(of: path) {
      case .folder:
        found.folders.append(path)
        waiting.append(path)
      case .other: found.files.append(path)
      case .nothing: continue
      }
    }
  }
  return found
}

/// Whether a file has the place and the kind of a report.
private func isReport(_ path: String, in folder: String) -> Bool {
  let names = path.dropFirst(folder.utf8.count + 1).split(separator: "/")
  guard let name = names.last else { return false }
  let ends = [".csv", ".docx", ".html", ".js", ".json", ".jsonl", ".xlsx"]
  // libxlsxwriter writes sheets beside the workbook under names that `mkstemp` makes, and takes them
  // away at once; a run that is killed between leaves one.
  let isSheet = name.hasPrefix("tmp.") && name.utf8.count > 6
  guard isSheet || ends.contains(where: { name.hasSuffix($0) }) else { return false }
  return names.count == 1 || names.count == 2 && reportFolders.contains(String(names[0]))
}

extension ReportFailure {
  static func notReplaceable(_ place: String, run: String) -> ReportFailure {
    ReportFailure(
      path: place,
      message: Bilingual(
        zh: "这里没有批次“\(run)”的 manifest.json，不是它的报告，不会替换 — 请移走，或用 --reports 另选文件夹，"
          + "或改 run.yaml 的 id",
        en:
          "there is no manifest.json of run “\(run)” here, so these are not its reports and are not "
          + "replaced — move it away, choose another folder with --reports, or change id in run.yaml"
      ))
  }

  fileprivate static func notReports(_ folder: String) -> ReportFailure {
    ReportFailure(
      path: folder,
      message: Bilingual(
        zh: "名称与未完成的报告相同，内容却不是报告，不会删除 — 请移走后重新运行",
        en:
          "has the name of unfinished reports and holds something else, so it is not removed — move "
          + "it away and run again"))
  }
}
