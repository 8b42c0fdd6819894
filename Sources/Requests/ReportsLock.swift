import CLinux
import Foundation
import Reports
import Tables

/// The right to write to a folder of reports, which one run, purge or other writer has at a time.
///
/// It is the system's lock on the file `.lock` of that folder, so it is free again when its holder
/// ends, however that happens. The file names the holder to those who wait, and is gone when
/// nobody is in the folder; only a killed holder leaves it, which hinders nobody.
package struct ReportsLock: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Waits until nobody else has the right, and tells once for whom.
  ///
  /// - Parameter holder: the run's id, or what else is done; for those who wait.
  package init(on request: Request, for holder: String) async throws(RunFailure) {
    path = request.reports + "/.lock"
    var hasTold = false
    while true {
      switch try attempt(path) {
      case .locked(let number):
        name(holder, since: request.started, in: number)
        descriptor = number
        return
      case .outdated: continue
      case .held(let other):
        if !hasTold { request.say?(waiting(for: other, at: path)) }
        hasTold = true
        // Asked again and again, so that no thread is held up that others compute on.
        do { try await Task.sleep(for: .milliseconds(20)) } catch { throw .givenUp(path) }
      }
    }
  }

  /// Takes the right if nobody has it; nil where somebody does, or where nothing may be written.
  package init?(ifFree request: Request, for holder: String) {
    path = request.reports + "/.lock"
    guard case .locked(let number) = try? attempt(path) else { return nil }
    name(holder, since: request.started, in: number)
    descriptor = number
  }

  /// Lets others in.
  package consuming func release() {}

  deinit {
    _ = unsafe unlink(path)
    close(descriptor)
  }
}

/// Makes the folder of reports where it is not there yet.
package func makeFolder(_ path: String) throws(RunFailure) {
  do {
    // One that is there already keeps the rights that somebody gave it.
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true,
      attributes: [.posixPermissions: Int(reportFolderMode)])
  } catch {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 不能建立报告文件夹 — 请检查路径和写权限，或用 --reports 另选文件夹",
          en:
            "\(path): the folder of reports cannot be made — check the path and whether it may be "
            + "written to, or choose another one with --reports")
      ])
  }
}

private enum Attempt {
  case locked(Int32)
  /// Who had it removed the file before it let go; then this is no lock on anything.
  case outdated
  /// What its holder wrote into the file.
  case held([Substring])
}

private func attempt(_ path: String) throws(RunFailure) -> Attempt {
  let number = uninterrupted {
    unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, reportFileMode)
  }
  guard number >= 0 else { throw .unlockable(path) }
  if lock_file(number) == 0 {
    if isSame(number, path) { return .locked(number) }
    close(number)
    return .outdated
  }
  let code = errno
  let other = read(number)
  close(number)
  guard code == EWOULDBLOCK || code == EINTR else { throw .unlockable(path, code: code) }
  return .held(other)
}

/// Whether a path still leads to an open file.
private func isSame(_ descriptor: Int32, _ path: String) -> Bool {
  var (open, named) = (stat(), stat())
  return unsafe fstat(descriptor, &open) == 0 && stat(path, &named) == 0
    && open.st_ino == named.st_ino && open.st_dev == named.st_dev
}

/// Writes who holds the lock; where the disk is full, nobody learns it, and all else is as usual.
private func name(_ holder: String, since started: Date, in descriptor: Int32) {
  let text = "\(holder)\n\(getpid())\n\(started.ISO8601Format())\n"
  _ = ftruncate(descriptor, 0)
  _ = unsafe pwrite(descriptor, text, text.utf8.count, 0)
}

private func read(_ descriptor: Int32) -> [Substring] {
  var bytes = [UInt8](repeating: 0, count: 1024)
  // Safe: no more is read than the buffer holds.
  let count = unsafe bytes.withUnsafeMutableBytes { buffer in
    unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
  }
  return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: "\n")
}

private func waiting(for holder: [Substring], at path: String) -> Bilingual {
  guard holder.count == 3 else {
    return Bilingual(
      zh: "\(path): 另一个进程正在写入这个报告文件夹 — 等它完成后自动继续",
      en: "\(path): another process is writing to this folder of reports — waiting until it is done"
    )
  }
  return Bilingual(
    zh: "\(path): “\(holder[0])”（进程 \(holder[1])，自 \(holder[2]) 起）正在写入这个报告文件夹 — 等它完成后自动继续",
    en:
      "\(path): “\(holder[0])” (process \(holder[1]), since \(holder[2])) is writing to this folder "
      + "of reports — waiting until it is done")
}

extension RunFailure {
  fileprivate static func unlockable(_ path: String, code: Int32 = errno) -> RunFailure {
    let said = SystemFailure(code: code).said
    return RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 不能锁定报告文件夹（\(said)） — 请检查写权限和磁盘，或用 --reports 另选文件夹",
          en:
            "\(path): the folder of reports cannot be locked (\(said)) — check the disk and whether "
            + "it may be written to, or choose another folder with --reports")
      ])
  }

  fileprivate static func givenUp(_ path: String) -> RunFailure {
    RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(path): 等待时被取消，什么都没有写 — 请再次运行",
          en: "\(path): given up while waiting, nothing was written — run it again")
      ])
  }
}
