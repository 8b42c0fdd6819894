import Fields
import Foundation
import Requests
package import RulePacks
import Scoring
import Tables

/// The points of the run named `previous`, from its published rankings, for rubrics in which a
/// rule says `unknown: carry`.
func readCarried(_ request: Request, plan: RunPlan, pack: RulePack) throws(RunFailure)
  -> [String: CarriedResults]
{
  guard let previous = plan.previous else { return [:] }
  var carried: [String: CarriedResults] = [:]
  for rubric in pack.rubrics where rubric.carries {
    let path = "\(request.reports)/\(previous)/rankings/\(rubric.id).csv"
    guard let bytes = FileManager.default.contents(atPath: path) else { continue }
    carried[rubric.id] = carriedResults(from: [UInt8](bytes), rubric: rubric)
  }
  return carried
}

extension Rubric {
  /// Whether any of its rules may take the value of the earlier run.
  package var carries: Bool {
    gates.contains { $0.unknown == .carry } || parts.contains { $0.unknown == .carry }
      || caps.contains { $0.unknown == .carry }
  }
}

/// Points, gates and caps by subject, from a published ranking.
///
/// A ranking tells gates and caps only in sum: who had a rank met every gate, and was capped by the
/// caps whose texts stand among the reasons. Nothing is carried for the others.
func carriedResults(from bytes: [UInt8], rubric: Rubric) -> CarriedResults {
  let records = separatedRecords(of: bytes)
  let header = records.first?.fields ?? []
  guard let subject = header.firstIndex(of: "subject"),
    let status = header.firstIndex(of: "status"), let reasons = header.firstIndex(of: "reasons")
  else { return CarriedResults(subjects: [], points: [:]) }
  let rows = records.dropFirst().map(\.fields).filter { $0.count == header.count }
  let hadRank = rows.map { Status(rawValue: $0[status])?.hasRank ?? false }
  var points: [String: [Int32?]] = [:]
  for part in rubric.parts {
    guard let column = header.firstIndex(of: part.id) else { continue }
    points[part.id] = rows.map { thousandths($0[column]) }
  }
  var gates: [String: [GateState?]] = [:]
  for gate in rubric.gates { gates[gate.id] = hadRank.map { $0 ? .met : nil } }
  var caps: [String: [CapState?]] = [:]
  for cap in rubric.caps {
    caps[cap.id] = rows.indices.map { row in
      guard hadRank[row] else { return nil }
      return rows[row][reasons].contains(cap.text) ? .capped : .free
    }
  }
  return CarriedResults(
    subjects: rows.map { $0[subject] }, points: points, gates: gates, caps: caps)
}

/// `12.5` → 12,500; nil where no number stands.
private func thousandths(_ text: String) -> Int32? {
  let harmless = text.hasPrefix("'") ? String(text.dropFirst()) : text
  let parts = harmless.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), let whole = Int32(parts[0]) else { return nil }
  let fraction = parts.count == 2 ? parts[1] : ""
  guard fraction.count <= 3,
    let rest = Int32(fraction + String(repeating: "0", count: 3 - fraction.count))
  else { return nil }
  return whole * 1000 + (parts[0].hasPrefix("-") ? -rest : rest)
}
