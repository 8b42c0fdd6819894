import Foundation
import GRDB
public import Tables

/// What one recorded run gave under one rubric to subjects of now: a row a subject of now, in
/// their order.
public struct EarlierResults: Sendable {
  public var rubric: String
  public var edition: String
  /// Ids of the tiers, best first.
  public var tiers: [String]
  /// How many each cohort had.
  public var cohortSizes: [Int]
  /// How many subjects had a result, those that are no longer there included.
  public var count = 0
  /// Nil where there was no result.
  public var statuses: [Status?]
  /// In thousandths.
  public var scores: [Int32]
  /// 0 without a rank.
  public var ranks: [Int32]
  /// Place in `tiers`; −1 without one.
  public var tierNumbers: [Int16]
  public var cohorts: [Int32]

  init(_ header: ResultHeader.Rubric, rows: Int) {
    rubric = header.id
    edition = header.edition
    tiers = header.tiers
    cohortSizes = header.cohorts.map(\.size)
    statuses = Array(repeating: nil, count: rows)
    scores = Array(repeating: 0, count: rows)
    ranks = scores
    tierNumbers = Array(repeating: -1, count: rows)
    cohorts = scores
  }
}

extension Ledger {
  /// What a run gave the subjects of one kind, beside the subjects of now, whose ids ascend by
  /// bytes.
  ///
  /// - Returns: one a rubric that the run applied to the kind.
  /// - Complexity: one pass over the results of the kind.
  public func results(of run: Int, kind: String, beside ids: TextColumn)
    throws(LedgerFailure) -> [EarlierResults]
  {
    try read { database in
      let text = try String.fetchOne(
        database, sql: "SELECT header FROM result_kind WHERE run = ? AND kind = ?",
        arguments: [run, kind])
      guard let text else { return [] }
      let header = try JSONDecoder().decode(ResultHeader.self, from: Data(text.utf8))
      var reader = EarlierReader(header, ids: ids)
      let stretches = Stretches(table: .results, run: run, key: kind, header: text)
      try stretches.forEach(in: database) { bytes in
        guard reader.take(bytes) else { throw stretches.damage }
      }
      return reader.results
    }
  }
}

/// Reads packed results in the order of their ids, beside a column of ids in the same order.
private struct EarlierReader {
  private let ids: TextColumn
  private let statuses: [Status?]
  private(set) var results: [EarlierResults]
  /// For each rubric how many carried values stand behind a result.
  private let carried: [Int]
  /// The first subject of now that is not before what was read.
  private var row = 0
  private var id: [UInt8] = []

  init(_ header: ResultHeader, ids: TextColumn) {
    self.ids = ids
    statuses = header.statuses.map { Status(rawValue: $0) }
    results = header.rubrics.map { EarlierResults($0, rows: ids.count) }
    carried = header.rubrics.map { $0.carried?.count ?? 0 }
  }

  /// False for damaged bytes.
  mutating func take(_ bytes: [UInt8]) -> Bool {
    var position = 0
    id.removeAll(keepingCapacity: true)
    while position < bytes.count {
      let shared = number(bytes, &position)
      let rest = number(bytes, &position)
      guard shared >= 0, rest >= 0, shared <= id.count, rest <= bytes.count - position else {
        return false
      }
      id.replaceSubrange(shared..., with: bytes[position..<position + rest])
      position += rest
      let place = findRow()
      for rubric in results.indices {
        guard takeResult(bytes, &position, rubric, place) else { return false }
      }
    }
    return true
  }

  private mutating func takeResult(
    _ bytes: [UInt8], _ position: inout Int, _ rubric: Int, _ row: Int?
  ) -> Bool {
    let state = number(bytes, &position)
    guard state != 0 else { return true }
    let score = number(bytes, &position)
    let rank = number(bytes, &position)
    let tier = number(bytes, &position)
    let cohort = number(bytes, &position)
    guard state > 0, state <= statuses.count, let score = Int32(exactly: score), score >= 0,
      let rank = Int32(exactly: rank), rank >= 0, tier >= 0,
      tier <= results[rubric].tiers.count,
      results[rubric].cohortSizes.indices.contains(cohort)
    else { return false }
    for _ in 0..<carried[rubric] where number(bytes, &position) < 0 { return false }
    results[rubric].count += 1
    guard let row else { return true }
    results[rubric].statuses[row] = statuses[state - 1]
    results[rubric].scores[row] = score & 1 == 1 ? -(score / 2) - 1 : score / 2
    results[rubric].ranks[row] = rank
    results[rubric].tierNumbers[row] = Int16(truncatingIfNeeded: tier - 1)
    results[rubric].cohorts[row] = Int32(truncatingIfNeeded: cohort)
    return true
  }

  /// The subject of now with the id that was read last.
  private mutating func findRow() -> Int? {
    while row < ids.count {
      switch order(of: ids.bytes, ids.range(row), beside: id) {
      case ..<0: row += 1
      case 0: return row
      default: return nil
      }
    }
    return nil
  }
}

/// Less than 0 if the text comes before the other, 0 if they are the same.
private func order(of bytes: [UInt8], _ range: Range<Int>, beside other: [UInt8]) -> Int {
  for place in 0..<min(range.count, other.count) {
    let (left, right) = (bytes[range.lowerBound + place], other[place])
    if left != right { return left < right ? -1 : 1 }
  }
  return range.count - other.count
}

/// A LEB128 number; −1 where none stands.
private func number(_ bytes: [UInt8], _ position: inout Int) -> Int {
  var number: UInt64 = 0
  var shift: UInt64 = 0
  while position < bytes.count, shift < 56 {
    let byte = bytes[position]
    position += 1
    number |= UInt64(byte & 0x7F) << shift
    if byte < 0x80 { return Int(number) }
    shift += 7
  }
  return -1
}
