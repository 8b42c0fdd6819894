import Tables

extension [UInt8] {
  /// Appends a whole number: `-12`.
  mutating func appendDigits(_ number: Int) {
    append(addingCapacity: 20) { $0.putDigits(number) }
  }

  /// Appends thousandths as `shownPoints` writes them.
  mutating func appendThousandths(_ number: Int, decimals: Int) {
    append(addingCapacity: 24) { $0.putThousandths(number, decimals: decimals) }
  }

  /// Appends thousandths of a whole as a percentage with one decimal at least: 857 is `85.7%`.
  mutating func appendPercent(_ thousandths: Int) {
    append(addingCapacity: 24) { $0.putPercent(thousandths) }
  }

  mutating func append(_ text: String) { append(contentsOf: text.utf8) }
}
