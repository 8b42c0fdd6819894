import RulePacks
import Tables

/// The facts that one place of a rubric lacks, for each lane of a batch.
struct SiteGaps {
  var site: Gaps.Site
  var unknown: [UInt64]
  /// For each bit the index into the plan's facts.
  var facts: [Int32]
}

extension [SiteGaps] {
  /// Keeps what a place lacked, if it lacked anything.
  mutating func note(_ lanes: Lanes, _ facts: [Int32]) {
    guard !lanes.unknown.isEmpty else { return }
    append(SiteGaps(site: lanes.site, unknown: lanes.unknown, facts: facts))
  }

  /// All gaps by lane, then by place.
  func gaps(count: Int) -> Gaps {
    var result = Gaps()
    guard !isEmpty else { return result }
    var lacking = [UInt64](repeating: 0, count: count)
    for place in self {
      for lane in lacking.indices { lacking[lane] |= place.unknown[lane] }
    }
    for lane in lacking.indices where lacking[lane] & ~Watched.unnamed != 0 {
      for place in self {
        var set = place.unknown[lane] & ~Watched.unnamed
        while set != 0 {
          result.entries.append(Int32(lane))
          result.missing.append(place.facts[set.trailingZeroBitCount])
          result.sites.append(place.site)
          set &= set - 1
        }
      }
    }
    return result
  }
}
