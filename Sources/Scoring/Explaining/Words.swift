import Expressions
import Labels
public import RulePacks
public import Tables

extension RulePack {
  /// What the facts of one subject kind, and the fields of its lists, are called.
  func vocabulary(of subject: Int) -> Vocabulary {
    let pack = self
    return Vocabulary { use in pack.entry(use.slots[...], of: subject) }
  }

  /// What the fields of rows, and the facts of the subject beside them, are called.
  func vocabulary(ofRows record: Int, beside subject: Int) -> Vocabulary {
    let pack = self
    return Vocabulary { use in
      guard let slot = use.slots.first else { return nil }
      return slot >= Demand.outer
        ? pack.entry([slot - Demand.outer], of: subject)
        : pack.entry(pack.records[record].fields[slot])
    }
  }

  private func entry(_ slots: ArraySlice<Int>, of subject: Int) -> Vocabulary.Entry? {
    guard let slot = slots.first, subjects[subject].facts.indices.contains(slot) else { return nil }
    let fact = subjects[subject].facts[slot]
    let rest = slots.dropFirst()
    guard let next = rest.first else { return entry(fact) }
    switch fact.origin {
    case .list(let record):
      let fields = records[record].fields
      return fields.indices.contains(next) ? entry(fields[next]) : nil
    case .members(let other, _): return entry(rest, of: other)
    case .reference(let reference, let slot):
      let other = subjects[subject].references[reference].subject
      return entry([slot] + rest, of: other)
    case .asOf, .record, .merged, .derived, .result: return nil
    }
  }

  func entry(_ fact: Fact) -> Vocabulary.Entry {
    Vocabulary.Entry(
      label: label(of: fact), codes: fact.codes.map { names(in: $0) } ?? [:],
      unit: unit(of: fact))
  }

  private func entry(_ field: Field) -> Vocabulary.Entry {
    Vocabulary.Entry(
      label: Bilingual(zh: field.label, en: field.label),
      codes: field.codes.map { names(in: $0) } ?? [:],
      unit: field.type == .money ? about.currency : field.unit)
  }

  /// The title that its author gave; only the as-of date has words of the program's own.
  private func label(of fact: Fact) -> Bilingual {
    fact.origin == .asOf
      ? Bilingual(zh: "评价截止日期", en: "as-of date")
      : Bilingual(zh: fact.label, en: fact.label)
  }

  private func unit(of fact: Fact) -> String {
    if case .record(let record, let field) = fact.origin,
      records[record].fields[field].type == .money
    {
      return about.currency
    }
    return fact.unit
  }

  /// What the codes of a table are called.
  func names(in table: Int) -> [String: Bilingual] {
    Dictionary(
      codes[table].codes.map { ($0.code, $0.words) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a code of a table is called.
  func name(of code: String, in table: Int?) -> Bilingual {
    table.map { codes[$0].words(of: code) } ?? Bilingual(zh: code, en: code)
  }

  /// The same in quotes, where a Chinese sentence goes on.
  func quotedName(of code: String, in table: Int?) -> Bilingual {
    let name = name(of: code, in: table)
    return Bilingual(zh: name.zh.quoted, en: name.en)
  }

  /// A value of a fact as people read it in either language.
  public func shown(_ value: Value, as fact: Fact) -> Bilingual {
    switch value {
    case .bool(let flag): FlagLabel.label(flag)
    case .string(let text): name(of: text, in: fact.codes)
    case .int, .decimal:
      Bilingual(
        zh: unit(of: fact).isEmpty ? "\(value)" : "\(value) \(unit(of: fact))", en: "\(value)")
    case .null, .double, .date, .timestamp, .duration, .list, .map, .type:
      Bilingual(zh: "\(value)", en: "\(value)")
    }
  }
}
