import Fields
public import Tables

extension Finding {
  /// Eight hexadecimal digits that stand for what a finding says of whom, with the values in it but
  /// without the places at which they were delivered: the same as long as nothing of it changes.
  ///
  /// One that is about no subject is about its file, which then counts too.
  ///
  /// - Parameter files: paths of the delivered files.
  public func stamp(in files: [String]) -> String {
    let said = message.withoutPlace.en.withoutFiles
    var texts = [rule, subject ?? "", field ?? "", said]
    if subject == nil, let file = place.map({ Int($0.file) }), files.indices.contains(file) {
      texts.append(files[file])
    }
    return String(sha256(Array(texts.joined(separator: "\t").utf8)).prefix(8))
  }
}

extension String {
  /// Without what stands in brackets and ends in a line's number: `(a.csv:12)`, and the blank
  /// before it.
  ///
  /// By bytes: each finding of a run is stamped, and there may be very many.
  var withoutFiles: String {
    let text = Array(utf8)
    var kept: [UInt8] = []
    kept.reserveCapacity(text.count)
    var next = 0
    while next < text.count {
      guard let opening = bracket(text, next, ascii: "(", wide: 0x88) else {
        kept.append(text[next])
        next += 1
        continue
      }
      var end = next + opening
      while end < text.count, !isBracket(text, end) { end += 1 }
      if let closing = bracket(text, end, ascii: ")", wide: 0x89),
        endsInLine(text[(next + opening)..<end])
      {
        if let last = kept.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\n") {
          kept.removeLast()
        }
        next = end + closing
      } else {
        // Another bracket may open within.
        kept.append(contentsOf: text[next..<end])
        next = end
      }
    }
    return String(decoding: kept, as: UTF8.self)
  }
}

/// How many bytes a bracket at a place takes, half or full width (`EF BC 88`, `EF BC 89`); nil where
/// none is.
private func bracket(
  _ text: [UInt8], _ place: Int, ascii: Unicode.Scalar, wide: UInt8
) -> Int? {
  guard place < text.count else { return nil }
  if text[place] == UInt8(ascii: ascii) { return 1 }
  guard text[place] == 0xEF, place + 2 < text.count, text[place + 1] == 0xBC,
    text[place + 2] == wide
  else { return nil }
  return 3
}

private func isBracket(_ text: [UInt8], _ place: Int) -> Bool {
  bracket(text, place, ascii: "(", wide: 0x88) != nil
    || bracket(text, place, ascii: ")", wide: 0x89) != nil
}

/// Whether bytes end in a colon and a number.
private func endsInLine(_ text: ArraySlice<UInt8>) -> Bool {
  let digits = text.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
  return digits > 0 && text.dropLast(digits).last == UInt8(ascii: ":")
}
