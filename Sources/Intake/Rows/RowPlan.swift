import Fields
import RulePacks
import Tables

/// How the cells of one file's rows become the fields of one record kind.
///
/// A slot is a cell of a row: the column of a CSV file, or one of the paths of an XML profile.
struct RowPlan: Sendable {
  var profile: SourceProfile
  var kind: RecordKind
  /// In the order of the data dictionary.
  var fields: [FieldPlan] = []
  /// Readers of codes and flags, by index.
  var readers: [CodeReader] = []
  var absences: AbsenceWords
  /// Names of the codes, for the fields that have some.
  var codeNames: [[String]] = []
  /// By field, the words that are written out to whoever has to mend a code.
  var codeWords: [[String]] = []
  /// For divisions, from when to when each code is valid.
  var validity: [[Validity]] = []
  /// Field indices of each identity step that this record kind can state; nil for corrections.
  var identity: [[Int]]?
  /// What each slot is called, for messages.
  var slotNames: [String] = []
  /// Fields whose texts other subjects or rows are found by.
  var referring: [Int] = []
  /// Columns that say whether a row is in force.
  var marks: [RowMark] = []

  struct Validity: Sendable {
    var from: PartialDate?
    var to: PartialDate?
    var successor: String?
  }
}

/// Where one field comes from.
struct FieldPlan: Sendable {
  /// The first that applies and is stated counts.
  var rules: [RulePlan] = []
  var dates = DateRules()
  /// The only slot of the only rule without conditions; −1 where it is less simple.
  var onlySlot: Int32 = -1

  /// Slots that nothing else reads, and this field only where a condition holds.
  var conditional: [Int32] = []

  /// Columns that are called the same, where there are several.
  var same: [[NamedColumn]] = []

  struct NamedColumn: Sendable {
    var rule: Int
    var slot: Int32
  }

  /// Whether any row can state it by itself, be it by a constant.
  var readsAnything: Bool { rules.contains { !$0.slots.isEmpty || $0.constant != nil } }

  /// Whether every row gets the same text.
  var isConstant: Bool { rules.first.map { $0.constant != nil && $0.conditions.isEmpty } ?? false }
}

/// One way to find a field's text, and how to read it.
struct RulePlan: Sendable {
  var slots: [Int32] = []
  var constant: [UInt8]?
  var conditions: [ConditionPlan] = []
  var numbers: NumberRules
  /// Index of its reader of codes or flags; −1 for other types.
  var reader: Int
}

struct ConditionPlan: Sendable, Equatable {
  /// −1 where the file has no such column: the condition never holds.
  var slot: Int32
  /// Matching keys.
  var texts: [[UInt8]]

  /// Whether a cell's text is one of the texts.
  func isMet(by cell: Span<UInt8>) -> Bool {
    // As delivered, most texts are their own keys.
    for index in texts.indices where isEqual(cell, index) { return true }
    var key: [UInt8] = []
    appendMatchingKey(of: cell, to: &key)
    return texts.contains(key)
  }

  private func isEqual(_ cell: Span<UInt8>, _ index: Int) -> Bool {
    guard texts[index].count == cell.count else { return false }
    for offset in cell.indices where texts[index][offset] != cell[offset] { return false }
    return true
  }
}

/// A column that was found by a name.
struct FoundColumn {
  var slot: Int32
  /// What a unit in its header makes of a bare number.
  var scale: Exact?
}

extension RowPlan {
  /// - Parameters:
  ///   - find: the columns of a name, for a field.
  ///   - findAny: the columns that go by names of the data dictionary, the first that counts first.
  init(
    _ profile: SourceProfile, in pack: RulePack,
    find: (_ name: String, _ field: Field?) -> [FoundColumn],
    findAny: (_ names: [String], _ field: Field) -> [FoundColumn]
  ) {
    self.profile = profile
    kind = pack.records[profile.record]
    let words = pack.words
    absences = AbsenceWords(
      notStated: words.notStated, statedNone: words.statedNone, checkedNone: words.checkedNone)
    let dates = DateRules(openEnded: words.openEnded, dayNumbers: profile.dayNumbers)
    identity = pack.identitySteps(of: kind)
    referring = RowPlan.referring(kind, in: pack)
    for (index, field) in kind.fields.enumerated() {
      let codes = field.codes.map { pack.codes[$0] }
      codeNames.append(codes?.names ?? [])
      validity.append(field.type == .division ? RowPlan.validity(codes) : [])
      let ruled = profile.columns.filter { $0.field == index }
      codeWords.append(RowPlan.words(of: field, ruled, in: pack))
      var plan = FieldPlan()
      plan.dates = dates
      if let placeholders = field.placeholders { plan.dates.placeholders = placeholders }
      for rule in ruled {
        plan.rules.append(add(rule, field, pack, find: find))
        for name in rule.from {
          let columns = find(name, field).map {
            FieldPlan.NamedColumn(rule: plan.rules.count - 1, slot: $0.slot)
          }
          if columns.count > 1 { plan.same.append(columns) }
        }
      }
      if ruled.isEmpty, profile.usesDictionary {
        // Each is read in its own unit.
        let found = findAny([field.label, field.id] + field.aliases, field)
        plan.rules = found.map { column in
          RulePlan(
            slots: [column.slot], numbers: pack.numbers(of: field, scale: column.scale),
            reader: addReader(field, nil, pack))
        }
        if found.count > 1 {
          plan.same = [
            found.enumerated().map { FieldPlan.NamedColumn(rule: $0.offset, slot: $0.element.slot) }
          ]
        }
      }
      if plan.rules.isEmpty, field.from != nil {
        // A cut is read like a delivered text, only from elsewhere.
        let numbers = pack.numbers(of: field)
        plan.rules = [RulePlan(numbers: numbers, reader: addReader(field, nil, pack))]
      }
      if plan.rules.count == 1, plan.rules[0].slots.count == 1, plan.rules[0].constant == nil,
        plan.rules[0].conditions.isEmpty
      {
        plan.onlySlot = plan.rules[0].slots[0]
      }
      fields.append(plan)
    }
    noteConditional()
  }

