import Intake
import Requests
import RulePacks
import Tables

/// A rubric's examples as they stand in a workbook, with the place of each row.
struct ExampleSheet {
  /// `file.xlsx:Sheet`.
  var place: String
  var table: ExampleTable
  /// The sheet's row of each.
  var numbers: [Int] = []
  /// Column of the sheet.
  var columns: [ExampleTable.Column: Int] = [:]

  /// `file.xlsx:Sheet!C12`.
  func place(of row: Int?, _ column: ExampleTable.Column) -> String {
    guard let row, numbers.indices.contains(row) else { return place }
    let letters = columnName(columns[column] ?? columns[.number] ?? 0)
    return "\(place)!\(letters)\(numbers[row])"
  }
}

/// The sheets of a workbook that hold examples; what a person accepted there is taken over.
func exampleSheets(in path: String, _ pack: RulePack) throws(RunFailure) -> [ExampleSheet] {
  var sheets: [ExampleSheet] = []
  try readingWorkbook(path) { book in
    for (index, sheet) in book.sheets.enumerated() where !sheet.isHidden {
      var taker = ExampleTaker(place: "\(path):\(sheet.name)", pack: pack)
      _ = try book.read(index) { row throws(WorkbookFault) in taker.take(row) }
      guard taker.faults.isEmpty else { throw RunFailure(.refused, taker.faults) }
      if let sheet = taker.accepted { sheets.append(sheet) }
    }
  }
  return sheets
}

/// Takes a sheet's rows: the title, which names the rubric, the headings, then an example each.
private struct ExampleTaker {
  let place: String
  let pack: RulePack
  private var rubric: Int?
  private var sheet: ExampleSheet?
  private(set) var faults: [Bilingual] = []

  init(place: String, pack: RulePack) {
    self.place = place
    self.pack = pack
  }

  /// Nil where the sheet holds no examples.
  var accepted: ExampleSheet? {
    guard var sheet else { return nil }
    let rubric = sheet.table.rubric
    sheet.table.takeAccepted(
      column: { pack.exampleColumn(headed: $0, rubric: rubric) },
      value: { pack.written($1, in: $0, rubric: rubric) })
    return sheet
  }

  mutating func take(_ row: SheetRow) {
    var texts: [Int: String] = [:]
    for cell in row.cells { texts[cell.column] = cell.content.text }
    guard sheet != nil else {
      takeHead(row, texts)
      return
    }
    takeExample(row, texts)
  }

  private mutating func takeHead(_ row: SheetRow, _ texts: [Int: String]) {
    let named = pack.rubrics.firstIndex { rubric in
      texts.values.contains { $0.hasSuffix("（\(rubric.id)）") }
    }
    if let named { rubric = named }
    guard let rubric else { return }
    var columns: [ExampleTable.Column: Int] = [:]
    var unknown: [(Int, String)] = []
    for (place, text) in texts.sorted(by: { $0.key < $1.key }) where !text.isEmpty {
      guard let column = pack.exampleColumn(headed: text, rubric: rubric) else {
        unknown.append((place, text))
        continue
      }
      if columns[column] == nil { columns[column] = place }
    }
    guard columns[.number] != nil, columns[.status] != nil else { return }
    faults += unknown.map { column, text in
      let shown = text.split { $0.isNewline }.joined(separator: " ")
      return Bilingual(
        zh:
          "\(place)!\(columnName(column))\(row.number): 表头“\(shown)”既不是事实，也不是“应得 指标编号” — 请写事实的标识或名称",
        en:
          "\(place)!\(columnName(column))\(row.number): the heading “\(shown)” is neither a fact nor “Expected” with the id of a part — write the fact's id or label"
      )
    }
    var found = ExampleSheet(
      place: place, table: ExampleTable(rubric: rubric), columns: columns)
    found.table.columns = columns.sorted { $0.value < $1.value }.map(\.key)
    sheet = found
  }

  private mutating func takeExample(_ row: SheetRow, _ texts: [Int: String]) {
    guard var sheet else { return }
    var example = ExampleTable.Row()
    for (column, place) in sheet.columns {
      example[column] = pack.written(
        texts[place] ?? "", in: column, rubric: sheet.table.rubric)
    }
    guard example.texts.keys.contains(where: { $0 != .number }) else { return }
    sheet.table.rows.append(example)
    sheet.numbers.append(row.number)
    self.sheet = sheet
    for cell in row.cells {
      guard case .fault(let text) = cell.content else { continue }
      faults.append(
        sheetFault("\(place)!\(cell.place(row: row.number))", Bilingual.noValue(text)))
    }
  }
}
