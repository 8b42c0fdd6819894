import Fields
import RulePacks
import Tables

/// What is said about a problem: its stable word, what is wrong, and how to mend it.
struct ProblemWords {
  var code: String
  var message: Bilingual
  var cure: Bilingual

  /// The same words about a cell of a sheet.
  func at(_ cell: String) -> ProblemWords {
    ProblemWords(
      code: code, message: Bilingual(zh: "\(cell)：\(message.zh)", en: "\(cell): \(message.en)"),
      cure: cure)
  }
}

extension RowReader {
  func words(for problem: CellProblem) -> ProblemWords {
    let field = plan.kind.fields[problem.field]
    switch problem.kind {
    case .missing: return missingWords(field)
    case .noIdentity: return identityWords()
    case .unsure:
      return ProblemWords(
        code: "unencodable-character",
        message: Bilingual(
          zh: "“\(field.label)”的“\(problem.raw)”含有无法显示的字符",
          en: "“\(field.label)” reads “\(problem.raw)”, with a character that could not be written"
        ),
        cure: Bilingual(
          zh: "请核对原名，改用 UTF-8 或 GB18030 编码重新导出",
          en: "look up the real name and export again in UTF-8 or GB18030"))
    case .repeated:
      return ProblemWords(
        code: "repeated-element",
        message: Bilingual(
          zh: "“\(field.label)”在一行中出现多次而内容不同，只取第一个有值的",
          en:
            "“\(field.label)” stands more than once in one row and differs; the first that is stated "
            + "is kept"),
        cure: Bilingual(
          zh: "请确认哪一个正确，只保留一个",
          en: "decide which one is right and deliver only that one"))
    case .unreadable(let fault):
      let (message, cure) = unreadableWords(field, fault, problem.raw)
      return ProblemWords(code: fault.rawValue, message: message, cure: cure)
    }
  }

  private func missingWords(_ field: Field) -> ProblemWords {
    ProblemWords(
      code: "missing",
      message: Bilingual(
        zh: "缺少必填的“\(field.label)”", en: "“\(field.label)” is required and not stated"),
      cure: Bilingual(zh: "请补填后重新报送", en: "fill it in and deliver the row again"))
  }

  private func identityWords() -> ProblemWords {
    let steps = (plan.identity ?? []).map { step in
      step.map { plan.kind.fields[$0].label }.joined(separator: "+")
    }
    return ProblemWords(
      code: "no-identity",
      message: Bilingual(
        zh: "无法确定这一行属于谁：未填写\(steps.joined(separator: "、"))",
        en: "nothing tells whose row this is: none of \(steps.joined(separator: ", ")) is stated"),
      cure: Bilingual(
        zh: "请至少填写其中一项后重新报送", en: "state at least one of them and deliver the row again"))
  }

  /// The division's code, and what has followed it.
  func divisionFinding(_ field: Int, _ code: Int, _ successor: String?, _ place: Place) -> Finding {
    let label = plan.kind.fields[field].label
    let name = plan.codeNames[field][code]
    let follows = successor.map { (zh: "，现由 \($0) 承接", en: "; \($0) has followed it") }
    return Finding(
      .note, "division-not-valid", place: place, field: plan.kind.fields[field].id,
      message: Bilingual(
        zh: "“\(label)”的代码 \(name) 在 \(asOf) 不在有效期内\(follows?.zh ?? "")",
        en: "“\(label)” has the code \(name), which is not valid on \(asOf)\(follows?.en ?? "")"),
      cure: Bilingual(
        zh: "如非历史数据，请改用有效代码", en: "unless the row is historic, deliver a valid code"))
  }

