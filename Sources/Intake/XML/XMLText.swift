import Tables

/// The text of an XML file, web page or JSON file, given out as its parser asks for it.
///
/// It is the file's bytes, which the parser then decodes as they declare, or UTF-8 made of them.
final class XMLText {
  /// Whether what is given is UTF-8, whatever the file declares.
  let isDecoded: Bool
  private var hasEnded = false
  /// The first bytes that are not of the encoding, with their line.
  private(set) var fault: (isCut: Bool, line: Int)?
  /// Why the file could not be read to its end.
  private(set) var failure: IntakeFailure?
  private var source: ByteSource
  private var decoder: TextDecoder
  private var decoded: [UInt8] = []
  /// What of the piece in hand has been given.
  private var position = 0
  private var count = 0
  private let progress: (Int) -> Void
  /// Bytes of the file after which it counts as ended.
  private let limit: Int

  /// - Parameters:
  ///   - encoding: made UTF-8 of where it is forced; otherwise the bytes stay as they are.
  ///   - limit: of bytes, for reading no more than the beginning of a file.
  init(
    _ source: consuming ByteSource, _ encoding: XMLEncoding, limit: Int = .max,
    progress: @escaping (Int) -> Void = { _ in }
  ) {
    self.source = source
    isDecoded = encoding.isForced
    decoder = TextDecoder(encoding.guess.encoding, markLength: encoding.guess.markLength)
    self.limit = limit
    self.progress = progress
  }

  var bytesRead: Int { source.bytesRead }

  /// Whether all of it has been given.
  var isAtEnd: Bool { hasEnded && position == count }

  /// SHA-256 of what was read, in hexadecimal.
  func sha256() -> String { source.sha256() }

  /// Fills a buffer; only at the end of the text it is not full afterwards.
  ///
  /// - Returns: the number of bytes; 0 at the end, −1 where the file cannot be read on.
  func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
    var given = 0
    while given < room.count {
      while position == count {
        guard !hasEnded, fault == nil, failure == nil else {
          return given > 0 || hasEnded ? given : -1
        }
        takePiece()
      }
      unsafe given += copy(to: UnsafeMutableRawBufferPointer(rebasing: room[given...]))
    }
    return given
  }

  /// What comes next of the text; nothing at its end, and where the file cannot be read on.
  func nextPiece() -> [UInt8] {
    while position == count {
      guard !hasEnded, fault == nil, failure == nil else { return [] }
      takePiece()
    }
    let next = position..<count
    position = count
    return Array((isDecoded ? decoded : source.piece)[next])
  }

  private func copy(to room: UnsafeMutableRawBufferPointer) -> Int {
    let taken = position..<position + min(room.count, count - position)
    // Safe: what is taken fits into the room and stands before `count`.
    if isDecoded {
      unsafe decoded.withUnsafeBytes { bytes in
        unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken]))
      }
    } else {
      unsafe source.piece.withUnsafeBytes { bytes in
        unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[taken]))
      }
    }
    position = taken.upperBound
    return taken.count
  }

  /// Reads on to the end and looks whether nothing but blanks is left.
  ///
  /// - Returns: the first byte that is none, where there is one.
  func readBlankRest() -> UInt8? {
    while true {
      let text = isDecoded ? decoded : source.piece
      if let byte = text[position..<count].first(where: { !isBlank($0) }) { return byte }
      position = count
      guard !hasEnded, fault == nil, failure == nil else { return nil }
      takePiece()
    }
  }

  private func takePiece() {
    do throws(IntakeFailure) {
      count = try source.advance()
    } catch { failure = error }
    guard failure == nil else { return }
    progress(count)
    position = 0
    hasEnded = count == 0 || source.bytesRead >= limit
    guard isDecoded else { return }
    let piece = source.piece
    decode(piece.span.extracting(0..<count))
  }

  private func decode(_ piece: Span<UInt8>) {
    decoded.removeAll(keepingCapacity: true)
    do throws(DecodingFault) {
      try decoder.decode(piece, isLast: piece.isEmpty, into: &decoded)
    } catch {
      fault = (error.isCut, source.line(at: error.offset))
    }
    count = decoded.count
  }
}

/// Whether a byte is one of the blanks of XML.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
