import Fields
import Tables

extension RulePack {
  /// The words of which a cell of a field holds one, as a source profile reads them: yes and no, or
  /// the names of its codes; none where anything else may stand there, or where they are too many.
  public func choices(of index: Int, in source: SourceProfile) -> [String] {
    let field = records[source.record].fields[index]
    let rules = source.columns.filter { $0.field == index }
    switch field.type {
    case .flag:
      let flags = source.flags ?? (words.yes, words.no)
      return [flags.yes.first, flags.no.first].compactMap { $0 }
    case .code, .grade, .division:
      guard rules.count < 2, let table = field.codes else { return [] }
      return codes[table].choices(own: rules.first?.codes)
    case .text, .name, .int, .decimal, .double, .money, .percent, .date, .uscc, .registrationNumber,
      .usccOrNumber, .organizationCode, .residentID:
      return []
    }
  }
}

extension CodeTable {
  /// More than so many nobody finds anything in.
  static let mostChoices = 500

  /// - Parameter own: what a profile's system writes for codes, if not what the table says.
  fileprivate func choices(own: [String: Int32]?) -> [String] {
    guard codes.count <= CodeTable.mostChoices else { return [] }
    var words: [Int32: String] = [:]
    for (word, code) in (own ?? [:]).sorted(by: { $0.key < $1.key }) where words[code] == nil {
      words[code] = word
    }
    return codes.indices.compactMap { index in
      let name = codes[index].name.isEmpty ? codes[index].code : codes[index].name
      guard let own else { return name }
      return own[matchingKey(name)] == Int32(index) ? name : words[Int32(index)]
    }
  }
}
