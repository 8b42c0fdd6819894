import Glibc
import Synchronization
import Testing

@testable import Tables

@Suite("Work in parallel")
struct InParallelTests {
  @Test(
    "is placed by index with any number of jobs",
    arguments: [(0, 3), (1, 3), (7, 1), (100, 3), (5, 50), (4, 0)],
    [PieceKind.computes, .waitsForFiles])
  func placed(work: (count: Int, jobs: Int), kind: PieceKind) async {
    let outcomes = await inParallel(work.count, jobs: work.jobs, kind) { $0 * $0 }
    #expect(outcomes == (0..<work.count).map { $0 * $0 })
  }

  @Test(
    "begins with the largest piece and keeps the order of those that are alike",
    arguments: [PieceKind.computes, .waitsForFiles])
  func largest(kind: PieceKind) async {
    let begun = Mutex<[Int]>([])
    let outcomes = await inParallel(
      5, jobs: 1, largestFirst: [3, 9, 3, 1, 9], kind
    ) { index in
      begun.withLock { $0.append(index) }
      return index
    }
    #expect(begun.withLock { $0 } == [1, 4, 0, 2, 3])
    #expect(outcomes == [0, 1, 2, 3, 4])
  }

  @Test("does no more pieces at a time than jobs", arguments: [PieceKind.computes, .waitsForFiles])
  func bounded(kind: PieceKind) async {
    let running = Mutex((now: 0, most: 0))
    _ = await inParallel(40, jobs: 2, kind) { _ in
      running.withLock {
        $0.now += 1
        $0.most = max($0.most, $0.now)
      }
      await Task.yield()
      running.withLock { $0.now -= 1 }
    }
    #expect(running.withLock { $0.most } <= 2)
  }

  @Test("that waits for files runs on threads of its own, what computes within it does not")
  func threads() async {
    let computing = Set(await inParallel(64, jobs: 8) { _ in thread() })
    let waiting = await inParallel(512, jobs: 256, .waitsForFiles) { _ in
      let own = thread()
      // Long enough for every one of the threads to take some.
      usleep(500)
      return (own, inner: await inParallel(2, jobs: 2) { _ in thread() }, again: thread())
    }
    let own = Set(waiting.flatMap { [$0.0, $0.again] })
    #expect(own.isDisjoint(with: computing))
    #expect(own.isDisjoint(with: waiting.flatMap(\.inner)))
    #expect(own.contains(await onFileThreads { thread() }))
  }

  @Test(
    "is taken in the order of its numbers, whoever is done first",
    arguments: [(0, 3, 6), (1, 3, 6), (7, 1, 1), (500, 3, 6), (500, 3, 1), (500, 3, Int.max)])
  func inTurn(count: Int, jobs: Int, ahead: Int) async {
    var taken: [Int] = []
    await inOrder(
      count, jobs: jobs, ahead: ahead,
      { index in
        if index % 7 == 0 { usleep(200) }
        return index
      }, take: { taken.append($0) })
    #expect(taken == Array(0..<count))
  }

  @Test("begins no piece that is too far ahead of the next to be taken")
  func ahead() async {
    let begun = Mutex(0)
    var taken = 0
    var farthest = 0
    await inOrder(
      300, jobs: 4, ahead: 5,
      { index in
        begun.withLock { $0 = max($0, index + 1) }
        return index
      },
      take: { _ in
        farthest = max(farthest, begun.withLock { $0 } - taken)
        taken += 1
      })
    #expect(farthest <= 5)
  }

  @Test("stops where a result cannot be taken", arguments: [1, 3])
  func stops(jobs: Int) async {
    struct Full: Error {}
    var taken: [Int] = []
    await #expect(throws: Full.self) {
      try await inOrder(
        1000, jobs: jobs, ahead: 6, { $0 },
        take: { index throws(Full) in
          if index == 20 { throw Full() }
          taken.append(index)
        })
    }
    #expect(taken == Array(0..<20))
  }

  @Test("is placed by index where the caller works along", arguments: [0, 1, 50])
  func along(count: Int) {
    let outcomes = atOnce(count, largestFirst: (0..<count).map { $0 % 5 }) { $0 * 2 }
    #expect(outcomes == (0..<count).map { $0 * 2 })
  }
}

private func thread() -> UInt { UInt(pthread_self()) }
