import Tables
import Testing

@testable import Expressions

@Suite struct CalendarTests {
  @Test("takes days apart as the calendar of the tables does, in every year")
  func civil() {
    let first = PartialDate.days(year: 1, month: 1, day: 1)
    let last = PartialDate.days(year: 9999, month: 12, day: 31)
    for day in Array(stride(from: first, through: last, by: 29)) + Array(10_000..<20_000) + [last] {
      let found = Calendar.civil(day)
      let wanted = PartialDate.civil(day)
      guard Int(found.year) == wanted.year, Int(found.month) == wanted.month,
        Int(found.day) == wanted.day
      else {
        Issue.record("day \(day): \(found), not \(wanted)")
        return
      }
    }
    #expect(Calendar.civil(0) == (1970, 1, 1))
    #expect(Calendar.civil(PartialDate.days(year: 2000, month: 2, day: 29)) == (2000, 2, 29))
  }
}
