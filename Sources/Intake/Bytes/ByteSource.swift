import Fields
import Glibc
import Tables

/// A delivered file read in pieces, with its SHA-256 on the way; closed when it goes out of scope.
struct ByteSource: ~Copyable {
  /// The file as it was when it was opened.
  let state: FileState
  private let path: String
  private let file: OpenFile
  private let shown: String
  private var digest = Digest()
  /// What was read last begins here.
  private(set) var piece: [UInt8]
  private(set) var bytesRead = 0
  /// Bytes of `piece` that were read last.
  private(set) var pieceCount = 0

  /// - Parameters:
  ///   - path: as `systemPath` reads it.
  ///   - shown: the path as messages name it.
  /// - Throws: `.closed` where there is no file that may be read.
  init(path: String, shown: String, pieceSize: Int) throws(IntakeFailure) {
    // Without waiting: a pipe that takes the place of a file would hold the run for ever.
    let opened = uninterrupted {
      unsafe open(systemPath(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard opened >= 0 else { throw ByteSource.failure(.closed, shown) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      let failure = ByteSource.failure(.closed, shown)
      _ = close(opened)
      throw failure
    }
    file = OpenFile(descriptor: opened)
    self.path = path
    self.shown = shown
    state = FileState(status)
    piece = [UInt8](repeating: 0, count: pieceSize)
  }

  /// In bytes.
  var size: Int { state.size }

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
    pieceCount = count
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
      let got = uninterrupted {
        unsafe buffer.withUnsafeMutableBytes { bytes in
          unsafe read(descriptor, bytes.baseAddress.map { unsafe $0 + count }, bytes.count - count)
        }
      }
      guard got >= 0 else { throw ByteSource.failure(.unreadable, shown) }
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

  /// Throws where the file is not any more what it was when it was opened, or another stands in its
  /// place: what was read of it then is of no file that ever was.
  ///
  /// - Parameter bytes: how many have been read, where all should have been.
  func requireUnchanged(bytes: Int? = nil) throws(IntakeFailure) {
    var (open, named) = (stat(), stat())
    let isThere =
      unsafe fstat(file.descriptor, &open) == 0 && stat(systemPath(path), &named) == 0
      && FileState(open) == state && FileState(named) == state
    guard !isThere || bytes ?? size != size else { return }
    throw IntakeFailure(
      .unreadable, shown, zh: "文件在读取过程中被改动（开始时 \(size) 字节） — 请等文件传送完毕后重新运行",
      en: "the file changed while it was read (it had \(size) bytes at first) — wait until it has "
        + "been copied whole, then run again")
  }

  private static func failure(_ kind: IntakeFailure.Kind, _ shown: String) -> IntakeFailure {
    let reason = SystemFailure(code: errno).said
    return IntakeFailure(
      kind, shown, zh: "无法读取（\(reason)） — 请检查文件是否存在、是否有读取权限后重试",
      en: "cannot be read (\(reason)) — check that it exists and may be read, then try again")
  }
}

/// What changes of a file when somebody writes to it or puts another in its place.
struct FileState: Sendable, Equatable {
  /// In bytes.
  let size: Int
  private let numbers: [Int]

  init(_ status: stat) {
    size = Int(status.st_size)
    // A program can set back when the content changed, but not when the entry did.
    numbers = [
      Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)),
      status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }
}

/// An open file, closed when it goes out of scope.
struct OpenFile: ~Copyable {
  let descriptor: Int32

  deinit { _ = close(descriptor) }
}