  private func unreadableWords(
    _ field: Field, _ fault: CellFault, _ raw: String
  ) -> (message: Bilingual, cure: Bilingual) {
    let zh = "“\(field.label)”的“\(raw)”"
    let en = "“\(field.label)” reads “\(raw)”, "
    switch fault {
    case .badNumber:
      return (
        Bilingual(zh: zh + "不是数字", en: en + "which is not a number"),
        Bilingual(zh: "请填写数字，如 1200 或 24.5", en: "write a number such as 1200 or 24.5")
      )
    case .notWhole:
      return (
        Bilingual(zh: zh + "不是整数", en: en + "which is not a whole number"),
        Bilingual(zh: "请填写整数", en: "write a whole number")
      )
    case .noUnit:
      return (
        Bilingual(zh: zh + "没有写明单位", en: en + "without its unit"),
        Bilingual(
          zh: "请连同单位填写，如 600万元，或在表头注明单位",
          en: "write the number with its unit, or name the unit in the column's header")
      )
    case .outOfRange:
      return (
        Bilingual(
          zh: zh + "超出合理范围" + range(field).zh,
          en: en + "outside of the plausible range" + range(field).en),
        field.type == .date
          ? Bilingual(zh: "请核对日期", en: "check the date")
          : Bilingual(zh: "请核对数值和单位", en: "check the number and its unit")
      )
    case .approximate:
      return (
        Bilingual(zh: zh + "是约数，按未填处理", en: en + "an approximate number, taken as not stated"),
        Bilingual(zh: "请填写准确数字", en: "write the exact number")
      )
    case .unknownCurrency:
      return (
        Bilingual(
          zh: zh + "的币种或单位不是规则包所列的，按未填处理",
          en: en + "in a currency or unit that the rule pack does not list, taken as not stated"),
        Bilingual(
          zh: "请折算后填写；若是币种，可在规则包 currencies 中列出",
          en: "convert the amount, or, if it is a currency, list it in the rule pack's currencies")
      )
    case .unknownCondition:
      let columns = conditionColumns(field)
      return (
        Bilingual(
          zh: zh + "没有读：要看列“\(columns.zh)”才知道怎样读，而那里填的不是来源配置（\(plan.profile.place)）"
            + "列出的值；按未填处理",
          en: en
            + "which was not read: how to read it hangs on “\(columns.en)”, which holds none of "
            + "the values that the source profile (\(plan.profile.place)) lists; taken as not stated"
        ),
        Bilingual(
          zh: "请核对该列的填法；填法无误的，请补入来源配置的 when",
          en: "look at that column; if it is right, add its value to `when` of the source profile")
      )
    case .badDate where lacksYear(raw):
      return (
        Bilingual(zh: zh + "没有写年份", en: en + "without its year"),
        Bilingual(zh: "请连同年份填写，如 2018-11-06", en: "write it with its year, as 2018-11-06")
      )
    case .badDate, .placeholderDate:
      return (
        Bilingual(zh: zh + "不是日期", en: en + "which is not a date"),
        Bilingual(zh: "请按 2018-11-06 的写法填写", en: "write it as 2018-11-06")
      )
    case .noSuchDay:
      return (
        Bilingual(zh: zh + "不是日历上有的日期", en: en + "a date that the calendar does not have"),
        Bilingual(zh: "请核对日期", en: "check the date")
      )
    case .badFlag:
      return (
        Bilingual(zh: zh + "既不是“是”也不是“否”", en: en + "which is neither a yes nor a no"),
        Bilingual(zh: "请填写规则包所列的是、否用词", en: "use a word for yes or no that the rule pack lists")
      )
    case .unknownCode:
      return (
        Bilingual(zh: zh + "不在代码表中", en: en + "which is not in the code table"),
        unknownCodeCure(field, raw)
      )
    case .mojibake:
      return (
        Bilingual(zh: zh + "是乱码，文字曾按错误的编码读写", en: en + "text that was read in a wrong encoding"),
        Bilingual(
          zh: "请从原系统按 UTF-8 或 GB18030 重新导出，核对原文后重新报送",
          en: "export it again in UTF-8 or GB18030 from the system it came from, and compare it "
            + "with the original")
      )
    case .residentNumber:
      return (
        Bilingual(
          zh: "“\(field.label)”填的像是居民身份证号码，不予采用",
          en: "“\(field.label)” holds what reads as a resident identity number, which is not taken"),
        Bilingual(
          zh: "请改填统一社会信用代码等登记代码，不要填写身份证号码，然后重新报送"
            + (field.type == .text
              ? "；若该字段的编号本来含有身份证号码，请在数据字典写 may-hold: resident-id，只存摘要" : ""),
          en: "state the code that the body is registered under, such as its credit code, and "
            + "deliver the row again without the identity number"
            + (field.type == .text
              ? "; if these codes hold identity numbers by design, say `may-hold: resident-id` in the "
                + "data dictionary, and a digest is kept" : ""))
      )
    case .badLength, .badCharacter, .badCheckDigit, .excelMangled, .controlCharacter:
      return identifierWords(field, fault, raw)
    }
  }

  /// The columns whose values tell how a field is read.
  private func conditionColumns(_ field: Field) -> Bilingual {
    var names: [String] = []
    for rule in plan.profile.columns where plan.kind.fields[rule.field].id == field.id {
      for name in rule.when.map(\.column) where !names.contains(name) { names.append(name) }
    }
    return Bilingual(zh: names.joined(separator: "、"), en: names.joined(separator: ", "))
  }

