import RulePacks
import Tables

/// How many names of unmatched rows are compared with the subjects' names.
///
/// A person reads these one by one; a delivery with more unmatched rows than this has a fault that
/// names will not mend.
private let nameLimit = 300

/// For unmatched rows of these record kinds up to three subjects of nearly the same name, nearest
/// first, by record kind and row.
///
/// The work is bounded: of all names the first `nameLimit` by their bytes, of each name its rarest
/// pairs of characters, and only subjects that share one of these.
func nearNames(
  _ attachments: [RowOwners], records: [Int], _ register: SubjectRegister, _ rows: Rows
)
  async
  -> [Int: [Int32: [Int32]]]
{
  guard let field = rows.pack.subjects[register.kind].candidates, register.count > 0 else {
    return [:]
  }
  var asking: [[UInt8]: [(record: Int, row: Int32)]] = [:]
  for record in records {
    let unmatched = attachments[record].owners.indices.filter { attachments[record].owners[$0] < 0 }
    guard !unmatched.isEmpty, let reader = nameReader(field, record, rows) else { continue }
    let keys = reader.keys(of: unmatched)
    for (entry, row) in unmatched.enumerated() where keys.presence.isStated(entry) {
      asking[Array(keys.bytes[keys.range(entry)]), default: []].append((record, Int32(row)))
    }
  }
  guard !asking.isEmpty else { return [:] }
  let names = Array(
    asking.keys.sorted { $0.lexicographicallyPrecedes($1) }.prefix(nameLimit))
  let near = await NameSearch(names, field: field, register, rows).nearest(jobs: rows.jobs)
  var found: [Int: [Int32: [Int32]]] = [:]
  for (name, subjects) in zip(names, near) where !subjects.isEmpty {
    for (record, row) in asking[name] ?? [] { found[record, default: [:]][row] = subjects }
  }
  return found
}

private func nameReader(_ field: String, _ record: Int, _ rows: Rows) -> KeyReader? {
  rows.pack.records[record].field(field).map {
    KeyReader(KeyPart(rows.tables[record].columns[$0], .withoutRemarks))
  }
}

/// Pairs of neighbouring characters of a matching key, each once, ascending.
func characterPairs(_ key: some Sequence<UInt8>) -> [UInt64] {
  var pairs: [UInt64] = []
  collectPairs(of: Array(key).span, into: &pairs)
  return pairs
}

/// Puts the pairs of neighbouring characters of a matching key into a buffer, each once, ascending.
private func collectPairs(of key: Span<UInt8>, into pairs: inout [UInt64]) {
  pairs.removeAll(keepingCapacity: true)
  forEachPair(of: key) { pairs.append($0) }
  pairs.sort()
  var distinct = 0
  for index in pairs.indices where index == 0 || pairs[index] != pairs[index - 1] {
    pairs[distinct] = pairs[index]
    distinct += 1
  }
  pairs.removeLast(pairs.count - distinct)
}

/// Calls for all pairs of neighbouring characters of a text in order.
@inline(__always)
private func forEachPair(of text: Span<UInt8>, _ body: (UInt64) -> Void) {
  var before: UInt64 = 0
  var index = 0
  while index < text.count {
    let (scalar, length) = scalar(text, at: index)
    if index > 0 { body(before << 32 | scalar) }
    before = scalar
    index += length
  }
}

/// The character that begins at a byte, and how many bytes it has; what is no UTF-8 stands for
/// itself, byte by byte.
@inline(__always)
private func scalar(_ text: Span<UInt8>, at index: Int) -> (scalar: UInt64, length: Int) {
  let first = text[index]
  if first < 0x80 { return (UInt64(first), 1) }
  let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
  guard first >= 0xC2, index + length <= text.count else { return (UInt64(first), 1) }
  var scalar = UInt64(first & (0x7F >> UInt8(length)))
  for offset in 1..<length { scalar = scalar << 6 | UInt64(text[index + offset] & 0x3F) }
  return (scalar, length)
}

/// How many pairs two names have in common.
func commonPairs(_ left: Span<UInt64>, _ right: Span<UInt64>) -> Int {
  var (common, a, b) = (0, 0, 0)
  while a < left.count, b < right.count {
    if left[a] == right[b] { common += 1 }
    let step = (left[a] <= right[b], right[b] <= left[a])
    if step.0 { a += 1 }
    if step.1 { b += 1 }
  }
  return common
}

/// Names of subjects near some names.
private struct NameSearch: Sendable {
  /// The pairs of all names, end to end, and where those of each name begin.
  private let pairs: [UInt64]
  private let starts: [Int]
  /// Pairs looked for → where the names (by number) that look for them stand in `seekers`.
  private let seekersOfPair: [UInt64: Range<Int>]
  private let seekers: [Int]
  /// A bit for each hash of a pair that is looked for: most pairs are not, and are done with here.
  private let sought: [UInt64]
  private let register: SubjectRegister
  /// The names of all roster rows, by roster record kind; nil where it has none.
  private let readers: [KeyReader?]
  private let counts: [Int]

