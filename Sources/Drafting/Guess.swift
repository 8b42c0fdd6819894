import Fields
import RulePacks
import Tables

/// What the texts of a column look like, and how many of them do.
struct Guess {
  enum Kind: Equatable {
    case type(FieldType)
    /// Not to be kept: what it looks like.
    case doubtful(Doubt)
  }

  enum Doubt: Equatable { case identityNumbers, contacts, persons, addresses, protected }

  var kind: Kind
  /// How many stated texts fit, of how many.
  var fits: Int
  var stated: Int

  /// A share of fitting texts below which a type is not believed, in percent.
  static let enough = 90
  /// Different texts that a code table may have at most.
  static let mostCodes = 60
}

/// Guesses the types of columns from their texts.
struct Guesser {
  let names: PackVocabulary

  /// - Parameters:
  ///   - texts: how often each text is stated, over all files that carry the field.
  ///   - known: the field of a pack at hand that goes by the same name.
  ///   - header: the column as the file names it.
  ///   - isVaried: whether in some file its values do not come again and again.
  func guess(_ texts: [String: Int], known: Field?, header: String, isVaried: Bool = false) -> Guess
  {
    let stated = texts.values.reduce(0, +)
    func made(_ type: FieldType, _ fits: Int) -> Guess {
      Guess(kind: .type(type), fits: fits, stated: stated)
    }
    func enough(_ fits: Int) -> Bool { fits > 0 && fits * 100 >= stated * Guess.enough }
    if let doubt = doubt(texts, stated, known, header) {
      return Guess(kind: .doubtful(doubt), fits: stated, stated: stated)
    }
    guard stated > 0 else { return made(known.map { plain($0.type) } ?? .text, 0) }
    // What a pack knows of the column goes first, where the texts bear it out.
    let unit = Drafting.unit(of: header)
    if let known {
      let fits = count(texts) { fit($0, known.type, unit: unit) }
      if known.codes == nil, enough(fits) { return made(known.type, fits) }
      if known.codes != nil, texts.count <= 2000 { return made(known.type, stated) }
    }
    let order: [FieldType] = [
      .uscc, .registrationNumber, .usccOrNumber, .organizationCode, .date, .flag, .percent, .int,
      .decimal, .money,
    ]
    // A leading zero is no part of a number: such texts are codes, also where few have one.
    let areCodes = texts.keys.contains { isCode($0, .int) }
    for type in order where known?.type != .text && known?.type != .name {
      if areCodes, [.int, .decimal, .money, .percent].contains(type) { continue }
      let fits = count(texts) { fit($0, type, unit: unit) && !isCode($0, type) }
      if enough(fits) { return made(type, fits) }
    }
    let divisions = count(texts) { isDivision($0) }
    if enough(divisions) { return made(.division, divisions) }
    let grades = count(texts) { isGrade($0) }
    if enough(grades), texts.count <= 12 { return made(.grade, grades) }
    if !isVaried, isCodeSet(texts, stated) { return made(.code, stated) }
    return made(known?.type == .name ? .name : .text, stated)
  }

  private func count(_ texts: [String: Int], where fits: (String) -> Bool) -> Int {
    texts.reduce(0) { $0 + (fits($1.key) ? $1.value : 0) }
  }

  private func plain(_ type: FieldType) -> FieldType {
    type == .residentID ? .text : type
  }

  // MARK: - Single texts

  /// Whether a text can be read as a type; code types are not asked here.
  private func fit(_ text: String, _ type: FieldType, unit: String?) -> Bool {
    var bytes: [UInt8] = []
    appendSanitised(Array(text.utf8).span, to: &bytes)
    switch type {
    case .text, .name: return true
    case .uscc: return isValid { () throws(CellFault) in try CreditCode.check(bytes.span) }
    case .registrationNumber:
      return isValid { () throws(CellFault) in try RegistrationNumber.check(bytes.span) }
    case .usccOrNumber:
      return fit(text, bytes.count == 15 ? .registrationNumber : .uscc, unit: unit)
    case .organizationCode:
      return isValid { () throws(CellFault) in try OrganizationCode.check(bytes.span) }
    case .date:
      let rules = DateRules(openEnded: names.words.openEnded)
      do throws(CellFault) {
        _ = try rules.date(Array(text.utf8).span)
        return true
      } catch { return error == .placeholderDate }
    case .flag:
      let key = matchingKey(text)
      return names.flags.contains { $0.yes.contains(key) || $0.no.contains(key) }
    case .percent:
      var rules = NumberRules()
      rules.isPercent = true
      return (try? rules.decimal(Array(text.utf8).span)) != nil
    case .int: return (try? numbers(unit).whole(Array(text.utf8).span)) != nil
    case .decimal: return (try? numbers(unit).decimal(Array(text.utf8).span)) != nil
    case .double: return (try? realDigits(Array(text.utf8).span)) != nil
    case .money:
      var rules = numbers(unit)
      rules.isMoney = true
      guard !names.currency.isEmpty else { return false }
      rules.add(factors: names.currencies)
      return (try? rules.decimal(Array(text.utf8).span)) != nil
    case .code, .grade, .division, .residentID: return false
    }
  }

