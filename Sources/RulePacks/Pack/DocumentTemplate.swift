import Archives

/// A document (`.docx`) to be filled: its parts, and the text of its body cut at the placeholders.
///
/// A placeholder is a name between `{{` and `}}`, wherever the word processor has put markup in
/// between. The row of a table that holds one whose name begins with `row.` is repeated.
public struct DocumentTemplate: Sendable {
  /// A file within the document.
  public struct Part: Sendable, Equatable {
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  public indirect enum Piece: Sendable, Equatable {
    case markup([UInt8])
    case field(String)
    case row([Piece])
  }

  /// In their order; all but the body stay as they are.
  public let parts: [Part]
  /// Index of the body among them.
  public let body: Int
  public let pieces: [Piece]
  /// What keeps it from being filled as it is meant.
  let text: TemplateText
  /// Names of placeholders in headers, footers and notes, which nothing fills.
  let strays: [String]

  /// The body's name in every document.
  public static let bodyName = "word/document.xml"
  private static let mostBytes = 64 << 20

  /// Nil where the parts are no document.
  public init?(parts: [Part]) {
    guard parts.contains(where: { $0.name == "[Content_Types].xml" }),
      let body = parts.firstIndex(where: { $0.name == DocumentTemplate.bodyName }),
      let text = TemplateText(parts[body].bytes)
    else { return nil }
    self.parts = parts
    self.body = body
    self.text = text
    pieces = text.pieces
    strays = parts.filter { $0.name != DocumentTemplate.bodyName && $0.isText }.flatMap { part in
      TemplateText(part.bytes).map { $0.fields.map(\.name) + $0.unclosed } ?? []
    }
  }

  /// Nil where the bytes are no document.
  public init?(docx bytes: [UInt8]) {
    guard let parts = try? DocumentTemplate.unpacked(bytes) else { return nil }
    self.init(parts: parts)
  }

  private static func unpacked(_ bytes: [UInt8]) throws(ZipFault) -> [Part] {
    let zip = try ZipFile(bytes: bytes)
    var parts: [Part] = []
    var (names, size) = (Set<String>(), 0)
    for index in 0..<zip.count {
      let entry = try zip.entry(index)
      if entry.name.hasSuffix("/") { continue }
      size += min(entry.size, mostBytes + 1)
      guard !entry.isEncrypted, size <= mostBytes, names.insert(entry.name).inserted else {
        throw .damaged(entry.name, "entry")
      }
      var part = Part(name: entry.name, bytes: [])
      try zip.read(index) { piece in
        part.bytes.reserveCapacity(part.bytes.count + piece.count)
        for index in piece.indices { part.bytes.append(piece[index]) }
        return true
      }
      parts.append(part)
    }
    return parts
  }
}

extension DocumentTemplate.Part {
  /// Whether what it says is printed with the body.
  fileprivate var isText: Bool {
    ["header", "footer", "footnotes", "endnotes"].contains { name.hasPrefix("word/" + $0) }
      && name.hasSuffix(".xml")
  }
}
