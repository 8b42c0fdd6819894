/// The parts of an XML file whose rows are counted by themselves, for controls that speak of a part.
///
/// Parts may stand within one another; each counts the rows of those within too.
struct PartsOfFile {
  /// By index into the plan's controls, in the order in which the parts end.
  private(set) var counted: [[CountedPart]]
  /// Whether any control speaks of a part.
  let areCounted: Bool
  private var open: [OpenPart] = []

  private struct OpenPart {
    var begin: PartCounts
    /// For each control how often it had been stated.
    var stated: [Int]
  }

  init(_ plan: XMLPlan) {
    counted = Array(repeating: [], count: plan.controls.count)
    areCounted = plan.parts.contains { !$0.isEmpty }
  }

  /// A part begins.
  ///
  /// - Parameters:
  ///   - counts: of the rows before it.
  ///   - stated: by control, what the file has stated so far.
  mutating func begin(_ counts: PartCounts, _ stated: [[(text: String, line: Int)]]) {
    open.append(OpenPart(begin: counts, stated: stated.map(\.count)))
  }

  /// The part that began last ends.
  ///
  /// - Parameter controls: those that speak of it.
  mutating func end(
    of controls: [Int], _ counts: PartCounts, _ stated: [[(text: String, line: Int)]]
  ) {
    guard let part = open.popLast() else { return }
    for control in controls {
      let said = Array(stated[control][part.stated[control]...])
      counted[control].append(CountedPart(stated: said, counts: counts.since(part.begin)))
    }
  }
}
