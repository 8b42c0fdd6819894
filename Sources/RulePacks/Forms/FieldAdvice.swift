public import Tables

/// How a column of a form is filled in, told from the same checked fields by which intake reads it.
public struct FieldAdvice: Sendable {
  /// In the pack's words; empty where it has none.
  public var meaning = ""
  public var format: Bilingual
  public var need: Bilingual
  /// Unit and plausible range.
  public var range: Bilingual?
  /// What becomes of what cannot be read; nil where every text can.
  public var fault: Bilingual?
  /// Words to choose from.
  public var choices: [String] = []
  /// Empty where none can be given.
  public var example = ""
  public var entry: Entry

  /// What a spreadsheet can look at while a cell is filled in. Bounds are in the column's unit.
  public enum Entry: Sendable, Equatable {
    case text
    case length(Int)
    case whole(least: Double?, most: Double?)
    case number(least: Double?, most: Double?)
    case date(first: PartialDate?, last: PartialDate?)
  }
}

extension RulePack {
  /// - Parameters:
  ///   - index: of the field in the profile's record kind.
  ///   - unit: in which bare numbers of the column count; empty for none.
  func advice(on index: Int, in source: SourceProfile, unit: String) -> FieldAdvice {
    let kind = records[source.record]
    let field = kind.fields[index]
    var advice = FieldAdvice(
      format: format(of: field, in: source, unit), need: need(of: index, in: source),
      entry: field.entry)
    advice.meaning = field.definition
    advice.range = field.unitAndRange(unit)
    advice.fault = field.fault
    advice.choices = choices(of: index, in: source)
    advice.example = example(of: index, in: source, advice.choices)
    return advice
  }

  private func format(of field: Field, in source: SourceProfile, _ unit: String) -> Bilingual {
    let format = format(of: field.type, field, in: source, unit)
    guard let separator = field.split.first else { return format }
    return Bilingual(
      zh: "\(format.zh)；可填几个，用“\(separator)”分开",
      en: "\(format.en); several may stand there, with “\(separator)” between them")
  }

  private func format(
    of type: FieldType, _ field: Field, in source: SourceProfile, _ unit: String
  ) -> Bilingual {
    switch type {
    case .text: return Bilingual(zh: "文字", en: "text")
    case .name: return Bilingual(zh: "名称全称", en: "the full name")
    case .int: return Bilingual(zh: "整数，如 12", en: "a whole number, such as 12")
    case .decimal, .double:
      return Bilingual(zh: "数字，如 24.5", en: "a number, such as 24.5")
    case .percent: return Bilingual(zh: "百分数，如 35%", en: "a percentage, such as 35%")
    case .money: return money(field, unit)
    case .flag:
      let flags = source.flags ?? (words.yes, words.no)
      let (yes, no) = (flags.yes.first ?? "", flags.no.first ?? "")
      return Bilingual(zh: "填“\(yes)”或“\(no)”", en: "“\(yes)” or “\(no)” (yes or no)")
    case .date:
      return Bilingual(
        zh: "日期，如 2018-11-06；只知道年月的，如 2018-11",
        en: "a date, such as 2018-11-06; 2018-11 where only the month is known")
    case .code, .grade, .division:
      return Bilingual(
        zh: "从下拉表中选，也可填代码或代码表所列的别名", en: "a name from the list, or its code or another name of it")
    case .uscc:
      return Bilingual(zh: "18位统一社会信用代码", en: "the credit code of 18 characters")
    case .registrationNumber:
      return Bilingual(zh: "15位注册号", en: "the registration number of 15 digits")
    case .usccOrNumber:
      return Bilingual(
        zh: "18位统一社会信用代码，没有的填15位注册号",
        en: "the credit code of 18 characters, or the registration number of 15 digits")
    case .organizationCode:
      return Bilingual(zh: "9位组织机构代码", en: "the organisation code of 9 characters")
    case .residentID:
      return Bilingual(
        zh: "居民身份证号码；读入时即换成摘要，不保存号码",
        en: "the resident identity number; a digest of it is kept, never the number")
    }
  }

  private func money(_ field: Field, _ unit: String) -> Bilingual {
    if field.requiresUnit, unit.isEmpty {
      return Bilingual(
        zh: "金额，须写明单位，如 600万元", en: "an amount with its unit, such as 600万元")
    }
    guard !unit.isEmpty else { return Bilingual(zh: "金额", en: "an amount") }
    return Bilingual(
      zh: "金额，不写单位的按\(unit)计；外币写明币种",
      en: "an amount, in \(unit) unless it says otherwise; "
        + "other currencies with their names")
  }

