import Foundation
import Reports
import RulePacks
import Tables

/// Removes the files that a plan lists, then the folders of their run or delivery that are empty
/// by it; nothing above these, nothing that holds a file, and nothing recursively.
///
/// - Returns: what may still be there: all that was looked for and found, and all that could not
///   be removed or looked for.
func removeDue(_ plan: PurgePlan, calls: FileCalls) -> [Bilingual] {
  var left: [Bilingual] = []
  for item in plan.items where item.isFile {
    if let fault = calls.unlink(item.path), !fault.isGone {
      left.append(remainder(item.path, fault))
      continue
    }
    // Looked for again, because the proof says so.
    guard let fault = calls.status(item.path) else {
      left.append(remainder(item.path))
      continue
    }
    if !fault.isGone { left.append(remainder(item.path, fault)) }
  }
  for folder in ownFolders(of: plan) {
    guard let fault = calls.removeFolder(folder), !fault.isGone || fault.code == ENOTDIR,
      fault.code != ENOTEMPTY, fault.code != EEXIST
    else { continue }
    left.append(remainder(folder, fault))
  }
  return left + unsynchronized(plan, calls)
}

/// Folders of which nobody knows whether the disk has forgotten what was removed from them: after a
/// power cut it might be there again, although the proof says otherwise.
private func unsynchronized(_ plan: PurgePlan, _ calls: FileCalls) -> [Bilingual] {
  var folders = Set(ownFolders(of: plan))
  for item in plan.items where item.isFile {
    folders.insert(item.folder)
    folders.insert((item.folder as NSString).deletingLastPathComponent)
  }
  return folders.sorted().compactMap { folder in
    guard !folder.isEmpty, let fault = calls.synchronize(folder), !fault.isGone else { return nil }
    return Bilingual(
      zh: "\(folder): 磁盘没有确认清除（\(fault.said)） — 请检查磁盘后再次执行 heng purge --yes",
      en: "\(folder): the disk did not confirm the removal (\(fault.said)) — check the disk, then "
        + "run heng purge --yes again")
  }
}

/// The folders that may be empty now, inner ones first: those within the delivery or the run's
/// folder that files of the plan lay in, and of reports that are due the run's own.
private func ownFolders(of plan: PurgePlan) -> [String] {
  var folders: Set<String> = []
  for item in plan.items where item.isFile {
    let names = item.path.dropFirst(item.folder.count + 1).split(separator: "/").dropLast()
    for count in 0..<names.count {
      folders.insert(
        item.folder + "/" + names[...(names.startIndex + count)].joined(separator: "/"))
    }
    guard item.content == .reports else { continue }
    folders.insert(item.folder)
    for name in reportFolders { folders.insert(item.folder + "/" + name) }
  }
  return folders.sorted { left, right in
    left.utf8.count == right.utf8.count ? left < right : left.utf8.count > right.utf8.count
  }
}

private func remainder(_ path: String, _ fault: SystemFailure) -> Bilingual {
  Bilingual(
    zh: "\(path): 没有清除（\(fault.said)） — 请检查磁盘和权限后再次执行 heng purge --yes",
    en: "\(path): not removed (\(fault.said)) — check the disk and the permissions, then run heng "
      + "purge --yes again")
}

private func remainder(_ path: String) -> Bilingual {
  Bilingual(
    zh: "\(path): 清除后又出现 — 请查明是谁写的，再次执行 heng purge --yes",
    en:
      "\(path): is there again after it was removed — find out who writes it, then run heng purge "
      + "--yes again")
}
