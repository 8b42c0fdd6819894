import Fields
import RulePacks
import Tables

/// What is wrong with one field of the row in hand.
struct CellProblem: Sendable {
  enum Kind: Sendable, Equatable {
    case unreadable(CellFault)
    /// A required field states nothing.
    case missing
    /// No identity step is stated.
    case noIdentity
    /// A character that could not be written stands in a name.
    case unsure
    /// An element that should occur once occurs again.
    case repeated
  }

  var field: Int
  var kind: Kind
  /// Free of resident identity numbers, empty for fields that are not public.
  var raw: String
}

extension RowReader {
  mutating func note(_ field: Int, _ fault: CellFault, _ text: Span<UInt8>) {
    faults.append(CellProblem(field: field, kind: .unreadable(fault), raw: shown(field, text)))
  }

  mutating func noteUnsure(_ field: Int, _ text: Span<UInt8>) {
    faults.append(CellProblem(field: field, kind: .unsure, raw: shown(field, text)))
  }

  mutating func addMissing(_ field: Int) {
    faults.append(CellProblem(field: field, kind: .missing, raw: ""))
  }

  mutating func addMissingIdentity(_ identity: [[Int]]) {
    // A required field of it that is missing has been named already.
    let fields = Set(identity.joined())
    guard !faults.contains(where: { fields.contains($0.field) && quarantines($0) }) else { return }
    let field = identity.first?.first ?? 0
    faults.append(CellProblem(field: field, kind: .noIdentity, raw: ""))
  }

  /// A delivered text as it may be shown: public fields only, without identity numbers, and not
  /// longer than 200 characters.
  func shown(_ field: Int, _ text: Span<UInt8>) -> String {
    guard plan.kind.fields[field].sensitivity == .open, simple[field].type != .residentID else {
      return text.isEmpty ? "" : "***"
    }
    var bytes: [UInt8] = []
    append(text.extracting(0..<min(text.count, 4000)), to: &bytes)
    // Among 15 digits in its own column the check digit tells a registration number.
    let isOwnColumn =
      simple[field].type == .registrationNumber || simple[field].type == .usccOrNumber
    if isOwnColumn, isRegistrationNumber(text) {
      return String(decoding: bytes, as: UTF8.self)
    }
    // With blanks between its digits a number is none to what scrubs texts.
    if mayTellPerson(text), !holdsResidentID(text) { return "***" }
    if tellsAnother(text, than: simple[field].type) {
      return String(repeating: "*", count: min(String(decoding: bytes, as: UTF8.self).count, 20))
    }
    let whole = scrubbed(String(decoding: bytes, as: UTF8.self))
    return whole.count > 200 ? String(whole.prefix(200)) + "…" : whole
  }

  /// Whether a text is of another kind than its field, so that the dictionary's word that the field
  /// is public does not hold for it: the number of a mobile telephone in anything but a text, and
  /// words in a field of numbers or days. Their length is shown, and the place leads to them.
  private func tellsAnother(_ text: Span<UInt8>, than type: FieldType) -> Bool {
    guard type != .text, type != .name else { return false }
    var digits: [UInt8] = []
    // Names of people have Chinese numerals in them.
    var hasArabic = false
    for index in text.indices {
      guard let digit = writtenDigit(text, endingAt: index) else { continue }
      digits.append(digit)
      let isOfFullWidth = index >= 2 && text[index - 2] == 0xEF
      if digit != UInt8(ascii: "X"), text[index] < 0x80 || isOfFullWidth { hasArabic = true }
    }
    if digits.count == 11, digits[0] == UInt8(ascii: "1"), digits[1] >= UInt8(ascii: "3") {
      return true
    }
    switch type {
    // A single mark, such as a dash, tells nothing of anybody.
    case .int, .decimal, .money, .percent, .double, .date: return !hasArabic && text.count > 3
    default: return false
    }
  }

