/// Replaces resident identity numbers in texts that are kept or shown by asterisks.
///
/// A number is: 18 characters of digits (the last may be X) with a plausible birth date and the
/// right check character, also inside a longer run; or a run of exactly 15 digits with a division
/// and a plausible birth date, be it also a valid registration number: only a column of such numbers
/// tells the two apart. Digits may be of any writing and set apart by blanks, hyphens and the like;
/// then a number is what fills the whole of its groups.
public func scrubbed(_ text: String) -> String {
  var bytes = Array(text.utf8)
  guard bytes.count >= 15, mayHoldResidentID(bytes.span) else { return text }
  scrub(&bytes, from: 0)
  return String(decoding: bytes, as: UTF8.self)
}

/// Overwrites numbers whose digits are set apart, or of other writings than `scrub` knows.
///
/// - Parameter leastDigits: 18 where numbers of 15 are taken for parts of longer codes.
/// - Returns: whether there was one.
@discardableResult
private func scrubGroups(_ bytes: inout [UInt8], from start: Int, leastDigits: Int = 15) -> Bool {
  var (digits, places, starts): ([UInt8], [Range<Int>], [Int]) = ([], [], [])
  var found = false
  var (index, gap) = (start, 0)
  // Two groups with a point between them are a number with decimals.
  func isDecimal(_ bytes: [UInt8]) -> Bool {
    guard starts.count == 2 else { return false }
    let between = places[starts[1] - 1].upperBound..<places[starts[1]].lowerBound
    return bytes[between].elementsEqual([UInt8(ascii: ".")])
  }
  func close(_ bytes: inout [UInt8]) {
    if digits.count >= leastDigits, !isDecimal(bytes),
      !(starts.count == 1 && places.allSatisfy { $0.count == 1 })
    {
      for place in hidden(inGroups: digits, starts: starts + [digits.count]).map({ places[$0] }) {
        for byte in place { bytes[byte] = UInt8(ascii: "*") }
        found = true
      }
    }
    (digits, places, starts, gap) = ([], [], [], 0)
  }
  while index < bytes.count {
    let length = characterLength(bytes[index])
    let end = min(index + length, bytes.count)
    // An X ends a number and begins none: before one it is a letter.
    if let digit = writtenDigit(bytes.span, endingAt: end - 1), end - index == length,
      digit != 0x58 || !digits.isEmpty
    {
      if gap > 0 || digits.isEmpty || digits.last == 0x58 { starts.append(digits.count) }
      digits.append(digit)
      places.append(index..<end)
      gap = 0
    } else if !digits.isEmpty, gap < 3, isSeparator(bytes.span.extracting(index..<end)) {
      gap += 1
    } else {
      close(&bytes)
    }
    index = end
  }
  close(&bytes)
  return found
}

private func characterLength(_ first: UInt8) -> Int {
  switch first {
  case ..<0xC0: 1
  case ..<0xE0: 2
  case ..<0xF0: 3
  default: 4
  }
}

/// Blanks and punctuation that people put between groups of digits.
private func isSeparator(_ bytes: Span<UInt8>) -> Bool {
  switch bytes.count {
  case 1:
    switch bytes[0] {
    case 0x09, 0x20, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x5C, 0x5F: return true
    default: return false
    }
  case 2: return bytes[0] == 0xC2 && (bytes[1] == 0xA0 || bytes[1] == 0xB7)
  case 3:
    // General punctuation, blanks and commas of full width, and marks that nobody sees.
    return bytes[0] == 0xE2 && (bytes[1] == 0x80 || bytes[1] == 0x81)
      || bytes[0] == 0xE3 && bytes[1] == 0x80 && (bytes[2] == 0x80 || bytes[2] == 0x81)
      || bytes[0] == 0xEF && bytes[1] == 0xBC && (0x8C...0x8F ~= bytes[2] || bytes[2] == 0x9A)
      || bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  default: return false
  }
}

/// Which digits belong to numbers that begin and end with a group.
private func hidden(inGroups digits: [UInt8], starts: [Int]) -> [Int] {
  var found: [Int] = []
  for start in starts where starts.contains(start + 18) {
    if (try? ResidentID.check(digits.span.extracting(start..<start + 18))) != nil {
      found.append(contentsOf: start..<start + 18)
    }
  }
  let count = digits.last == 0x58 ? digits.count - 1 : digits.count
  if count == 15, !digits[..<count].contains(0x58), ResidentID.reads(digits.span.extracting(0..<15))
  {
    found.append(contentsOf: 0..<15)
  }
  return found
}

