import RulePacks
import Tables

/// The subjects of one ranking that the page carries, in order of publication.
struct PageList: Sendable {
  /// So many subjects stand in one file of the list that is searched and sorted.
  static let indexSize = 20_000
  /// So many with their points.
  static let detailSize = 2_000
  /// So many with facts and places.
  static let evidenceSize = 500

  let index: Int
  /// The rubric's id as part of a file's name.
  let stem: String
  /// Numbers in the scorecard.
  let entries: [Int32]
  /// Of these, the ones with facts and places, in the same order.
  let explained: [Int32]
  /// For each of `entries` its number in `explained`; −1 where it is not there.
  let places: [Int]

  init(_ results: RunResult, _ index: Int, _ settings: ReportSettings) {
    self.index = index
    stem = fileName(results.rubric(of: index).id)
    entries = carried(
      results.standings[index].order, by: groups(results.scorecards[index]),
      most: settings.pageSubjects)
    guard results.standings[index].order.count > settings.pageEvidenceWhole else {
      explained = entries
      places = Array(entries.indices)
      return
    }
    var bounds = settings
    bounds.explainedFirst = min(settings.explainedFirst, settings.pageEvidence / 4)
    bounds.explainedMost = settings.pageEvidence
    let wanted = Set(explainedEntries(results, index, settings: bounds))
    explained = entries.filter { wanted.contains($0) }
    var next = 0
    places = entries.map { entry in
      guard wanted.contains(entry) else { return -1 }
      defer { next += 1 }
      return next
    }
  }

  func chunks(of size: Int) -> [Range<Int>] {
    stride(from: 0, to: entries.count, by: size).map { $0..<min(entries.count, $0 + size) }
  }
}

/// For each entry its cohort and tier, or what it waits for without a rank, as one number: the
/// overview counts these and leads to each, so none may be missing from the page.
private func groups(_ card: Scorecard) -> [Int32] {
  let kinds = Int32(Status.allCases.count) + Int32(card.tiers.max() ?? 0) + 1
  return card.cohorts.indices.map { entry in
    let status = card.statuses[entry]
    // −1 is a rank without tiers.
    let kind =
      status.hasRank
      ? Int32(Status.allCases.count) + Int32(max(card.tiers[entry], 0))
      : Int32(status.place)
    return Int32(card.cohorts[entry]) * kinds + kind
  }
}

/// The first of every group, so many that all together are no more than `most`: no group is cut
/// short while a smaller bound a group would not cut it.
func carried(_ order: [Int32], by groups: [Int32], most: Int) -> [Int32] {
  guard order.count > most else { return order }
  var sizes = [Int](repeating: 0, count: Int(groups.max() ?? 0) + 1)
  for entry in order { sizes[Int(groups[Int(entry)])] += 1 }
  var room = most
  var bound = 0
  for (place, size) in sizes.sorted().enumerated() {
    bound = room / (sizes.count - place)
    if size > bound { break }
    room -= size
    bound = Int.max
  }
  var taken = [Int](repeating: 0, count: sizes.count)
  return order.filter { entry in
    let group = Int(groups[Int(entry)])
    guard taken[group] < bound else { return false }
    taken[group] += 1
    return true
  }
}
