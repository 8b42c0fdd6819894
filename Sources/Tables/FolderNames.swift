import Glibc

/// The names in a folder, as `shownName` writes them, ascending by bytes.
///
/// - Parameter folder: As `systemPath` reads it.
/// - Throws: Also where the listing breaks off: that must not be taken for one that ends.
public func folderNames(_ folder: String) throws(SystemFailure) -> [String] {
  var opened = unsafe opendir(systemPath(folder))
  while unsafe opened == nil, errno == EINTR { unsafe opened = opendir(systemPath(folder)) }
  guard let directory = unsafe opened else { throw SystemFailure(code: errno) }
  defer { _ = unsafe closedir(directory) }
  var names: [String] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(directory) else {
      if errno == EINTR { continue }
      guard errno == 0 else { throw SystemFailure(code: errno) }
      return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    // Safe: the name is a C string within the entry, which lives until the next call.
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
        unsafe Array(UnsafeBufferPointer(start: bytes, count: strnlen(bytes, 256)))
      }
    }
    if name != [0x2E], name != [0x2E, 0x2E] { names.append(shownName(name)) }
  }
}
