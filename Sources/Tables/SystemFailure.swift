import Glibc

/// Why a folder could not be listed, or a file not be read.
public struct SystemFailure: Error, Sendable, Equatable {
  /// The system's error number.
  public var code: Int32

  public init(code: Int32) { self.code = code }

  /// Whether there is nothing of that name; anything else says nothing about what stands there.
  public var isGone: Bool { code == ENOENT || code == ENOTDIR }

  /// `Input/output error`.
  public var said: String {
    unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
