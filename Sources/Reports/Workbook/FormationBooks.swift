import Labels
import RulePacks
import Tables

/// `formation/GROUP.xlsx`: the part of the plan that each district, or whatever the pack hands it
/// out by, is to carry out, with all its rows.
struct FormationBooks: Sendable {
  /// In order of their paths. Rows are those of `formation.csv`.
  private(set) var books: [(path: String, title: String, rows: [Int32])] = []
  private let table: ReportTable
  private let results: RunResult

  /// Nil where the pack does not hand the plan out.
  init?(_ results: RunResult) {
    guard results.formation.contains(where: { results.pack.formations[$0.formation].each != nil })
    else { return nil }
    self.results = results
    table = formationTable(results)
    let places = FormationPlace.all(of: results.formation)
    let facts = results.formation.map { plan -> FactTexts? in
      let formation = results.pack.formations[plan.formation]
      return formation.each.map { FactTexts(results, subject: formation.subject, slot: $0) }
    }
    var numbers: [String: Int] = [:]
    for (number, place) in places.enumerated() {
      guard let fact = facts[place.plan] else { continue }
      let row = Int(results.formation[place.plan].rows[place.member])
      let value = fact.value(of: row)
      // What is not stated is nobody's, and still handed out.
      let path = "formation/\(value.isEmpty ? "not-stated" : fileName(value)).xlsx"
      if numbers[path] == nil {
        numbers[path] = books.count
        let name = fact.name(of: row)
        let unstated = Bilingual(zh: "\(fact.label)未填", en: "\(fact.label) not stated")
        books.append((path, value.isEmpty ? unstated.text(in: results.language) : name, []))
      }
      if let book = numbers[path] { books[book].rows.append(Int32(number)) }
    }
    books.sort { precedes($0.path, $1.path) }
  }

  /// The sheets of one workbook; several where Excel has no room for all rows in one.
  func sheets(_ number: Int, mostInSheet: Int = Workbook.mostRows) -> [WorkbookSheet] {
    let book = books[number]
    let language = results.language
    var names: Set<String> = []
    var sheet = table.sheet(
      in: language, named: sheetName(table.title.text(in: language), taken: &names), most: .max,
      first: book.rows)
    sheet.title =
      Bilingual(
        zh: "\(book.title)组建方案：\(results.run.title)，截至 \(results.run.asOf)",
        en: "Formation plan of \(book.title): \(results.run.title), as of \(results.run.asOf)"
      ).text(in: language)
    return sheet.parts(most: mostInSheet, language: language, taken: &names)
  }
}