  /// Quarantines the row in hand, or accepts it with findings.
  mutating func finishFaulty(_ bytes: Span<UInt8>, _ place: Place) {
    // A field that could not be read is missing too, but once is enough to say it.
    let unreadable = Set(faults.filter { $0.kind != .missing }.map(\.field))
    let problems = faults.filter { $0.kind != .missing || !unreadable.contains($0.field) }
    var unreadHere: [Int] = []
    for problem in problems {
      // A code with a wrong check character is doubtful, but it was read.
      if case .unreadable = problem.kind, staged[problem.field].state != .stated {
        unread[problem.field] += 1
        unreadHere.append(problem.field)
      }
    }
    guard problems.contains(where: quarantines) else {
      for problem in problems { findings.append(finding(problem, place)) }
      table.append(staged, row: bytes, scratch: scratch, place: place)
      checkValidity(place)
      return
    }
    if !unreadHere.isEmpty { unreadInRow[place.record, default: []] += unreadHere }
    keepUnaccepted(bytes, place)
    quarantine.append(
      QuarantinedRow(place: place, record: plan.kind.id, faults: problems.map { fault($0, place) }))
  }

  /// Keeps what could be read of the row in hand, which is not accepted.
  mutating func keepUnaccepted(_ bytes: Span<UInt8>, _ place: Place) {
    guard unaccepted.count < bounds.most else { return }
    unaccepted.append(staged, row: bytes, scratch: scratch, place: place)
  }

  private func quarantines(_ problem: CellProblem) -> Bool {
    let field = plan.kind.fields[problem.field]
    switch problem.kind {
    case .missing, .noIdentity: return true
    case .unsure, .repeated: return false
    case .unreadable(let fault):
      if field.isRequired, staged[problem.field].state != .stated { return true }
      switch fault {
      case .excelMangled, .residentNumber: return true
      case .approximate, .unknownCurrency, .unknownCondition: return false
      case .mojibake:
        return field.isRequired || field.type == .name || special.identifies[problem.field]
          || isQuarantined(field, fault)
      case .badCheckDigit:
        return staged[problem.field].state != .stated && isQuarantined(field, fault)
      case .badNumber, .notWhole, .outOfRange, .noUnit, .badDate, .placeholderDate, .noSuchDay,
        .badFlag, .unknownCode, .badLength, .badCharacter, .controlCharacter:
        return isQuarantined(field, fault)
      }
    }
  }

  private func isQuarantined(_ field: Field, _ fault: CellFault) -> Bool {
    if fault == .badCheckDigit, field.check == .quarantine { return true }
    switch field.onError {
    case .quarantine: return true
    case .notStated: return false
    }
  }

  private func fault(_ problem: CellProblem, _ place: Place) -> QuarantinedRow.Fault {
    let words = located(words(for: problem), problem.field, place)
    return QuarantinedRow.Fault(
      code: words.code, field: plan.kind.fields[problem.field].id, raw: problem.raw,
      message: words.message, cure: words.cure)
  }

  private func finding(_ problem: CellProblem, _ place: Place) -> Finding {
    let words = located(words(for: problem), problem.field, place)
    return Finding(
      .warning, words.code, place: place, field: plan.kind.fields[problem.field].id,
      message: words.message, cure: words.cure)
  }

  /// In a sheet the words begin with the cell that a field is read from.
  func located(_ words: ProblemWords, _ field: Int, _ place: Place) -> ProblemWords {
    guard isSheet, let slot = plan.fields[field].rules.lazy.flatMap(\.slots).first else {
      return words
    }
    return words.at(columnName(Int(slot)) + String(place.line))
  }

  /// Divisions that are outside of their validity on the as-of date.
  mutating func checkValidity(_ place: Place) {
    for index in 0..<special.divisions.count
    where staged[special.divisions[index]].state == .stated {
      let field = special.divisions[index]
      let code = Int(staged[field].number)
      guard special.isInvalid[field][code] else { continue }
      findings.append(divisionFinding(field, code, plan.validity[field][code].successor, place))
    }
  }
}

func isRegistrationNumber(_ text: Span<UInt8>) -> Bool {
  do throws(CellFault) {
    try RegistrationNumber.check(text)
    return true
  } catch { return false }
}
