import Fields
import FoundationEssentials
import Glibc
import Tables

/// One file of a pack: its path within the pack, and its bytes.
struct PackFile {
  var path: String
  var bytes: [UInt8]
}

/// The files of a pack's folder, each kind in order of names.
struct PackFiles {
  var about: PackFile?
  var records: [PackFile] = []
  var sources: [PackFile] = []
  var codes: [PackFile] = []
  var derivations: [PackFile] = []
  var rubrics: [PackFile] = []
  /// Documents to be filled, which rubrics name.
  var templates: [PackFile] = []
  /// Figures that source documents state.
  var published: PackFile?
  /// What is counted beside the rankings.
  var statistics: PackFile?
  /// Settings of synthetic deliveries; only hashed here.
  var synthesis: PackFile?
  /// What has no place in a pack, with the reason.
  var strays: [(path: String, folder: String?)] = []
  /// Folders of which nobody knows what they hold, and files whose bytes nobody knows, with what the
  /// system said.
  var unread: [(path: String, said: String)] = []

  /// - Parameter texts: What to take in place of rubrics, by path.
  init(folder: String, replacing texts: [String: String] = [:]) {
    let names: [String]
    do throws(SystemFailure) {
      names = try folderNames(shownPath(folder))
    } catch {
      if error.code != ENOENT { unread.append(("", error.said)) }
      return
    }
    for name in names where !name.hasPrefix(".") {
      switch name {
      case "pack.yaml": about = file(name, in: folder)
      case "published.yaml": published = file(name, in: folder)
      case "statistics.yaml": statistics = file(name, in: folder)
      case "synthesis.yaml": synthesis = file(name, in: folder)
      case "records": records = files(in: folder, name, "yaml")
      case "sources": sources = files(in: folder, name, "yaml")
      case "derive": derivations = files(in: folder, name, "yaml")
      case "rubrics": rubrics = files(in: folder, name, "yaml")
      case "codes": codes = files(in: folder, name, "csv")
      case _ where name.hasSuffix(".docx"):
        if let file = file(name, in: folder) { templates.append(file) }
      default:
        if !name.hasSuffix(".md") { strays.append((name, nil)) }
      }
    }
    for index in rubrics.indices {
      if let text = texts[rubrics[index].path] { rubrics[index].bytes = Array(text.utf8) }
    }
  }

  /// All that decides what a run does, in order of paths.
  private var all: [PackFile] {
    let optional = [about, published, statistics, synthesis].compactMap { $0 }
    return (optional + records + sources + codes + derivations + rubrics + templates).sorted {
      $0.path < $1.path
    }
  }

  /// SHA-256 over the paths, lengths and bytes of all files, in hexadecimal.
  var sha256: String {
    var digest = Digest()
    for file in all {
      digest.update(Array("\(file.path)\0\(file.bytes.count)\0".utf8))
      digest.update(file.bytes)
    }
    return digest.finish()
  }

  private mutating func files(in folder: String, _ name: String, _ ending: String) -> [PackFile] {
    let inner = folder + "/" + name
    let names: [String]
    do throws(SystemFailure) {
      names = try folderNames(shownPath(folder) + "/" + name)
    } catch {
      unread.append((name, error.said))
      return []
    }
    var found: [PackFile] = []
    for own in names where !own.hasPrefix(".") && !own.hasSuffix(".md") {
      guard own.hasSuffix("." + ending), !isFolder(inner + "/" + own) else {
        strays.append((name + "/" + own, ending))
        continue
      }
      if let read = file(name + "/" + own, in: folder) { found.append(read) }
    }
    return found
  }

  private mutating func file(_ path: String, in folder: String) -> PackFile? {
    do throws(SystemFailure) {
      return PackFile(path: path, bytes: try bytes(ofFile: shownPath(folder) + "/" + path))
    } catch {
      unread.append((path, error.said))
      return nil
    }
  }
}

private func isFolder(_ path: String) -> Bool {
  var isFolder = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
}

/// The bytes of a small file without a byte order mark.
///
/// - Parameter path: As `systemPath` reads it.
func bytes(ofFile path: String) throws(SystemFailure) -> [UInt8] {
  let bytes = try wholeFile(shown: path)
  return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
}
