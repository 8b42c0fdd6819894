/// Results of independent pieces of work, placed by index whoever finishes first.
public func inParallel<Outcome: Sendable>(
  _ count: Int, jobs: Int, _ work: @escaping @Sendable (Int) -> Outcome
) async -> [Outcome] {
  guard count > 1, jobs > 1 else { return (0..<count).map(work) }
  var outcomes = [Outcome?](repeating: nil, count: count)
  await withTaskGroup(of: (Int, Outcome).self) { group in
    var next = 0
    while next < min(jobs, count) {
      let index = next
      group.addTask { (index, work(index)) }
      next += 1
    }
    while let (done, outcome) = await group.next() {
      outcomes[done] = outcome
      guard next < count else { continue }
      let index = next
      group.addTask { (index, work(index)) }
      next += 1
    }
  }
  return outcomes.compactMap { $0 }
}
