import RulePacks
import Tables

/// The gaps of one scorecard by subject and office, a row for each two: all that one office could
/// supply about one subject, and all that waits for it.
///
/// A row is one number, that of its first gap, from which subject and office follow: a large
/// register has millions of gaps.
struct GapsByOffice: Sendable {
  let card: Scorecard
  let gaps: ShownGaps
  /// Titles of the offices; empty for what no office is known to supply.
  let offices: [String]
  /// For each row its first gap: by subject, then by office as they come up.
  let rows: [Int32]
  /// For each fact the number of its office; -1 where the fact may not appear.
  private let owners: [Int32]

  init(_ card: Scorecard, _ gaps: ShownGaps) {
    self.card = card
    self.gaps = gaps
    (offices, owners) = officesOf(gaps.facts)
    rows = firstGaps(card, gaps, owners, offices: offices.count)
  }

  func entries(_ rows: [Int32]) -> [Int32] { pick(card.gaps.entries, at: rows) }

  /// The numbers of the offices of some rows.
  func offices(_ rows: [Int32]) -> [Int32] {
    pick(card.gaps.missing, at: rows).map { owners[Int($0)] }
  }

  /// Calls for each gap of a row, in the order of the scorecard.
  func forEachGap(of row: Int32, _ body: (_ gap: Int) -> Void) {
    let office = owners[Int(card.gaps.missing[Int(row)])]
    let entry = Int(card.gaps.entries[Int(row)])
    for place in Int(gaps.offsets[entry])..<Int(gaps.offsets[entry + 1]) {
      let gap = Int(gaps.gaps[place])
      if owners[Int(card.gaps.missing[gap])] == office { body(gap) }
    }
  }

  /// What some rows' gaps lack, or count in, side by side in one text a row, each word once.
  ///
  /// - Parameter item: which item of the words a gap is about.
  func texts(_ rows: [Int32], _ words: ListedWords, of item: (_ gap: Int) -> Int) -> TextBuffer {
    var texts = TextBuffer()
    // The last row that had each word.
    var last = [Int](repeating: -1, count: words.count)
    var own: [Int] = []
    for (number, row) in rows.enumerated() {
      own.removeAll(keepingCapacity: true)
      forEachGap(of: row) { gap in
        let word = words.numbers[item(gap)]
        guard word >= 0, last[word] != number else { return }
        last[word] = number
        own.append(word)
      }
      words.append(own, to: &texts)
    }
    return texts
  }

  /// The number of the fact that a gap lacks.
  func fact(_ gap: Int) -> Int { Int(card.gaps.missing[gap]) }

  /// The number of what a gap is in, among parts, then gates, then caps.
  func site(_ gap: Int) -> Int {
    switch card.gaps.sites[gap] {
    case .part(let index): index
    case .gate(let index): card.parts.count + index
    case .cap(let index): card.parts.count + card.gates.count + index
    }
  }
}

/// Words of which a row may list several in one cell.
struct ListedWords: Sendable {
  /// For each item the number of its word; -1 where it has none.
  let numbers: [Int]
  private let words: TextBuffer
  private let separator: [UInt8]

  /// A word for each item, so that lists of the same items stand in one order.
  init(_ words: [String], separator: String) {
    numbers = Array(words.indices)
    self.words = TextBuffer(words.lazy.map(\.utf8))
    self.separator = Array(separator.utf8)
  }

  /// Items of one text have one word; those without a text have none.
  init(alike texts: [String?], separator: String) {
    var known: [String: Int] = [:]
    var words: [String] = []
    numbers = texts.map { text in
      guard let text, !text.isEmpty else { return -1 }
      if let number = known[text] { return number }
      known[text] = words.count
      words.append(text)
      return words.count - 1
    }
    self.words = TextBuffer(words.lazy.map(\.utf8))
    self.separator = Array(separator.utf8)
  }

  var count: Int { words.count }

  /// Adds some words side by side as one text.
  func append(_ numbers: [Int], to texts: inout TextBuffer) {
    let most = numbers.reduce(0) { $0 + words.range($1).count + separator.count }
    texts.append(upTo: most) { output in
      for (place, number) in numbers.enumerated() {
        if place > 0 { output.put(separator.span) }
        output.put(number, of: words.bytes.span, words.bounds.span)
      }
    }
  }
}

/// The offices of some facts, by title, and for each fact the number of its own.
private func officesOf(_ facts: [ShownFact?]) -> (titles: [String], owners: [Int32]) {
  var numbers: [String: Int32] = [:]
  var titles: [String] = []
  let owners = facts.map { fact -> Int32 in
    guard let fact else { return -1 }
    let id = fact.officeID ?? ""
    if let number = numbers[id] { return number }
    let number = Int32(titles.count)
    numbers[id] = number
    titles.append(fact.office)
    return number
  }
  return (titles, owners)
}

/// The first gap of each entry and office.
private func firstGaps(_ card: Scorecard, _ gaps: ShownGaps, _ owners: [Int32], offices: Int)
  -> [Int32]
{
  // The last entry that lacked something of each office; all gaps of an entry are together.
  var last = [Int32](repeating: -1, count: offices)
  return gaps.gaps.filter { gap in
    let office = Int(owners[Int(card.gaps.missing[Int(gap)])])
    let entry = card.gaps.entries[Int(gap)]
    guard last[office] != entry else { return false }
    last[office] = entry
    return true
  }
}
