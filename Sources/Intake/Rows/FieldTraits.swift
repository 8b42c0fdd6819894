import Fields
import RulePacks
import Tables

/// What the loop over the fields of every row needs to know of one, without following references.
struct SimpleField: Sendable {
  let type: FieldType
  /// −1 where the field's text is not simply that of one slot.
  let slot: Int32
  let isText: Bool
  /// Whether the value is the text itself, not what a code or a number says.
  let isDeliveredText: Bool
  let hasRange: Bool
  /// In millionths.
  let least: Int64
  let most: Int64
  /// What “stated: none” stands for, if the dictionary says so.
  let hasNone: Bool
  let none: Int64

  /// Of dates, the days between which they must lie.
  private let days: ClosedRange<Int32>

  init(_ plan: RowPlan, _ index: Int, asOf: PartialDate) {
    let field = plan.kind.fields[index]
    type = field.type
    slot = plan.fields[index].onlySlot
    isText = field.type.column == .text
    isDeliveredText = field.type == .text || field.type == .name
    let first = field.leastDay?.date(asOf: asOf).firstDay ?? .min
    let last = field.mostDay?.date(asOf: asOf).lastDay ?? .max
    days = first...max(first, last)
    hasRange =
      !isText
      && (field.least != nil || field.most != nil || field.leastDay != nil || field.mostDay != nil)
    least = field.least?.millionths ?? .min
    most = field.most?.millionths ?? .max
    let value = field.statedNone.flatMap { SimpleField.number($0, plan.codeNames[index]) }
    hasNone = value != nil
    none = value ?? 0
  }

  /// Whether a value is outside of what the dictionary finds plausible: of a date, with all the days
  /// that it can mean; a date without end never is.
  func isOutOfRange(_ number: Int64) -> Bool {
    if type == .date {
      let date = PartialDate(packed: Int32(truncatingIfNeeded: number))
      if date == .openEnd { return false }
      return date.lastDay < days.lowerBound || date.firstDay > days.upperBound
    }
    let value =
      type == .int
      ? number.multipliedReportingOverflow(by: Exact.one) : (partialValue: number, overflow: false)
    return value.overflow || value.partialValue < least || value.partialValue > most
  }

  /// The cell of an absence.
  func absent(_ state: CellState) -> StagedCell {
    guard hasNone, state != .notStated else { return StagedCell(state: state) }
    return StagedCell(state: .stated, number: none)
  }

  private static func number(_ value: Value, _ codes: [String]) -> Int64? {
    switch value {
    case .bool(let flag): flag ? 1 : 0
    case .int(let number): number
    case .decimal(let number): number.millionths
    case .date(let date): Int64(date.packed)
    case .string(let code): codes.firstIndex(of: code).map { Int64($0) }
    case .null, .double, .timestamp, .duration, .list, .map, .type: nil
    }
  }
}

/// Fields that need a second look after the loop over all.
struct SpecialFields: Sendable {
  let splits: [Int]
  /// Slots of the fields whose cells may hold several values.
  let splitSlots: [Int32]
  /// First bytes of what stands between values.
  private let separatorLeads: Set<UInt8>
  let cuts: [Int]
  /// Fields of which several columns go by one name.
  let several: [Int]
  /// Percentages that are simply read from a column.
  let percents: [Int]
  let required: [Int]
  let divisions: [Int]
  /// By field and code, whether a division is outside of its validity.
  let isInvalid: [[Bool]]
  /// By field, whether it tells whose row it is.
  let identifies: [Bool]
  /// The fields that do.
  let identities: [Int]
  /// By field, whether rows or subjects are joined by its text: as an identity, as what a subject
  /// refers to another by, or as what a correction is about.
  let joins: [Bool]
  /// By field, whether a digest stands for texts with resident identity numbers.
  let areDigested: [Bool]
  /// Whether cells may carry what spreadsheets put around codes.
  let isFromSpreadsheet: Bool

  init(_ plan: RowPlan, asOf: PartialDate) {
    let fields = plan.kind.fields
    splits = fields.indices.filter { !fields[$0].split.isEmpty && !plan.fields[$0].rules.isEmpty }
    splitSlots = splits.flatMap { plan.fields[$0].rules.flatMap(\.slots) }
    separatorLeads = Set(splits.flatMap { fields[$0].split.compactMap(\.utf8.first) })
    several = fields.indices.filter { !plan.fields[$0].same.isEmpty }
    cuts = fields.indices.filter { fields[$0].from != nil }
    percents = fields.indices.filter {
      fields[$0].type == .percent && plan.fields[$0].rules.count == 1
    }
    let identity = Set((plan.identity ?? []).joined())
    identifies = fields.indices.map { identity.contains($0) }
    identities = identity.sorted()
    joins = fields.indices.map { identity.contains($0) || plan.referring.contains($0) }
    areDigested = fields.indices.map { [joins] in joins[$0] && fields[$0].mayHoldResidentID }
    required = fields.indices.filter { fields[$0].isRequired }
    isInvalid = plan.validity.map { codes in
      codes.map { validity in
        let isEarly = validity.from.map { $0.firstDay > asOf.lastDay } ?? false
        let isLate = validity.to.map { $0.lastDay < asOf.firstDay } ?? false
        return isEarly || isLate
      }
    }
    divisions = isInvalid.indices.filter { [isInvalid] in isInvalid[$0].contains(true) }
    switch plan.profile.format {
    case .csv: isFromSpreadsheet = true
    case .xml: isFromSpreadsheet = false
    }
  }

