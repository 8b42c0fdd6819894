import Tables

/// The texts of one fact, reached without making a String a row where they stand in columns.
struct TextSource: Sendable {
  private struct Step: Sendable {
    var column: TextColumn
    /// Where the text of each subject stands in the column, −1 for nowhere; nil is its own row.
    var rows: [Int32]?
  }

  /// The first that states a text counts; nil where the fact is not kept as texts.
  private let steps: [Step]?
  private let dossiers: Dossiers
  private let subject: Int
  private let fact: Int

  init(_ dossiers: Dossiers, subject: Int, fact: Int) {
    self.dossiers = dossiers
    self.subject = subject
    self.fact = fact
    steps = TextSource.steps(dossiers, subject: subject, fact: fact)
  }

  /// Writes the text of one subject as a cell; empty where nothing is stated.
  func append(_ row: Int, to csv: inout CSV) {
    guard let steps else {
      csv.cell(dossiers.text(subject: subject, fact: fact, row: row) ?? "")
      return
    }
    for step in steps {
      let place = step.rows.map { Int($0[row]) } ?? row
      guard place >= 0, step.column.presence.isStated(place) else { continue }
      csv.cell(step.column.bytes[step.column.range(place)])
      return
    }
    csv.empty()
  }

  func text(_ row: Int) -> String {
    dossiers.text(subject: subject, fact: fact, row: row) ?? ""
  }

  private static func steps(_ dossiers: Dossiers, subject: Int, fact: Int) -> [Step]? {
    switch dossiers.subjects[subject].facts[fact] {
    case .absent: return []
    case .own(.text(let column)): return [Step(column: column, rows: nil)]
    case .chosen(let record, let field, let rows):
      guard case .text(let column) = dossiers.records[record].columns[field] else { return nil }
      return [Step(column: column, rows: rows)]
    case .firstStated(let slots):
      var all: [Step] = []
      for slot in slots {
        guard let steps = steps(dossiers, subject: subject, fact: slot) else { return nil }
        all += steps
      }
      return all
    case .own, .constant, .reference, .list, .members: return nil
    }
  }
}