/// A quick look that rules out almost all texts: whether there are 15 digits of any writing, in a
/// run or in groups.
///
/// - Complexity: linear; most texts of fewer than 17 bytes are looked at once.
public func mayHoldResidentID(_ text: Span<UInt8>) -> Bool {
  holdsLongRun(text) || holdsLongGroups(text)
}

/// Whether 15 digits stand together that `scrub` does not know as a run.
private func holdsLongGroups(_ text: Span<UInt8>) -> Bool {
  // With one sign between them, or one of more than a byte among them.
  guard text.count > 15, mayHoldGroups(text) else { return false }
  var count = 0
  for index in text.indices where mayEndDigit(text[index]) { count &+= 1 }
  guard count >= 15 else { return false }
  var (digits, gap, index) = (0, 0, 0)
  while index < text.count {
    let end = min(index + characterLength(text[index]), text.count)
    if writtenDigit(text, endingAt: end - 1) != nil {
      digits += 1
      gap = 0
      if digits >= 15 { return true }
    } else if digits > 0, gap < 3, isSeparator(text.extracting(index..<end)) {
      gap += 1
    } else {
      digits = 0
    }
    index = end
  }
  return false
}

/// Whether one of every 15 places lies in a digit or in what stands between groups of them: groups
/// of 15 digits cover one. Rules out almost all names and addresses at a look.
private func mayHoldGroups(_ text: Span<UInt8>) -> Bool {
  var index = 14
  while index < text.count {
    if isInGroup(text, index) { return true }
    index += 15
  }
  return false
}

/// Whether a byte is part of a digit or of a separator, or of what is no character.
private func isInGroup(_ text: Span<UInt8>, _ index: Int) -> Bool {
  var start = index
  while start > 0, index - start < 3, text[start] & 0xC0 == 0x80 { start -= 1 }
  let end = start + characterLength(text[start])
  guard text[start] & 0xC0 != 0x80, end > index, end <= text.count else { return true }
  return mayEndDigit(text[end - 1]) && writtenDigit(text, endingAt: end - 1) != nil
    || isSeparator(text.extracting(start..<end))
}

private func holdsLongRun(_ text: Span<UInt8>) -> Bool {
  // A run of 15 digits covers one of every 15 places.
  var index = 14
  while index < text.count {
    let byte = text[index]
    if byte < 0x80 {
      if byte &- 0x30 <= 9, isInLongRun(text, index) { return true }
    } else if isInWideDigit(text, index) {
      return true
    }
    index += 15
  }
  return false
}

private func isInLongRun(_ text: Span<UInt8>, _ index: Int) -> Bool {
  var start = index
  var end = index + 1
  while start > 0, text[start - 1] &- 0x30 <= 9 { start -= 1 }
  while end < text.count, text[end] &- 0x30 <= 9 { end += 1 }
  // Digits of both widths may be mixed.
  let isBesideWide =
    (start > 0 && text[start - 1] >= 0x80 && isInWideDigit(text, start - 1))
    || (end < text.count && text[end] == 0xEF && isInWideDigit(text, end))
  return end - start >= 15 || isBesideWide
}

/// Whether a byte is one of EF BC 90–99.
private func isInWideDigit(_ text: Span<UInt8>, _ index: Int) -> Bool {
  for start in max(0, index - 2)...index where start + 2 < text.count {
    if text[start] == 0xEF, text[start + 1] == 0xBC, text[start + 2] &- 0x90 <= 9 { return true }
  }
  return false
}

/// Whether `scrubbed` would change a text.
public func holdsResidentID(_ text: Span<UInt8>) -> Bool {
  holdsResidentIDInRun(text) || holdsLongGroups(text) && holdsInGroups(text)
}

private func holdsInGroups(_ text: Span<UInt8>) -> Bool {
  var bytes: [UInt8] = []
  for index in text.indices { bytes.append(text[index]) }
  return scrubGroups(&bytes, from: 0)
}

/// The same of a text that is to be a number, whose digits may stand in groups by themselves: only
/// where they stand in a run.
public func holdsResidentIDInRun(_ text: Span<UInt8>) -> Bool {
  guard holdsLongRun(text) else { return false }
  var bytes: [UInt8] = []
  for index in text.indices { bytes.append(text[index]) }
  var hidden = bytes
  scrubRuns(&hidden, from: 0)
  return hidden != bytes
}

