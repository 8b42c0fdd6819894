import Fields
public import Tables

/// A text that a field's reader takes, to show how a column is filled in; nobody's real data.
extension RulePack {
  /// - Parameter choices: what may be chosen in the column.
  /// - Returns: an empty text where the house makes up none.
  func example(of index: Int, in source: SourceProfile, _ choices: [String]) -> String {
    let kind = records[source.record]
    let field = kind.fields[index]
    switch field.type {
    case .text, .name: return text(field, in: kind)
    case .int: return field.plausible(about.year)
    case .decimal, .double, .money:
      let amount = field.plausible(about.year)
      return field.requiresUnit ? amount + field.unit : amount
    case .percent: return "50%"
    case .flag: return choices.first ?? ""
    case .date: return day(field).description
    case .code, .grade: return choice(field, choices)
    case .division: return division(field)?.name ?? ""
    case .uscc, .usccOrNumber: return creditCode
    case .registrationNumber:
      let body = place + "00000001"
      return RegistrationNumber.checkCharacter(body).map { body + $0 } ?? ""
    case .organizationCode: return organizationCode
    // A number that passes for one may be somebody's.
    case .residentID: return ""
    }
  }

  private func text(_ field: Field, in kind: RecordKind) -> String {
    if kind.subject == .corrections, let example = correction(field, in: kind) { return example }
    switch about.language {
    case .zh: return "示例" + field.label
    case .en: return "Example " + field.label
    }
  }

  /// A correction speaks of a row and a field of another kind.
  private func correction(_ field: Field, in kind: RecordKind) -> String? {
    switch field.id {
    case "target": return creditCode
    case "field", "old_value", "new_value":
      guard let other = records.first(where: { $0.subject != .corrections }),
        let number = other.fields.first(where: { $0.type == .int }) ?? other.fields.last
      else { return nil }
      return field.id == "field" ? number.label : field.id == "old_value" ? "10" : "12"
    default: return nil
    }
  }

  /// Rather one that says something than the one for “none”.
  private func choice(_ field: Field, _ choices: [String]) -> String {
    guard case .string(let none)? = field.statedNone, let table = field.codes else {
      return choices.first ?? ""
    }
    let name = codes[table].codes.first { $0.code == none }?.name
    return choices.first { $0 != name } ?? ""
  }

  /// The last of a table, which goes from the whole to its parts, that is still valid.
  private func division(_ field: Field) -> CodeTable.Code? {
    guard let table = field.codes.map({ codes[$0] }) else { return nil }
    let code = table.codes.indices.last { index in
      let code = table.codes[index]
      return code.validFrom == nil && code.validTo == nil && code.successors.isEmpty
        && table.index[matchingKey(code.name)] == Int32(index)
    }
    return code.map { table.codes[$0] }
  }

  /// Six digits of a division of the pack.
  private var place: String {
    let fields = records.lazy.flatMap(\.fields).filter { $0.type == .division }
    let code = fields.compactMap { division($0)?.code }.first { code in
      code.utf8.count == 6 && code.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    return code ?? "100000"
  }

  /// No office gives out codes that begin so.
  private var organizationCode: String {
    let body = "PDY00001"
    return body + (OrganizationCode.checkCharacter(body) ?? "")
  }

  private var creditCode: String {
    let body = "91" + place + organizationCode
    return body + (CreditCode.checkCharacter(body) ?? "")
  }

  private func day(_ field: Field) -> PartialDate {
    let usual = about.exampleDay
    if case .date(let last)? = field.mostDay, last.lastDay < usual.firstDay { return last }
    if case .date(let first)? = field.leastDay, first.firstDay > usual.lastDay { return first }
    return usual
  }
}

extension RulePack.About {
  /// A day within the time for which the pack is made.
  public var exampleDay: PartialDate { PartialDate(day: (validFrom?.firstDay ?? 17_532) + 73) }

  fileprivate var year: Int { exampleDay.civil.year }
}

extension Field {
  /// A number between the bounds: a year where they are years.
  fileprivate func plausible(_ year: Int) -> String {
    let areYears =
      (least.map { $0.millionths >= 1000 * Exact.one } ?? false)
      && (most.map { $0.millionths < 10_000 * Exact.one } ?? false)
    let wanted = Exact(Int64(areYears ? year : 12))?.times(scale) ?? scale
    let number = min(max(wanted, least ?? wanted), most ?? wanted)
    return (number.divided(by: scale) ?? number).description
  }
}
