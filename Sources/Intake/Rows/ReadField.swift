import Fields
import RulePacks
import Tables

/// One field of the row in hand: from delivered text to a typed value.
extension RowReader {
  /// Which cell counts, found by reading as rows are read, so that the text that is shown is the
  /// one that the value came from. Leaves nothing behind.
  mutating func source(
    of field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> FieldSource {
    let slot = Int(simple[field].slot)
    if slot >= 0, chosen.isEmpty {
      guard slot < cells.count, cells[slot].start >= 0 else { return .nothing }
      let range = content(field, bytes, cells[slot])
      return range.isEmpty ? .nothing : .cell(range)
    }
    let before = (staged[field], faults.count, scratch.count, needsSecondLook, placeInHand)
    placeInHand = nil
    defer {
      staged[field] = before.0
      faults.removeLast(faults.count - before.1)
      scratch.removeLast(scratch.count - before.2)
      (needsSecondLook, placeInHand) = (before.3, before.4)
    }
    return stageByRules(field, bytes, cells)
  }

  mutating func stage(_ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>) {
    let slot = Int(simple[field].slot)
    guard slot >= 0, chosen.isEmpty else {
      _ = stageByRules(field, bytes, cells)
      return
    }
    let cell = slot < cells.count ? cells[slot] : .absent
    guard cell.start >= 0 else {
      staged[field] = StagedCell(state: .notStated)
      return
    }
    let range = content(field, bytes, cell)
    read(field, rule: 0, bytes, range)
  }

  /// The text of a cell without spaces and what spreadsheets put around codes.
  func content(_ field: Int, _ bytes: Span<UInt8>, _ cell: CellRange) -> Range<Int> {
    cellContent(bytes, cell, wrapping(field))
  }

  /// What may stand around the texts of a field.
  func wrapping(_ field: Int) -> CellWrapping {
    CellWrapping(
      mayBeFormula: special.isFromSpreadsheet, mayBeMarked: !simple[field].isDeliveredText)
  }

  /// Reads the first cell or constant that states something, or cannot be read.
  mutating func stageByRules(
    _ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> FieldSource {
    staged[field] = StagedCell(state: .notStated)
    if !chosen.isEmpty, chosen[field].start >= 0 {
      let rule = max(0, firstRule(field, bytes, cells))
      let range = content(field, bytes, chosen[field])
      read(field, rule: rule, bytes, range)
      return .cell(range)
    }
    var first = FieldSource.nothing
    let known = faults.count
    var isMeant = false
    // By index: copying a rule would count references to all that it holds, for every cell.
    for rule in 0..<plan.fields[field].rules.count where holds(field, rule, bytes, cells) {
      isMeant = true
      if let constant = plan.fields[field].rules[rule].constant {
        readAside(field, rule: rule, constant)
        return .constant(rule: rule)
      }
      for index in 0..<plan.fields[field].rules[rule].slots.count {
        let slot = Int(plan.fields[field].rules[rule].slots[index])
        guard slot < cells.count, cells[slot].start >= 0 else { continue }
        let range = content(field, bytes, cells[slot])
        read(field, rule: rule, bytes, range)
        if staged[field].state != .notStated || faults.count > known { return .cell(range) }
        if first == .nothing, !range.isEmpty { first = .cell(range) }
      }
    }
    return isMeant ? first : leftOut(field, bytes, cells)
  }

  /// The first rule whose conditions hold, or −1.
  private func firstRule(_ field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>) -> Int {
    (0..<plan.fields[field].rules.count).first { holds(field, $0, bytes, cells) } ?? -1
  }

  /// Whether a rule is meant for this row.
  func holds(
    _ field: Int, _ rule: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> Bool {
    for index in 0..<plan.fields[field].rules[rule].conditions.count {
      let slot = Int(plan.fields[field].rules[rule].conditions[index].slot)
      guard slot >= 0, slot < cells.count else { return false }
      let cell = cells[slot]
      let text =
        cell.start < 0 ? bytes.extracting(0..<0) : bytes.extracting(Int(cell.start)..<Int(cell.end))
      guard plan.fields[field].rules[rule].conditions[index].isMet(by: text) else { return false }
    }
    return true
  }

  /// Reads a text that does not stand in the row.
  mutating func readAside(_ field: Int, rule: Int, _ text: [UInt8]) {
    read(field, rule: rule, text.span, 0..<text.count)
    guard staged[field].state == .stated, simple[field].isText, !staged[field].isInScratch else {
      return
    }
    let start = scratch.count
    scratch.append(contentsOf: text)
    staged[field].text = CellRange(start: Int32(start), end: Int32(scratch.count))
    staged[field].isInScratch = true
  }

  /// Reads the text of a field; what cannot be read is a fault and not stated.
  mutating func read(
    _ field: Int, rule: Int, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) {
    let text = bytes.extracting(range)
    let state = plan.absences.state(of: text)
    guard state == .stated else {
      staged[field] = simple[field].absent(state)
      return
    }
    var cell = StagedCell(state: .stated)
    do throws(CellFault) {
      switch simple[field].type {
      case .text, .name: try readText(field, text, range, into: &cell)
      case .int:
        if holdsResidentIDInRun(text) { throw .residentNumber }
        cell.number = try plan.fields[field].rules[rule].numbers.whole(text)
        if text.count > 8, plan.fields[field].rules[rule].numbers.isRounded(text) {
          tally(.rounded, field, text)
        }
      case .decimal, .money, .percent:
        if holdsResidentIDInRun(text) { throw .residentNumber }
        let reading = try plan.fields[field].rules[rule].numbers.reading(text)
        cell.number = reading.value.millionths
        if reading.isRounded { tally(.rounded, field, text) }
        if simple[field].type == .percent, let placeInHand {
          scales.add(field, text, cell.number, unit(of: field, rule), placeInHand)
        }
      case .double: try readReal(text, range, into: &cell)
      case .date:
        cell.number = Int64(try plan.fields[field].dates.date(text).packed)
        if isMidnightElsewhere(text) { tally(.midnight, field, text) }
      case .flag:
        cell.number = Int64(readers[plan.fields[field].rules[rule].reader].read(text))
        if cell.number < 0 { throw .badFlag }
      case .code, .grade, .division:
        cell.number = Int64(readers[plan.fields[field].rules[rule].reader].read(text))
        if cell.number < 0 {
          let isMangled = special.isFromSpreadsheet && isMangledBySpreadsheet(text)
          throw isMangled ? .excelMangled : .unknownCode
        }
      case .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID:
        try readIdentifier(field, text, range, into: &cell)
      }
      if simple[field].hasRange, cell.state == .stated { try checkRange(field, cell.number) }
    } catch {
      cell = StagedCell(state: .notStated)
      if error == .placeholderDate {
        tally(.placeholder, field, text)
      } else {
        note(field, error, text)
      }
    }
    staged[field] = cell
  }

  /// What a bare number counts, in millionths.
  func unit(of field: Int, _ rule: Int) -> Int64 {
    plan.fields[field].rules[rule].numbers.scale.millionths
  }

  /// Counts a cell, once the row is taken by itself.
  private mutating func tally(_ kind: CellTallies.Kind, _ field: Int, _ text: Span<UInt8>) {
    guard let placeInHand else {
      needsSecondLook = true
      return
    }
    tallies.add(kind, field, shown(field, text), placeInHand)
  }

  func checkRange(_ field: Int, _ number: Int64) throws(CellFault) {
    guard !simple[field].isOutOfRange(number) else { throw .outOfRange }
  }

  mutating func readText(
    _ field: Int, _ text: Span<UInt8>, _ range: Range<Int>, into cell: inout StagedCell
  ) throws(CellFault) {
    let look = lookAt(text)
    if look.hasControl { throw .controlCharacter }
    if look.isOdd, isMojibake(text) { throw .mojibake }
    if look.hasLateControl { throw .controlCharacter }
    if holdsCodes[field], isMangledBySpreadsheet(text) { throw .excelMangled }
    if look.isUnsure, simple[field].type == .name { noteUnsure(field, text) }
    // A code is kept as it is seen, so that it is found by what people type.
    let isClean =
      (!look.mayFold || !special.identifies[field] || simple[field].type != .text)
      && !look.hasDirections
    let isWary = special.areDigested[field]
    guard !isClean || mayHoldResidentID(text) || isWary && mayTellPerson(text) else {
      cell.text = CellRange(start: Int32(range.lowerBound), end: Int32(range.upperBound))
      return
    }
    let start = scratch.count
    append(text, to: &scratch)
    if !isClean { removeShapeless(from: &scratch, from: start) }
    try hideResidentID(field, from: start)
    cell.text = CellRange(start: Int32(start), end: Int32(scratch.count))
    cell.isInScratch = true
  }

  /// Keeps resident identity numbers out of the text that ends the scratch buffer.
  ///
  /// Masked, two persons' numbers would be one. So where they would tell whose row it is, a digest
  /// stands for the text, if the dictionary says that it may hold one, and else the row goes back;
  /// digits within a longer code are none.
  private mutating func hideResidentID(_ field: Int, from start: Int) throws(CellFault) {
    guard special.joins[field] else { return scrub(&scratch, from: start) }
    let copy = Array(scratch[start...])
    let text = copy.span
    if special.areDigested[field] {
      guard mayTellPerson(text) else { return }
      guard let digestKey else { throw .residentNumber }
      let digest = ResidentID.digest(ofIdentity: text, key: digestKey)
      scratch.removeLast(scratch.count - start)
      scratch.append(contentsOf: digest.utf8)
      return
    }
    guard holdsResidentID(text) else { return }
    if simple[field].type == .text, !holdsOwnResidentID(text) { return }
    guard special.identifies[field] else { return scrub(&scratch, from: start) }
    throw .residentNumber
  }

  /// Keeps a number with all its digits.
  private mutating func readReal(
    _ text: Span<UInt8>, _ range: Range<Int>, into cell: inout StagedCell
  ) throws(CellFault) {
    if holdsResidentIDInRun(text) { throw .residentNumber }
    let digits = try realDigits(text)
    let start = scratch.count
    scratch.append(contentsOf: digits)
    cell.text = CellRange(start: Int32(start), end: Int32(scratch.count))
    cell.isInScratch = true
  }

  mutating func readIdentifier(
    _ field: Int, _ text: Span<UInt8>, _ range: Range<Int>, into cell: inout StagedCell
  ) throws(CellFault) {
    if simple[field].type == .uscc, (try? CreditCode.check(text)) != nil,
      !ResidentID.reads(text)
    {
      cell.text = CellRange(start: Int32(range.lowerBound), end: Int32(range.upperBound))
      return
    }
    if isMangledBySpreadsheet(text) { throw .excelMangled }
    let start = scratch.count
    appendSanitised(text, to: &scratch)
    do throws(CellFault) {
      if simple[field].type == .residentID {
        try replaceByDigest(from: start)
      } else {
        let code = scratch.span.extracting(start..<scratch.count)
        if isResidentNumber(simple[field].type, code) { throw .residentNumber }
        _ = try checkCode(simple[field].type, code)
      }
    } catch .badCheckDigit where simple[field].type != .residentID {
      // 15 digits at most survive a spreadsheet; the rest are zeros.
      if hasLostDigits(scratch, from: start) { throw .excelMangled }
      switch plan.kind.fields[field].check {
      case .none: break
      case .finding: note(field, .badCheckDigit, text)
      case .quarantine: throw .badCheckDigit
      }
    }
    cell.text = CellRange(start: Int32(start), end: Int32(scratch.count))
    cell.isInScratch = true
    if simple[field].type != .residentID, holdsSmallLetter(text) {
      tally(.smallLetters, field, text)
    }
  }

  /// Puts the keyed digest of the number that ends the scratch buffer in its place.
  private mutating func replaceByDigest(from start: Int) throws(CellFault) {
    let number = try ResidentID.normalised(scratch.span.extracting(start..<scratch.count))
    guard let digestKey else { throw .badCharacter }
    scratch.removeLast(scratch.count - start)
    scratch.append(contentsOf: keyedDigest(of: number, key: digestKey).utf8)
  }

  /// Takes characters of another field.
  mutating func cut(_ field: Int, _ bytes: Span<UInt8>) {
    guard let cut = plan.kind.fields[field].from, staged[cut.field].state == .stated,
      faults.last?.field != field
    else { return }
    let source = staged[cut.field]
    guard plan.kind.fields[cut.field].type.column == .text else { return }
    let first = Int(source.text.start) + cut.first - 1
    let last = Int(source.text.start) + cut.last
    guard first >= 0, last <= Int(source.text.end), first < last else { return }
    var text = aside
    aside = []
    text.removeAll(keepingCapacity: true)
    for index in first..<last { text.append(source.isInScratch ? scratch[index] : bytes[index]) }
    readAside(field, rule: 0, text)
    aside = text
  }
}

/// Whether a person's number stands where another code belongs: sole traders were registered under
/// theirs for years. Among 15 digits in the column of registration numbers the check digit decides
/// too.
func isResidentNumber(_ type: FieldType, _ code: Span<UInt8>) -> Bool {
  guard ResidentID.reads(code) else { return false }
  guard type == .registrationNumber || type == .usccOrNumber, code.count == 15 else {
    return type != .residentID
  }
  do throws(CellFault) {
    try RegistrationNumber.check(code)
    return false
  } catch { return true }
}

private func holdsSmallLetter(_ text: Span<UInt8>) -> Bool {
  for index in text.indices where text[index] >= 0x61 && text[index] <= 0x7A { return true }
  return false
}

/// Checks the characters of a code.
///
/// - Returns: whether codes of the type can be checked.
func checkCode(_ type: FieldType, _ code: Span<UInt8>) throws(CellFault) -> Bool {
  switch type {
  case .uscc: try CreditCode.check(code)
  case .registrationNumber: try RegistrationNumber.check(code)
  case .usccOrNumber where code.count == 15: try RegistrationNumber.check(code)
  case .usccOrNumber: try CreditCode.check(code)
  case .organizationCode: try OrganizationCode.check(code)
  case .residentID, .text, .name, .int, .decimal, .double, .money, .percent, .flag, .date, .code,
    .grade, .division:
    return false
  }
  return true
}

/// What spreadsheets and their users put around codes so that they stay as they are.
struct CellWrapping: Sendable {
  /// `="012345"`, in CSV.
  var mayBeFormula: Bool
  /// A leading `'` or `` ` ``, everywhere but in texts and names, which may begin with one.
  var mayBeMarked: Bool
}

/// The text of a cell without spaces and what is put around codes.
func cellContent(
  _ bytes: Span<UInt8>, _ cell: CellRange, _ wrapping: CellWrapping
) -> Range<Int> {
  let range = trimmed(bytes, Int(cell.start), Int(cell.end))
  guard !range.isEmpty else { return range }
  switch bytes[range.lowerBound] {
  case UInt8(ascii: "="): return wrapping.mayBeFormula ? formulaText(bytes, range) : range
  case UInt8(ascii: "'"), UInt8(ascii: "`"):
    return wrapping.mayBeMarked ? trimmed(bytes, range.lowerBound + 1, range.upperBound) : range
  default: return range
  }
}

/// `="012345…"` keeps a spreadsheet from making a number of a code.
private func formulaText(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
  guard range.count >= 3, bytes[range.lowerBound + 1] == UInt8(ascii: "\""),
    bytes[range.upperBound - 1] == UInt8(ascii: "\"")
  else { return range }
  return trimmed(bytes, range.lowerBound + 2, range.upperBound - 1)
}
