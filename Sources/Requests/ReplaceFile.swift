package import Foundation
package import Reports
import Tables

/// Puts a file in its place in one step, once it is whole and on disk: a reader sees the old one or
/// the new one, and where it cannot be written the old one stays.
///
/// - Parameter write: writes the new file to the path that it is given, where nothing stands.
package func replaceFile(
  _ path: String, by write: (_ unfinished: String) throws(ReportFailure) -> Void
) throws(RunFailure) {
  // A name that nobody else has, because a file of that name would be overwritten. It is a folder,
  // because libxlsxwriter keeps parts of a workbook beside it, and not always takes them away.
  let name = ".heng-\(UUID().uuidString).unfinished"
  let folder = (path as NSString).deletingLastPathComponent
  let place = folder.isEmpty ? name : folder == "/" ? "/" + name : folder + "/" + name
  guard unsafe mkdir(place, 0o700) == 0 else {
    throw .unwritable(path, SystemFailure(code: errno).said)
  }
  defer { clear(place) }
  let unfinished = place + "/" + (path as NSString).lastPathComponent
  do throws(ReportFailure) {
    try write(unfinished)
    try restrict(unfinished)
  } catch {
    throw RunFailure(error, writing: path)
  }
  guard isOnDisk(unfinished), unsafe rename(unfinished, path) == 0 else {
    throw .unwritable(path, SystemFailure(code: errno).said)
  }
}

/// Removes a folder of files.
private func clear(_ folder: String) {
  for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
    _ = unsafe unlink(folder + "/" + name)
  }
  _ = unsafe rmdir(folder)
}

/// Writes a whole file in one step.
package func write(_ data: Data, to path: String) throws(RunFailure) {
  try replaceFile(path) { (unfinished) throws(ReportFailure) in
    let size = 4 << 20
    let pieces = stride(from: data.startIndex, to: data.endIndex, by: size).lazy.map {
      Array(data[$0..<min($0 + size, data.endIndex)])
    }
    do throws(ReportFailure) {
      try writeNew(unfinished, pieces)
    } catch {
      throw .unwritten(path)
    }
  }
}

private func isOnDisk(_ path: String) -> Bool {
  let descriptor = uninterrupted { unsafe open(path, O_RDONLY | O_CLOEXEC) }
  guard descriptor >= 0 else { return false }
  let outcome = uninterrupted { fsync(descriptor) }
  return close(descriptor) == 0 && outcome == 0
}

private let cure = Bilingual(
  zh: "请检查文件夹是否存在、能否写入、磁盘是否已满，或另选一个文件",
  en: "check that the folder is there, can be written to and has room, or choose another file")

extension ReportFailure {
  fileprivate static func unwritten(_ path: String) -> ReportFailure {
    ReportFailure(
      path: path,
      message: Bilingual(zh: "不能写入 — \(cure.zh)", en: "cannot be written — \(cure.en)"))
  }
}

extension RunFailure {
  /// A file that was not written, and why.
  package init(_ failure: ReportFailure, writing path: String) {
    self.init(
      .failed,
      [Bilingual(zh: "\(path): \(failure.message.zh)", en: "\(path): \(failure.message.en)")])
  }

  package static func unwritable(_ path: String, _ said: String) -> RunFailure {
    RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 不能写入（\(said)） — \(cure.zh)",
          en: "\(path): cannot be written (\(said)) — \(cure.en)")
      ])
  }
}
