import Tables

/// What the name alone tells of an entry of a delivery folder, before its content is looked at.
enum EntryName: Equatable {
  /// Left behind by a desktop, a synchronising program or a version control system.
  case litter
  /// The mark that an office program leaves beside a file while somebody has it open.
  case openElsewhere(file: String)
  /// A note to readers.
  case note
  /// On its way, or a copy from before: it may hold half of the rows, or old ones.
  case unfinished
  /// Told by its content.
  case ordinary

  /// - Parameter name: without the folders that it lies in.
  init(_ name: String, isFolder: Bool) {
    let lower = name.lowercased()
    if let file = EntryName.openedFile(name) {
      self = .openElsewhere(file: file)
    } else if EntryName.isLitter(lower) {
      self = .litter
    } else if !isFolder, lower.hasSuffix(".md") {
      self = .note
    } else if !isFolder, EntryName.unfinishedEndings.contains(where: { lower.hasSuffix($0) }) {
      self = .unfinished
    } else {
      self = .ordinary
    }
  }

  /// Endings of browsers, transfer programs and editors for files that are not whole yet, or not
  /// any more what was meant.
  private static let unfinishedEndings = [
    ".part", ".partial", ".crdownload", ".download", ".opdownload", ".filepart", ".downloading",
    ".td", ".xltd", ".aria2", ".!ut", ".tmp", ".temp", ".bak", ".swp",
  ]

  private static let litterNames: Set<String> = [
    "thumbs.db", "ehthumbs.db", "desktop.ini", "iconcache.db", ".ds_store", "__macosx",
    "$recycle.bin", "system volume information", ".spotlight-v100", ".trashes", ".fseventsd",
    ".temporaryitems", ".documentrevisions-v100", ".apdisk", ".localized", ".directory",
    ".gitignore", ".gitattributes", ".gitkeep", ".keep", ".git", ".svn", ".hg", ".dropbox",
    ".dropbox.attr", ".stfolder", ".stversions", ".stignore", "@eadir", "lost+found", "icon\r",
  ]

  private static let litterBeginnings = ["._", ".trash-", ".nfs", ".fuse_hidden", ".sync"]

  private static func isLitter(_ lower: String) -> Bool {
    litterNames.contains(lower) || litterBeginnings.contains { lower.hasPrefix($0) }
  }

  /// `~$ledger.xlsx` of Office and WPS, `.~lock.ledger.xlsx#` of LibreOffice, `.~ledger.xlsx` of
  /// WPS on Linux.
  private static func openedFile(_ name: String) -> String? {
    if name.hasPrefix("~$") { return String(name.dropFirst(2)) }
    if name.hasPrefix(".~lock."), name.hasSuffix("#") {
      return String(name.dropFirst(7).dropLast())
    }
    if name.hasPrefix(".~") { return String(name.dropFirst(2)) }
    return nil
  }
}
