/// The markup of a document's part, cut where something is to be filled in.
struct TemplateText: Sendable {
  private(set) var pieces: [DocumentTemplate.Piece] = []
  /// What is to be filled in, and whether it stands in the row of a table.
  private(set) var fields: [(name: String, isInRow: Bool)] = []
  /// What follows `{{` that nothing closes before its paragraph ends.
  private(set) var unclosed: [String] = []

  /// Nil where the bytes are no UTF-8, or tags do not fit.
  init?(_ bytes: [UInt8]) {
    guard String(validating: bytes, as: UTF8.self) != nil, let tokens = Token.all(in: bytes) else {
      return nil
    }
    var cutter = Cutter(bytes: bytes, tokens: tokens)
    cutter.cut()
    (pieces, fields, unclosed) = (cutter.rows[0].pieces, cutter.fields, cutter.unclosed)
  }

  /// A piece of markup.
  fileprivate struct Token {
    enum Kind { case text, open, close, other }

    var kind: Kind
    var range: Range<Int>
    /// Of a tag, without prefix.
    var name = ""

    /// Where placeholders end at the latest: a name is not cut in two by paragraphs and rows.
    var isBoundary: Bool { kind != .text && (name == "p" || name == "tr") }
  }

  /// Goes along the tokens, with a frame for the whole and one for each open row of a table.
  fileprivate struct Cutter {
    let bytes: [UInt8]
    let tokens: [Token]
    var rows = [Row()]
    var fields: [(name: String, isInRow: Bool)] = []
    var unclosed: [String] = []

    struct Row {
      var pieces: [DocumentTemplate.Piece] = []
      /// Markup after the last of them.
      var markup: [UInt8] = []
      var isRepeated = false

      mutating func add(_ piece: DocumentTemplate.Piece) {
        if case .markup(let more) = piece {
          markup += more
          return
        }
        endMarkup()
        pieces.append(piece)
      }

      mutating func endMarkup() {
        if !markup.isEmpty { pieces.append(.markup(markup)) }
        markup = []
      }
    }

    private var last: Int { rows.count - 1 }

    mutating func cut() {
      var token = 0
      while token < tokens.count {
        let current = tokens[token]
        if current.kind == .text {
          token = cutText(token)
          continue
        }
        if current.kind == .open, current.name == "tr" { rows.append(Row()) }
        append(current.range)
        if current.kind == .close, current.name == "tr", var row = rows.popLast() {
          row.endMarkup()
          if row.isRepeated {
            rows[last].add(.row(row.pieces))
          } else {
            for piece in row.pieces { rows[last].add(piece) }
          }
        }
        token += 1
      }
      rows[0].endMarkup()
    }

    /// Cuts a text, and those in which its placeholders end; gives the token to go on with.
    private mutating func cutText(_ first: Int) -> Int {
      var token = first
      var start = tokens[token].range.lowerBound
      var place = start
      while place < tokens[token].range.upperBound {
        guard bytes[place] == UInt8(ascii: "{"), let found = placeholder(token, place) else {
          place += 1
          continue
        }
        append(start..<place)
        rows[last].add(.field(found.name))
        fields.append((found.name, rows.count > 1))
        if rows.count > 1, found.name.hasPrefix("row.") { rows[last].isRepeated = true }
        // What stood in between goes on after the value, so that every tag keeps its partner.
        for markup in found.markup { append(markup) }
        (token, place, start) = (found.token, found.end, found.end)
      }
      append(start..<tokens[token].range.upperBound)
      return token + 1
    }

    private mutating func append(_ range: Range<Int>) { rows[last].markup += bytes[range] }

    private struct Found {
      var name = ""
      var markup: [Range<Int>] = []
      /// Where the text goes on.
      var token: Int
      var end: Int
    }

    /// The placeholder whose first brace stands at a place; nil where there is none.
    private mutating func placeholder(_ token: Int, _ place: Int) -> Found? {
      var found = Found(token: token, end: place + 1)
      guard next(&found) == UInt8(ascii: "{") else { return nil }
      var name: [UInt8] = []
      while name.count < 200, let byte = next(&found), byte != UInt8(ascii: "{") {
        guard byte == UInt8(ascii: "}") else {
          name.append(byte)
          continue
        }
        guard next(&found) == UInt8(ascii: "}") else { break }
        found.name = trimmed(name)
        return found
      }
      // Of three braces the last two are those that count.
      if !name.isEmpty { unclosed.append(trimmed(name)) }
      return nil
    }

    /// The next byte of text, over markup that does not end a paragraph.
    private func next(_ found: inout Found) -> UInt8? {
      while found.end >= tokens[found.token].range.upperBound {
        let next = found.token + 1
        guard next < tokens.count, !tokens[next].isBoundary else { return nil }
        found.token = next
        found.end = tokens[next].range.lowerBound
        if tokens[next].kind != .text || isBlank(tokens[next].range) {
          found.markup.append(tokens[next].range)
          found.end = tokens[next].range.upperBound
        }
      }
      defer { found.end += 1 }
      return bytes[found.end]
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
      bytes[range].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    }

    private func trimmed(_ name: [UInt8]) -> String {
      let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
      let rest = name.drop { blanks.contains($0) }
      let end = rest.lastIndex { !blanks.contains($0) }.map { $0 + 1 } ?? rest.startIndex
      return String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
    }
  }
}

extension TemplateText.Token {
  /// All tokens; nil where a tag has no end or no partner.
  fileprivate static func all(in bytes: [UInt8]) -> [TemplateText.Token]? {
    var tokens: [TemplateText.Token] = []
    var open: [ArraySlice<UInt8>] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        tokens.append(TemplateText.Token(kind: .text, range: place..<end))
        place = end
        continue
      }
      guard let end = end(ofTagAt: place, in: bytes) else { return nil }
      var token = TemplateText.Token(kind: .other, range: place..<end)
      let second = bytes[place + 1]
      if second != UInt8(ascii: "!"), second != UInt8(ascii: "?") {
        let isClose = second == UInt8(ascii: "/")
        let name = bytes[(place + (isClose ? 2 : 1))..<end].prefix { byte in
          byte > 0x20 && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
        }
        token.name = String(
          decoding: name.split(separator: UInt8(ascii: ":")).last ?? [], as: UTF8.self)
        if isClose {
          guard open.popLast() == name else { return nil }
          token.kind = .close
        } else if bytes[end - 2] != UInt8(ascii: "/") {
          open.append(name)
          token.kind = .open
        }
      }
      tokens.append(token)
      place = end
    }
    return open.isEmpty && !tokens.isEmpty ? tokens : nil
  }

  /// Where a tag, a comment or the like ends; nil where it does not.
  private static func end(ofTagAt start: Int, in bytes: [UInt8]) -> Int? {
    let rest = bytes[start...]
    for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
    where rest.starts(with: opening.utf8) {
      let closing = Array(closing.utf8)
      var place = start + opening.utf8.count
      while place + closing.count <= bytes.count {
        if bytes[place..<(place + closing.count)].elementsEqual(closing) {
          return place + closing.count
        }
        place += 1
      }
      return nil
    }
    var quote: UInt8?
    for place in rest.indices.dropFirst() {
      let byte = bytes[place]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return place - start >= 2 ? place + 1 : nil
      }
    }
    return nil
  }
}
