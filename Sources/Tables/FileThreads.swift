import Dispatch
import Glibc
import Synchronization

/// Threads for work that waits for files and the disk.
///
/// Such work never sits on the cooperative pool, which has one thread a processor and starts no
/// other while one of them waits: a run that writes on slow storage would leave processors idle
/// with columns to compute. These threads are the program's own – those of Dispatch's global queues
/// are the very ones that the pool takes its own from.
final class FileThreads: TaskExecutor {
  static let shared = FileThreads()

  private let waiting = Mutex<[UnownedJob]>([])
  private let arrived = DispatchSemaphore(value: 0)
  private let count: Int

  private init() {
    var count = 0
    // One a processor, as many as take or write files at a time, and two for what the disk is
    // waited for meanwhile: a ledger that is opened, and the run that asked for all this.
    for _ in 0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 2 {
      var thread = pthread_t()
      let code = unsafe pthread_create(
        &thread, nil,
        { _ in
          FileThreads.shared.work()
          return nil
        }, nil)
      // Where the system gives no more threads, those that there are do the work.
      guard code == 0 else { break }
      pthread_detach(thread)
      count += 1
    }
    self.count = count
  }

  func enqueue(_ job: consuming ExecutorJob) {
    guard count > 0 else { return globalConcurrentExecutor.enqueue(job) }
    let job = UnownedJob(job)
    waiting.withLock { $0.append(job) }
    arrived.signal()
  }

  private func work() {
    while true {
      arrived.wait()
      // There is one for every signal.
      let job = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      unsafe job?.runSynchronously(on: asUnownedTaskExecutor())
    }
  }
}

/// Does work that waits for files and the disk, as a run's ledger and folders, on threads of its
/// own; what computes within it goes to the pool as soon as it is done in pieces.
public func onFileThreads<Outcome: Sendable, Failure: Error>(
  _ work: @concurrent @Sendable () async throws(Failure) -> Outcome
) async throws(Failure) -> Outcome {
  try await withTaskExecutorPreference(FileThreads.shared, operation: work)
}
