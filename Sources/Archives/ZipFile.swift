import CLibZip

/// A zip file open for reading.
///
/// What a directory says of a file is not believed: its bytes are counted and its check sum is
/// compared as it is unpacked. Names, sizes and passwords are the reader's to judge.
@safe
public struct ZipFile: ~Copyable {
  public struct Entry: Sendable, Equatable {
    public var name: String
    /// Bytes as the directory states them, unpacked and packed.
    public var size: Int
    public var packedSize: Int
    public var isEncrypted: Bool
  }

  /// How many files it holds.
  public let count: Int
  private let archive: OpaquePointer

  /// Opens a file; with `isStrict` only if its directory agrees with what stands before each file.
  public init(_ path: String, isStrict: Bool = false) throws(ZipFault) {
    try self.init(path.utf8CString.map { $0 }, isStrict: isStrict)
  }

  /// The same for a path that need not be UTF-8, with a zero at its end.
  public init(_ path: [CChar], isStrict: Bool = false) throws(ZipFault) {
    var code: Int32 = 0
    let flags = isStrict ? ZIP_RDONLY | ZIP_CHECKCONS : ZIP_RDONLY
    guard let archive = unsafe zip_open(path, Int32(flags), &code) else {
      throw ZipFault(opening: code)
    }
    unsafe self.archive = archive
    count = max(0, unsafe Int(zip_get_num_entries(archive, 0)))
  }

  /// The same for a file that is in memory already.
  public init(bytes: [UInt8]) throws(ZipFault) {
    guard let source = unsafe heldSource(bytes) else { throw .notZip }
    guard let archive = unsafe zip_open_from_source(source, ZIP_RDONLY, nil) else {
      unsafe zip_source_free(source)
      throw .notZip
    }
    unsafe self.archive = archive
    count = max(0, unsafe Int(zip_get_num_entries(archive, 0)))
  }

  deinit { unsafe zip_discard(archive) }

  /// What the directory says of a file.
  public func entry(_ index: Int) throws(ZipFault) -> Entry {
    var status = unsafe zip_stat_t()
    unsafe zip_stat_init(&status)
    guard unsafe zip_stat_index(archive, UInt64(index), 0, &status) == 0,
      let name = unsafe status.name
    else { throw .damaged("zip", "directory") }
    return unsafe Entry(
      name: String(cString: name), size: Int(clamping: status.size),
      packedSize: Int(clamping: status.comp_size),
      isEncrypted: status.encryption_method != UInt16(ZIP_EM_NONE))
  }

  /// Unpacks a file in pieces: `body` takes one after the other, never more than the directory
  /// states, and says each time whether it wants the next.
  ///
  /// - Throws: where the file is not what the directory and its check sum say.
  public func read(_ index: Int, _ body: (Span<UInt8>) -> Bool) throws(ZipFault) {
    let entry = try entry(index)
    guard let file = unsafe zip_fopen_index(archive, UInt64(index), 0) else {
      throw .damaged(entry.name, said)
    }
    defer { _ = unsafe zip_fclose(file) }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    while true {
      // Safe: no more is written than the buffer holds.
      let count = unsafe piece.withUnsafeMutableBytes { bytes in
        unsafe Int(zip_fread(file, bytes.baseAddress, UInt64(bytes.count)))
      }
      // The check sum is compared at the end, where a fault shows as −1.
      guard count >= 0 else { throw .damaged(entry.name, said) }
      if count == 0 { break }
      total += count
      guard total <= entry.size else { throw .damaged(entry.name, "size") }
      guard body(piece.span.extracting(0..<count)) else { return }
    }
    guard total == entry.size else { throw .damaged(entry.name, "size") }
  }

  /// What libzip said about its last call.
  private var said: String {
    unsafe zip_strerror(archive).map { unsafe String(cString: $0) } ?? "zip"
  }
}
