import Foundation
import Tables

/// The words that packed results of one kind of subject refer to by number.
struct ResultHeader: Codable {
  var rubrics: [Rubric]
  var statuses: [String]

  struct Rubric: Codable {
    var id: String
    var title: String
    var edition: String
    var tiers: [String]
    var cohorts: [Cohort]
    /// Nil where there are none, as in runs of earlier versions.
    var carried: [CarriedRule]?
  }

  struct Cohort: Codable {
    var name: String
    var size: Int
  }

  init(_ results: KindResults) {
    statuses = Status.allCases.map(\.rawValue)
    rubrics = results.rubrics.map { result in
      var sizes = result.card.cohortNames.map { _ in 0 }
      for entry in result.card.subjects.indices {
        sizes[Int(result.card.cohorts[entry])] = Int(result.standings.cohortSizes[entry])
      }
      return Rubric(
        id: result.rubric, title: result.title, edition: result.edition, tiers: result.tiers,
        cohorts: zip(result.card.cohortNames, sizes).map { Cohort(name: $0, size: $1) },
        carried: result.carried.isEmpty ? nil : result.carried)
    }
  }
}

/// Results of some subjects in the order of their ids, packed.
///
/// A subject is its id, as the number of bytes that it shares with the id before it and the rest
/// of them, then for each rubric of the kind 0, or its status from 1, score, rank, tier from 1,
/// cohort and the values of its carried rules; all numbers are LEB128, the score's sign in its
/// lowest bit.
struct PackedResults {
  /// How many subjects are packed together: what is read to look one up, about 40 KB.
  static let stretch = 1024

  private var writer = ByteWriter()

  var bytes: [UInt8] { writer.bytes }

  init(_ results: KindResults, rows: Range<Int>) {
    // A rubric at a time, so that its columns are taken in hand once and not for every subject.
    var outcomes = PackedOutcomes()
    for rubric in results.rubrics { outcomes.append(rubric, rows: rows) }
    let (starts, ids) = (outcomes.starts.span, results.ids.bytes.span)
    let idBytes = rows.reduce(0) { $0 + results.ids.range($1).count }
    writer.bytes = [UInt8](capacity: rows.count * 20 + idBytes + outcomes.bytes.count) { output in
      let outcomes = outcomes.bytes.span
      var previous = 0..<0
      for (place, row) in rows.enumerated() {
        let id = results.ids.range(row)
        output.put(ids.extracting(id), after: ids.extracting(previous))
        previous = id
        var start = place
        while start < starts.count {
          output.put(outcomes.extracting(starts[start]..<starts[start + 1]))
          start += rows.count + 1
        }
      }
    }
  }

  init(bytes: [UInt8]) { writer.bytes = bytes }

  /// What each rubric gave a subject; nil if the subject is not here.
  ///
  /// - Throws: what is given as the damage, for damaged bytes.
  func find(_ subject: [UInt8], header: ResultHeader, _ damage: DamagedRow) throws(DamagedRow)
    -> [PastResult.Outcome?]?
  {
    var found: [PastResult.Outcome?]?
    let isWhole = forEach(header) { id, results in
      if id == subject { found = results.map { $0?.outcome } }
    }
    guard isWhole else { throw damage }
    return found
  }

  /// What one rubric gave one subject.
  struct Result {
    var outcome: PastResult.Outcome
    /// One a carried rule.
    var carried: [Int?]
  }

  /// Each subject with what every rubric gave it, nil where the rubric is not about it.
  ///
  /// - Returns: false for damaged bytes.
  func forEach(_ header: ResultHeader, body: (_ id: [UInt8], [Result?]) -> Void) -> Bool {
    var reader = ByteReader(bytes: bytes)
    var id: [UInt8] = []
    while !reader.isAtEnd {
      guard reader.readID(over: &id) else { return false }
      var results: [Result?] = []
      for rubric in header.rubrics {
        guard let result = reader.result(rubric, statuses: header.statuses) else { return false }
        results.append(result)
      }
      body(id, results)
    }
    return true
  }
}

/// What rubrics gave some subjects, packed; rubric after rubric.
private struct PackedOutcomes {
  private(set) var bytes: [UInt8] = []
  /// For each rubric where each subject begins, and where the last one ends.
  private(set) var starts: [Int] = []

  mutating func append(_ result: RubricResults, rows: Range<Int>) {
    let (card, ranks) = (result.card, result.standings.ranks)
    let before = bytes.count
    var starts: [Int] = []
    // Taken out, so that there is one owner to write to.
    swap(&starts, &self.starts)
    let carried = result.carried
    // Numbers of 32 bits.
    bytes.append(addingCapacity: rows.count * (25 + 6 * carried.count)) { output in
      var entry = card.firstEntry(from: rows.lowerBound)
      starts.append(before)
      for row in rows {
        if entry < card.count, Int(card.subjects[entry]) == row {
          let status = card.statuses[entry]
          output.put(number: 1 + status.place)
          output.put(signed: Int(card.scores[entry]))
          output.put(number: Int(ranks[entry]))
          // Without a rank there is no tier either.
          output.put(number: status.hasRank ? Int(card.tiers[entry]) + 1 : 0)
          output.put(number: Int(card.cohorts[entry]))
          for rule in carried { output.put(carried: card.carried(rule, entry)) }
          entry += 1
        } else {
          output.append(0)
        }
        starts.append(before + output.count)
      }
    }
    swap(&starts, &self.starts)
  }
}

extension ByteReader {
  /// Nil inside where the rubric is not about the subject; nil outside for damaged bytes.
  fileprivate mutating func result(_ rubric: ResultHeader.Rubric, statuses: [String])
    -> PackedResults.Result??
  {
    guard let state = number() else { return nil }
    guard state > 0 else { return .some(nil) }
    guard let score = signed(), let rank = number(), let tier = number(),
      let cohort = number(), state <= statuses.count, tier <= rubric.tiers.count,
      rubric.cohorts.indices.contains(cohort), let status = Status(rawValue: statuses[state - 1])
    else { return nil }
    var values: [Int?] = []
    for _ in rubric.carried ?? [] {
      guard let value = carried() else { return nil }
      values.append(value)
    }
    return PackedResults.Result(
      outcome: PastResult.Outcome(
        status: status, tier: tier > 0 ? rubric.tiers[tier - 1] : "",
        score: score, rank: rank,
        cohort: rubric.cohorts[cohort].name, cohortSize: rubric.cohorts[cohort].size),
      carried: values)
  }
}
