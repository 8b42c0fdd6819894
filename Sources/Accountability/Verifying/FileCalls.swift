import Fields
import Foundation
import Requests
import Tables

/// The system's calls by which a purge looks at files and removes them; tests put failing ones in
/// their place.
///
/// None removes more than the one thing that it names, a path as `systemPath` reads it.
struct FileCalls: Sendable {
  /// Size and SHA-256 of a file.
  var digest: @Sendable (_ path: String) -> Result<FileDigest, SystemFault> = readDigest
  /// Whether something stands there; links are not followed.
  var status: @Sendable (_ path: String) -> SystemFault? = { path in
    var status = stat()
    return unsafe lstat(systemPath(path), &status) == 0 ? nil : SystemFault(code: errno)
  }
  /// Removes one file.
  var unlink: @Sendable (_ path: String) -> SystemFault? = { path in
    unsafe Glibc.unlink(systemPath(path)) == 0 ? nil : SystemFault(code: errno)
  }
  /// Removes one empty folder.
  var removeFolder: @Sendable (_ path: String) -> SystemFault? = { path in
    unsafe rmdir(systemPath(path)) == 0 ? nil : SystemFault(code: errno)
  }
  /// Waits until what was removed from a folder is gone from the disk, too.
  var synchronize: @Sendable (_ folder: String) -> SystemFault? = { path in
    let descriptor = unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard descriptor >= 0 else { return SystemFault(code: errno) }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? nil : SystemFault(code: errno)
  }
}

struct FileDigest: Sendable, Equatable {
  var bytes: Int
  var sha256: String
}

/// What the system said about a call that failed.
struct SystemFault: Error, Equatable {
  var code: Int32

  /// Whether there is nothing of that name; anything else says nothing about what stands there.
  var isGone: Bool { code == ENOENT || code == ENOTDIR }

  var said: String { Requests.said(by: code) }
}

/// Reads a file through, a piece at a time.
func readDigest(_ path: String) -> Result<FileDigest, SystemFault> {
  let descriptor = unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return .failure(SystemFault(code: errno)) }
  defer { close(descriptor) }
  var digest = Digest()
  var count = 0
  var piece = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    // Safe: no more is read than the buffer holds.
    let got = unsafe piece.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress, buffer.count)
    }
    if got < 0, errno == EINTR { continue }
    guard got >= 0 else { return .failure(SystemFault(code: errno)) }
    guard got > 0 else {
      return .success(FileDigest(bytes: count, sha256: digest.finish()))
    }
    count += got
    digest.update(piece.span.extracting(0..<got))
  }
}
