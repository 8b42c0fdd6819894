import RulePacks
import Tables

/// The points that hang on what one office could supply about one subject, in thousandths.
///
/// Each part counts once, however many of its facts are missing. What deductions could take stands
/// apart: set against what others could bring, it would make both look small.
struct PointsAtStake: Sendable {
  private let gaps: GapsByOffice
  private let kinds: [Rubric.Part.Kind]
  /// By part, the most that it can bring, or, of a deduction, take.
  private let reach: [Int]
  private let isComposite: Bool

  init(_ gaps: GapsByOffice, _ rubric: Rubric) {
    self.gaps = gaps
    kinds = rubric.parts.map(\.kind)
    reach = rubric.parts.map { $0.kind == .deduction ? $0.least : $0.most }
    isComposite = rubric.composite != nil
  }

  /// What indicators and bonuses could still bring to some rows; `CSV.absent` where none waits.
  ///
  /// Measures of a composite rubric stand on scales of their own, and are not added. There it is
  /// what the score could gain if all that the subject lacks turned out best.
  func toGain(_ rows: [Int32]) -> [Int32] {
    guard isComposite else { return sums(rows) { $0 != .deduction } }
    let (scores, upper) = (gaps.card.scores, gaps.card.upper)
    return zip(rows, sums(rows) { $0 != .deduction }).map { row, sum in
      let entry = Int(gaps.card.gaps.entries[Int(row)])
      return sum == CSV.absent ? sum : max(0, upper[entry] - scores[entry])
    }
  }

  /// What deductions could still take, below zero; `CSV.absent` where none waits.
  func toLose(_ rows: [Int32]) -> [Int32] { sums(rows) { $0 == .deduction } }

  private func sums(_ rows: [Int32], of counts: (Rubric.Part.Kind) -> Bool) -> [Int32] {
    let card = gaps.card
    let isCounted = kinds.map(counts)
    // The last row that had each part.
    var last = [Int](repeating: -1, count: kinds.count)
    return rows.enumerated().map { number, row in
      let entry = Int(card.gaps.entries[Int(row)])
      var sum: Int?
      gaps.forEachGap(of: row) { gap in
        guard case .part(let part) = card.gaps.sites[gap], isCounted[part], last[part] != number
        else { return }
        last[part] = number
        sum = (sum ?? 0) + reach[part] - Int(card.parts[part].points[entry])
      }
      return sum.map { Int32(clamping: $0) } ?? CSV.absent
    }
  }
}