  /// A code that a spreadsheet made a date or the like of.
  func turnedWords(_ label: String, _ raw: String) -> ProblemWords {
    ProblemWords(
      code: CellFault.excelMangled.rawValue,
      message: Bilingual(
        zh: "“\(label)”应是代码或文字，却是日期、时间、百分比、分数或科学记数（“\(raw)”），可能已被电子表格改写",
        en: "“\(label)” reads “\(raw)”: a date, time, percentage, fraction or power of ten where a "
          + "code or text belongs, so a spreadsheet has probably rewritten it"),
      cure: Bilingual(
        zh: "请将该列设为文本格式后重新填写原值，或从原系统重新导出",
        en: "set the column to text and write the value again, or export it again from the system "
          + "it came from"))
  }

  private func identifierWords(
    _ field: Field, _ fault: CellFault, _ raw: String
  ) -> (message: Bilingual, cure: Bilingual) {
    let zh = "“\(field.label)”的“\(raw)”"
    let en = "“\(field.label)” reads “\(raw)”, "
    let check = Bilingual(zh: "请对照证照核对", en: "compare it with the certificate")
    switch fault {
    case .badLength:
      return (Bilingual(zh: zh + "位数不对", en: en + "which has the wrong length"), check)
    case .badCharacter:
      let suggestions = raw == "***" ? [] : CreditCode.suggestions(for: sanitised(raw).span)
      guard field.type == .uscc, !suggestions.isEmpty else {
        return (
          Bilingual(zh: zh + "含有不允许的字符", en: en + "with characters that do not belong there"),
          check
        )
      }
      let list = suggestions.joined(separator: "、")
      return (
        Bilingual(
          zh: zh + "含有不允许的字母（I、O、S、V、Z 从不使用）",
          en: en + "with a letter that is never used (I, O, S, V, Z)"),
        Bilingual(
          zh: "可能是 \(list)，请对照证照核对",
          en: "perhaps \(suggestions.joined(separator: ", ")); compare it with the certificate")
      )
    case .badCheckDigit:
      let which = wrongCheck(raw == "***" ? [] : sanitised(raw))
      return (
        Bilingual(zh: zh + which.zh + "不符", en: en + "whose \(which.en) wrong"), check
      )
    case .excelMangled where raw.contains(where: { !"0123456789.+-eE*".contains($0) }):
      let words = turnedWords(field.label, raw)
      return (words.message, words.cure)
    case .excelMangled:
      return (
        Bilingual(
          zh: zh + "已被电子表格当作数字改写，末位数字丢失",
          en: en + "which a spreadsheet has turned into a number, losing its last digits"),
        Bilingual(
          zh: "请将该列设为文本格式后，从原系统重新导出",
          en: "set the column to text and export it again from the system it came from")
      )
    default:
      return (
        Bilingual(zh: zh + "含有控制字符", en: en + "with control characters"),
        Bilingual(zh: "请删除不可见字符", en: "remove the invisible characters")
      )
    }
  }

  private func range(_ field: Field) -> (zh: String, en: String) {
    guard let range = field.range(asOf: asOf) else { return ("", "") }
    return ("（\(range.zh)）", " (\(range.en))")
  }
}

/// Which check character of a code is wrong: a credit code has two, of which one is that of the
/// organisation code within.
private func wrongCheck(_ code: [UInt8]) -> Bilingual {
  guard code.count == 18 else {
    return code.count == 15
      ? Bilingual(zh: "校验位（GS 15-2006，第15位）", en: "check digit (GS 15-2006, the 15th) is")
      : Bilingual(zh: "校验位", en: "check character is")
  }
  let whole = CreditCode.checkCharacter(code.span.extracting(0..<17)) != code[17]
  let inner = OrganizationCode.checkCharacter(code.span.extracting(8..<16)) != code[16]
  let ofWhole = Bilingual(
    zh: "校验位（GB 32100，第18位）", en: "check character (GB 32100, the 18th) is")
  let ofInner = Bilingual(
    zh: "其中组织机构代码的校验位（GB 11714，第17位）",
    en: "check character of the organisation code within (GB 11714, the 17th) is")
  switch (whole, inner) {
  case (true, true):
    return Bilingual(
      zh: "两个校验位（GB 32100，第18位；其中组织机构代码 GB 11714，第17位）都",
      en: "check characters, of GB 32100 (the 18th) and of the organisation code within (GB 11714, "
        + "the 17th), are both")
  case (false, true): return ofInner
  default: return ofWhole
  }
}

private func sanitised(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  appendSanitised(Array(text.utf8).span, to: &bytes)
  return bytes
}

/// Whether a code of digits ends in the zeros that a spreadsheet leaves: after 15 digits.
func hasLostDigits(_ bytes: [UInt8], from start: Int) -> Bool {
  guard bytes.count - start == 18 else { return false }
  for index in start..<bytes.count {
    guard bytes[index] &- 0x30 <= 9 else { return false }
    if index - start >= 15, bytes[index] != 0x30 { return false }
  }
  return true
}
