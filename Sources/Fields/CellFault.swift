/// Why the text of a cell cannot be read as its type; the raw value is the stable word that
/// reports carry.
public enum CellFault: String, Error, Sendable, CaseIterable {
  case badNumber = "bad-number"
  /// A fraction where only whole numbers stand.
  case notWhole = "not-whole"
  case outOfRange = "out-of-range"
  /// A number without the unit that the dictionary demands.
  case noUnit = "unit-missing"
  /// A number with a word such as “about”; never compared as exact.
  case approximate
  case unknownCurrency = "unknown-currency"
  /// A text whose reading hangs on another cell, which holds none of the values that tell how.
  case unknownCondition = "unknown-condition"
  case badDate = "bad-date"
  /// A date that systems write where they know none, such as 1900-01-01.
  case placeholderDate = "placeholder-date"
  /// A date that the calendar does not have.
  case noSuchDay = "no-such-day"
  case badFlag = "bad-flag"
  case unknownCode = "unknown-code"
  case badLength = "bad-length"
  case badCharacter = "bad-character"
  case badCheckDigit = "bad-check-digit"
  /// A code that a spreadsheet turned into a number and cut.
  case excelMangled = "excel-mangled"
  case controlCharacter = "control-character"
  /// A text that was read in a wrong encoding somewhere on its way.
  case mojibake
  /// A person's resident identity number where another code, a number or the name of a subject
  /// belongs.
  case residentNumber = "resident-number"
}
