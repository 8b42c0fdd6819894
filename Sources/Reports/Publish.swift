import CLinux
import FoundationEssentials
import Glibc
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
  try restoreReplaced(reports: reports, run: run)
  let partial = unfinished(reports, run)
  try removeReports(partial, run: run)
  try makeFolder(partial)
  return partial
}

/// Where names cannot be exchanged, a run that was killed between two renames left the old reports
/// beside their place: they stand there again, unless others do by now.
private func restoreReplaced(reports: String, run: String) throws(ReportFailure) {
  // Another run may have this name for its own unfinished ones, so the manifest must say whose.
  let spare = replaced(reports, run)
  guard holdsRun(run, spare) else { return }
  if exists("\(reports)/\(run)") {
    try removeReports(spare, run: run)
  } else {
    try move(spare, to: "\(reports)/\(run)")
  }
}

/// Puts the reports of all runs back that stand beside their place, and nowhere else.
///
/// Only for whoever has the right to write to the folder: until reports are published, or
/// withdrawn, the others may have to stand there again.
public func restoreReplaced(reports: String) throws(ReportFailure) {
  for run in runsLeft(in: reports, ending: ".replaced.partial") {
    try restoreReplaced(reports: reports, run: run)
  }
}

/// Removes what runs that were killed left beside their place: reports that were begun, and those
/// that others replaced.
///
/// - Returns: what could not be removed, which hinders nobody.
public func removeUnfinished(reports: String) -> [ReportFailure] {
  runsLeft(in: reports, ending: ".partial").compactMap { run in
    do throws(ReportFailure) {
      try removeUnfinished(reports: reports, run: run)
      return nil
    } catch {
      return error
    }
  }
}

/// Whether the earlier reports of a run stand beside their place, to be put back there.
public func isReplaced(_ run: String, in reports: String) -> Bool {
  holdsRun(run, replaced(reports, run))
}

/// Whether a run was broken off in a folder of reports, or is at work there.
public func hasUnfinished(reports: String) -> Bool {
  !runsLeft(in: reports, ending: ".partial").isEmpty
}

private func runsLeft(in reports: String, ending: String) -> [String] {
  ((try? FileManager.default.contentsOfDirectory(atPath: reports)) ?? []).sorted()
    .filter { $0.hasPrefix(".") && $0.hasSuffix(ending) && $0.utf8.count > ending.utf8.count + 1 }
    .filter { isFolder("\(reports)/\($0)") }
    .map { String($0.dropFirst().dropLast(ending.count)) }
}

/// Puts the finished reports in their place, `REPORTS/RUN`, in one step: at every moment the
/// folder holds the old reports or the new ones, whole.
///
/// What they replaced is still there, beside them; `removeReplaced` takes it away, `withdraw` puts
/// it back.
///
/// - Parameters:
///   - partial: the folder that `makePartial` gave.
///   - reports: the folder of all runs.
///   - run: the run's id, which names its place there.
/// - Throws: leaving the earlier reports as they were.
public func publish(
  _ partial: String, reports: String, run: String
) async throws(ReportFailure) {
  try requireReplaceable(reports: reports, run: run)
  try await synchronizeAll(in: partial)
  let place = "\(reports)/\(run)"
  try clearEmpty(place, run: run)
  if exists(place) {
    try exchange(partial, with: place, spare: replaced(reports, run))
  } else {
    try move(partial, to: place)
  }
  do throws(ReportFailure) {
    try synchronize(reports)
  } catch {
    try withdraw(reports: reports, run: run)
    throw error
  }
}

/// Takes reports away that `publish` put in their place and that could not be recorded; those
/// before them, if any, stand there again.
public func withdraw(reports: String, run: String) throws(ReportFailure) {
  let (place, partial) = ("\(reports)/\(run)", unfinished(reports, run))
  let spare = replaced(reports, run)
  if holdsRun(run, spare) {
    try move(place, to: partial)
    try move(spare, to: place)
  } else if exists(partial) {
    try exchange(partial, with: place, spare: spare)
  } else {
    try move(place, to: partial)
  }
  try removeUnfinished(reports: reports, run: run)
}

/// Removes reports that were begun and will not be published.
public func removeUnfinished(reports: String, run: String) throws(ReportFailure) {
  try removeReports(unfinished(reports, run), run: run)
}

/// Removes the reports that `publish` put others in the place of.
public func removeReplaced(reports: String, run: String) throws(ReportFailure) {
  try removeReports(unfinished(reports, run), run: run)
  if holdsRun(run, replaced(reports, run)) {
    try removeReports(replaced(reports, run), run: run)
  }
}

/// Where unfinished or replaced reports of a run may stand, if it was killed.
public func unfinishedFolders(reports: String, run: String) -> [String] {
  [unfinished(reports, run), replaced(reports, run)]
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

/// Waits until every file and folder in `folder`, and the folder itself, is on disk.
private func synchronizeAll(in folder: String) async throws(ReportFailure) {
  guard let content = content(of: folder) else { throw .system(folder) }
  let paths = content.files + content.folders
  // Waited for together: each waits for the disk, and the disk writes them as one.
  let failures = await inParallel(paths.count, jobs: paths.count, .waitsForFiles) { index in
    do throws(ReportFailure) {
      try synchronize(paths[index])
      return ReportFailure?.none
    } catch {
      return error
    }
  }
  for case let failure? in failures { throw failure }
  try synchronize(folder)
}

private func synchronize(_ path: String) throws(ReportFailure) {
  let number = uninterrupted { unsafe open(path, O_RDONLY | O_CLOEXEC) }
  guard number >= 0 else { throw .system(path) }
  let descriptor = Descriptor(number: number)
  guard uninterrupted({ fsync(descriptor.number) }) == 0 else { throw .system(path) }
}
