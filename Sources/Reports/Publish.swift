import CLinux
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization
import Tables

/// Makes the empty folder in which a run's reports are written, and clears away what a killed run
/// left.
///
/// - Returns: its path, `REPORTS/.RUN.partial`.
/// - Throws: where a folder cannot be made or cleared, or the run's id cannot name a folder.
public func makePartial(reports: String, run: String) throws(ReportFailure) -> String {
  try checkName(run, in: reports)
  do {
    try FileManager.default.createDirectory(
      atPath: reports, withIntermediateDirectories: true)
  } catch {
    throw .system(reports)
  }
  // Where names cannot be exchanged, a run killed between two renames left the old reports here.
  if !exists("\(reports)/\(run)"), exists(replaced(reports, run)) {
    try move(replaced(reports, run), to: "\(reports)/\(run)")
  }
  try remove(replaced(reports, run))
  let partial = unfinished(reports, run)
  try remove(partial)
  guard unsafe mkdir(partial, 0o755) == 0 else { throw .system(partial) }
  return partial
}

/// Puts the finished reports in their place, `REPORTS/RUN`, in one step: at every moment the
/// folder holds the old reports or the new ones, whole.
///
/// What they replaced is still there, beside them; `removeReplaced` takes it away.
///
/// - Parameter partial: the folder that `makePartial` gave.
/// - Throws: before the step, leaving the earlier reports as they were; or after it, where the
///   folders could not be synced.
public func publish(_ partial: String, reports: String, run: String) throws(ReportFailure) {
  try checkName(run, in: reports)
  try synchronizeAll(in: partial)
  let place = "\(reports)/\(run)"
  if exists(place) {
    try exchange(partial, with: place, spare: replaced(reports, run))
  } else {
    try move(partial, to: place)
  }
  try synchronize(reports)
}

/// Removes the reports that `publish` put others in the place of.
public func removeReplaced(reports: String, run: String) throws(ReportFailure) {
  try remove(unfinished(reports, run))
  try remove(replaced(reports, run))
}

/// A run's id becomes a folder's name, so it must not lead elsewhere.
private func checkName(_ run: String, in reports: String) throws(ReportFailure) {
  guard
    run.isEmpty || run.hasPrefix(".") || run.utf8.contains(UInt8(ascii: "/"))
      || run.utf8.contains(0)
  else { return }
  throw ReportFailure(
    path: reports,
    message: Bilingual(
      zh: "“\(run)”不能作文件夹名 — 请在 run.yaml 的 id 中改用字母、数字、“-”和“_”",
      en: "“\(run)” cannot name a folder — use letters, digits, “-” and “_” for id in run.yaml"))
}

/// Where reports are written, and after they were exchanged with the old ones, these are.
private func unfinished(_ reports: String, _ run: String) -> String {
  "\(reports)/.\(run).partial"
}

/// Where the old reports stand for a moment on file systems that cannot exchange names.
private func replaced(_ reports: String, _ run: String) -> String {
  "\(reports)/.\(run).replaced.partial"
}

private func exchange(_ partial: String, with place: String, spare: String)
  throws(ReportFailure)
{
  let flags = UInt32(exchange_names)
  if unsafe renameat2(AT_FDCWD, partial, AT_FDCWD, place, flags) == 0 { return }
  let code = errno
  guard code == EINVAL || code == ENOSYS || code == ENOTSUP else {
    throw .system(place, code: code)
  }
  try move(place, to: spare)
  try move(partial, to: place)
}

private func move(_ path: String, to place: String) throws(ReportFailure) {
  guard unsafe rename(path, place) == 0 else { throw .system(place) }
}

private func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

/// Removes a folder and what is in it; links are removed, not followed.
private func remove(_ path: String) throws(ReportFailure) {
  guard exists(path) else { return }
  do {
    try FileManager.default.removeItem(atPath: path)
  } catch {
    throw .system(path)
  }
}

/// Waits until every file and folder in `folder`, and the folder itself, is on disk.
private func synchronizeAll(in folder: String) throws(ReportFailure) {
  let names: [String]
  do {
    names = try FileManager.default.subpathsOfDirectory(atPath: folder)
  } catch {
    throw .system(folder)
  }
  // Waited for together: each waits for the disk, and the disk writes them as one.
  let failure = Mutex<ReportFailure?>(nil)
  DispatchQueue.concurrentPerform(iterations: names.count) { index in
    do throws(ReportFailure) {
      try synchronize("\(folder)/\(names[index])")
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }
  if let failure = failure.withLock({ $0 }) { throw failure }
  try synchronize(folder)
}

private func synchronize(_ path: String) throws(ReportFailure) {
  let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard number >= 0 else { throw .system(path) }
  let descriptor = Descriptor(number: number)
  guard fsync(descriptor.number) == 0 else { throw .system(path) }
}
