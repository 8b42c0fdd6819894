import Tables

extension Exact {
  /// A number as pack authors write it: `12`, `-0.5`, at most six decimals, no exponent.
  init?(written text: String) {
    var bytes = text.utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    var number: Int64 = 0
    var decimals = -1
    var digits = 0
    for byte in bytes {
      if byte == UInt8(ascii: "."), decimals < 0, digits > 0 {
        decimals = 0
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      if decimals >= 0 { decimals += 1 }
      guard decimals <= 6 else { return nil }
      digits += 1
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      number = sum
    }
    guard digits > 0, decimals != 0 else { return nil }
    for _ in max(decimals, 0)..<6 {
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      number = tens
    }
    self.init(millionths: isNegative ? -number : number)
  }
}

extension PartialDate {
  /// A date as pack authors write it: `2018-09-30`, `2018-09` or `2018`.
  init?(written text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts[0].utf8.count == 4 else { return nil }
    let isShaped = parts.dropFirst().allSatisfy { $0.utf8.count == 2 }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        ? Int(part) : nil
    }
    guard isShaped, numbers.count == parts.count else { return nil }
    self.init(
      year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
      day: numbers.count > 2 ? numbers[2] : nil)
  }
}
