/// Characters that a matching key leaves out although nobody sees them in the text, or that it takes
/// for others that look like them: whoever compares two identities by eye cannot tell.
///
/// Spaces as people type them, and the width, case and kind of letters, brackets, dashes and dots,
/// are not among them.
public func foldedAway(in text: Span<UInt8>) -> [Unicode.Scalar] {
  var found: [Unicode.Scalar] = []
  var index = 0
  while index < text.count {
    if mayFoldAway(text, index), let scalar = character(text, index),
      matchingKeyBytes(String(scalar)) != Array(String(scalar).utf8)
    {
      found.append(scalar)
    }
    index += 1
  }
  return found
}

/// Whether `foldedAway` may find any.
public func mayFoldAway(_ text: Span<UInt8>) -> Bool {
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte >= 0xE4 && byte <= 0xE9 {
      index += 3
      continue
    }
    if byte >= 0xC2, mayFoldAway(text, index) { return true }
    index += 1
  }
  return false
}

/// The same of the character that begins at a place.
public func mayFoldAway(_ text: Span<UInt8>, _ index: Int) -> Bool {
  switch text[index] {
  case 0xC2, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3:
    return character(text, index).map { isFoldedAway($0.value) } ?? false
  default: return false
  }
}

/// Leaves out what has no shape in `bytes` from a place on.
public func removeShapeless(from bytes: inout [UInt8], from start: Int) {
  var kept = start
  var index = start
  while index < bytes.count {
    let width: Int
    if bytes[index] >= 0xC2, let scalar = character(bytes.span, index) {
      width = UTF8.width(scalar)
      if isShapeless(scalar.value) {
        index += width
        continue
      }
    } else {
      width = 1
    }
    for offset in 0..<width { bytes[kept + offset] = bytes[index + offset] }
    kept += width
    index += width
  }
  bytes.removeLast(bytes.count - kept)
}

private func isFoldedAway(_ value: UInt32) -> Bool {
  switch value {
  case 0x85, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F: true
  // Raised and lowered signs, letters as signs, numbers in circles, radicals, months and units in
  // one sign, compatibility ideographs, letters of formulas.
  case 0xAA, 0xB2, 0xB3, 0xB9, 0xBA, 0x2070...0x209F, 0x2100...0x218F, 0x2460...0x24FF,
    0x2E80...0x2FDF, 0x3200...0x33FF, 0xF900...0xFAFF, 0x1D400...0x1D7FF, 0x1F100...0x1F1FF,
    0x2F800...0x2FA1F:
    true
  default: isShapeless(value)
  }
}

/// The default-ignorable characters of Unicode, marks of direction among them.
private func isShapeless(_ value: UInt32) -> Bool {
  switch value {
  case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F,
    0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFF8,
    0xE0000...0xE0FFF:
    true
  default: false
  }
}

/// The character that begins at a place; nil where none does.
private func character(_ text: Span<UInt8>, _ start: Int) -> Unicode.Scalar? {
  let (value, width) = scalar(text, start)
  return width > 1 ? Unicode.Scalar(value) : nil
}
