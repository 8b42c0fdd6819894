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
  func picked(_ rows: [Int32]) -> TextBuffer {
    guard let steps else { return TextBuffer(rows.lazy.map { text(Int($0)).utf8 }) }
    var found = TextRanges(count: rows.count)
    for (number, step) in steps.enumerated() where !found.isComplete {
      found.look(for: rows, in: step.column, led: step.rows, number)
    }
    return found.copied(from: steps.map(\.column))
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
    case .firstStated(_, let unread) where !unread.isEmpty: return nil
    case .firstStated(let slots, _):
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

/// Where the texts of some rows stand, each in one of several columns.
private struct TextRanges {
  private var ranges: [Range<Int>]
  /// 255 where none is found yet.
  private var owners: [UInt8]
  private var missing: Int

  init(count: Int) {
    ranges = Array(repeating: 0..<0, count: count)
    owners = Array(repeating: 255, count: count)
    missing = count
  }

  var isComplete: Bool { missing == 0 }

  /// Finds texts that a column states for rows without one.
  mutating func look(
    for rows: [Int32], in column: TextColumn, led places: [Int32]?, _ owner: Int
  ) {
    let (extents, presence) = (column.extents, column.presence)
    for index in rows.indices where owners[index] == 255 {
      let row = Int(rows[index])
      let place = places.map { Int($0[row]) } ?? row
      guard place >= 0, presence.isStated(place) else { continue }
      ranges[index] = extents[place]
      owners[index] = UInt8(clamping: owner)
      missing -= 1
    }
  }

  func copied(from columns: [TextColumn]) -> TextBuffer {
    var bounds = [Int](repeating: 0, count: ranges.count * 2)
    let size = ranges.reduce(0) { $0 + $1.count }
    let bytes = [UInt8](capacity: size) { output in
      for owner in columns.indices {
        let texts = columns[owner].bytes
        copy(from: texts.span, UInt8(clamping: owner), to: &output, &bounds)
      }
    }
    return TextBuffer(bytes: bytes, bounds: bounds)
  }

  private func copy(
    from bytes: Span<UInt8>, _ owner: UInt8, to output: inout OutputSpan<UInt8>,
    _ bounds: inout [Int]
  ) {
    for index in ranges.indices where owners[index] == owner {
      bounds[2 * index] = output.count
      output.put(bytes.extracting(ranges[index]))
      bounds[2 * index + 1] = output.count
    }
  }
}

extension TextColumn {
  /// The texts of some rows, in their order.
  func picked(_ rows: [Int32]) -> TextBuffer {
    var found = TextRanges(count: rows.count)
    found.look(for: rows, in: self, led: nil, 0)
    return found.copied(from: [self])
  }
}
