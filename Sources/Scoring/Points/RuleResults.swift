import Expressions
import RulePacks
import Tables

/// The lanes of a batch while one place of the rubric is worked out.
struct RuleResults {
  let facts: Batch
  /// Rows of the subject table.
  let rows: [Int32]
  let site: Gaps.Site
  /// For each lane the set of the place's missing facts; 0 is known. Empty if all are known.
  var unknown: [UInt64] = []
  var remarks: [Remark] = []
  /// RuleResults that are unknown, but give no points whatever the missing facts are. Empty if none.
  var givesNothing: [Bool] = []

  var count: Int { rows.count }

  init(_ facts: Batch, rows: [Int32], site: Gaps.Site) {
    self.facts = facts
    self.rows = rows
    self.site = site
  }

  func isUnknown(_ lane: Int) -> Bool { !unknown.isEmpty && unknown[lane] != 0 }

  /// A lane that is unknown although no fact is missing.
  mutating func giveUp(_ lane: Int, _ kind: Remark.Kind) {
    if unknown.isEmpty { unknown = Array(repeating: 0, count: count) }
    unknown[lane] |= Watched.unnamed
    remark(lane, kind)
  }

  mutating func remark(_ lane: Int, _ kind: Remark.Kind) {
    remarks.append(Remark(subject: rows[lane], site: site, kind: kind))
  }

  /// Evaluates an expression; where it is not known, so is the lane.
  mutating func evaluate(_ watched: Watched) -> Vector {
    let vector = watched.expression.evaluate(over: facts)
    if !vector.missing.isEmpty { miss(vector.missing, watched) }
    if !vector.faults.isEmpty {
      for lane in 0..<count where vector.faults[lane] != 0 {
        guard vector.missing.isEmpty || vector.missing[lane] == 0 else { continue }
        giveUp(lane, .fault(vector.faults[lane]))
      }
    }
    if case .reals(let reals) = vector.values {
      for lane in 0..<count where !reals[lane].isFinite && vector.isKnown(lane) {
        giveUp(lane, .notANumber)
      }
    }
    return vector
  }

  private mutating func miss(_ missing: [UInt64], _ watched: Watched) {
    if unknown.isEmpty, watched.isIdentity {
      unknown = missing
      return
    }
    if unknown.isEmpty { unknown = Array(repeating: 0, count: count) }
    for lane in missing.indices where missing[lane] != 0 {
      unknown[lane] |= watched.translated(missing[lane])
    }
  }
}
