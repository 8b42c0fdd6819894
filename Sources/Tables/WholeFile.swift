import Glibc

/// Makes a system call again for as long as a signal interrupts it.
///
/// On network and user-space file systems also opening and reading a file can be interrupted; it
/// says nothing about the file.
///
/// - Returns: What the call returned last; −1 leaves `errno` as that call set it.
public func uninterrupted<Number: SignedInteger>(_ call: () -> Number) -> Number {
  while true {
    let outcome = call()
    guard outcome == -1, errno == EINTR else { return outcome }
  }
}

/// The bytes of a file that is small enough to be held at once.
///
/// - Throws: Also where it is no regular file: a pipe would be waited for, and a device never ends.
public func wholeFile(_ path: String) throws(SystemFailure) -> [UInt8] {
  try wholeFile(shown: shownPath(path))
}

/// The same of a file whose name stands as `folderNames` gives it.
///
/// - Parameter path: As `systemPath` reads it.
public func wholeFile(shown path: String) throws(SystemFailure) -> [UInt8] {
  // Without waiting, because a pipe that nobody writes to would be opened for ever.
  let file = uninterrupted { unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
  guard file >= 0 else { throw SystemFailure(code: errno) }
  defer { close(file) }
  var status = stat()
  guard unsafe fstat(file, &status) == 0 else { throw SystemFailure(code: errno) }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw SystemFailure(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
  }
  var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
  var count = 0
  // One byte more is asked for than there should be, because the file may have grown.
  while true {
    if count == bytes.count { bytes += [UInt8](repeating: 0, count: max(4096, count / 2)) }
    // Safe: no more is read than there is room for behind `count`.
    let got = uninterrupted {
      unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(file, buffer.baseAddress.map { unsafe $0 + count }, buffer.count - count)
      }
    }
    guard got >= 0 else { throw SystemFailure(code: errno) }
    guard got > 0 else { break }
    count += got
  }
  bytes.removeSubrange(count...)
  return bytes
}
