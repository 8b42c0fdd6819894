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
  mutating func note(_ lanes: RuleResults, _ facts: [Int32]) {
    guard !lanes.unknown.isEmpty else { return }
    append(SiteGaps(site: lanes.site, unknown: lanes.unknown, facts: facts))
  }

  /// All gaps by lane, then by place.
  func gaps(count: Int) -> Gaps {
    var result = Gaps()
    guard !isEmpty else { return result }
    // Place by place, each gap is put where its lane's begin, so that no place is reached anew for
    // every lane.
    var next = [Int](repeating: 0, count: count + 1)
    for place in self {
      for lane in 0..<count where place.unknown[lane] & ~Watched.unnamed != 0 {
        next[lane + 1] += (place.unknown[lane] & ~Watched.unnamed).nonzeroBitCount
      }
    }
    for lane in 0..<count { next[lane + 1] += next[lane] }
    result.entries = [Int32](repeating: 0, count: next[count])
    result.missing = result.entries
    var places = result.entries
    for (number, place) in enumerated() {
      for lane in 0..<count where place.unknown[lane] & ~Watched.unnamed != 0 {
        var set = place.unknown[lane] & ~Watched.unnamed
        while set != 0 {
          result.entries[next[lane]] = Int32(lane)
          result.missing[next[lane]] = place.facts[set.trailingZeroBitCount]
          places[next[lane]] = Int32(number)
          next[lane] += 1
          set &= set - 1
        }
      }
    }
    let sites = map(\.site)
    for place in places { result.sites.append(sites[Int(place)]) }
    return result
  }
}
