import Deliveries
import Foundation
import Pipeline
import Reports
import RulePacks
import Tables
import Testing

/// The sample deliveries name in `EXPECTED.md` every fault that was planted in them, and what must
/// become of it.
@Suite("Planted faults")
struct PlantedFaultsTests {
  struct Planted: Sendable, CustomTestStringConvertible {
    var fault: String
    var file: String
    /// 0 for the whole file.
    var line: Int
    var subject: String
    var expect: String

    var testDescription: String { "\(fault) in \(file):\(line)" }
  }

  @Test("are each answered as the list says", arguments: ["luoyang-2018q2", "luoyang-2018q3"])
  func answered(delivery: String) async throws {
    let planted = try planted(in: delivery)
    #expect(planted.count > 50)
    let evaluated = try await evaluate(Samples.request(delivery, reports: "none"))
    let outcome = Outcome(evaluated)
    for fault in planted {
      #expect(outcome.answers(fault), "\(fault.testDescription) expects \(fault.expect)")
    }
    let quarantined = planted.filter { $0.expect.hasPrefix("quarantine:") }
    #expect(evaluated.quarantine.count == quarantined.count, "nothing else is quarantined")
  }

  private func planted(in delivery: String) throws -> [Planted] {
    let path = Samples.delivery(delivery) + "/EXPECTED.md"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") }
      .dropFirst().map { line in
        let cells = line.dropFirst().dropLast().split(
          separator: "|", omittingEmptySubsequences: false
        ).map { $0.trimmingCharacters(in: .whitespaces) }
        return Planted(
          fault: cells[0], file: cells[1], line: Int(cells[2]) ?? 0, subject: cells[3],
          expect: cells[6])
      }
  }
}

/// What a run said, looked up by place.
private struct Outcome {
  private let quarantined: Set<String>
  private let found: Set<String>
  private let pending: Set<String>

  init(_ evaluated: RunResult) {
    func place(_ place: Place) -> [String] {
      let file = evaluated.files[Int(place.file)].path
      return ["\(file):\(place.line)", "\(file):0"]
    }
    quarantined = Set(
      evaluated.quarantine.flatMap { row in
        row.faults.flatMap { fault in
          place(row.place).flatMap { [$0 + " " + fault.code, $0] }
        }
      })
    // A row with these is read all the same.
    let isRead = ["duplicate", "small-letters", "placeholder-date"]
    found = Set(
      evaluated.findings.flatMap { finding in
        let places = finding.place.map(place) ?? []
        let subject = finding.subject.map { [$0] } ?? []
        return (places + subject).flatMap { [$0 + " " + finding.rule] }
          + (isRead.contains(finding.rule) ? [] : places)
      })
    pending = Set(
      evaluated.scorecards.flatMap { card in
        let table = evaluated.dossiers.subjects[evaluated.pack.rubrics[card.rubric].subject]
        return card.subjects.indices.filter { card.statuses[$0] == .pending }.map {
          table.ids[Int(card.subjects[$0])]
        }
      })
  }

  func answers(_ planted: PlantedFaultsTests.Planted) -> Bool {
    let place = "\(planted.file):\(planted.line)"
    let parts = planted.expect.split(separator: ":", maxSplits: 1).map(String.init)
    switch parts[0] {
    case "quarantine": return quarantined.contains(place + " " + parts[1])
    case "finding":
      return found.contains(place + " " + parts[1])
        || found.contains(planted.subject + " " + parts[1])
    case "unmatched": return found.contains(place + " unmatched")
    case "pending": return pending.contains(planted.subject)
    case "read": return !quarantined.contains(place) && !found.contains(place)
    default: return false
    }
  }
}
