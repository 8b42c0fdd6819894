import CLinux
import Fields
import Glibc

/// A new file being written; its bytes are counted and hashed on the way.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Descriptor
  private var digest = Digest()
  private var count = 0
  /// Bytes that the system has been told to write to disk.
  private var begun = 0
  private static let stretch = 8 << 20

  /// - Throws: also where the file is already there, so that no report overwrites another.
  init(_ path: String) throws(ReportFailure) {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw .system(path) }
    self.path = path
    descriptor = Descriptor(number: number)
  }

  mutating func write(_ bytes: [UInt8]) throws(ReportFailure) {
    digest.update(bytes)
    count += bytes.count
    let failed = writeAll(bytes, to: descriptor.number)
    guard failed == 0 else { throw .system(path, code: failed) }
    // A hint: publishing waits for the disk, which may as well work while reports are made.
    guard count - begun >= OutputFile.stretch else { return }
    begin_writing(descriptor.number, begun, count - begun)
    begun = count
  }

  /// Closes the file.
  consuming func finish() -> (bytes: Int, sha256: String) {
    (count, digest.finish())
  }
}

/// An open file, closed when it goes out of scope.
struct Descriptor: ~Copyable {
  let number: Int32

  init(number: Int32) { self.number = number }

  deinit { close(number) }
}

/// - Returns: 0, or the system's error number.
private func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
  unsafe bytes.withUnsafeBytes { buffer in
    var rest = unsafe buffer[...]
    while let start = unsafe UnsafeRawBufferPointer(rebasing: rest).baseAddress {
      let written = unsafe write(descriptor, start, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written >= 0 else { return errno }
      unsafe rest = rest.dropFirst(written)
      if unsafe rest.isEmpty { return 0 }
    }
    return 0
  }
}
