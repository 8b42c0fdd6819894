import CLinux
package import Foundation
import Glibc
package import Reports
import Tables

/// A file that is to be written, and where.
package struct NewFile {
  package var path: String
  /// Writes it to the path that it is given, where nothing stands.
  package var write: (_ unfinished: String) throws(ReportFailure) -> Void

  package init(_ path: String, by write: @escaping (String) throws(ReportFailure) -> Void) {
    self.path = path
    self.write = write
  }

  package init(_ path: String, of data: Data) {
    self.init(path) { (unfinished) throws(ReportFailure) in
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
}

/// Puts a file in its place in one step, once it is whole and on disk: a reader sees the old one or
/// the new one, and where it cannot be written the old one stays.
///
/// - Parameter write: writes the new file to the path that it is given, where nothing stands.
package func replaceFile(
  _ path: String, by write: (_ unfinished: String) throws(ReportFailure) -> Void
) throws(RunFailure) {
  let unfinished = try UnfinishedFile(for: path, by: write)
  defer { unfinished.clear() }
  try unfinished.put()
}

/// Puts files in their places once all of them are whole and on disk, all or none: where one cannot
/// be put there, those before it are taken away again, and what stood there stands there again.
package func replaceFiles(_ files: [NewFile]) throws(RunFailure) {
  var made: [UnfinishedFile] = []
  var placed: [(file: UnfinishedFile, hasReplaced: Bool)] = []
  defer { for file in made { file.clear() } }
  do throws(RunFailure) {
    for file in files { made.append(try UnfinishedFile(for: file.path, by: file.write)) }
    for file in made { placed.append((file, try file.exchange())) }
  } catch {
    for (file, hasReplaced) in placed.reversed() { file.takeBack(hasReplaced) }
    throw error
  }
}

/// Writes a whole file in one step.
package func write(_ data: Data, to path: String) throws(RunFailure) {
  try replaceFile(path, by: NewFile(path, of: data).write)
}

/// A file that is whole and on disk, in a folder of its own beside the place that it is for.
private struct UnfinishedFile {
  let path: String
  private let folder: String
  private var file: String { folder + "/" + (path as NSString).lastPathComponent }

  init(
    for path: String, by write: (_ unfinished: String) throws(ReportFailure) -> Void
  ) throws(RunFailure) {
    self.path = path
    // A name that nobody else has, because a file of that name would be overwritten. It is a folder,
    // because libxlsxwriter keeps parts of a workbook beside it, and not always takes them away.
    let name = ".heng-\(UUID().uuidString).unfinished"
    let beside = (path as NSString).deletingLastPathComponent
    folder = beside.isEmpty ? name : beside == "/" ? "/" + name : beside + "/" + name
    guard unsafe mkdir(folder, 0o700) == 0 else { throw unwritable() }
    do throws(ReportFailure) {
      try write(file)
      try restrict(file)
    } catch {
      clear()
      throw RunFailure(error, writing: path)
    }
    guard isOnDisk(file) else {
      let failure = unwritable()
      clear()
      throw failure
    }
  }

  private func unwritable() -> RunFailure {
    .unwritable(path, SystemFailure(code: errno).said)
  }

  func put() throws(RunFailure) {
    guard unsafe rename(file, path) == 0 else { throw unwritable() }
  }

  /// Puts the file in its place and keeps what stood there, so that it can stand there again.
  ///
  /// - Returns: whether a file stood there.
  func exchange() throws(RunFailure) -> Bool {
    var status = stat()
    // A folder must not be exchanged for a file; `put` says that it is one.
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      try put()
      return false
    }
    let flags = UInt32(exchange_names)
    if unsafe renameat2(AT_FDCWD, file, AT_FDCWD, path, flags) == 0 { return true }
    // Not every file system can exchange names; there it is kept by hand.
    guard unsafe rename(path, kept) == 0 else { throw unwritable() }
    guard unsafe rename(file, path) == 0 else {
      let failure = unwritable()
      _ = unsafe rename(kept, path)
      throw failure
    }
    return true
  }

  private var kept: String { file + ".kept" }

  func takeBack(_ hasReplaced: Bool) {
    if !hasReplaced {
      _ = unsafe unlink(path)
    } else if unsafe rename(file, path) != 0 {
      _ = unsafe rename(kept, path)
    }
  }

  /// Removes the folder and what is in it; tried again where that fails, because nobody else does.
  func clear() {
    for _ in 0..<2 {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        _ = unsafe unlink(folder + "/" + name)
      }
      if unsafe rmdir(folder) == 0 { return }
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
