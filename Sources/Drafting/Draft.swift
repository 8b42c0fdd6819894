import Fields
public import RulePacks
public import Tables

/// A file of a drafted rule pack, by its path within the pack.
public struct DraftedFile: Sendable {
  public var path: String
  public var text: String
}

/// Writes a first data dictionary and source profiles for files that no pack describes yet.
///
/// Column names are looked up in the packs at hand; what they do not know is guessed from the
/// texts. Everything that a person must decide is marked `待定` or `decide`; keys that nobody can
/// guess are left blank, so that the draft does not pass `heng rules check` before it was read.
///
/// - Parameters:
///   - files: what was found in the files without a profile.
///   - packs: where names of columns, words of clerks and currencies are looked up.
///   - language: of the comments and titles of the draft.
public func draft(
  _ files: [SurveyedFile], packs: [RulePack], language: Language = .zh
) -> [DraftedFile] {
  var files = files
  for index in files.indices { files[index].hideNumbers() }
  var words = CommonWords()
  for index in files.indices { words.takeAbsences(from: &files[index]) }
  words.findMoney(in: files, packs)
  var drafter = Drafter(names: PackVocabulary(packs, words), language: language)
  for file in files { drafter.add(file) }
  drafter.guessTypes()
  drafter.settleSubjects()
  return drafter.written()
}

extension SurveyedFile {
  /// Keeps numbers of persons out of a draft: a column that is called by one belongs to no
  /// dictionary.
  fileprivate mutating func hideNumbers() {
    titles = titles.map(scrubbed)
    possibleControls.removeAll { scrubbed($0) != $0 }
    otherRows.removeAll { scrubbed($0) != $0 }
    let named = columns.filter { scrubbed($0.name) == $0.name }
    withoutNames = columns.count - named.count
    columns = named
  }
}

/// A field of a drafted data dictionary.
struct FieldDraft {
  var id: String
  var label: String
  /// Names under which files carry it.
  var columns: [String] = []
  var known: Field?
  /// Index of the pack that knows it.
  var pack: Int?
  var guess = Guess(kind: .type(.text), fits: 0, stated: 0)
  /// Rows that state it, and how many different texts they have.
  var stated = 0
  var different = 0

  var type: FieldType? {
    if case .type(let type) = guess.kind { return type }
    return nil
  }
}

struct RecordDraft {
  var id: String
  var title: String
  var known: PackVocabulary.Kind?
  var fields: [FieldDraft] = []
  var rows = 0
  /// Index into the subjects; nil for corrections.
  var subject: Int?
  var isMany = false
  var isRoster = false

  func keeps(_ id: String) -> Bool { fields.contains { $0.id == id && $0.type != nil } }
}

struct SourceDraft {
  var id: String
  var record: Int
  var file: SurveyedFile
  var paths: [String]
  /// For each column its field in the record; nil for a column not wanted.
  var fields: [Int?]
  /// For each column the files that have it: of XML, those whose rows nearly all state it.
  var filesWith: [Int]

  /// Whether every file has a column.
  func isInAll(_ column: Int) -> Bool { filesWith[column] == paths.count }
}

struct SubjectDraft {
  var id: String
  var title: String
  var steps: [[String]]
  var name: String
}

/// A pack while it is drafted.
struct Drafter {
  let names: PackVocabulary
  let language: Language
  var records: [RecordDraft] = []
  var sources: [SourceDraft] = []
  var subjects: [SubjectDraft] = []
  /// Texts by field id, over all records.
  var texts: [String: [String: Int]] = [:]
  /// Ids of fields whose values do not come again and again in each file, so are no codes.
  private var variedFields: Set<String> = []
  private var ids: Set<String> = ["as_of", "row"]

  init(names: PackVocabulary, language: Language) {
    self.names = names
    self.language = language
  }

  // MARK: - Files

  mutating func add(_ file: SurveyedFile) {
    let match = names.match(file)
    if let index = sources.firstIndex(where: {
      records[$0.record].known == match?.kind && isSameExport($0.file, file)
    }) {
      return merge(file, into: index, match)
    }
    let record = record(for: file, match?.kind)
    var source = SourceDraft(
      id: unique(stem(records[record].id, file)), record: record, file: file, paths: [file.path],
      fields: [], filesWith: [])
    for (index, column) in file.columns.enumerated() {
      source.fields.append(add(column, to: record, as: match?.fields[index], match?.kind, file))
      source.filesWith.append(has(column, file) ? 1 : 0)
    }
    records[record].rows += file.rows
    sources.append(source)
  }

  private func stem(_ record: String, _ file: SurveyedFile) -> String {
    record.map { $0 == "_" ? "-" : $0 } + (file.shape.isXML ? "-xml" : "-csv")
  }

  /// Whether two files are exports of one list, be it in two waves of which one has further columns.
  private func isSameExport(_ one: SurveyedFile, _ other: SurveyedFile) -> Bool {
    let columns = Set(one.columns.map { matchingKey($0.name) })
    let others = Set(other.columns.map { matchingKey($0.name) })
    let shared = columns.intersection(others).count
    switch (one.shape, other.shape) {
    case (.xml(let rows), .xml(let otherRows)):
      // An element that a row does not state is often left out.
      return rows.map(matchingKey) == otherRows.map(matchingKey)
        && shared * 2 >= min(columns.count, others.count)
    case (.csv(let lines, _), .csv(let otherLines, _)):
      return lines == otherLines && shared * 3 >= max(columns.count, others.count) * 2
    case (.xml, .csv), (.csv, .xml): return false
    }
  }

  private func has(_ column: SurveyedColumn, _ file: SurveyedFile) -> Bool {
    !file.shape.isXML || column.stated * 100 >= file.rows * 95
  }

