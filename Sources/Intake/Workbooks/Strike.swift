import Tables

/// How much of a cell is crossed out, as offices do with what no longer counts.
public enum Strike: Sendable, Equatable {
  case nothing
  /// Some of its characters, which are left out of its text.
  case part
  /// All that it shows.
  case whole
}

/// Gathers the text of a cell of several runs, some of which may be crossed out.
struct StruckText {
  private(set) var bytes: [UInt8] = []
  private var struck: [UInt8] = []
  private var isStruck = false
  private var script = Script.onLine

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    struck.removeAll(keepingCapacity: true)
    beginRun()
  }

  /// A run begins, which is not crossed out and stands on the line until it says otherwise.
  mutating func beginRun() {
    isStruck = false
    script = .onLine
  }

  mutating func shift(_ attributes: [XMLAttribute]) { script = Script(attributes) }

  mutating func strike(_ attributes: [XMLAttribute]) { isStruck = isSet(attributes) }

  mutating func append(_ piece: Span<UInt8>) {
    guard script == .onLine else {
      return take(script.shown(piece))
    }
    for index in piece.indices {
      if isStruck { struck.append(piece[index]) } else { bytes.append(piece[index]) }
    }
  }

  private mutating func take(_ more: [UInt8]) {
    if isStruck { struck += more } else { bytes += more }
  }

  /// Bytes gathered so far.
  var count: Int { bytes.count + struck.count }

  /// How much of the text is crossed out; where it is all of it, the text is what stands so.
  mutating func settle() -> Strike {
    guard !struck.allSatisfy(hidesNothing) else { return .nothing }
    guard bytes.allSatisfy(hidesNothing) else { return .part }
    bytes = struck
    return .whole
  }
}

private func hidesNothing(_ byte: UInt8) -> Bool { byte <= 0x20 }

/// Whether a switch such as `<strike/>` is on, which it is unless it says otherwise.
func isSet(_ attributes: [XMLAttribute]) -> Bool { attributes["val"].map { isTrue($0) } ?? true }

/// The fonts of a workbook that are crossed out, by their number.
struct StruckFonts {
  private var struck: Set<Int> = []
  private var last = -1
  /// Fonts stand in other places, too, which no cell names by number.
  private var isInFonts = false

  mutating func open(_ name: String, _ attributes: [XMLAttribute]) {
    switch name {
    case "fonts": isInFonts = true
    case "font" where isInFonts: last += 1
    case "strike" where isInFonts && isSet(attributes): struck.insert(last)
    default: break
    }
  }

  mutating func close(_ name: String) { if name == "fonts" { isInFonts = false } }

  func isStruck(_ number: String?) -> Bool {
    number.flatMap { Int($0) }.map { struck.contains($0) } ?? false
  }
}
