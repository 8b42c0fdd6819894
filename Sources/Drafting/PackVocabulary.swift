import Fields
import RulePacks
import Tables

/// What the packs at hand call the columns of files.
struct PackVocabulary {
  let packs: [RulePack]
  /// Everything that is expected of a column's text, from all packs.
  let words: Words
  /// The currency of the packs, or of the files where no pack has one; blank for none.
  let currency: String
  /// What one unit of each currency is in it.
  let currencies: [String: Exact]
  /// Words for flags that systems use: those of packs, then those of single sources.
  let flags: [(yes: [String], no: [String])]

  /// A record kind of a pack.
  struct Kind: Hashable {
    var pack: Int
    var record: Int
  }

  /// - Parameter found: what stands in the files themselves.
  init(_ packs: [RulePack], _ found: CommonWords = CommonWords()) {
    self.packs = packs
    var words = packs.first?.words ?? Words()
    found.add(to: &words)
    self.words = words
    let known = packs.first { !$0.about.currency.isEmpty }?.about
    currency = known?.currency ?? found.currency
    currencies = known?.currencies ?? found.currencies
    var flags: [(yes: [String], no: [String])] = []
    for pack in packs {
      for pair in [(pack.words.yes, pack.words.no)] + pack.sources.compactMap(\.flags)
      where !pair.0.isEmpty && !flags.contains(where: { $0.yes == pair.0 && $0.no == pair.1 }) {
        flags.append(pair)
      }
    }
    self.flags = flags
  }

  func kind(_ kind: Kind) -> RecordKind { packs[kind.pack].records[kind.record] }

  /// The record kind that knows the most columns of a file, and which field each column is; nil
  /// where none knows two of them and a third of all.
  func match(_ file: SurveyedFile) -> (kind: Kind, fields: [Int?])? {
    var best: (kind: Kind, fields: [Int?], known: Int)?
    for (pack, rules) in packs.enumerated() {
      for record in rules.records.indices {
        let fields = file.columns.map { field(of: $0.name, file.shape, in: rules, record: record) }
        let known = fields.count { $0 != nil }
        guard known >= 2 || known == file.columns.count, known * 3 >= file.columns.count,
          known > best?.known ?? 0
        else { continue }
        best = (Kind(pack: pack, record: record), fields, known)
      }
    }
    return best.map { ($0.kind, $0.fields) }
  }

  /// The field of a record kind that a column carries, by the profiles for it and by the
  /// dictionary.
  private func field(
    of column: String, _ shape: SurveyedFile.Shape, in pack: RulePack, record: Int
  ) -> Int? {
    let keys = [matchingKey(column), matchingKey(withoutUnit(column))]
    for source in pack.sources where source.record == record {
      guard source.format.isXML == shape.isXML else { continue }
      for rule in source.columns where rule.from.contains(where: { keys.contains(matchingKey($0)) })
      {
        return rule.field
      }
    }
    // Of a path or a header of two lines the last name is what the dictionary may know.
    let last = lastName(column)
    let all = keys + [matchingKey(last), matchingKey(withoutUnit(last))]
    return pack.records[record].fields.firstIndex { field in
      let names = ([field.label, field.id] + field.aliases).map(matchingKey)
      return all.contains { names.contains($0) }
    }
  }

  /// Columns that profiles of a record kind name as not wanted.
  func isUnwanted(_ column: String, by kind: Kind) -> Bool {
    let keys = [matchingKey(column), matchingKey(lastName(column))]
    return packs[kind.pack].sources.contains { source in
      source.record == kind.record && keys.contains { source.ignored.contains($0) }
    }
  }

  /// Whether profiles of a record kind fill a field from the row above.
  func fillsDown(_ field: String, in kind: Kind) -> Bool {
    guard let index = self.kind(kind).field(field) else { return false }
    return packs[kind.pack].sources.contains {
      $0.record == kind.record && $0.fillDown.contains(index)
    }
  }

  /// Labels of all known fields, for telling the nearest.
  var labels: [String] {
    packs.flatMap { pack in pack.records.flatMap { $0.fields.map(\.label) } }
  }
}

extension SourceProfile.Format {
  var isXML: Bool {
    switch self {
    case .xml: true
    case .csv: false
    }
  }
}

extension SurveyedFile.Shape {
  var isXML: Bool {
    switch self {
    case .xml: true
    case .csv: false
    }
  }
}

/// `REGCAP` of `HEAD/REGCAP`, `应到` of `联系服务·应到`, `total` of `Staff/@total`.
func lastName(_ column: String) -> String {
  let last = column.split(whereSeparator: { "/·".contains($0) }).last.map(String.init) ?? column
  return last.hasPrefix("@") ? String(last.dropFirst()) : last
}

/// The unit in brackets at the end of a header.
func unit(of column: String) -> String? {
  let key = matchingKey(column)
  guard key.hasSuffix(")"), let open = key.lastIndex(of: "("), open != key.startIndex else {
    return nil
  }
  return String(key[key.index(after: open)...].dropLast())
}

private func withoutUnit(_ column: String) -> String {
  let key = matchingKey(column)
  guard unit(of: column) != nil, let open = key.lastIndex(of: "(") else { return column }
  return String(key[..<open])
}
