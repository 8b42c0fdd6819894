import Expressions
import Labels
import RulePacks
import Tables

extension EvidenceReader {
  /// A value as people read it: codes with their names, amounts with their currency, other
  /// numbers with their unit.
  func shown(_ text: String, as fact: Fact) -> String {
    if fact.type == .bool { return yesOrNo(text) }
    if let table = fact.codes { return named(text, in: table) }
    if let field = field(behind: fact), field.type == .money { return amount(text) }
    return fact.unit.isEmpty ? text : "\(text) \(fact.unit)"
  }

  func shown(_ text: String, as field: Field) -> String {
    if field.type == .flag { return yesOrNo(text) }
    if let table = field.codes { return named(text, in: table) }
    if field.type == .money { return amount(text) }
    return field.unit.isEmpty ? text : "\(text) \(field.unit)"
  }

  /// Amounts are kept in base units, whatever unit they were delivered in.
  private func amount(_ text: String) -> String {
    pack.about.currency.isEmpty ? text : "\(text) \(pack.about.currency)"
  }

  private func named(_ code: String, in table: Int) -> String {
    guard let row = pack.codes[table].codes.first(where: { $0.code == code }) else { return code }
    return row.name.isEmpty || row.name == code ? code : "\(row.name) (\(code))"
  }

  private func yesOrNo(_ text: String) -> String {
    FlagLabel.label(ofText: text)?.text(in: pack.about.language) ?? text
  }

  private func field(behind fact: Fact) -> Field? {
    guard case .record(let record, let field) = fact.origin else { return nil }
    return pack.records[record].fields[field]
  }
}
