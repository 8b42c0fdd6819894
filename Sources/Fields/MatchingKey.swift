/// The form in which headers, words, codes, names and identities are compared: Unicode's NFKC with
/// full case folding, without spaces, characters that have no shape and the kind of brackets,
/// dashes and dots.
///
/// `ＵＮＩＳＣＩＤ`, ` uniscid ` and `UniSCID` have one key, and so have `Straße` and `STRASSE`, `é`
/// however it is composed, and `⼈` (U+2F08) and `人`; a key is for comparing only and never
/// replaces a stored text.
///
/// - Complexity: linear in the text's bytes.
public func matchingKey(_ text: String) -> String {
  String(decoding: matchingKeyBytes(text), as: UTF8.self)
}

/// The key of a text, as bytes.
public func matchingKeyBytes(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  var key: [UInt8] = []
  key.reserveCapacity(bytes.count)
  appendMatchingKey(of: bytes.span, to: &key)
  return key
}

/// Adds the matching key of UTF-8 bytes to a buffer.
///
/// ASCII and the main block of Chinese characters need no decoding, and most of the rest a look
/// into a table; bytes that are not UTF-8 are kept as they are.
public func appendMatchingKey(of text: Span<UInt8>, to key: inout [UInt8]) {
  let start = key.count
  let table = FoldingTable.standard.scalars
  guard !appendMatchingKey(of: text, table.span, to: &key) else { return }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.count)
  for index in text.indices { bytes.append(text[index]) }
  // What is no UTF-8 keeps the key that its characters have one by one.
  guard let scalars = foldedTogether(bytes) else { return }
  key.removeLast(key.count - start)
  for scalar in scalars { append(scalar: scalar, to: &key) }
}

/// - Returns: whether no character depends on others.
private func appendMatchingKey(
  of text: Span<UInt8>, _ table: Span<UInt32>, to key: inout [UInt8]
) -> Bool {
  var areAlone = true
  var index = 0
  let count = text.count
  while index < count {
    let byte = text[index]
    if byte < 0x80 {
      let folded = table[Int(byte)]
      if folded != FoldingTable.left { key.append(UInt8(truncatingIfNeeded: folded)) }
      index += 1
    } else if byte >= 0xE4 && byte <= 0xE9 && index + 2 < count {
      key.append(byte)
      key.append(text[index + 1])
      key.append(text[index + 2])
      index += 3
    } else {
      let (value, width) = scalar(text, index)
      if width > 1, value < 0x1_0000, table[Int(value)] != FoldingTable.together {
        if table[Int(value)] != FoldingTable.left { append(scalar: table[Int(value)], to: &key) }
      } else {
        // Beyond the basic plane only Han characters surely stand for themselves.
        if width > 1, !isPlainIdeograph(value) { areAlone = false }
        for offset in 0..<width { key.append(text[index + offset]) }
      }
      index += width
    }
  }
  return areAlone
}

/// Whether a scalar is a Han character of the planes for them, but for those that stand for others.
public func isPlainIdeograph(_ value: UInt32) -> Bool {
  (0x2_0000...0x3_FFFF).contains(value) && !(0x2_F800...0x2_FA1F).contains(value)
}

/// The scalar that begins at a place, and its length in bytes; 1 where no whole one stands there.
func scalar(_ text: Span<UInt8>, _ start: Int) -> (value: UInt32, width: Int) {
  let lead = text[start]
  let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1
  guard width > 1, start + width <= text.count else { return (UInt32(lead), 1) }
  var value = UInt32(lead) & (width == 2 ? 0x1F : width == 3 ? 0x0F : 0x07)
  for offset in 1..<width { value = value << 6 | UInt32(text[start + offset] & 0x3F) }
  return Unicode.Scalar(value) == nil ? (UInt32(lead), 1) : (value, width)
}

/// One scalar as it stands in a key; nil where it is left out. One that depends on its neighbours
/// stays.
func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
  guard scalar.value < 0x1_0000 else { return scalar }
  let folded = FoldingTable.standard.scalars[Int(scalar.value)]
  if folded == FoldingTable.left { return nil }
  return folded == FoldingTable.together ? scalar : Unicode.Scalar(folded)
}
