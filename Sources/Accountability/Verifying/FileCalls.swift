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
  var digest: @Sendable (_ path: String) -> Result<FileDigest, SystemFailure> = readDigest
  /// Whether something stands there; links are not followed.
  var status: @Sendable (_ path: String) -> SystemFailure? = { path in
    var status = stat()
    return unsafe lstat(systemPath(path), &status) == 0 ? nil : SystemFailure(code: errno)
  }
  /// Removes one file.
  var unlink: @Sendable (_ path: String) -> SystemFailure? = { path in
    unsafe Glibc.unlink(systemPath(path)) == 0 ? nil : SystemFailure(code: errno)
  }
  /// Removes one empty folder.
  var removeFolder: @Sendable (_ path: String) -> SystemFailure? = { path in
    unsafe rmdir(systemPath(path)) == 0 ? nil : SystemFailure(code: errno)
  }
  /// Waits until what was removed from a folder is gone from the disk, too.
  var synchronize: @Sendable (_ folder: String) -> SystemFailure? = { path in
    let descriptor = uninterrupted {
      unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    }
    guard descriptor >= 0 else { return SystemFailure(code: errno) }
    defer { close(descriptor) }
    return uninterrupted { fsync(descriptor) } == 0 ? nil : SystemFailure(code: errno)
  }
}

struct FileDigest: Sendable, Equatable {
  var bytes: Int
  var sha256: String
}

/// Reads a file through, a piece at a time.
func readDigest(_ path: String) -> Result<FileDigest, SystemFailure> {
  let descriptor = uninterrupted {
    unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  }
  guard descriptor >= 0 else { return .failure(SystemFailure(code: errno)) }
  defer { close(descriptor) }
  var digest = Digest()
  var count = 0
  var piece = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    // Safe: no more is read than the buffer holds.
    let got = uninterrupted {
      unsafe piece.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
    }
    guard got >= 0 else { return .failure(SystemFailure(code: errno)) }
    guard got > 0 else {
      return .success(FileDigest(bytes: count, sha256: digest.finish()))
    }
    count += got
    digest.update(piece.span.extracting(0..<got))
  }
}
