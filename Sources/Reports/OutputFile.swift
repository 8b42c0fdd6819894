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
  /// Bytes that are on disk and no longer in memory.
  private var done = 0
  private static let stretch = 4 << 20
  private static let piece = 256 << 10

  /// - Throws: also where the file is already there, so that no report overwrites another.
  init(_ path: String) throws(ReportFailure) {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw .system(path) }
    self.path = path
    descriptor = Descriptor(number: number)
  }

  mutating func write(_ bytes: [UInt8]) throws(ReportFailure) {
    let bytes = bytes.span
    // A piece that is hashed is still in the cache when it is written.
    for start in stride(from: 0, to: bytes.count, by: OutputFile.piece) {
      let piece = bytes.extracting(start..<min(bytes.count, start + OutputFile.piece))
      digest.update(piece)
      count += piece.count
      let failed = writeAll(piece, to: descriptor.number)
      guard failed == 0 else { throw .system(path, code: failed) }
      guard count - begun >= OutputFile.stretch else { continue }
      try forget()
      begin()
    }
  }

  /// A hint: publishing waits for the disk, which may as well work while reports are made.
  private mutating func begin() {
    begin_writing(descriptor.number, begun, count - begun)
    begun = count
  }

  /// Takes the stretch before the last from memory, once it is on disk: pages that are used again
  /// cost a fraction of fresh ones, and of large files nobody reads the beginning soon.
  private mutating func forget() throws(ReportFailure) {
    guard begun > done else { return }
    if finish_writing(descriptor.number, done, begun - done) == 0 {
      _ = posix_fadvise(descriptor.number, done, begun - done, POSIX_FADV_DONTNEED)
    } else if errno != ENOSYS, errno != EINVAL {
      // Not every file system can say it; whoever can is told a fault once only, so here.
      throw .system(path)
    }
    done = begun
  }

  /// Closes the file.
  consuming func finish() -> (bytes: Int, sha256: String) {
    begin()
    return (count, digest.finish())
  }
}

/// An open file, closed when it goes out of scope.
struct Descriptor: ~Copyable {
  let number: Int32

  init(number: Int32) { self.number = number }

  deinit { close(number) }
}

/// - Returns: 0, or the system's error number.
private func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32) -> Int32 {
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
