import Fields

/// Whether a text can only have come about by reading bytes in a wrong encoding: nobody is called
/// 锟斤拷, M黮ler or ä¸­å›½.
///
/// Asked only of texts of which a quick look found a sign; see `lookAt`.
func isMojibake(_ text: Span<UInt8>) -> Bool {
  var bytes: [UInt8] = []
  append(text.extracting(0..<min(text.count, 4000)), to: &bytes)
  let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value))
  return holdsLostCharacters(scalars) || holdsSplitLetters(scalars) || isUTF8InLatin(scalars)
    || isUTF8InGB(scalars)
}

/// U+FFFD, 锟斤拷 (two of them as UTF-8, read as GB18030), a run of characters of private use, or a
/// control character of the upper half of Latin-1.
private func holdsLostCharacters(_ scalars: [UInt32]) -> Bool {
  for (index, scalar) in scalars.enumerated() {
    switch scalar {
    case 0xFFFD, 0x80...0x84, 0x86...0x9F: return true
    case 0x951F where scalars[index...].starts(with: [0x951F, 0x65A4, 0x62F7]): return true
    case 0xE000...0xF8FF, 0xF0000...:
      if index > 0, isPrivate(scalars[index - 1]) { return true }
    default: continue
    }
  }
  return false
}

private func isPrivate(_ scalar: UInt32) -> Bool {
  (0xE000...0xF8FF).contains(scalar) || scalar >= 0xF0000
}

/// `M黮ler`: a letter of the upper half of Latin-1 and the letter behind it, read as one ideograph
/// that stands within a word.
private func holdsSplitLetters(_ scalars: [UInt32]) -> Bool {
  for index in scalars.indices.dropLast() {
    let code = GB18030Converter.code(of: scalars[index])
    guard code >= 0xC000, isLetter(UInt32(code & 0xFF)), isLetter(scalars[index + 1]) else {
      continue
    }
    let isWithin = index > 0 && isLetter(scalars[index - 1])
    let beginsWord = index == 0 || scalars[index - 1] == 0x20
    if isWithin || (beginsWord && scalars[index + 1] >= 0x61) { return true }
  }
  return false
}

private func isLetter(_ scalar: UInt32) -> Bool {
  scalar < 0x80 && (0x61...0x7A).contains(scalar | 0x20)
}

/// `ä¸­`, `Ã¼`: the bytes of UTF-8 read as Windows-1252.
private func isUTF8InLatin(_ scalars: [UInt32]) -> Bool {
  var index = 0
  var pairs = 0
  while index < scalars.count {
    let lead = scalars[index]
    let length = (0xC2...0xDF).contains(lead) ? 2 : (0xE0...0xEF).contains(lead) ? 3 : 0
    guard length > 0, index + length <= scalars.count else {
      index += 1
      continue
    }
    let rest = scalars[(index + 1)..<(index + length)]
    // After E0 only the upper half of those bytes follows.
    guard rest.allSatisfy(isTrail), lead != 0xE0 || (0xA0...0xBF).contains(scalars[index + 1])
    else {
      index += 1
      continue
    }
    if length == 3 {
      // “décidé…”” is French.
      if rest.contains(where: { !isPunctuation($0) }) { return true }
    } else if lead == 0xC3 || lead == 0xC2 {
      if rest.contains(where: { !isPunctuation($0) }) { return true }
    } else {
      pairs += 1
      if pairs > 1 { return true }
    }
    index += length
  }
  return false
}

/// Whether Windows-1252 writes a character as a byte that is inside of a character in UTF-8.
private func isTrail(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x80...0xBF, 0x152, 0x153, 0x160, 0x161, 0x178, 0x17D, 0x17E, 0x192, 0x2C6, 0x2DC,
    0x2013, 0x2014, 0x2018...0x201A, 0x201C...0x201E, 0x2020...0x2022, 0x2026, 0x2030, 0x2039,
    0x203A, 0x20AC, 0x2122:
    true
  default: false
  }
}

/// Signs that people write behind a letter with an accent.
private func isPunctuation(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0xA0, 0xAB, 0xB7, 0xBB, 0xAE, 0xB0, 0x2013...0x201E, 0x2022, 0x2026, 0x2039, 0x203A, 0x2122:
    true
  default: false
  }
}

/// `鍏徃`: the bytes of UTF-8 read as GB18030; written so again they are Chinese text.
private func isUTF8InGB(_ scalars: [UInt32]) -> Bool {
  var bytes: [UInt8] = []
  for scalar in scalars {
    if scalar < 0x80 {
      bytes.append(UInt8(scalar))
    } else {
      let code = GB18030Converter.code(of: scalar)
      // Of an odd number of bytes the last went with what follows, or was lost.
      guard code > 0 else { break }
      bytes.append(UInt8(code >> 8))
      bytes.append(UInt8(code & 0xFF))
    }
  }
  let end = validUTF8(bytes.span)
  var ideographs = 0
  for index in 0..<end.count where bytes[index] >= 0xE4 && bytes[index] <= 0xE9 { ideographs += 1 }
  return ideographs >= 2 && end.count + 3 >= bytes.count
}
