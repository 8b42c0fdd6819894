import Fields
import Glibc
public import RulePacks
public import Tables

/// What a delivery folder holds: every entry stands in one of the lists, or is the run's own
/// (`run.yaml` and the digest key).
public struct DeliveredFiles: Sendable {
  /// To be read: paths within the folder, as `shownName` writes them, in order of their bytes.
  public var paths: [String] = []
  /// Not to be read, as their names tell.
  public var aside: [SetAside] = []
  /// What cannot be read, such as a link, or must not be, such as half of a file.
  public var refused: [IntakeFailure] = []
  /// Patterns under `set-aside` that no entry has.
  public var unused: [PathPattern] = []

  private var digestKey: String?
  private var patterns: [PathPattern]
  private var isUsed: [Bool]

  /// Lists a folder and all folders in it. Links are not followed: they could lead out of it.
  ///
  /// - Parameters:
  ///   - folder: the delivery.
  ///   - digestKey: path of the key within the folder.
  ///   - setAside: entries that a person has decided not to read.
  /// - Throws: where the folder itself cannot be listed.
  public init(
    in folder: String, digestKey: String? = nil, setAside: [PathPattern] = []
  ) throws(IntakeFailure) {
    self.digestKey = digestKey
    patterns = setAside
    isUsed = setAside.map { _ in false }
    let root = shownPath(folder)
    if let failure = list(root, "") { throw failure }
    unused = setAside.indices.filter { !isUsed[$0] }.map { setAside[$0] }
    paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    aside.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// - Returns: why a folder could not be listed.
  private mutating func list(_ folder: String, _ prefix: String) -> IntakeFailure? {
    do throws(SystemFailure) {
      for name in try folderNames(prefix.isEmpty ? folder : folder + "/" + prefix) {
        add(name, prefix.isEmpty ? name : prefix + "/" + name, folder)
      }
      return nil
    } catch {
      return unlisted(prefix, folder, error.said)
    }
  }

  private mutating func add(_ name: String, _ path: String, _ folder: String) {
    guard path != "run.yaml", path != digestKey else { return }
    var status = stat()
    guard unsafe lstat(systemPath(folder + "/" + path), &status) == 0 else {
      refuse(closed(path, reason()), path)
      return
    }
    guard scrubbed(name) == name else { return refuse(tellsPerson(path), scrubbed(path)) }
    let kind = status.st_mode & S_IFMT
    let isFolder = kind == S_IFDIR
    let size = kind == S_IFREG ? Int(status.st_size) : 0
    if let used = patterns.indices.first(where: { patterns[$0].matches(path) }) {
      for index in patterns.indices where patterns[index].matches(path) { isUsed[index] = true }
      aside.append(decided(isFolder ? path + "/" : path, size, patterns[used]))
      return
    }
    switch EntryName(name, isFolder: isFolder) {
    case .litter: return aside.append(litter(isFolder ? path + "/" : path, size))
    case .openElsewhere(let file): return aside.append(openElsewhere(path, size, file))
    case .note where kind == S_IFREG: return aside.append(note(path, size))
    case .unfinished where kind == S_IFREG: return refuse(unfinished(path), path, bytes: size)
    case .note, .unfinished, .ordinary: break
    }
    switch kind {
    case S_IFREG: paths.append(path)
    case S_IFDIR: if let failure = list(folder, path) { refuse(failure, path + "/") }
    case S_IFLNK:
      let link = closed(
        path, Bilingual(zh: "是符号链接，不跟随", en: "it is a symbolic link, which is not followed"),
        Bilingual(
          zh: "请把它所指的文件放进文件夹，或移出链接",
          en: "put the file that it points to into the folder, or take the link out"))
      refuse(link, path)
    default:
      let other = closed(
        path, Bilingual(zh: "不是文件（管道、套接字或设备）", en: "it is no file but a pipe, socket or device"),
        Bilingual(zh: "请移出文件夹", en: "take it out of the folder"))
      refuse(other, path)
    }
  }

  private mutating func refuse(_ failure: IntakeFailure, _ path: String, bytes: Int = 0) {
    refused.append(failure)
    refused[refused.count - 1].name(path, bytes: bytes)
  }
}

/// The size of a file in bytes; 0 where there is none.
///
/// - Parameter path: as `systemPath` reads it.
func fileSize(_ path: String) -> Int {
  var status = stat()
  return unsafe stat(systemPath(path), &status) == 0 ? Int(status.st_size) : 0
}

/// What the system said about its last call.
private func reason() -> Bilingual {
  let said = SystemFailure(code: errno).said
  return Bilingual(zh: "无法打开（\(said)）", en: "it cannot be opened (\(said))")
}

private func closed(
  _ path: String, _ what: Bilingual,
  _ cure: Bilingual = Bilingual(zh: "请检查读取权限", en: "check whether it may be read")
) -> IntakeFailure {
  IntakeFailure(
    .closed, path, zh: "\(what.zh) — \(cure.zh)，或写入 run.yaml 的 set-aside",
    en: "\(what.en) — \(cure.en), or name it under `set-aside` in run.yaml")
}

/// - Parameter path: within the folder; empty for the folder itself.
private func unlisted(_ path: String, _ folder: String, _ said: String) -> IntakeFailure {
  IntakeFailure(
    path.isEmpty ? .unreadable : .closed, path.isEmpty ? folder : path,
    zh: "无法打开文件夹（\(said)） — 请检查路径和权限",
    en: "the folder cannot be opened (\(said)) — check the path and its permissions")
}

private func tellsPerson(_ path: String) -> IntakeFailure {
  IntakeFailure(
    .closed, scrubbed(path),
    zh: "名称中有像身份证号码的数字，报告会把它写出来，所以不读 — 请改名后再运行",
    en:
      "its name holds what looks like a resident identity number, which reports would tell, so it "
      + "is not read — give it another name, then run again")
}

private func unfinished(_ path: String) -> IntakeFailure {
  IntakeFailure(
    .unrecognised, path,
    zh: "文件名说明它没有传完，或是旧的备份 — 请等传送完毕、改回原名后再运行；是备份或残留的，请移出文件夹，"
      + "或写入 run.yaml 的 set-aside",
    en: "its name says that it is still being transferred, or an older copy — wait until the "
      + "transfer has ended and the file has its own name; take a copy or a remainder out of the "
      + "folder, or name it under `set-aside` in run.yaml")
}

private func decided(_ path: String, _ bytes: Int, _ pattern: PathPattern) -> SetAside {
  SetAside(
    path: path, bytes: bytes, reason: .decided,
    what: Bilingual(
      zh: "run.yaml 第\(pattern.line)行的 set-aside（\(pattern.text)）写明不读",
      en: "as `set-aside` on line \(pattern.line) of run.yaml says (\(pattern.text))"),
    cure: Bilingual(
      zh: "如需读取，请从 set-aside 中删去", en: "take it out of `set-aside` if it is to be read"))
}

private func litter(_ path: String, _ bytes: Int) -> SetAside {
  SetAside(
    path: path, bytes: bytes, reason: .litter,
    what: Bilingual(zh: "系统或软件自动生成的文件", en: "left behind by a desktop or a program"),
    cure: Bilingual(zh: "无需处理，可以删除", en: "nothing needs to be done; it can be deleted"))
}

private func openElsewhere(_ path: String, _ bytes: Int, _ file: String) -> SetAside {
  SetAside(
    path: path, bytes: bytes, reason: .openElsewhere,
    what: Bilingual(
      zh: "有人正打开着“\(file)”，读到的可能不是即将保存的内容",
      en: "somebody has “\(file)” open, so what was read may not be what is about to be saved"),
    cure: Bilingual(
      zh: "请其保存并关闭后重新运行", en: "have it saved and closed, then run again"))
}

private func note(_ path: String, _ bytes: Int) -> SetAside {
  SetAside(
    path: path, bytes: bytes, reason: .note,
    what: Bilingual(zh: "说明文字", en: "a note to readers"),
    cure: Bilingual(zh: "无需处理", en: "nothing needs to be done"))
}
