import Tables
import Testing

@Suite("Work in parallel")
struct InParallelTests {
  @Test(
    "is placed by index with any number of jobs",
    arguments: [(0, 3), (1, 3), (7, 1), (100, 3), (5, 50)])
  func placed(count: Int, jobs: Int) async {
    let outcomes = await inParallel(count, jobs: jobs) { $0 * $0 }
    #expect(outcomes == (0..<count).map { $0 * $0 })
  }
}
