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
func nearNames(_ attachments: [Attachment], records: [Int], _ roll: Roll, _ rows: Rows) async
  -> [Int: [Int32: [Int32]]]
{
  guard let field = rows.pack.subjects[roll.kind].candidates, roll.count > 0 else { return [:] }
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
  let near = await NameSearch(names, field: field, roll, rows).nearest(jobs: rows.jobs)
  var found: [Int: [Int32: [Int32]]] = [:]
  for (name, subjects) in zip(names, near) where !subjects.isEmpty {
    for (record, row) in asking[name] ?? [] { found[record, default: [:]][row] = subjects }
  }
  return found
}

private func nameReader(_ field: String, _ record: Int, _ rows: Rows) -> KeyReader? {
  rows.pack.records[record].field(field).map {
    KeyReader(KeyPart(rows.tables[record].columns[$0], .name))
  }
}

/// Pairs of neighbouring characters of a matching key, each once, ascending.
func characterPairs(_ key: some Sequence<UInt8>) -> [UInt64] {
  var pairs: [UInt64] = []
  var before: UInt64?
  for scalar in String(decoding: Array(key), as: UTF8.self).unicodeScalars {
    let value = UInt64(scalar.value)
    if let before { pairs.append(before << 32 | value) }
    before = value
  }
  pairs.sort()
  var distinct = 0
  for index in pairs.indices where index == 0 || pairs[index] != pairs[index - 1] {
    pairs[distinct] = pairs[index]
    distinct += 1
  }
  pairs.removeLast(pairs.count - distinct)
  return pairs
}

/// How many pairs two names have in common.
func commonPairs(_ left: [UInt64], _ right: [UInt64]) -> Int {
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
  private let pairs: [[UInt64]]
  /// Pairs looked for → the names (by number) that look for them.
  private let seekers: [UInt64: [Int]]
  private let roll: Roll
  /// Names of all roster rows, by roster record kind.
  private let keys: [TextColumn]

  init(_ names: [[UInt8]], field: String, _ roll: Roll, _ rows: Rows) {
    let pairs = names.map { characterPairs($0) }
    let keys = roll.rosters.map { roster in
      nameReader(field, roster.record, rows)?.keys(of: 0..<rows.tables[roster.record].count)
        ?? TextColumn()
    }
    self.pairs = pairs
    self.roll = roll
    self.keys = keys
    let counts = NameSearch.frequencies(of: Set(pairs.joined()), keys, roll)
    var seekers: [UInt64: [Int]] = [:]
    for (name, mine) in pairs.enumerated() {
      let rarest = mine.filter { counts[$0] != nil }.sorted {
        let (a, b) = (counts[$0] ?? 0, counts[$1] ?? 0)
        return a == b ? $0 < $1 : a < b
      }
      for (order, pair) in rarest.prefix(6).enumerated() {
        // A pair that most names have, such as “公司”, tells nothing and costs much.
        let isRare = counts[pair, default: 0] * NameSearch.stride(roll) <= 2_000
        if isRare || (order == 0 && counts[pair, default: 0] * NameSearch.stride(roll) <= 20_000) {
          seekers[pair, default: []].append(name)
        }
      }
    }
    self.seekers = seekers
  }

  private static func stride(_ roll: Roll) -> Int { max(1, roll.count / 65_536) }

  /// In how many names of a sample of subjects each pair occurs; those that do not are taken to
  /// occur once.
  private static func frequencies(of pairs: Set<UInt64>, _ keys: [TextColumn], _ roll: Roll)
    -> [UInt64: Int]
  {
    var counts: [UInt64: Int] = [:]
    for pair in pairs { counts[pair] = 0 }
    let stride = stride(roll)
    for (roster, column) in zip(roll.rosters, keys) {
      for row in 0..<column.count
      where Int(roll.subjects[roster.start + row]) % stride == 0
        && roll.subjects[roster.start + row] >= 0
      {
        for pair in characterPairs(column.bytes[column.range(row)]) {
          if let count = counts[pair] { counts[pair] = count + 1 }
        }
      }
    }
    return counts
  }

  func nearest(jobs: Int) async -> [[Int32]] {
    let hits = await hits(jobs: jobs)
    return await inParallel(pairs.count, jobs: jobs) { name in nearest(name, hits[name]) }
  }

  /// For each name how many of the pairs it looks for each roster row shares, by roster and row.
  private func hits(jobs: Int) async -> [[Hit: Int]] {
    var all = Array(repeating: [Hit: Int](), count: pairs.count)
    for (roster, column) in keys.enumerated() {
      let parts = stretches(of: column.count, length: 1 << 16)
      let found = await inParallel(parts.count, jobs: jobs) { part in
        hits(parts[part], column, roster: roster)
      }
      for (name, hit) in found.joined() { all[name][hit, default: 0] += 1 }
    }
    return all
  }

  private func hits(_ rows: Range<Int>, _ column: TextColumn, roster: Int) -> [(Int, Hit)] {
    var hits: [(Int, Hit)] = []
    var before: UInt64 = 0
    for row in rows where column.presence.isStated(row) {
      before = 0
      for scalar in String(decoding: column.bytes[column.range(row)], as: UTF8.self).unicodeScalars
      {
        let pair = before << 32 | UInt64(scalar.value)
        before = UInt64(scalar.value)
        guard let names = seekers[pair] else { continue }
        for name in names { hits.append((name, Hit(roster: roster, row: row))) }
      }
    }
    return hits
  }

  /// Dice's coefficient of the pairs decides, then the order of ids.
  private func nearest(_ name: Int, _ hits: [Hit: Int]) -> [Int32] {
    var likeness: [Int32: Double] = [:]
    for hit in hits.keys {
      let subject = roll.subjects[roll.rosters[hit.roster].start + hit.row]
      guard subject >= 0 else { continue }
      let theirs = characterPairs(keys[hit.roster].bytes[keys[hit.roster].range(hit.row)])
      let common = commonPairs(pairs[name], theirs)
      let score = 2 * Double(common) / Double(pairs[name].count + theirs.count)
      if score >= 0.5 { likeness[subject] = max(likeness[subject] ?? 0, score) }
    }
    let ordered = likeness.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
    return ordered.prefix(3).map(\.key)
  }

  struct Hit: Hashable, Sendable {
    var roster: Int
    var row: Int
  }
}
