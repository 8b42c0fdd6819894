import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Workbooks of the formation plan")
struct FormationBooksTests {
  @Test("hold all rows of one value of a fact, who states none in one of its own")
  func books() throws {
    var results = sampleResults()
    results.pack.formations[0].each = 2
    let books = try #require(FormationBooks(results))
    let rows = books.books.flatMap(\.rows).sorted()
    #expect(rows == [0, 1, 2, 3])
    #expect(Set(books.books.map(\.path)).count == books.books.count)
    for (number, book) in books.books.enumerated() {
      let sheet = try #require(books.sheets(number).first)
      #expect(sheet.rows.count == book.rows.count)
      #expect(sheet.title.contains(book.title))
      #expect(sheet.columns.contains { $0.title == "Form" })
    }
    #expect(books.books.contains { $0.path == "formation/small.xlsx" })
  }

  @Test("go on in another sheet where one has no room for all rows")
  func long() throws {
    var results = sampleResults()
    results.pack.formations[0].each = 2
    let books = try #require(FormationBooks(results))
    for number in books.books.indices {
      let sheets = books.sheets(number, mostInSheet: 1)
      #expect(sheets.reduce(0) { $0 + $1.rows.count } == books.books[number].rows.count)
      #expect(sheets.allSatisfy { $0.rows.count <= 1 })
    }
    #expect(books.books.contains { $0.rows.count > 1 })
  }

  @Test("are none where the pack does not hand it out")
  func none() { #expect(FormationBooks(sampleResults()).map(\.books.count) == nil) }
}
