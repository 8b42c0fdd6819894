import CLibZip

/// Why a zip file, or a file in it, cannot be read.
public enum ZipFault: Error, Sendable, Equatable {
  /// It cannot be opened.
  case unreadable
  /// It is no zip file, or a broken one.
  case notZip
  /// A file in it, and what is wrong; “zip” for its directory.
  case damaged(_ name: String, _ what: String)

  /// - Parameter code: with which libzip did not open a file.
  init(opening code: Int32) {
    switch code {
    case Int32(ZIP_ER_NOENT), Int32(ZIP_ER_OPEN), Int32(ZIP_ER_READ): self = .unreadable
    default: self = .notZip
    }
  }
}
