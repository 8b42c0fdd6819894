import Fields
import Tables

/// The table that an office fills in for one record kind: the columns that a source profile of the
/// pack reads, and what has to be known to fill each in.
public struct RecordForm: Sendable {
  /// Indices into the pack.
  public let record: Int
  public let profile: Int
  /// In the order of the dictionary.
  public var columns: [Column]
  /// 1 or 2, as the profile's header.
  public let headingLines: Int
  /// SHA-256 of headings and of what the fields take: two forms with the same are filled in the same way.
  public let sha256: String

  public struct Column: Sendable {
    public let field: Int
    /// One for each line of the heading; the lower is empty where a name goes through both.
    public let headings: [String]
    public var advice: FieldAdvice
  }

  /// Names in a document's properties under which a form says what it is.
  public enum Property: String, CaseIterable, Sendable {
    case pack = "heng-pack"
    case edition = "heng-edition"
    case packHash = "heng-pack-sha256"
    case record = "heng-record"
    case form = "heng-form-sha256"
  }
}

extension RulePack {
  /// The form of a record kind; nil where no source profile reads tables of it.
  public func form(ofRecord record: Int) -> RecordForm? {
    let profiles = sources.indices.filter { index in
      guard case .csv = sources[index].format else { return false }
      return sources[index].record == record
    }
    // The one that reads most columns; of several the first by id, as a file is recognised.
    let forms = profiles.map { form(ofRecord: record, by: $0) }.sorted { left, right in
      left.columns.count == right.columns.count
        ? sources[left.profile].id < sources[right.profile].id
        : left.columns.count > right.columns.count
    }
    return forms.first { !$0.columns.isEmpty }
  }

  /// What a form says of itself in its properties.
  public func properties(of form: RecordForm) -> [(name: RecordForm.Property, text: String)] {
    RecordForm.Property.allCases.map { name in
      switch name {
      case .pack: (name, about.id)
      case .edition: (name, about.edition)
      case .packHash: (name, sha256)
      case .record: (name, records[form.record].id)
      case .form: (name, form.sha256)
      }
    }
  }

  private func form(ofRecord record: Int, by profile: Int) -> RecordForm {
    let source = sources[profile]
    var lines = 1
    if case .csv(let rows, _, _) = source.format { lines = rows }
    let columns = records[record].fields.indices.compactMap { index -> RecordForm.Column? in
      guard let (name, unit) = heading(of: index, in: source) else { return nil }
      let parts = lines > 1 ? name.split(separator: "·", maxSplits: 1).map { String($0) } : [name]
      let headings = parts + Array(repeating: "", count: lines - parts.count)
      var advice = advice(on: index, in: source, unit: unit)
      let label = records[record].fields[index].label
      // A system's own heading may say less than the dictionary.
      if !name.hasPrefix(label) {
        advice.meaning = advice.meaning.isEmpty ? label : "\(label)；\(advice.meaning)"
      }
      return RecordForm.Column(field: index, headings: headings, advice: advice)
    }
    return RecordForm(
      record: record, profile: profile, columns: columns, headingLines: lines,
      sha256: digest(of: columns, records[record].fields))
  }

  /// What heads the column of a field, and the unit that its bare numbers are in; nil where the
  /// profile reads it from no column of its own.
  private func heading(of index: Int, in source: SourceProfile) -> (name: String, unit: String)? {
    let field = records[source.record].fields[index]
    let rules = source.columns.filter { $0.field == index }
    if rules.isEmpty { return source.usesDictionary ? field.heading : nil }
    guard let rule = rules.first(where: { !$0.from.isEmpty && $0.when.isEmpty }) else { return nil }
    let isLabel = rule.from.contains { matchingKey($0) == matchingKey(field.label) }
    if isLabel { return rule.scale == nil ? field.heading : (field.label, "") }
    return rule.from.first.map { ($0, rule.scale == nil ? field.unit : "") }
  }
}

extension Field {
  /// Its label, with the unit where the reader knows it there.
  fileprivate var heading: (name: String, unit: String) {
    guard type == .money, !unit.isEmpty, headerUnits[matchingKey(unit)] == scale else {
      return (label, unit)
    }
    return ("\(label)（\(unit)）", unit)
  }
}

/// Of what the pack says, not of the sentences that tell it.
private func digest(of columns: [RecordForm.Column], _ fields: [Field]) -> String {
  var digest = Digest()
  for column in columns {
    let field = fields[column.field]
    let texts =
      column.headings + [
        field.type.rawValue, field.unit, "\(field.scale)", field.range(asOf: nil)?.en ?? "",
        "\(field.isRequired)", "\(field.returnsRow)", field.check.rawValue,
      ] + column.advice.choices
    digest.update(Array((texts.joined(separator: "\t") + "\n").utf8))
  }
  return digest.finish()
}