  /// Another file of an export that was seen already; it may have further columns.
  private mutating func merge(
    _ file: SurveyedFile, into index: Int, _ match: (kind: PackVocabulary.Kind, fields: [Int?])?
  ) {
    let record = sources[index].record
    sources[index].paths.append(file.path)
    sources[index].file.rows += file.rows
    records[record].rows += file.rows
    for (place, column) in file.columns.enumerated() {
      let key = matchingKey(column.name)
      let known = sources[index].file.columns.firstIndex { matchingKey($0.name) == key }
      guard let known else {
        sources[index].file.columns.append(column)
        sources[index].fields.append(
          add(column, to: record, as: match?.fields[place], match?.kind, file))
        // Files before it lack the column, so it is not in all.
        sources[index].filesWith.append(0)
        continue
      }
      if has(column, file) { sources[index].filesWith[known] += 1 }
      for (text, count) in column.texts {
        sources[index].file.columns[known].texts[text, default: 0] += count
      }
      if let field = sources[index].fields[known] { pool(column, record, field) }
    }
  }

  private mutating func record(for file: SurveyedFile, _ kind: PackVocabulary.Kind?) -> Int {
    if let kind, let index = records.firstIndex(where: { $0.known == kind }) { return index }
    let known = kind.map { names.kind($0) }
    let id = unique(known?.id ?? "record_\(records.count + 1)")
    let title = known?.title ?? file.titles.first ?? file.path
    var record = RecordDraft(id: id, title: title, known: kind)
    if let known {
      record.isRoster = known.isRoster
      if case .many = known.holds { record.isMany = true }
    }
    records.append(record)
    return records.count - 1
  }

  // MARK: - Columns

  /// - Returns: the column's field; nil where a pack at hand says that it is not wanted.
  private mutating func add(
    _ column: SurveyedColumn, to record: Int, as known: Int?, _ kind: PackVocabulary.Kind?,
    _ file: SurveyedFile
  ) -> Int? {
    if known == nil, let kind, names.isUnwanted(column.name, by: kind) { return nil }
    if known == nil, isRowNumber(column, in: file) { return nil }
    let field = known.flatMap { index in kind.map { names.kind($0).fields[index] } }
    let id = field?.id ?? newID(column, record)
    if let index = records[record].fields.firstIndex(where: { $0.id == id }) {
      records[record].fields[index].columns.append(column.name)
      pool(column, record, index)
      return index
    }
    var made = FieldDraft(id: id, label: field?.label ?? column.name)
    made.columns = [column.name]
    made.known = field
    made.pack = field == nil ? nil : kind?.pack
    records[record].fields.append(made)
    ids.insert(id)
    pool(column, record, records[record].fields.count - 1)
    return records[record].fields.count - 1
  }

  private mutating func pool(_ column: SurveyedColumn, _ record: Int, _ field: Int) {
    let id = records[record].fields[field].id
    records[record].fields[field].stated += column.stated
    records[record].fields[field].different = max(
      records[record].fields[field].different, column.texts.count)
    for (text, count) in column.texts { texts[id, default: [:]][text, default: 0] += count }
    if !Guesser.repeats(column.texts) { variedFields.insert(id) }
  }

  /// Numbers from 1 without a gap in the first column.
  private func isRowNumber(_ column: SurveyedColumn, in file: SurveyedFile) -> Bool {
    guard !file.shape.isXML, file.columns.first?.name == column.name, column.texts.count >= 5
    else { return false }
    return (1...column.texts.count).allSatisfy { column.texts["\($0)"] != nil }
  }

  /// Identifiers have one name in all records, so that rows find one another; other ids are new.
  private mutating func newID(_ column: SurveyedColumn, _ record: Int) -> String {
    let guess = Guesser(names: names).guess(column.texts, known: nil, header: column.name)
    let shared: String? =
      switch guess.kind {
      case .type(.uscc): "uscc"
      case .type(.registrationNumber): "reg_no"
      case .type(.organizationCode): "org_code"
      case .type, .doubtful: nil
      }
    if let shared, !records[record].fields.contains(where: { $0.id == shared }) { return shared }
    let latin = lastName(column.name).lowercased().unicodeScalars.map { scalar -> Character in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        ? Character(scalar) : "_"
    }
    let word = String(latin)
    let isWord = word.first.map { $0.isLetter } ?? false && !word.hasPrefix("_")
    return unique(
      isWord && word.contains { $0 != "_" }
        ? word : "\(records[record].id)_\(records[record].fields.count + 1)")
  }

  private mutating func unique(_ wanted: String) -> String {
    var id = wanted
    var number = 2
    while ids.contains(id) || Drafter.reserved.contains(id) {
      id = "\(wanted)_\(number)"
      number += 1
    }
    ids.insert(id)
    return id
  }

  /// Words of the expression language.
  private static let reserved: Set<String> = [
    "in", "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import",
    "let", "loop", "null", "package", "namespace", "return", "true", "var", "void", "while", "has",
    "size", "int", "double", "string", "bool", "list", "map", "type", "date", "decimal", "duration",
    "timestamp",
  ]

  // MARK: - Types

  mutating func guessTypes() {
    let guesser = Guesser(names: names)
    var guesses: [String: Guess] = [:]
    for record in records.indices {
      for index in records[record].fields.indices {
        let field = records[record].fields[index]
        // One id has one type in all records, as facts of one subject must.
        let guess =
          guesses[field.id]
          ?? guesser.guess(
            texts[field.id] ?? [:], known: field.known, header: field.columns.first ?? "",
            isVaried: variedFields.contains(field.id))
        guesses[field.id] = guess
        records[record].fields[index].guess = guess
      }
    }
  }
}