/// Whether a code holds what can only be a resident identity number: one whose check character is
/// right, or 15 digits that stand for themselves.
///
/// 15 digits behind or before letters, digits set off by a hyphen among them, are part of a longer
/// code: without a check character one of a hundred numbers looks like that.
public func holdsOwnResidentID(_ code: Span<UInt8>) -> Bool {
  guard holdsResidentID(code) else { return false }
  var bytes: [UInt8] = []
  for index in code.indices { bytes.append(code[index]) }
  var run = DigitRun()
  var start = 0
  while let end = run.read(bytes, from: start) {
    let count = run.digits.count
    let hidden = count < 15 ? 0 : hidden(run.digits).count
    if hidden > 15
      || hidden == 15 && count == 15 && !isPart(run.places[0].lowerBound..<end, of: bytes)
    {
      return true
    }
    start = end
  }
  return scrubGroups(&bytes, from: 0, leastDigits: 18)
}

/// Whether letters or digits of the same code stand beside a place.
private func isPart(_ place: Range<Int>, of code: [UInt8]) -> Bool {
  func isSign(_ index: Int) -> Bool {
    guard code.indices.contains(index) else { return false }
    return code[index] &- 0x30 <= 9 || (code[index] | 0x20) &- 0x61 < 26
  }
  func isHyphen(_ index: Int) -> Bool {
    code.indices.contains(index) && (code[index] == 0x2D || code[index] == 0x5F)
  }
  let (before, after) = (place.lowerBound - 1, place.upperBound)
  return isSign(before) || isSign(after) || isHyphen(before) && isSign(before - 1)
    || isHyphen(after) && isSign(after + 1)
}

/// Overwrites the numbers in `bytes` from a place on; the length stays.
public func scrub(_ bytes: inout [UInt8], from start: Int) {
  scrubRuns(&bytes, from: start)
  scrubGroups(&bytes, from: start)
}

private func scrubRuns(_ bytes: inout [UInt8], from start: Int) {
  var run = DigitRun()
  var index = start
  while let end = run.read(bytes, from: index) {
    if run.digits.count >= 15 {
      for place in hidden(run.digits).map({ run.places[$0] }) {
        for byte in place { bytes[byte] = UInt8(ascii: "*") }
      }
    }
    index = end
  }
}

/// A run of digits and X without their width, and where each stands.
private struct DigitRun {
  private(set) var digits: [UInt8] = []
  private(set) var places: [Range<Int>] = []

  /// Reads the first run at a place or behind it.
  ///
  /// - Returns: where it ends; nil where there is none.
  mutating func read(_ bytes: [UInt8], from start: Int) -> Int? {
    digits.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    var index = start
    while index < bytes.count {
      let width = digitWidth(bytes, index)
      guard width > 0 else {
        if !digits.isEmpty { return index }
        index += 1
        continue
      }
      let value = width == 1 ? bytes[index] : bytes[index + 2] &- 0x60
      digits.append(value == 0x78 ? 0x58 : value)
      places.append(index..<index + width)
      index += width
    }
    return digits.isEmpty ? nil : index
  }
}

/// How many bytes a digit or X at a place has; 0 where none stands.
private func digitWidth(_ bytes: [UInt8], _ index: Int) -> Int {
  guard index < bytes.count else { return 0 }
  let byte = bytes[index]
  if byte &- 0x30 <= 9 || byte == 0x58 || byte == 0x78 { return 1 }
  guard byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBC else { return 0 }
  let last = bytes[index + 2]
  return last >= 0x90 && last <= 0x99 || last == 0xB8 ? 3 : 0
}

/// Which of a run's digits belong to identity numbers.
private func hidden(_ run: [UInt8]) -> [Int] {
  var hidden: [Int] = []
  for start in 0...max(0, run.count - 18) where start + 18 <= run.count {
    if (try? ResidentID.check(run.span.extracting(start..<start + 18))) != nil {
      hidden.append(contentsOf: start..<start + 18)
    }
  }
  // An X belongs to 18 of them only: beside 15 it is a letter like any other.
  var start = 0
  for end in run.indices.filter({ run[$0] == 0x58 }) + [run.count] {
    if end - start == 15, ResidentID.reads(run.span.extracting(start..<end)) {
      hidden.append(contentsOf: start..<end)
    }
    start = end + 1
  }
  return hidden
}
