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

  /// The texts of some subjects, in their order; empty where nothing is stated.
  ///
  /// All ranges are looked up before bytes are copied, so that the cache misses of each overlap.
  func picked(_ rows: [Int32]) -> TextColumn {
    var picked = TextColumn()
    guard let steps else {
      for row in rows { picked.append(text(Int(row))) }
      return picked
    }
    var ranges = [Range<Int>](repeating: 0..<0, count: rows.count)
    var owners = [Int](repeating: 0, count: rows.count)
    for (number, step) in steps.enumerated().reversed() {
      for (index, row) in rows.enumerated() {
        let place = step.rows.map { Int($0[Int(row)]) } ?? Int(row)
        guard place >= 0, step.column.presence.isStated(place) else { continue }
        ranges[index] = step.column.range(place)
        owners[index] = number
      }
    }
    for index in rows.indices {
      if ranges[index].isEmpty {
        picked.appendAbsent(.notStated)
      } else {
        picked.append(steps[owners[index]].column.bytes[ranges[index]])
      }
    }
    return picked
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

extension TextColumn {
  /// The texts of some rows, in their order.
  func picked(_ rows: [Int32]) -> TextColumn {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(rows.count)
    for row in rows { ranges.append(range(Int(row))) }
    var picked = TextColumn()
    for range in ranges { picked.append(bytes[range]) }
    return picked
  }
}
