import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("What an office is asked for")
struct OfficeGapsTests {
  @Test("counts its rows, a subject and fact each, and not the rules that wait for them")
  func counted() throws {
    let (results, gaps) = resultsOfTwoRubrics()
    let asked = try #require(OfficeGaps(results, gaps, most: 3).books.first)
    #expect(asked.office.id == "health")
    #expect(asked.requests.map(\.row) == [2, 3])
    #expect(asked.rows == 2)
    #expect(asked.requests[0].uses.map(\.card) == [0, 1])
    #expect(
      asked.requests[0].uses.map(\.parts) == [
        ["Kitchen (+10 points)", "Store (+3 points)"],
        ["Kitchen (+10 points)", "Store (+3 points)"],
      ])
  }
}
