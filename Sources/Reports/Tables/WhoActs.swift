import Labels
import RulePacks
import Tables

/// The offices that must act where something is wrong with the data: of a delivered row whoever
/// delivers its record kind, of a fact that follows from others whoever delivers the first of them.
///
/// What concerns no office is for whoever keeps the rules.
struct ActingOffices: Sendable {
  let words: Words
  private let numbers: [String: Int]
  private let pack: RulePack
  /// By file, the record kind that it holds.
  private let records: [Int?]
  /// By subject kind and fact, the number of the office behind it: whole rules may have to be looked
  /// through for one, and there can be a million findings.
  private let behind: [[Int?]]
  private let subjects: NamedSubjects

  init(_ results: RunResult, _ subjects: NamedSubjects) {
    pack = results.pack
    self.subjects = subjects
    let offices = pack.about.offices
    words = Words(offices.map { ($0.id, Bilingual(zh: $0.title, en: $0.title)) })
    let numbers = Dictionary(
      offices.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.numbers = numbers
    behind = pack.subjects.indices.map { [pack] kind in
      pack.subjects[kind].facts.indices.map { slot in
        pack.office(behind: slot, of: kind).flatMap { numbers[$0] }
      }
    }
    let profiles = Dictionary(
      pack.sources.map { ($0.id, $0.record) }, uniquingKeysWith: { first, _ in first })
    records = results.files.map { profiles[$0.profile] }
  }

  /// The office of a finding; nil where none is concerned.
  func number(of finding: Finding) -> Int? {
    if let file = finding.place.map({ Int($0.file) }), records.indices.contains(file) {
      return number(ofFile: file)
    }
    guard let subject = finding.subject.flatMap({ subjects.find($0) }),
      let slot = finding.field.flatMap({ pack.subjects[subject.kind].fact($0) })
    else { return nil }
    return behind[subject.kind][slot]
  }

  func number(ofFile file: Int) -> Int? {
    records[file].flatMap { pack.records[$0].office }.flatMap { numbers[$0] }
  }

  /// - Parameter id: of a record kind.
  func number(ofRecord id: String) -> Int? {
    pack.records.first { $0.id == id }?.office.flatMap { numbers[$0] }
  }
}

/// Subjects as findings and rows name them: by their ids.
struct NamedSubjects: Sendable {
  private let results: RunResult
  private let shown: [ShownSubjects]

  init(_ results: RunResult) {
    self.results = results
    shown = results.pack.subjects.indices.map { ShownSubjects(results, kind: $0) }
  }

  func find(_ id: String) -> (kind: Int, row: Int)? {
    for (kind, table) in results.dossiers.subjects.enumerated() {
      let row = (0..<table.count).partitioningIndex { !precedes(table.ids[$0], id) }
      if row < table.count, table.ids[row] == id { return (kind, row) }
    }
    return nil
  }

  /// Empty where nobody has that id, or the name may not appear.
  func name(of id: String) -> String {
    find(id).map { shown[$0.kind].name($0.row) } ?? ""
  }

  /// Number of the first ranking that lists a subject, whose page shows it; nil where none does.
  func ranking(of id: String) -> Int? {
    guard let (kind, row) = find(id) else { return nil }
    return results.scorecards.firstIndex { card in
      guard results.pack.rubrics[card.rubric].subject == kind else { return false }
      let place = card.subjects.partitioningIndex { $0 >= Int32(row) }
      return place < card.subjects.count && card.subjects[place] == Int32(row)
    }
  }
}

extension ReportColumn {
  /// What leads a page to a subject: the ranking that lists it.
  static func ranking(
    _ subjects: NamedSubjects, _ results: RunResult, _ subject: @escaping @Sendable (Int) -> String?
  ) -> ReportColumn {
    let rubrics = results.scorecards.map { results.pack.rubrics[$0.rubric] }
    return ReportColumn(
      id: "ranking", label: ReportLabel.rankings,
      values: .word(Words(rubrics.map { ($0.id, Bilingual(zh: $0.title, en: $0.title)) })) { row in
        subject(row).flatMap { subjects.ranking(of: $0) }
      }, readers: .page)
  }

  /// Who must act.
  static func office(
    _ offices: ActingOffices, _ number: @escaping @Sendable (Int) -> Int?
  ) -> ReportColumn {
    ReportColumn(
      id: "office", label: ColumnLabel.acts, values: .word(offices.words, number), width: 22)
  }
}
