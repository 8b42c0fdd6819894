import CLinux
import Fields
import Glibc
import Tables

/// A new file being written; its bytes are counted and hashed on the way, and read back.
///
/// Nothing is believed of the disk that was not read from it again: a file that does not hold what
/// was written fails, and so does one of text that is no UTF-8.
struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Descriptor
  private let isText: Bool
  private var digest = Digest()
  private var text = UTF8Check()
  private var count = 0
  /// Bytes that the system has been told to write to disk.
  private var begun = 0
  /// Bytes that were read back, and of large files are on disk and no longer in memory.
  private var done = 0
  /// What was written and not read back yet.
  private var written: [Piece] = []
  private var buffer: [UInt8] = []
  private static let stretch = 4 << 20
  private static let piece = 256 << 10

  private struct Piece {
    var count: Int
    var sum: UInt64
  }

  /// - Throws: also where the file is already there, so that no report overwrites another.
  init(_ path: String, isText: Bool = true) throws(ReportFailure) {
    let number = uninterrupted {
      unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, reportFileMode)
    }
    guard number >= 0 else { throw .system(path) }
    guard fchmod(number, reportFileMode) == 0 else {
      let code = errno
      Glibc.close(number)
      throw .system(path, code: code)
    }
    self.path = path
    self.isText = isText
    descriptor = Descriptor(number: number)
  }

  mutating func write(_ bytes: [UInt8]) throws(ReportFailure) {
    let bytes = bytes.span
    // A piece that is hashed is still in the cache when it is written.
    for start in stride(from: 0, to: bytes.count, by: OutputFile.piece) {
      let piece = bytes.extracting(start..<min(bytes.count, start + OutputFile.piece))
      if isText, let place = text.take(piece) { throw .notText(path, at: place) }
      digest.update(piece)
      written.append(Piece(count: piece.count, sum: checksum(piece)))
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
    let start = done
    try readBack(to: begun)
    if finish_writing(descriptor.number, start, begun - start) == 0 {
      _ = posix_fadvise(descriptor.number, start, begun - start, POSIX_FADV_DONTNEED)
    } else if errno != ENOSYS, errno != EINVAL {
      // Not every file system can say it; whoever can is told a fault once only, so here.
      throw .system(path)
    }
  }

  /// Compares what the file holds with what was written to it.
  private mutating func readBack(to end: Int) throws(ReportFailure) {
    var pieces = 0
    while done < end {
      let piece = written[pieces]
      if buffer.count < piece.count { buffer = [UInt8](repeating: 0, count: piece.count) }
      let failed = readAll(piece.count, at: done, of: descriptor.number, into: &buffer)
      guard failed == 0 else { throw .system(path, code: failed) }
      guard checksum(buffer.span.extracting(0..<piece.count)) == piece.sum else {
        throw .damaged(path)
      }
      done += piece.count
      pieces += 1
    }
    written.removeFirst(pieces)
  }

  /// Closes the file, once it was found to hold what was written.
  consuming func finish() throws(ReportFailure) -> (bytes: Int, sha256: String) {
    begin()
    if isText, let place = text.unfinished { throw .notText(path, at: place) }
    try readBack(to: count)
    var status = stat()
    guard unsafe fstat(descriptor.number, &status) == 0 else { throw .system(path) }
    guard Int(status.st_size) == count else { throw .damaged(path) }
    let (path, count) = (path, count)
    let failed = descriptor.close()
    guard failed == 0 else { throw .system(path, code: failed) }
    return (count, digest.finish())
  }
}

/// Writes a file that is not there yet; a write that is cut short or interrupted is gone on with, and
/// what the file holds afterwards is read back.
package func writeNew(_ path: String, _ pieces: some Sequence<[UInt8]>) throws(ReportFailure) {
  var file = try OutputFile(path, isText: false)
  for piece in pieces { try file.write(piece) }
  _ = try file.finish()
}

/// An open file, closed when it goes out of scope.
struct Descriptor: ~Copyable {
  let number: Int32

  deinit { Glibc.close(number) }

  /// Closes it at once.
  ///
  /// - Returns: 0, or the system's error number: some file systems tell only now that bytes were
  ///   not written.
  consuming func close() -> Int32 {
    let number = number
    discard self
    return Glibc.close(number) == 0 ? 0 : errno
  }
}

/// - Returns: 0, or the system's error number.
private func writeAll(_ bytes: Span<UInt8>, to descriptor: Int32) -> Int32 {
  unsafe bytes.withUnsafeBytes { buffer in
    var rest = unsafe buffer[...]
    while let start = unsafe UnsafeRawBufferPointer(rebasing: rest).baseAddress {
      let written = uninterrupted { unsafe write(descriptor, start, rest.count) }
      guard written >= 0 else { return errno }
      unsafe rest = rest.dropFirst(written)
      if unsafe rest.isEmpty { return 0 }
    }
    return 0
  }
}

/// Reads so many bytes to the beginning of a buffer, which has room for them; where the file ends
/// before, the rest of the buffer is zeros.
///
/// - Returns: 0, or the system's error number.
private func readAll(
  _ count: Int, at offset: Int, of descriptor: Int32, into buffer: inout [UInt8]
) -> Int32 {
  // Safe: no more is read than the buffer holds.
  unsafe buffer.withUnsafeMutableBytes { bytes in
    var filled = 0
    while filled < count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled..<count])
      let read = uninterrupted {
        unsafe pread(descriptor, rest.baseAddress, rest.count, offset + filled)
      }
      guard read >= 0 else { return errno }
      guard read > 0 else {
        unsafe rest.initializeMemory(as: UInt8.self, repeating: 0)
        return 0
      }
      filled += read
    }
    return 0
  }
}

extension ReportFailure {
  /// A file that does not hold what was written to it.
  static func damaged(_ path: String) -> ReportFailure {
    ReportFailure(
      path: path,
      message: Bilingual(
        zh: "写入后读回的内容不同 — 请检查磁盘和文件系统，或用 --reports 另选文件夹；原有报告未受影响",
        en: "what was read back is not what was written — check the disk and its file system, or "
          + "choose another folder with --reports; earlier reports are untouched"))
  }

  /// A file whose bytes from a place on are no UTF-8.
  static func notText(_ path: String, at place: Int) -> ReportFailure {
    ReportFailure(
      path: path,
      message: Bilingual(
        zh: "第 \(place) 字节起不是有效的 UTF-8，没有发布 — 这是程序的错误，请报告；原有报告未受影响",
        en: "the bytes from \(place) on are not valid UTF-8, so nothing is published — this is a "
          + "fault of the program, please report it; earlier reports are untouched"))
  }
}
