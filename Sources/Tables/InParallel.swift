import Dispatch
import Synchronization

/// What pieces of work do, which decides where they run.
///
/// All work in pieces is handed out by the functions of this file: so many pieces at a time, the
/// next when one is done. What computes runs on the cooperative pool, wherever it was asked for.
/// What waits for files or the disk runs on `FileThreads`, never on the pool, whose threads are as
/// many as processors and would be missing while they wait: reading deliveries, writing reports and
/// synthetic deliveries (`waitsForFiles`), and publishing, from the first folder made to the
/// ledger's commit (`onFileThreads`). What a command reads alone before or after – a pack, a
/// manifest, a past run – stays on the thread of the command, because nothing else would run
/// meanwhile.
///
/// Derivation alone schedules for itself: what it can begin next depends on what is done.
public enum PieceKind: Sendable {
  case computes
  /// Reads or writes files.
  case waitsForFiles

  fileprivate var executor: any TaskExecutor {
    switch self {
    case .computes: globalConcurrentExecutor
    case .waitsForFiles: FileThreads.shared
    }
  }
}

/// Results of independent pieces of work, placed by index whoever finishes first.
///
/// - Parameters:
///   - jobs: how many pieces are done at a time.
///   - sizes: of the pieces, where they differ much: the largest is begun first, so that no job is
///     left alone with one at the end.
public func inParallel<Outcome: Sendable>(
  _ count: Int, jobs: Int, largestFirst sizes: [Int]? = nil, _ kind: PieceKind = .computes,
  _ work: @escaping @Sendable (Int) async -> Outcome
) async -> [Outcome] {
  let order = sizes.map { largestFirst($0) }
  var outcomes = [Outcome?](repeating: nil, count: count)
  if kind == .computes, count < 2 || jobs < 2 {
    for turn in 0..<count {
      let index = order?[turn] ?? turn
      outcomes[index] = await work(index)
    }
    return outcomes.compactMap { $0 }
  }
  await withTaskGroup(of: (Int, Outcome).self) { group in
    var begun = 0
    func begin() {
      guard begun < count else { return }
      let index = order?[begun] ?? begun
      begun += 1
      group.addTask(executorPreference: kind.executor) { (index, await work(index)) }
    }
    for _ in 0..<max(1, jobs) { begin() }
    while let (index, outcome) = await group.next() {
      begin()
      outcomes[index] = outcome
    }
  }
  return outcomes.compactMap { $0 }
}

/// Computes independent pieces and takes their results in the order of their numbers, as soon as
/// those before them were taken.
///
/// - Parameters:
///   - jobs: how many pieces are done at a time.
///   - ahead: how many pieces may be begun before the one that is to be taken next, so that no more
///     than these wait in memory.
///   - take: called on the caller's side, one result after the other; where it throws, nothing more
///     is begun.
public func inOrder<Outcome: Sendable, Failure: Error>(
  _ count: Int, jobs: Int, ahead: Int = .max, _ work: @escaping @Sendable (Int) -> Outcome,
  take: (Outcome) throws(Failure) -> Void
) async throws(Failure) {
  let (jobs, ahead) = (max(1, jobs), max(1, ahead))
  if jobs < 2 || count < 2 {
    for index in 0..<count { try take(work(index)) }
    return
  }
  let failure: Failure? = await withTaskGroup(of: (Int, Outcome).self) { group in
    var begun = 0
    var running = 0
    var taken = 0
    var early: [Int: Outcome] = [:]
    func begin() {
      while begun < count, running < jobs, begun - taken < ahead {
        let index = begun
        group.addTask(executorPreference: globalConcurrentExecutor) { (index, work(index)) }
        begun += 1
        running += 1
      }
    }
    begin()
    while let (index, outcome) = await group.next() {
      running -= 1
      early[index] = outcome
      // Before results are taken, so that no job waits for it.
      begin()
      while let outcome = early.removeValue(forKey: taken) {
        do throws(Failure) { try take(outcome) } catch {
          group.cancelAll()
          return error
        }
        taken += 1
      }
      begin()
    }
    return nil
  }
  if let failure { throw failure }
}

/// As `inParallel`, for callers that are not asynchronous: these work along, on the thread that they
/// have.
public func atOnce<Outcome: Sendable>(
  _ count: Int, largestFirst sizes: [Int], _ work: @Sendable (Int) -> Outcome
) -> [Outcome] {
  let order = largestFirst(sizes)
  let outcomes = Mutex([Outcome?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { turn in
    let outcome = work(order[turn])
    outcomes.withLock { $0[order[turn]] = outcome }
  }
  return outcomes.withLock { $0.compactMap { $0 } }
}

/// Numbers of pieces, the largest first; those of the same size in their order.
private func largestFirst(_ sizes: [Int]) -> [Int] {
  sizes.indices.sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }
}
