import Foundation

/// Texts as they stand in one kind of file: encoded and escaped once, copied as bytes ever after.
struct Pool: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  /// Texts in UTF-8 as they are.
  init(plain texts: [String]) {
    self.init(texts) { Array($0.utf8) }
  }

  init(_ texts: [String], _ encode: (String) -> [UInt8]) {
    starts.reserveCapacity(texts.count + 1)
    for text in texts {
      bytes.append(contentsOf: encode(text))
      starts.append(bytes.count)
    }
  }

  func append(_ index: Int, to out: inout [UInt8]) {
    let (start, end) = (starts[index], starts[index + 1])
    // A slice counts references; for short texts that costs more than the bytes.
    guard end - start <= 24 else { return out.append(contentsOf: bytes[start..<end]) }
    for place in start..<end { out.append(bytes[place]) }
  }
}

/// The bytes that a file's texts are written in.
enum Encoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case gb18030
  case utf16 = "utf-16"

  /// A text in this encoding; UTF-16 is made of the whole file at its end.
  func bytes(of text: String) -> [UInt8] {
    switch self {
    case .utf8, .utf16: return Array(text.utf8)
    case .gb18030:
      if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
      // GB 18030-2000 in the numbering of Foundation.
      return text.data(using: String.Encoding(rawValue: 0x8000_0632)).map { Array($0) }
        ?? Array(text.utf8)
    }
  }

  /// Little-endian UTF-16 with its mark, as spreadsheets save “Unicode text”.
  static func utf16(_ utf8: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in String(decoding: utf8, as: UTF8.self).utf16 {
      bytes.append(UInt8(unit & 0xFF))
      bytes.append(UInt8(unit >> 8))
    }
    return bytes
  }
}

/// How markup and separators are kept out of texts.
enum Escaping: Sendable {
  case xml
  case quoted

  func applied(to text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch (self, scalar) {
      case (.xml, "&"): escaped += "&amp;"
      case (.xml, "<"): escaped += "&lt;"
      case (.xml, ">"): escaped += "&gt;"
      case (.xml, "\""): escaped += "&quot;"
      case (.quoted, "\""): escaped += "\"\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
