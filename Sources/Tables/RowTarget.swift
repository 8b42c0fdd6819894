/// Which delivered row a mended one stands for, as the place column of returned rows says it:
/// `registration/企业.csv#17@0f3a9c21`.
public struct RowTarget: Sendable, Hashable, CustomStringConvertible {
  /// Path within the delivery, as `DeliveredFile.path`.
  public var file: String
  public var record: UInt32
  /// How the SHA-256 of the file begins: in another file of that name, other rows have the numbers.
  public var digest: String

  public init(_ file: DeliveredFile, record: UInt32) {
    self.file = file.path
    self.record = record
    digest = String(file.sha256.prefix(RowTarget.digits))
  }

  /// - Returns: nil where a text is no such place.
  public init?(_ text: String) {
    guard let at = text.lastIndex(of: "@"), let mark = text[..<at].lastIndex(of: "#"),
      let record = UInt32(text[text.index(after: mark)..<at]), record > 0
    else { return nil }
    let digest = text[text.index(after: at)...]
    guard digest.count == RowTarget.digits, mark > text.startIndex else { return nil }
    file = String(text[..<mark])
    self.record = record
    self.digest = String(digest)
  }

  public var description: String { "\(file)#\(record)@\(digest)" }

  public func isMeant(_ file: DeliveredFile) -> Bool { file.sha256.hasPrefix(digest) }

  private static let digits = 8
}
