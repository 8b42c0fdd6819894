import Foundation
import Tables
import Testing

@testable import Ledger

@Suite("A run that is recorded before its reports are published")
struct UnpublishedTests {
  private func record(_ id: String, in ledger: Ledger, isPublished: Bool) throws -> RunRecord {
    try ledger.record(
      sampleRun(id), PackedRun(), figures: RunFigures(rates: [], rubrics: []),
      isPublished: isPublished)
  }

  @Test("is seen by nobody until it is completed")
  func unseen() throws {
    try withLedger { ledger, path in
      let first = try record("q3", in: ledger, isPublished: true)
      let second = try record("q3", in: ledger, isPublished: false)
      #expect(second.supersedes == first.sequence)
      let other = try Ledger(at: path)
      #expect(try other.latest(id: "q3") == first && other.runs() == [first])
      #expect(try other.unpublished().map(\.sequence) == [second.sequence])
      try other.complete(second.sequence)
      #expect(try ledger.latest(id: "q3") == second && ledger.unpublished().isEmpty)
    }
  }

  @Test("leaves nothing behind where it is withdrawn")
  func withdrawn() throws {
    try withLedger { ledger, _ in
      let first = try record("q3", in: ledger, isPublished: true)
      let second = try record("q3", in: ledger, isPublished: false)
      try ledger.withdraw(second.sequence)
      #expect(try ledger.runs() == [first] && ledger.unpublished().isEmpty)
      #expect(try ledger.figures(of: second.sequence) == nil)
      #expect(try ledger.faults() == [])
    }
  }

  @Test("cannot be withdrawn once it was completed")
  func stays() throws {
    try withLedger { ledger, _ in
      let run = try record("q3", in: ledger, isPublished: true)
      try ledger.withdraw(run.sequence)
      #expect(try ledger.runs() == [run])
    }
  }
}
