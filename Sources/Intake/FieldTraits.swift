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

  init(_ plan: RowPlan, _ index: Int) {
    let field = plan.kind.fields[index]
    type = field.type
    slot = plan.fields[index].onlySlot
    isText = field.type.column == .text
    isDeliveredText = field.type == .text || field.type == .name
    hasRange = !isText && (field.least != nil || field.most != nil)
    least = field.least?.millionths ?? .min
    most = field.most?.millionths ?? .max
    let value = field.statedNone.flatMap { SimpleField.number($0, plan.codeNames[index]) }
    hasNone = value != nil
    none = value ?? 0
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
}

func lookAt(_ text: Span<UInt8>) -> TextLook {
  var look = TextLook()
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte >= 0xE4, byte <= 0xE9 {
      // The main block of Chinese characters holds none of what is looked for.
      index += 3
      continue
    }
    if byte < 0x20 {
      if byte != 0x09 && byte != 0x0A && byte != 0x0D { look.hasControl = true }
    } else if byte == 0x3F {
      look.isUnsure = true
    } else if byte >= 0xC2 {
      if byte >= 0xE2, isPlaceholder(text, index) { look.isUnsure = true }
      if mayFoldAway(text, index) { look.mayFold = true }
    }
    index += 1
  }
  return look
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
