import Foundation
import GRDB
import Tables

/// A rule whose value the next run may take over where it knows nothing itself.
public struct CarriedRule: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable { case gate, part, cap }

  public var kind: Kind
  public var id: String
  /// Its number among the scorecard's of that kind; the ledger does not keep it.
  var number = 0

  private enum CodingKeys: String, CodingKey { case kind, id }

  public init(_ kind: Kind, id: String, number: Int) {
    self.kind = kind
    self.id = id
    self.number = number
  }
}

/// What a recorded run gave under one rubric where the next may take it over.
public struct CarriedValues: Sendable, Equatable {
  public var rules: [CarriedRule]
  public var subjects: [String] = []
  /// One a rule, of each subject what the rule gave: thousandths of a point, or a state's raw value;
  /// nil where nothing was settled.
  public var values: [[Int?]]

  init(_ rules: [CarriedRule]) {
    self.rules = rules
    values = rules.map { _ in [] }
  }
}

extension Ledger {
  /// What a run gave under one rubric where the next may take it over.
  ///
  /// - Returns: nil where the run did not apply the rubric or kept nothing of it to take over.
  /// - Complexity: one pass over the results of the kind.
  public func carriedValues(of run: Int, kind: String, rubric: String) throws(LedgerFailure)
    -> CarriedValues?
  {
    try read { database in
      let text = try String.fetchOne(
        database, sql: "SELECT header FROM result_kind WHERE run = ? AND kind = ?",
        arguments: [run, kind])
      guard let text else { return nil }
      let header = try JSONDecoder().decode(ResultHeader.self, from: Data(text.utf8))
      guard let place = header.rubrics.firstIndex(where: { $0.id == rubric }),
        let rules = header.rubrics[place].carried, !rules.isEmpty
      else { return nil }
      var found = CarriedValues(rules)
      let stretches = Stretches(table: .results, run: run, key: kind, header: text)
      try stretches.forEach(in: database) { bytes in
        let isWhole = PackedResults(bytes: bytes).forEach(header) { id, results in
          guard let result = results[place] else { return }
          found.subjects.append(String(decoding: id, as: UTF8.self))
          for rule in rules.indices { found.values[rule].append(result.carried[rule]) }
        }
        guard isWhole else { throw stretches.damage }
      }
      return found
    }
  }
}

/// Values to carry as packed results hold them: 0 is nothing, else the number with its sign in the
/// lowest bit, and one more.
extension OutputSpan<UInt8> {
  /// At most ten bytes.
  mutating func put(carried value: Int?) {
    guard let value else { return append(0) }
    put(number: 1 + ((value << 1) ^ (value >> 63)))
  }
}

extension ByteReader {
  /// Nil inside for nothing; nil outside for damaged bytes.
  mutating func carried() -> Int?? {
    guard let number = number(), number >= 0 else { return nil }
    guard number > 0 else { return .some(nil) }
    let folded = number - 1
    return folded & 1 == 1 ? -(folded / 2) - 1 : folded / 2
  }
}

extension Scorecard {
  /// What a rule gave an entry, if that can be taken over: what waited itself cannot, and no more
  /// can a zero that only says that facts were missing.
  func carried(_ rule: CarriedRule, _ entry: Int) -> Int? {
    switch rule.kind {
    case .gate:
      let state = gates[rule.number][entry]
      return state == .pending ? nil : Int(state.rawValue)
    case .cap:
      let state = caps[rule.number][entry]
      return state == .pending ? nil : Int(state.rawValue)
    case .part:
      let part = parts[rule.number]
      switch part.states[entry] {
      case .assessed, .zeroed, .carried, .imputed: return Int(part.points[entry])
      case .withheld, .pending, .notApplicable, .leftOut: return nil
      }
    }
  }
}