  init(_ names: [[UInt8]], field: String, _ register: SubjectRegister, _ rows: Rows) {
    let pairs = names.map { characterPairs($0) }
    self.pairs = Array(pairs.joined())
    starts = pairs.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    self.register = register
    readers = register.rosters.map { nameReader(field, $0.record, rows) }
    counts = register.rosters.map { rows.tables[$0.record].count }
    let counts = NameSearch.frequencies(of: Set(pairs.joined()), readers, counts, register)
    var seekersOfPair: [UInt64: [Int]] = [:]
    for (name, mine) in pairs.enumerated() {
      let rarest = mine.filter { counts[$0] != nil }.sorted {
        let (a, b) = (counts[$0] ?? 0, counts[$1] ?? 0)
        return a == b ? $0 < $1 : a < b
      }
      for (order, pair) in rarest.prefix(6).enumerated() {
        // A pair that most names have, such as “公司”, tells nothing and costs much.
        let isRare = counts[pair, default: 0] * NameSearch.stride(register) <= 2_000
        if isRare
          || (order == 0 && counts[pair, default: 0] * NameSearch.stride(register) <= 20_000)
        {
          seekersOfPair[pair, default: []].append(name)
        }
      }
    }
    var seekers: [Int] = []
    self.seekersOfPair = seekersOfPair.mapValues { names in
      seekers += names
      return seekers.count - names.count..<seekers.count
    }
    self.seekers = seekers
    sought = NameSearch.filter(seekersOfPair.keys)
  }

  private static func stride(_ register: SubjectRegister) -> Int { max(1, register.count / 65_536) }

  private static func filter(_ pairs: some Sequence<UInt64>) -> [UInt64] {
    var bits = Array(repeating: UInt64(0), count: 1024)
    for pair in pairs {
      let bit = bit(of: pair)
      bits[bit >> 6] |= 1 << UInt64(bit & 63)
    }
    return bits
  }

  private static func bit(of pair: UInt64) -> Int {
    // Safe: a hash may wrap; of 64 bits the last 16 are left.
    Int((pair &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }

  /// In how many names of a sample of subjects each pair occurs; those that do not are taken to
  /// occur once.
  private static func frequencies(
    of pairs: Set<UInt64>, _ readers: [KeyReader?], _ rows: [Int], _ register: SubjectRegister
  ) -> [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    for pair in pairs { counts[pair] = 0 }
    let filter = filter(pairs)
    let stride = stride(register)
    var found: [UInt64] = []
    for (number, roster) in register.rosters.enumerated() {
      guard let reader = readers[number] else { continue }
      let sample = (0..<rows[number]).filter {
        let subject = Int(register.subjects[roster.start + $0])
        return subject >= 0 && subject % stride == 0
      }
      let names = reader.keys(of: sample)
      let (bytes, extents) = (names.bytes.span, names.extents)
      for row in 0..<extents.count {
        collectPairs(of: bytes.extracting(extents[row]), into: &found)
        for pair in found where isSet(bit(of: pair), in: filter.span) {
          if let count = counts[pair] { counts[pair] = count + 1 }
        }
      }
    }
    return counts
  }

  private static func isSet(_ bit: Int, in bits: Span<UInt64>) -> Bool {
    bits[bit >> 6] >> UInt64(bit & 63) & 1 != 0
  }

  /// For each name up to three subjects, nearest first: Dice's coefficient of the pairs decides,
  /// then the order of ids.
  func nearest(jobs: Int) async -> [[Int32]] {
    var likeness = Array(repeating: [Int32: Double](), count: starts.count - 1)
    for roster in readers.indices where readers[roster] != nil {
      let parts = stretches(of: counts[roster], length: 1 << 16)
      let found = await inParallel(parts.count, jobs: jobs) { part in
        near(parts[part], roster: roster)
      }
      for near in found.joined() {
        likeness[near.name][near.subject] = max(likeness[near.name][near.subject] ?? 0, near.score)
      }
    }
    return likeness.map { subjects in
      subjects.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        .prefix(3).map(\.key)
    }
  }

  /// A subject whose name is near one of those looked for.
  private struct Near: Sendable {
    var name: Int
    var subject: Int32
    var score: Double
  }

  /// The subjects of some roster rows that share a pair that a name looks for, and are near it.
  private func near(_ rows: Range<Int>, roster: Int) -> [Near] {
    guard let reader = readers[roster] else { return [] }
    let names = reader.keys(of: rows)
    var found: [Near] = []
    let (bytes, extents, sought) = (names.bytes.span, names.extents, sought.span)
    let subjects = register.subjects.span
    let first = register.rosters[roster].start + rows.lowerBound
    var pairs: [UInt64] = []
    // The last row that each name was compared with.
    var compared = Array(repeating: -1, count: starts.count - 1)
    for row in 0..<extents.count where subjects[first + row] >= 0 {
      var isFirst = true
      let name = bytes.extracting(extents[row])
      forEachPair(of: name) { pair in
        guard NameSearch.isSet(NameSearch.bit(of: pair), in: sought),
          let seekers = seekersOfPair[pair]
        else { return }
        if isFirst { collectPairs(of: name, into: &pairs) }
        isFirst = false
        for seeker in self.seekers[seekers] where compared[seeker] != row {
          compared[seeker] = row
          let score = likeness(seeker, pairs.span)
          if score >= 0.5 {
            found.append(Near(name: seeker, subject: subjects[first + row], score: score))
          }
        }
      }
    }
    return found
  }

  private func likeness(_ name: Int, _ theirs: Span<UInt64>) -> Double {
    let mine = pairs.span.extracting(starts[name]..<starts[name + 1])
    return 2 * Double(commonPairs(mine, theirs)) / Double(mine.count + theirs.count)
  }
}
