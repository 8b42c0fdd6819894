/// JSON text in the order in which it is written, so that the same values give the same bytes.
///
/// Either on one line or indented by two spaces; numbers are exact, never binary fractions.
///
/// For files of any size: nothing is kept but the bytes. What commands answer is made of values
/// first (`JSON` of the requests, which stand above the reports) and escapes more, for terminals.
struct JSON: Sendable {
  private(set) var bytes: [UInt8] = []
  private let isIndented: Bool
  private var depth = 0
  private var isFirst = true

  init(indented: Bool = false) { isIndented = indented }

  mutating func object(_ key: String? = nil, _ content: (inout JSON) -> Void) {
    enclose(key, UInt8(ascii: "{"), UInt8(ascii: "}"), content)
  }

  mutating func array(_ key: String? = nil, _ content: (inout JSON) -> Void) {
    enclose(key, UInt8(ascii: "["), UInt8(ascii: "]"), content)
  }

  mutating func string(_ key: String? = nil, _ value: String) {
    begin(key)
    quote(value)
  }

  mutating func number(_ key: String? = nil, _ value: Int) {
    begin(key)
    bytes.appendDigits(value)
  }

  /// Thousandths as an exact decimal number.
  mutating func thousandths(_ key: String? = nil, _ value: Int) {
    begin(key)
    bytes.appendThousandths(value, decimals: 0)
  }

  /// A finite real number, with as many digits as tell it apart.
  mutating func real(_ key: String? = nil, _ value: Double) {
    begin(key)
    bytes.append("\(value)")
  }

  mutating func null(_ key: String? = nil) {
    begin(key)
    bytes.append("null")
  }

  mutating func endLine() {
    bytes.append(0x0A)
    isFirst = true
  }

  private mutating func enclose(
    _ key: String?, _ opening: UInt8, _ closing: UInt8, _ content: (inout JSON) -> Void
  ) {
    begin(key)
    bytes.append(opening)
    depth += 1
    isFirst = true
    content(&self)
    depth -= 1
    if !isFirst { breakLine() }
    bytes.append(closing)
    isFirst = false
  }

  private mutating func begin(_ key: String?) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { breakLine() }
    isFirst = false
    guard let key else { return }
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    if isIndented { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    bytes.append(0x0A)
    for _ in 0..<depth * 2 { bytes.append(UInt8(ascii: " ")) }
  }

  /// Adds text that is JSON already, as the next value.
  mutating func raw(_ key: String? = nil, _ write: (inout [UInt8]) -> Void) {
    begin(key)
    write(&bytes)
  }

  private mutating func quote(_ text: String) { JSON.quote(text.utf8, to: &bytes) }

  /// A string in quotes.
  static func quoted(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    quote(text.utf8, to: &bytes)
    return bytes
  }

  /// Adds a string in quotes to a buffer.
  static func quote(_ text: String.UTF8View, to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: text.count * 6 + 2) { $0.putQuoted(text.span) }
  }
}
