import Fields
import RulePacks
import Tables

/// One field of all rows of a block: from located texts to typed values.
///
/// Whatever is not plain marks its row as slow; slow rows are read again one by one, so nothing
/// needs to be said here of what is wrong with them.
extension RowReader {
  /// Reads the texts that have been located.
  mutating func readLocated(
    _ field: Int, _ column: inout BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>,
    _ count: Int
  ) {
    let rule = plan.fields[field].rules[0]
    let marks = special.isFromSpreadsheet
    switch simple[field].type {
    case .text, .name:
      lookAtTexts(
        column, &slow, bytes, count, isName: simple[field].type == .name, marks,
        isIdentity: special.identifies[field], isWary: special.areDigested[field])
      if holdsCodes[field] { lookForDates(column, &slow, bytes, count) }
    case .int: readWhole(&column, &slow, bytes, count, rule.numbers)
    case .decimal, .money, .percent: readDecimals(&column, &slow, bytes, count, rule.numbers)
    // Composite rubrics are about hundreds of subjects, not millions; their rows are read one by one.
    case .double: for row in 0..<count where column.states[row] == .stated { slow[row] = true }
    case .date: readDates(&column, &slow, bytes, count, plan.fields[field].dates)
    case .flag, .code, .grade, .division:
      // Taken out while it reads, so that what it remembers has one owner.
      var reader = CodeReader([:])
      swap(&reader, &readers[rule.reader])
      readCodes(&column, &slow, bytes, count, &reader)
      swap(&reader, &readers[rule.reader])
    case .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID:
      readIdentifiers(field, &column, &slow, bytes, count)
    }
    if simple[field].hasRange { checkRanges(field, column, &slow, count) }
    if simple[field].hasNone { putNone(&column, count, simple[field].none) }
  }

  private func checkRanges(
    _ field: Int, _ column: BlockColumn, _ slow: inout [Bool], _ count: Int
  ) {
    for row in 0..<count where column.states[row] == .stated {
      do throws(CellFault) {
        try checkRange(field, column.numbers[row])
      } catch { slow[row] = true }
    }
  }

  /// A code that passes its checks as it stands needs no sanitising.
  private mutating func readIdentifiers(
    _ field: Int, _ column: inout BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>,
    _ count: Int
  ) {
    for row in 0..<count where column.states[row] == .stated {
      let range = column.bounds(row)
      guard !passes(simple[field].type, bytes.extracting(range)) else { continue }
      if special.identifies[field], mayFoldAway(bytes.extracting(range)) { slow[row] = true }
      read(field, rule: 0, bytes, range)
      column[row] = staged[field]
      setAside(row, &slow)
    }
  }

  /// A row with faults is read again by itself.
  mutating func setAside(_ row: Int, _ slow: inout [Bool]) {
    guard !faults.isEmpty || needsSecondLook else { return }
    faults.removeAll(keepingCapacity: true)
    needsSecondLook = false
    slow[row] = true
  }
}

private func passes(_ type: FieldType, _ code: Span<UInt8>) -> Bool {
  do throws(CellFault) {
    guard try checkCode(type, code) else { return false }
    return !isResidentNumber(type, code)
  } catch { return false }
}

private func lookAtTexts(
  _ column: BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>, _ count: Int, isName: Bool,
  _ mayHaveQuotes: Bool, isIdentity: Bool, isWary: Bool
) {
  for row in 0..<count where column.states[row] == .stated {
    let text = bytes.extracting(column.bounds(row))
    let look = lookAt(text)
    if look.hasControl || look.hasLateControl || look.hasDirections || (isName && look.isUnsure)
      || (isIdentity && look.mayFold)
      || mayHoldResidentID(text) || (isWary && mayTellPerson(text))
      || (mayHaveQuotes && standsInApostrophes(text)) || (look.isOdd && isMojibake(text))
    {
      slow[row] = true
    }
  }
}

/// Rows in which a spreadsheet made something else of a code.
private func lookForDates(
  _ column: BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>, _ count: Int
) {
  for row in 0..<count where column.states[row] == .stated {
    if isMangledBySpreadsheet(bytes.extracting(column.bounds(row))) { slow[row] = true }
  }
}

private func readWhole(
  _ column: inout BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>, _ count: Int,
  _ rules: NumberRules
) {
  for row in 0..<count where column.states[row] == .stated {
    let text = bytes.extracting(column.bounds(row))
    do throws(CellFault) {
      column.numbers[row] = try rules.whole(text)
      if mayHoldResidentID(text) || (text.count > 8 && rules.isRounded(text)) { slow[row] = true }
    } catch { slow[row] = true }
  }
}

private func readDecimals(
  _ column: inout BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>, _ count: Int,
  _ rules: NumberRules
) {
  for row in 0..<count where column.states[row] == .stated {
    let text = bytes.extracting(column.bounds(row))
    do throws(CellFault) {
      let number = try rules.reading(text)
      column.numbers[row] = number.value.millionths
      if number.isRounded || mayHoldResidentID(text) { slow[row] = true }
    } catch { slow[row] = true }
  }
}

private func readDates(
  _ column: inout BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>, _ count: Int,
  _ rules: DateRules
) {
  for row in 0..<count where column.states[row] == .stated {
    do throws(CellFault) {
      let text = bytes.extracting(column.bounds(row))
      column.numbers[row] = Int64(try rules.date(text).packed)
      if isMidnightElsewhere(text) { slow[row] = true }
    } catch { slow[row] = true }
  }
}

private func readCodes(
  _ column: inout BlockColumn, _ slow: inout [Bool], _ bytes: Span<UInt8>, _ count: Int,
  _ reader: inout CodeReader
) {
  for row in 0..<count where column.states[row] == .stated {
    let code = reader.read(bytes.extracting(column.bounds(row)))
    column.numbers[row] = Int64(code)
    if code < 0 { slow[row] = true }
  }
}

/// Puts what “stated: none” stands for where it is stated.
private func putNone(_ column: inout BlockColumn, _ count: Int, _ none: Int64) {
  for row in 0..<count {
    switch column.states[row] {
    case .stated, .notStated: continue
    case .statedNone, .checkedNone:
      column.states[row] = .stated
      column.numbers[row] = none
    }
  }
}