  private func need(of index: Int, in source: SourceProfile) -> Bilingual {
    let kind = records[source.record]
    let field = kind.fields[index]
    let steps = identitySteps(of: kind) ?? []
    if field.isRequired || steps == [[index]] {
      return Bilingual(zh: "必填，没有填的整行退回", en: "required; without it the row goes back")
    }
    let isSettled = steps.contains { $0.allSatisfy { kind.fields[$0].isRequired } }
    if !isSettled, !kind.needsSubject, steps.contains(where: { $0.contains(index) }) {
      return Bilingual(
        zh: "问题列有对象编号的，照填；说的是文件、行或者列的，不填",
        en: "as the finding names its subject; blank for one of a file, a row or a column")
    }
    if !isSettled, steps.contains(where: { $0.contains(index) }) {
      let list = steps.map { $0.map { kind.fields[$0].label }.joined(separator: "+") }
      return Bilingual(
        zh: "\(list.joined(separator: "、"))中至少填一项，都没有的整行退回",
        en: "at least one of \(list.joined(separator: ", ")); without any the row goes back")
    }
    if source.blankWithout.contains(index) {
      return Bilingual(zh: "没有填这一列的行不作为数据", en: "a row without it is no data")
    }
    if source.fillDown.contains(index) {
      return Bilingual(zh: "留空的，与上一行相同", en: "where it is blank, that of the row above")
    }
    guard let cut = field.from else { return Bilingual(zh: "选填", en: "as far as known") }
    let other = kind.fields[cut.field].label
    return Bilingual(
      zh: "选填；不填的取“\(other)”第\(cut.first)至\(cut.last)位",
      en: "as far as known; else characters \(cut.first) to \(cut.last) of “\(other)”")
  }
}

extension Field {
  /// What a spreadsheet can look at.
  fileprivate var entry: FieldAdvice.Entry {
    func bound(_ number: Exact?) -> Double? {
      guard let number, scale.millionths != 0 else { return nil }
      return Double(number.millionths) / Double(scale.millionths)
    }
    func day(_ bound: DateBound?) -> PartialDate? {
      guard case .date(let date)? = bound else { return nil }
      return date
    }
    switch type {
    case .int: return .whole(least: bound(least), most: bound(most))
    case .decimal, .double, .money: return .number(least: bound(least), most: bound(most))
    case .date: return .date(first: day(leastDay), last: day(mostDay))
    case .uscc: return .length(18)
    case .registrationNumber: return .length(15)
    // A spreadsheet keeps 35 % as 0.35, and other words are as good as those to choose from.
    case .text, .name, .percent, .flag, .code, .grade, .division, .usccOrNumber, .organizationCode,
      .residentID:
      return .text
    }
  }

  fileprivate func unitAndRange(_ unit: String) -> Bilingual? {
    let unit = type == .money ? unit : self.unit
    let range = range(asOf: nil)
    guard !unit.isEmpty || range != nil else { return nil }
    // Bounds are those of the amount itself, whatever it is written in.
    let isScaled = scale.millionths != Exact.one && range != nil
    let own = Bilingual(zh: isScaled ? "（折算后）" : "", en: isScaled ? " (in ones)" : "")
    let parts = Bilingual(zh: unit.isEmpty || range == nil ? "" : "，", en: range == nil ? "" : "; ")
    return Bilingual(
      zh: unit + parts.zh + (range.map { $0.zh + own.zh } ?? ""),
      en: unit + (unit.isEmpty ? "" : parts.en) + (range.map { $0.en + own.en } ?? ""))
  }

  /// What becomes of what cannot be read.
  fileprivate var fault: Bilingual? {
    switch type {
    case .text, .name: return nil
    case .int, .decimal, .double, .money, .percent, .flag, .date, .code, .grade, .division:
      return wrong
    case .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .residentID:
      switch check {
      case .none: return wrong
      case .quarantine where !returnsRow:
        return Bilingual(
          zh: "\(wrong.zh)；校验位不符的，整行退回",
          en: "\(wrong.en); with a wrong check character the row goes back")
      case .quarantine: return wrong
      case .finding:
        return Bilingual(
          zh: "\(wrong.zh)；只是校验位不符的，照收并提示",
          en: "\(wrong.en); with nothing but a wrong check character it is taken, and told")
      }
    }
  }

  private var wrong: Bilingual {
    returnsRow
      ? Bilingual(zh: "整行退回", en: "the row goes back")
      : Bilingual(zh: "这一格按没有填处理，并提示", en: "the cell counts as not filled in, and is told")
  }
}
