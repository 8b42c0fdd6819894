import Glibc

/// The delivered files of a folder: everything except `run.yaml`, `*.md`, the digest key and names
/// that begin with a dot.
///
/// - Parameter digestKey: path of the key within the folder.
/// - Returns: paths within the folder, in order of their bytes.
public func deliveredFiles(in folder: String, digestKey: String?) throws(IntakeFailure) -> [String]
{
  var paths: [String] = []
  try list(folder, "", &paths)
  return paths.filter { $0 != "run.yaml" && $0 != digestKey }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}

/// The size of a file in bytes; 0 where there is none.
func fileSize(_ path: String) -> Int {
  var status = stat()
  return unsafe stat(path, &status) == 0 ? Int(status.st_size) : 0
}

private func list(
  _ folder: String, _ prefix: String, _ paths: inout [String]
) throws(IntakeFailure) {
  let path = prefix.isEmpty ? folder : folder + "/" + prefix
  guard let directory = unsafe opendir(path) else { throw unlisted(path) }
  defer { _ = unsafe closedir(directory) }
  while true {
    // A listing that fails must not be taken for one that ends.
    errno = 0
    guard let entry = unsafe readdir(directory) else {
      guard errno == 0 else { throw unlisted(path) }
      return
    }
    // Safe: the name is a C string within the entry, which lives until the next call.
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    guard !name.hasPrefix("."), !name.hasSuffix(".md") else { continue }
    let inner = prefix.isEmpty ? name : prefix + "/" + name
    var status = stat()
    guard unsafe lstat(folder + "/" + inner, &status) == 0 else { throw unlisted(inner) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: try list(folder, inner, &paths)
    // A link could lead out of the delivery, so it is not followed.
    case S_IFREG: paths.append(inner)
    default: continue
    }
  }
}

private func unlisted(_ path: String) -> IntakeFailure {
  let reason = unsafe String(cString: strerror(errno))
  return IntakeFailure(
    .unreadable, path, zh: "无法打开文件夹（\(reason)） — 请检查路径和权限",
    en: "the folder cannot be opened (\(reason)) — check the path and its permissions")
}
