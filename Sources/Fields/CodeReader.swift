/// Finds the code that a delivered text stands for: by code, name or alias, without case, width
/// and spaces.
///
/// Few texts occur over and over in a column, so what a text as delivered led to is remembered.
public struct CodeReader: Sendable {
  private let keys: ByteTable
  private let matchesPrefix: Bool
  private let areDivisions: Bool
  private let longest: Int
  private var seen = ByteTable()
  private var key: [UInt8] = []
  /// Texts remembered at most, so that a hostile column cannot fill the memory.
  private static let memory = 4096

  /// - Parameters:
  ///   - index: matching key of every spelling → number of its code.
  ///   - matchesPrefix: whether a text that begins with a code and goes on stands for that code.
  ///   - areDivisions: whether the codes are divisions of GB/T 2260, of which statistics write six
  ///     further digits (three for the township, three for the village; 统计用区划代码和城乡划分代码
  ///     编制规则, 2009) and some systems the first three of them.
  public init(
    _ index: [String: Int32], matchesPrefix: Bool = false, areDivisions: Bool = false
  ) {
    keys = ByteTable(index)
    self.matchesPrefix = matchesPrefix
    self.areDivisions = areDivisions
    longest = index.keys.map(\.utf8.count).max() ?? 0
  }

  /// A reader of yes (1) and no (0).
  public init(yes: [String], no: [String]) {
    var index: [String: Int32] = [:]
    for word in no { index[word] = 0 }
    for word in yes { index[word] = 1 }
    self.init(index)
  }

  /// The number of the code, or −1 where the text is none.
  public mutating func read(_ text: Span<UInt8>) -> Int32 {
    if text.count <= 64, let code = seen.find(text) { return code }
    let code = lookUp(text)
    if text.count <= 64, seen.count < CodeReader.memory { seen.insert(text, code) }
    return code
  }

  private mutating func lookUp(_ text: Span<UInt8>) -> Int32 {
    key.removeAll(keepingCapacity: true)
    appendMatchingKey(of: text, to: &key)
    if let code = keys.find(key.span) { return code }
    if areDivisions, key.count == 9 || key.count == 12,
      key.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    {
      return keys.find(key.span.extracting(0..<6)) ?? -1
    }
    guard matchesPrefix else { return -1 }
    var length = min(longest, key.count)
    while length > 0 {
      // A cut inside a character cannot match: keys are whole characters.
      if let code = keys.find(key.span.extracting(0..<length)) { return code }
      length -= 1
    }
    return -1
  }
}
