import Fields

/// A byte of a text file that is no text in its encoding, with what stands before it on its line.
struct WrongByte {
  var byte: UInt8
  var line = 1
  /// In characters.
  var column = 1
  /// The last characters before it.
  var before = ""

  /// Characters that are enough to find the place.
  private static let most = 12

  /// - Returns: nil where the encoding does not write line feeds and ASCII as single bytes.
  fileprivate init?(_ bytes: ArraySlice<UInt8>, line: Int, byte: UInt8, _ encoding: TextEncoding) {
    guard encoding == .utf8 || encoding == .gb18030 else { return nil }
    var text: [UInt8] = []
    var decoder = TextDecoder(encoding, markLength: 0)
    do throws(DecodingFault) {
      try decoder.decode(Array(bytes).span, isLast: false, into: &text)
    } catch { return nil }
    let shown = String(decoding: text, as: UTF8.self)
    self.byte = byte
    self.line = line
    column = shown.unicodeScalars.count + 1
    // A number may be cut off by the byte, so that nobody can tell what it was: none is shown.
    let hidden = scrubbed(shown).map { $0.isNumber ? "*" : $0 }
    before = String(hidden.suffix(WrongByte.most))
  }

  /// `0xFF，在“甲,1”之后`
  var zh: String { hex + (before.isEmpty ? "" : "，在“\(before)”之后") }
  var en: String { hex + (before.isEmpty ? "" : ", behind “\(before)”") }

  /// Without what stands before it, which nobody has asked for in what is published.
  var bare: WrongByte {
    var bare = self
    bare.before = ""
    return bare
  }

  private var hex: String {
    "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}

extension FileTask {
  /// Looks at a byte once more.
  ///
  /// - Parameter offset: of the byte in the file.
  func wrongByte(at offset: Int, _ encoding: TextEncoding) -> WrongByte? {
    guard var source = try? ByteSource(path: fullPath, shown: path, pieceSize: pieceSize) else {
      return nil
    }
    var line = 1
    var current: [UInt8] = []
    var begun = 0
    while let count = try? source.advance(), count > 0 {
      for index in 0..<min(count, offset - begun) {
        let byte = source.piece[index]
        if byte == 0x0A {
          line += 1
          current.removeAll(keepingCapacity: true)
        } else {
          current.append(byte)
        }
      }
      if offset - begun < count {
        return WrongByte(current[...], line: line, byte: source.piece[offset - begun], encoding)
      }
      begun += count
    }
    return nil
  }

  /// Where the file stops being UTF-8; nil where it never does.
  func endOfUTF8() -> Int? {
    guard var source = try? ByteSource(path: fullPath, shown: path, pieceSize: pieceSize) else {
      return nil
    }
    var check = UTF8Check()
    while let count = try? source.advance(), count > 0 {
      let piece = source.piece
      if let place = check.take(piece.span.extracting(0..<count)) { return place }
    }
    return check.unfinished
  }
}
