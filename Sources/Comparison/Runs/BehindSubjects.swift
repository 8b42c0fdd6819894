/// The delivered rows behind the subjects of two evaluations by one pack.
///
/// Rows are told apart by what they say, not by where they stand: a row is the same in both
/// deliveries if it is of the same kind and all its fields are equal.
struct BehindSubjects {
  private let before: RowsBehind
  private let after: RowsBehind
  private let isOtherwiseKnown: Bool

  init(_ before: RowsBehind, _ after: RowsBehind) {
    self.before = before
    self.after = after
    // A kind of file that only one delivery has tells something of every subject.
    isOtherwiseKnown = !before.hasSameFiles(as: after)
  }

  /// Why one result changed between the two: `data`, `linkage` or `cohort`.
  func reason(of subject: String, rubric: String) -> ChangePart.Reason {
    let old = before.rows(behind: subject, rubric: rubric)
    let new = after.rows(behind: subject, rubric: rubric)
    let (gone, come) = differences(old, new)
    if gone.isEmpty && come.isEmpty {
      return isOtherwiseKnown || before.carries(rubric) ? .data : .cohort
    }
    let isNew = come.contains { !before.holds($0) }
    let isGone = gone.contains { !after.holds($0) }
    return isNew || isGone ? .data : .linkage
  }

  /// What only one of two ascending lists has.
  private func differences(_ old: [UInt64], _ new: [UInt64]) -> (gone: [UInt64], come: [UInt64]) {
    var (gone, come): ([UInt64], [UInt64]) = ([], [])
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if right == new.count || (left < old.count && old[left] < new[right]) {
        gone.append(old[left])
        left += 1
      } else if left == old.count || new[right] < old[left] {
        come.append(new[right])
        right += 1
      } else {
        left += 1
        right += 1
      }
    }
    return (gone, come)
  }
}