  /// A wrong check digit is a slip; the column is still one of such codes.
  private func isValid(_ check: () throws(CellFault) -> Void) -> Bool {
    do throws(CellFault) {
      try check()
      return true
    } catch { return error == .badCheckDigit }
  }

  private func numbers(_ unit: String?) -> NumberRules {
    var rules = NumberRules()
    rules.add(factors: names.words.multiples)
    if let unit { rules.add(unit: unit) }
    return rules
  }

  /// Texts that can be read as a type and are better taken for something else: years and single
  /// digits for dates and flags, numbers with leading zeros, numbers without a sign for shares.
  private func isCode(_ text: String, _ type: FieldType) -> Bool {
    let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    switch type {
    case .date: return isDigits && text.utf8.count != 8
    case .flag: return isDigits
    case .percent: return !text.hasSuffix("%") && !text.hasSuffix("％")
    case .int, .decimal, .money:
      return isDigits && text.utf8.count > 1 && text.hasPrefix("0")
    case .registrationNumber, .usccOrNumber, .organizationCode, .uscc, .double, .text, .name, .code,
      .grade,
      .division, .residentID:
      return false
    }
  }

  private func isDivision(_ text: String) -> Bool {
    let key = matchingKey(text)
    return names.packs.contains { pack in
      let tables = Set(
        pack.records.flatMap(\.fields).filter { $0.type == .division }.compactMap(\.codes))
      return tables.contains { pack.codes[$0].index[key] != nil }
    }
  }

  /// Grades as letters: `A`, `B+`, `3A`, `AAA`.
  private func isGrade(_ text: String) -> Bool {
    var rest = Array(matchingKey(text).utf8)[...]
    if rest.last == 0x2B || rest.last == 0x2D { rest.removeLast() }
    if let first = rest.first, (0x31...0x39).contains(first) { rest.removeFirst() }
    guard let letter = rest.first, rest.count <= 5 else { return false }
    return (0x61...0x65).contains(letter | 0x20) && rest.allSatisfy { $0 == letter }
  }

  /// Few different, short texts that come again and again.
  private func isCodeSet(_ texts: [String: Int], _ stated: Int) -> Bool {
    texts.count <= Guess.mostCodes && texts.count * 2 <= stated && stated >= 4
      && texts.keys.allSatisfy { $0.unicodeScalars.count <= 24 }
  }

  /// Whether the texts of a column come again and again in one file; few rows cannot show it.
  static func repeats(_ texts: [String: Int]) -> Bool {
    let stated = texts.values.reduce(0, +)
    return stated < 10 || texts.count * 2 <= stated
  }

  // MARK: - What is better not kept

  private func doubt(
    _ texts: [String: Int], _ stated: Int, _ known: Field?, _ header: String
  ) -> Guess.Doubt? {
    if let known {
      if known.type == .residentID { return .identityNumbers }
      switch known.sensitivity {
      case .open: break
      case .personal, .sensitive: return .protected
      }
    }
    guard stated > 0 else { return nil }
    if count(texts, where: { $0.contains("***************") }) * 2 > stated {
      return .identityNumbers
    }
    guard known == nil else { return nil }
    if count(texts, where: isContact) * 10 >= stated * 8 { return .contacts }
    if let doubt = PersonalHeader(header).doubt { return doubt }
    if texts.count * 2 > stated, stated >= 5,
      count(texts, where: isPersonName) * 10 >= stated * 9
    {
      return .persons
    }
    return nil
  }

  /// A mail address, eleven digits of a mobile number, or an area code, a hyphen and a number.
  private func isContact(_ text: String) -> Bool {
    if let at = text.firstIndex(of: "@"), text[at...].contains(".") { return true }
    let bytes = Array(text.utf8).filter { $0 != 0x20 }
    let digits = bytes.filter { (0x30...0x39).contains($0) }
    guard digits.count >= 10, digits.count <= 12 else { return false }
    if bytes.count == digits.count {
      return digits.count == 11 && digits[0] == 0x31 && digits[1] > 0x32
    }
    return bytes.first == 0x30 && bytes.contains(0x2D)
      && bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  /// Two to four Han characters, or with a dot between two parts.
  private func isPersonName(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return (2...4).contains(scalars.count)
      && scalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
  }
}
