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
        cohorts: zip(result.card.cohortNames, sizes).map { Cohort(name: $0, size: $1) })
    }
  }
}

/// Results of some subjects in the order of their ids, packed.
///
/// A subject is its id, as the number of bytes that it shares with the id before it and the rest
/// of them, then for each rubric of the kind 0, or its status from 1, score, rank, tier from 1 and
/// cohort; all numbers are LEB128, the score's sign in its lowest bit.
struct PackedResults {
  /// How many subjects are packed together: what is read to look one up, about 40 KB.
  static let stretch = 1024

  private var writer = ByteWriter()

  var bytes: [UInt8] { writer.bytes }

  /// - Parameter cursors: for each rubric the first entry that is not packed yet.
  init(_ results: KindResults, rows: Range<Int>, cursors: inout [Int]) {
    writer.bytes.reserveCapacity(rows.count * 32)
    var previous = 0..<0
    for row in rows {
      let id = results.ids.range(row)
      appendID(results.ids.bytes, id, after: previous)
      previous = id
      for (index, rubric) in results.rubrics.enumerated() {
        let entry = cursors[index]
        guard entry < rubric.card.count, Int(rubric.card.subjects[entry]) == row else {
          writer.bytes.append(0)
          continue
        }
        cursors[index] += 1
        append(rubric, entry)
      }
    }
  }

  init(bytes: [UInt8]) { writer.bytes = bytes }

  private mutating func appendID(_ all: [UInt8], _ id: Range<Int>, after previous: Range<Int>) {
    var shared = 0
    while shared < min(id.count, previous.count),
      all[id.lowerBound + shared] == all[previous.lowerBound + shared]
    {
      shared += 1
    }
    writer.append(shared)
    writer.append(id.count - shared)
    writer.bytes.append(contentsOf: all[(id.lowerBound + shared)..<id.upperBound])
  }

  private mutating func append(_ rubric: RubricResults, _ entry: Int) {
    let status = rubric.card.statuses[entry]
    writer.append(1 + (Status.allCases.firstIndex(of: status) ?? 0))
    writer.append(signed: Int(rubric.card.scores[entry]))
    writer.append(Int(rubric.standings.ranks[entry]))
    // Without a rank there is no tier either.
    writer.append(status.hasRank ? Int(rubric.card.tiers[entry]) + 1 : 0)
    writer.append(Int(rubric.card.cohorts[entry]))
  }

  /// What each rubric gave a subject; nil if the subject is not here, or for damaged bytes.
  func find(_ subject: [UInt8], header: ResultHeader) -> [PastResult.Outcome?]? {
    var reader = ByteReader(bytes: bytes)
    var id: [UInt8] = []
    while !reader.isAtEnd {
      guard let shared = reader.number(), let rest = reader.number(), shared <= id.count,
        let suffix = reader.take(rest)
      else { return nil }
      id.replaceSubrange(shared..., with: suffix)
      var outcomes: [PastResult.Outcome?] = []
      for rubric in header.rubrics {
        guard let outcome = reader.outcome(rubric, statuses: header.statuses) else { return nil }
        outcomes.append(outcome)
      }
      if id == subject { return outcomes }
    }
    return nil
  }
}

extension ByteReader {
  /// Nil inside where the rubric is not about the subject; nil outside for damaged bytes.
  fileprivate mutating func outcome(_ rubric: ResultHeader.Rubric, statuses: [String])
    -> PastResult.Outcome??
  {
    guard let state = number() else { return nil }
    guard state > 0 else { return .some(nil) }
    guard let score = signed(), let rank = number(), let tier = number(),
      let cohort = number(), state <= statuses.count, tier <= rubric.tiers.count,
      rubric.cohorts.indices.contains(cohort), let status = Status(rawValue: statuses[state - 1])
    else { return nil }
    return PastResult.Outcome(
      status: status, tier: tier > 0 ? rubric.tiers[tier - 1] : "",
      score: score, rank: rank,
      cohort: rubric.cohorts[cohort].name, cohortSize: rubric.cohorts[cohort].size)
  }
}
