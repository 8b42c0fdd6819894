import CLibZip
import Glibc

/// A zip file of files, in memory: the same bytes for the same files and day.
///
/// Files are stored as they are and all bear one day at midnight, so that neither the clock, the
/// time zone nor the version of a compressor shows.
///
/// - Parameter day: of the calendar; a zip file knows those from 1980 to 2107, the nearest counts.
/// - Throws: where two files have one name, or there is no memory.
public func zipped(
  _ files: [(name: String, bytes: [UInt8])], on day: (year: Int, month: Int, day: Int)
) throws(ZipFault) -> [UInt8] {
  guard let target = unsafe zip_source_buffer_create(nil, 0, 0, nil) else {
    throw .damaged("zip", "memory")
  }
  defer { unsafe zip_source_free(target) }
  guard let archive = unsafe zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, nil) else {
    throw .damaged("zip", "memory")
  }
  // Closing the archive lets go of it, and its bytes are wanted after that.
  unsafe zip_source_keep(target)
  let date = UInt16(min(max(day.year, 1980), 2107) - 1980) << 9 | UInt16(day.month) << 5
  do throws(ZipFault) {
    for file in files {
      try unsafe add(file.name, file.bytes, date: date | UInt16(day.day), to: archive)
    }
    guard unsafe zip_close(archive) == 0 else { throw .damaged("zip", "write") }
  } catch {
    unsafe zip_discard(archive)
    throw error
  }
  return try unsafe content(of: target)
}

private func add(
  _ name: String, _ bytes: [UInt8], date: UInt16, to archive: OpaquePointer
) throws(ZipFault) {
  guard let source = unsafe heldSource(bytes) else { throw .damaged(name, "memory") }
  let index = unsafe zip_file_add(archive, name, source, UInt32(ZIP_FL_ENC_UTF_8))
  guard index >= 0 else {
    unsafe zip_source_free(source)
    throw .damaged(name, "name")
  }
  guard unsafe zip_set_file_compression(archive, UInt64(index), Int32(ZIP_CM_STORE), 0) == 0,
    unsafe zip_file_set_dostime(archive, UInt64(index), 0, date, 0) == 0
  else { throw .damaged(name, "time") }
}

private func content(of source: OpaquePointer) throws(ZipFault) -> [UInt8] {
  guard unsafe zip_source_open(source) == 0 else { throw .damaged("zip", "read") }
  defer { _ = unsafe zip_source_close(source) }
  var content: [UInt8] = []
  var piece = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    // Safe: no more is written than the buffer holds.
    let count = unsafe piece.withUnsafeMutableBytes { bytes in
      unsafe Int(zip_source_read(source, bytes.baseAddress, UInt64(bytes.count)))
    }
    guard count >= 0 else { throw .damaged("zip", "read") }
    if count == 0 { return content }
    content += piece.prefix(count)
  }
}

/// A copy of bytes that libzip frees with what reads it; nil where there is no memory.
func heldSource(_ bytes: [UInt8]) -> OpaquePointer? {
  guard let copy = unsafe malloc(max(1, bytes.count)) else { return nil }
  // Safe: there is room for as many bytes as are copied.
  unsafe bytes.withUnsafeBytes { bytes in
    guard let start = bytes.baseAddress else { return }
    unsafe copy.copyMemory(from: start, byteCount: bytes.count)
  }
  guard let source = unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, nil) else {
    unsafe free(copy)
    return nil
  }
  return unsafe source
}
