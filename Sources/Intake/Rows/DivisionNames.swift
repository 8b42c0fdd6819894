import Fields
import RulePacks

/// The spellings of divisions, with those that have the names of the divisions above in front:
/// “City B, District C” and “Province A, City B, District C” for District C.
///
/// Which divisions stand above one another is in their codes: of the six digits of GB/T 2260 the
/// first two are the province, the next two the city. A spelling that would mean two divisions is
/// left out.
func divisionNames(of table: CodeTable) -> [String: Int32] {
  let rows = Dictionary(
    table.codes.enumerated().map { ($0.element.code, $0.offset) },
    uniquingKeysWith: { first, _ in first })
  var added: [String: Int32] = [:]
  var unclear: Set<String> = []
  for (row, code) in table.codes.enumerated() {
    let names = [code.name] + code.aliases.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
    for lead in leads(code.code, rows, table) {
      for key in names.map({ matchingKey(lead + $0) }) where table.index[key] == nil {
        let other = added.updateValue(Int32(row), forKey: key)
        if let other, other != row { unclear.insert(key) }
      }
    }
  }
  for key in unclear { added[key] = nil }
  return table.index.merging(added) { own, _ in own }
}

/// What may stand in front of a division's name: the names of those above it, the nearest alone or
/// with what is above that.
private func leads(_ code: String, _ rows: [String: Int], _ table: CodeTable) -> [String] {
  guard code.utf8.count == 6 else { return [] }
  func names(_ digits: Int) -> [String] {
    let above = code.prefix(digits) + String(repeating: "0", count: 6 - digits)
    guard above != code, let row = rows[String(above)] else { return [] }
    let name = table.codes[row].name
    // An alias may be a place within it, such as 市辖区; a shorter form of the name is not.
    return [name] + table.codes[row].aliases.filter { name.hasPrefix($0) }
  }
  let (provinces, cities) = (names(2), names(4))
  return provinces + cities + provinces.flatMap { province in cities.map { province + $0 } }
}
