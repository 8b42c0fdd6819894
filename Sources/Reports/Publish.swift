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
  // Where names cannot be exchanged, a run killed between two renames left the old reports here.
  // Another run may have this name for its own unfinished ones, so the manifest must say whose.
  let spare = replaced(reports, run)
  if holdsRun(run, spare) {
    if exists("\(reports)/\(run)") {
      try removeReports(spare, run: run)
    } else {
      try move(spare, to: "\(reports)/\(run)")
    }
  }
  let partial = unfinished(reports, run)
  try removeReports(partial, run: run)
  guard unsafe mkdir(partial, 0o755) == 0 else { throw .system(partial) }
  return partial
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
  let names: [String]
  do {
    names = try FileManager.default.subpathsOfDirectory(atPath: folder)
  } catch {
    throw .system(folder)
  }
  // Waited for together: each waits for the disk, and the disk writes them as one.
  let failures = await inParallel(names.count, jobs: names.count, .waitsForFiles) { index in
    do throws(ReportFailure) {
      try synchronize("\(folder)/\(names[index])")
      return ReportFailure?.none
    } catch {
      return error
    }
  }
  for case let failure? in failures { throw failure }
  try synchronize(folder)
}

private func synchronize(_ path: String) throws(ReportFailure) {
  let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard number >= 0 else { throw .system(path) }
  let descriptor = Descriptor(number: number)
  guard fsync(descriptor.number) == 0 else { throw .system(path) }
}
