public import Tables

/// Recognises cells that say that nothing is said, or that there is none.
///
/// Asked of every cell, so a look at the first bytes must rule out almost all of them.
public struct AbsenceWords: Sendable {
  private let words: ByteTable
  @usableFromInline internal let longest: Int
  /// What a first byte tells: 0 cannot begin a word, 1 may.
  @usableFromInline internal var leads = [UInt8](repeating: 0, count: 256)
  /// Second bytes for leads of characters that have only one form.
  @usableFromInline internal var seconds = [UInt8](repeating: 0, count: 256)

  /// Words are matching keys.
  public init(notStated: [String], statedNone: [String], checkedNone: [String]) {
    var states: [String: Int32] = [:]
    for word in notStated { states[word] = Int32(CellState.notStated.rawValue) }
    for word in statedNone { states[word] = Int32(CellState.statedNone.rawValue) }
    for word in checkedNone { states[word] = Int32(CellState.checkedNone.rawValue) }
    words = ByteTable(states)
    // A full-width letter has three bytes where its key has one.
    longest = 3 * (states.keys.map(\.utf8.count).max() ?? 0)
    for word in states.keys {
      let bytes = Array(word.utf8)
      guard let lead = bytes.first else { continue }
      leads[Int(lead)] = 1
      if bytes.count > 1 { seconds[Int(bytes[1])] = 1 }
      if lead >= 0x41 && lead <= 0x5A { leads[Int(lead) + 0x20] = 1 }
    }
    if !states.isEmpty {
      // All but ASCII and Han characters may fold into something else.
      for lead in foldingLeads { leads[lead] = 1 }
      // A letter with a mark may be written as two.
      let hasMarked = states.keys.contains {
        $0.utf8.first.map { $0 >= 0xC3 && $0 < 0xE3 } ?? false
      }
      if hasMarked { for lead in 0x41...0x7A { leads[lead] = 1 } }
    }
  }

  /// The state of a trimmed cell: `stated` unless it is one of the words.
  @inlinable public func state(of text: Span<UInt8>) -> CellState {
    let count = text.count
    guard count > 0 else { return .notStated }
    let lead = text[0]
    guard leads[Int(lead)] != 0, count <= longest else { return .stated }
    if lead >= 0xE4 && lead <= 0xED && count > 1 && seconds[Int(text[1])] == 0 { return .stated }
    return slowState(of: text)
  }

  @usableFromInline internal func slowState(of text: Span<UInt8>) -> CellState {
    var key: [UInt8] = []
    appendMatchingKey(of: text, to: &key)
    guard let value = words.find(key.span) else { return key.isEmpty ? .notStated : .stated }
    return CellState(rawValue: UInt8(truncatingIfNeeded: value)) ?? .stated
  }
}

/// First bytes of characters, beside ASCII, that may stand in a matching key as another one or not
/// at all.
public let foldingLeads: [Int] = Array(0xC2...0xE3) + [0xEA, 0xEF, 0xF0, 0xF3]
