import Fields
import Glibc
import Tables

/// A delivered file read in pieces, with its SHA-256 on the way; closed when it goes out of scope.
struct ByteSource: ~Copyable {
  let size: Int
  private let file: OpenFile
  private let shown: String
  private var digest = Digest()
  /// What was read last begins here.
  private(set) var piece: [UInt8]
  private(set) var bytesRead = 0

  /// - Parameter shown: the path as messages name it.
  init(path: String, shown: String, pieceSize: Int) throws(IntakeFailure) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw ByteSource.failure(shown) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let failure = ByteSource.failure(shown)
      _ = close(opened)
      throw failure
    }
    file = OpenFile(descriptor: opened)
    self.shown = shown
    size = Int(status.st_size)
    piece = [UInt8](repeating: 0, count: pieceSize)
  }

  /// Reads the next piece and lends it; an empty one is the end.
  mutating func next<Result>(
    _ body: (Span<UInt8>) throws(IntakeFailure) -> Result
  ) throws(IntakeFailure) -> Result {
    let count = try advance()
    return try body(piece.span.extracting(0..<count))
  }

  /// Reads the next piece into `piece`.
  ///
  /// - Returns: its length; 0 is the end.
  mutating func advance() throws(IntakeFailure) -> Int {
    // Taken out while it is filled, so that the rest of the source may change.
    var buffer: [UInt8] = []
    swap(&buffer, &piece)
    let count = try fill(&buffer)
    bytesRead += count
    digest.update(buffer.span.extracting(0..<count))
    piece = buffer
    return count
  }

  /// The line that a byte stands on, found by reading the file again; nothing can be read after.
  mutating func line(at offset: Int) -> Int {
    var line = 1
    var left = offset
    _ = lseek(file.descriptor, 0, SEEK_SET)
    var buffer = piece
    while left > 0, let count = try? fill(&buffer), count > 0 {
      for index in 0..<min(count, left) where buffer[index] == 0x0A { line += 1 }
      left -= count
    }
    return line
  }

  private func fill(_ buffer: inout [UInt8]) throws(IntakeFailure) -> Int {
    var count = 0
    let descriptor = file.descriptor
    // A pipe or a network folder may give less than asked; only 0 is the end.
    while count < buffer.count {
      // Safe: no more is read than there is room for behind `count`.
      let got = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe read(descriptor, bytes.baseAddress.map { unsafe $0 + count }, bytes.count - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw ByteSource.failure(shown) }
      if got == 0 { break }
      count += got
    }
    return count
  }

  /// SHA-256 of what was read, in hexadecimal.
  mutating func sha256() -> String {
    var finished = Digest()
    swap(&finished, &digest)
    return finished.finish()
  }

  private static func failure(_ shown: String) -> IntakeFailure {
    let reason = unsafe String(cString: strerror(errno))
    return IntakeFailure(
      .unreadable, shown, zh: "无法读取（\(reason)） — 请检查文件是否存在、是否有读取权限后重试",
      en: "cannot be read (\(reason)) — check that it exists and may be read, then try again")
  }
}

/// An open file, closed when it goes out of scope.
struct OpenFile: ~Copyable {
  let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { _ = close(descriptor) }
}