  /// A quick look that rules out most cells with one value.
  func mayHoldSeveral(_ cell: Span<UInt8>) -> Bool {
    for index in cell.indices where separatorLeads.contains(cell[index]) { return true }
    return false
  }
}

/// A further text of a slot that occurred more than once in a row.
struct RepeatedCell: Sendable {
  var slot: Int32
  var range: CellRange
}

/// What a look at every byte of a text tells.
struct TextLook {
  /// Bytes that stand in no text, such as NUL.
  var hasControl = false
  /// Signs that a character could not be written in some encoding.
  var isUnsure = false
  /// Characters that comparing may fold away although they cannot be seen or told from others.
  var mayFold = false
  /// Signs of a text in a wrong encoding, which need a second look.
  var isOdd = false
  /// Controls of Latin-1, which terminals may act on.
  var hasLateControl = false
  /// Marks that nobody sees and that turn the text around them.
  var hasDirections = false
}

func lookAt(_ text: Span<UInt8>) -> TextLook {
  var look = TextLook()
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte >= 0xE4, byte <= 0xE9 {
      // The main block of Chinese characters holds hardly anything of what is looked for.
      let start = index
      repeat {
        if text[index] == 0xE9, isAt(text, index, 0x94, 0x9F) { look.isOdd = true }
        index += 3
      } while index < text.count && text[index] >= 0xE4 && text[index] <= 0xE9
      // One by itself, with a letter behind it and no Chinese before.
      let isAlone = index - start == 3 && (start == 0 || text[start - 1] < 0x80)
      if isAlone, index < text.count, isLetter(text[index]) { look.isOdd = true }
      continue
    }
    if byte < 0x20 {
      if byte != 0x09 && byte != 0x0A && byte != 0x0D { look.hasControl = true }
    } else if byte == 0x7F {
      look.hasControl = true
    } else if byte == 0x3F {
      if isReplacement(text, index) { look.isUnsure = true }
    } else if byte >= 0xC2 {
      if byte <= 0xC3 {
        // No ASCII follows a letter with an accent, or the character is a control.
        let next = index + 2 < text.count ? text[index + 2] : 0
        let isControl = byte == 0xC2 && index + 1 < text.count && text[index + 1] < 0xA0
        if next >= 0x80 || isControl { look.isOdd = true }
        // A line of its own (U+0085) is a blank.
        if isControl, text[index + 1] != 0x85 { look.hasLateControl = true }
      } else if byte >= 0xE2, isPlaceholder(text, index) {
        look.isUnsure = true
        if byte >= 0xEE { look.isOdd = true }
      }
      if mayFoldAway(text, index) { look.mayFold = true }
      if byte == 0xE2 || byte == 0xD8, turnsText(text, index) { look.hasDirections = true }
    }
    index += 1
  }
  if text.count >= 9, text[0] >= 0xE4, text[0] <= 0xE9, beginsLikeUTF8(text) { look.isOdd = true }
  return look
}

/// Whether two ideographs begin a text that, written in GB18030, begin one in UTF-8.
private func beginsLikeUTF8(_ text: Span<UInt8>) -> Bool {
  let first = GB18030Converter.code(of: ideograph(text, 0))
  guard first >= 0xE400, first < 0xEA00, first & 0xC0 == 0x80, text[3] >= 0xE4, text[3] <= 0xE9
  else { return false }
  let second = GB18030Converter.code(of: ideograph(text, 3))
  return second & 0xC000 == 0x8000 && second & 0xFF >= 0xE3 && second & 0xFF <= 0xEF
}

private func ideograph(_ text: Span<UInt8>, _ index: Int) -> UInt32 {
  UInt32(text[index] & 0x0F) << 12 | UInt32(text[index + 1] & 0x3F) << 6
    | UInt32(text[index + 2] & 0x3F)
}

private func isAt(_ text: Span<UInt8>, _ index: Int, _ second: UInt8, _ third: UInt8) -> Bool {
  index + 2 < text.count && text[index + 1] == second && text[index + 2] == third
}

private func isLetter(_ byte: UInt8) -> Bool {
  byte < 0x80 && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
}

/// Whether a question mark stands where a letter did, and asks nothing: before a letter, next to
/// another, or at the end of a name of few characters.
private func isReplacement(_ text: Span<UInt8>, _ index: Int) -> Bool {
  let next = index + 1 < text.count ? text[index + 1] : 0x20
  if next >= 0x80 || isLetter(next) || next == 0x3F { return true }
  guard index > 0 else { return true }
  return text[index - 1] == 0x3F || (text[index - 1] >= 0x80 && text.count <= 10)
}

/// □, 〓, U+FFFD, and the private use areas.
private func isPlaceholder(_ text: Span<UInt8>, _ index: Int) -> Bool {
  guard index + 2 < text.count else { return false }
  switch (text[index], text[index + 1], text[index + 2]) {
  case (0xE2, 0x96, 0xA1), (0xE3, 0x80, 0x93), (0xEF, 0xBF, 0xBD), (0xEE, _, _): return true
  case (0xEF, 0x80...0xA3, _): return true
  case (0xF3, 0xB0..., _), (0xF4, _, _): return true
  default: return false
  }
}
