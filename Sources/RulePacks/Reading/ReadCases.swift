import Tables

/// Fields by which objections, decisions and consultations are told apart from other rows.
extension RecordKind.CaseRole {
  /// The fields that must be there, with their types.
  var required: [(id: String, type: FieldType)] {
    switch self {
    case .objections:
      [
        ("filed_on", .date), ("first_assessor", .text), ("answered_on", .date),
        ("answered_by", .text), ("outcome", .code),
      ]
    case .decisions:
      [
        ("decision_result", .code), ("decided_on", .date), ("decider_role", .text),
        ("decision_reasons", .text),
      ]
    case .consultations: [("body", .code), ("consultation_value", .code), ("signed_on", .date)]
    case .successions:
      [
        ("earlier_id", .text), ("same_body", .flag), ("confirmed_by", .text),
        ("confirmed_on", .date),
      ]
    case .acknowledgements:
      [("finding", .text), ("stamp", .text), ("acknowledged_by", .text), ("reason", .text)]
    }
  }

  /// The fields that may be there.
  var optional: [(id: String, type: FieldType)] {
    switch self {
    case .objections:
      [
        ("objection_no", .text), ("honour", .text), ("grounds", .text), ("answer", .text),
        ("withdrawn_on", .date),
      ]
    case .decisions:
      [
        ("honour", .text), ("differs", .flag), ("reservation_answer", .text),
        ("override_basis", .text),
      ]
    case .consultations: [("honour", .text), ("reservation", .text)]
    case .successions: [("confirmation_basis", .text)]
    case .acknowledgements: [("acknowledged_on", .date)]
    }
  }

  /// The field whose codes say what was decided, and the words that its table may use for it; nil
  /// where none does.
  var verdict: (field: String, words: [String])? {
    switch self {
    case .objections: ("outcome", CaseFile.Closing.Outcome.allCases.map(\.rawValue))
    case .decisions: ("decision_result", CaseFile.Decision.Result.allCases.map(\.rawValue))
    case .consultations: ("consultation_value", ["agrees", "reserves", "none"])
    case .successions: nil
    case .acknowledgements: nil
    }
  }
}

extension CodeTable {
  /// The column that says what a code of an outcome, a decision or an answer to a consultation does.
  public static let decides = "decides"

  /// What a code does, in the words of that column; empty where it does not say.
  public func decides(_ code: Int) -> String {
    codes[code].attributes[CodeTable.decides] ?? ""
  }
}

extension PackLoader {
  /// What the rows record of a case, and whether the fields for it are there.
  mutating func readCaseRole(_ map: YAMLMap, of record: Int) {
    guard let node = map["case"],
      let role = reading.choice(node, of: RecordKind.CaseRole.allCases)
    else { return }
    pack.records[record].caseRole = role
    let kind = pack.records[record]
    if kind.subject == .corrections || kind.holds == .one {
      reading.fault(
        at: node.spot,
        say("“case”只用于评价对象的多行记录", "“case” is for records of a subject with many rows"),
        cure: say("请写上评价对象和“holds: many”", "name a subject and write “holds: many”"))
    }
    for (id, type) in role.required where kind.field(id) == nil {
      reading.fault(
        at: map.spot(of: "fields"),
        say(
          "这类记录缺少字段“\(id)”（\(type.rawValue)）",
          "the record lacks the field “\(id)” (\(type.rawValue))"),
        cure: say("请补上这个字段", "add it"))
    }
    for (id, type) in role.required + role.optional {
      guard let field = kind.field(id), kind.fields[field].type != type else { continue }
      reading.fault(
        at: fieldSpots[record][field],
        say("字段“\(id)”的类型应为 \(type.rawValue)", "“\(id)” must be of type \(type.rawValue)"),
        cure: say("请更改类型", "change the type"))
    }
    guard let (verdict, words) = role.verdict, let field = kind.field(verdict),
      let table = kind.fields[field].codes
    else { return }
    for code in pack.codes[table].codes.indices
    where !words.contains(pack.codes[table].decides(code)) {
      let name = pack.codes[table].codes[code].code
      reading.fault(
        at: fieldSpots[record][field],
        say(
          "代码表“\(pack.codes[table].id)”没有在“decides”列写明“\(name)”是什么结果",
          "the code table “\(pack.codes[table].id)” does not say under “decides” what “\(name)” does"
        ),
        cure: say(
          "请填写：\(words.joined(separator: "、"))", "write one of: \(words.joined(separator: ", "))"))
    }
  }
}