  /// Finds the slots whose texts nobody reads where a row meets no condition.
  private mutating func noteConditional() {
    for field in fields.indices
    where !fields[field].rules.isEmpty && fields[field].rules.allSatisfy({ !$0.conditions.isEmpty })
    {
      let slots = fields[field].rules.flatMap(\.slots)
      let others = fields.indices.filter { $0 != field }
        .flatMap { fields[$0].rules.flatMap { $0.slots + $0.conditions.map(\.slot) } }
      for slot in slots where !others.contains(slot) && !fields[field].conditional.contains(slot) {
        fields[field].conditional.append(slot)
      }
    }
  }

  private mutating func add(
    _ rule: SourceProfile.ColumnRule, _ field: Field, _ pack: RulePack,
    find: (_ name: String, _ field: Field?) -> [FoundColumn]
  ) -> RulePlan {
    let found = rule.from.flatMap { find($0, field) }
    let scale = found.lazy.compactMap(\.scale).first ?? rule.scale
    var plan = RulePlan(
      numbers: pack.numbers(of: field, scale: scale), reader: addReader(field, rule.codes, pack))
    plan.slots = found.map(\.slot)
    plan.constant = rule.value.map { Array($0.utf8) }
    plan.conditions = rule.when.map { condition in
      ConditionPlan(
        slot: find(condition.column, nil).first?.slot ?? -1,
        texts: condition.texts.map { Array($0.utf8) })
    }
    return plan
  }

  private mutating func addReader(
    _ field: Field, _ codes: [String: Int32]?, _ pack: RulePack
  ) -> Int {
    switch field.type {
    case .code, .grade:
      let index = codes ?? field.codes.map { pack.codes[$0].index } ?? [:]
      readers.append(CodeReader(index, matchesPrefix: field.matchesPrefix))
    case .division:
      let index = codes ?? field.codes.map { divisionNames(of: pack.codes[$0]) } ?? [:]
      readers.append(
        CodeReader(index, matchesPrefix: field.matchesPrefix, areDivisions: codes == nil))
    case .flag:
      let flags = profile.flags ?? (pack.words.yes, pack.words.no)
      readers.append(CodeReader(yes: flags.yes, no: flags.no))
    case .text, .name, .int, .decimal, .double, .money, .percent, .date, .uscc, .registrationNumber,
      .usccOrNumber, .organizationCode, .residentID:
      return -1
    }
    return readers.count - 1
  }

  private static func validity(_ table: CodeTable?) -> [Validity] {
    (table?.codes ?? []).map {
      Validity(from: $0.validFrom, to: $0.validTo, successor: $0.successors.first)
    }
  }

  private static func referring(_ kind: RecordKind, in pack: RulePack) -> [Int] {
    switch kind.subject {
    case .corrections: return [kind.field("target")].compactMap { $0 }
    case .subject(let subject):
      let own = pack.subjects[subject]
      var ids = own.references.map { own.facts[$0.by].id }
      for other in pack.subjects {
        ids += other.references.filter { $0.subject == subject }.map { own.facts[$0.match].id }
      }
      return ids.compactMap { kind.field($0) }
    }
  }

  /// Fields whose columns a file must have to be recognised as this profile's.
  static func required(_ profile: SourceProfile, _ kind: RecordKind) -> [Int] {
    guard profile.requires.isEmpty else { return profile.requires }
    return kind.fields.indices.filter { kind.fields[$0].isRequired && kind.fields[$0].from == nil }
  }
}
