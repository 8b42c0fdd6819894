import RulePacks
import Tables

/// Which facts which office is asked for, by number, whatever rubric waits for them.
struct AskedFacts: Sendable {
  /// By scorecard and fact, the place of its office in the pack; -1 where nobody can be asked.
  let owners: [[Int]]
  /// By scorecard and fact, one number for all that are shown alike and asked of one office; -1
  /// where nobody can be asked.
  let alike: [[Int]]
  /// For each of these numbers the place of the office.
  private let officeOfNumber: [Int]
  private let offices: Int

  init(_ results: RunResult, _ gaps: [ShownGaps]) {
    let all = results.pack.about.offices
    let places = Dictionary(
      all.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let owners = gaps.map { shown in
      shown.facts.map { fact in fact?.officeID.flatMap { places[$0] } ?? -1 }
    }
    var known: [[String]: Int] = [:]
    var officeOfNumber: [Int] = []
    alike = gaps.indices.map { index in
      gaps[index].facts.enumerated().map { place, fact -> Int in
        let office = owners[index][place]
        guard office >= 0, let fact else { return -1 }
        let texts = [fact.label, fact.record, all[office].id]
        if let number = known[texts] { return number }
        known[texts] = officeOfNumber.count
        officeOfNumber.append(office)
        return officeOfNumber.count - 1
      }
    }
    self.owners = owners
    self.officeOfNumber = officeOfNumber
    offices = all.count
  }

  /// How many facts of subjects each office is asked for, each once.
  ///
  /// - Complexity: linear in the gaps; a bit for each subject and fact that any of its kind lacks.
  func counts(_ results: RunResult, _ gaps: [ShownGaps]) -> [Int] {
    var counts = [Int](repeating: 0, count: offices)
    let facts = officeOfNumber.count
    var marks = [[UInt64]](repeating: [], count: results.pack.subjects.count * facts)
    for (index, shown) in gaps.enumerated() {
      let card = results.scorecards[index]
      let subject = results.rubric(of: index).subject
      let words = (results.dossiers.subjects[subject].ids.count + 63) / 64
      for gap in shown.gaps {
        let fact = alike[index][Int(card.gaps.missing[Int(gap)])]
        guard fact >= 0 else { continue }
        let place = subject * facts + fact
        if marks[place].isEmpty { marks[place] = [UInt64](repeating: 0, count: words) }
        let row = Int(card.subjects[Int(card.gaps.entries[Int(gap)])])
        let bit = UInt64(1) << UInt64(row % 64)
        guard marks[place][row / 64] & bit == 0 else { continue }
        marks[place][row / 64] |= bit
        counts[officeOfNumber[fact]] += 1
      }
    }
    return counts
  }
}
