import Tables

/// Results of independent stretches of subjects, in order, whichever finishes first.
func overStretches<Outcome: Sendable>(
  of count: Int, jobs: Int, _ work: @escaping @Sendable (Range<Int>) -> Outcome
) async -> [Outcome] {
  let size = Dossiers.batchSize
  let stretches = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  return await inParallel(stretches.count, jobs: jobs) { work(stretches[$0]) }
}
