import Tables

/// Results of independent stretches of subjects, in order, whichever finishes first.
func overStretches<Outcome: Sendable>(
  of count: Int, jobs: Int, _ work: @escaping @Sendable (Range<Int>) -> Outcome
) async -> [Outcome] {
  let size = Dossiers.batchSize
  let stretches = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  guard stretches.count > 1, jobs > 1 else { return stretches.map(work) }
  var outcomes = [Outcome?](repeating: nil, count: stretches.count)
  await withTaskGroup(of: (Int, Outcome).self) { group in
    var next = 0
    while next < min(jobs, stretches.count) {
      let index = next
      group.addTask { (index, work(stretches[index])) }
      next += 1
    }
    while let (done, outcome) = await group.next() {
      outcomes[done] = outcome
      guard next < stretches.count else { continue }
      let index = next
      group.addTask { (index, work(stretches[index])) }
      next += 1
    }
  }
  return outcomes.compactMap { $0 }
}
