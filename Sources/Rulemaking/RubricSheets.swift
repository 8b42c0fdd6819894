import Foundation
import Intake
import Requests
import RulePacks
import Tables

/// A rubric's table as it stands in a workbook, with the place of each row.
struct RubricSheet {
  /// `file.xlsx:Sheet`.
  var place: String
  var rows: [RubricRow] = []
  /// The sheet's row of each.
  var numbers: [Int] = []
  /// Column of the sheet.
  var columns: [RubricRow.Column: Int] = [:]

  /// `file.xlsx:Sheet!C12`.
  func place(of row: Int, _ column: RubricRow.Column) -> String {
    guard numbers.indices.contains(row) else { return place }
    let letters = columnName(columns[column] ?? columns[.id] ?? 0)
    return "\(place)!\(letters)\(numbers[row])"
  }
}

/// The sheets of a workbook that hold rubrics; hidden ones and those without the headings of such
/// a table are left alone.
///
/// - Parameter isRequired: Whether a workbook without any is refused.
func rubricSheets(
  in path: String, isRequired: Bool = true
) throws(RunFailure) -> [RubricSheet] {
  var sheets: [RubricSheet] = []
  try readingWorkbook(path) { book in
    for (index, sheet) in book.sheets.enumerated() where !sheet.isHidden {
      var reader = SheetTaker(place: "\(path):\(sheet.name)")
      _ = try book.read(index) { row throws(WorkbookFault) in reader.take(row) }
      guard reader.faults.isEmpty else { throw RunFailure(.refused, reader.faults) }
      if !reader.sheet.columns.isEmpty { sheets.append(reader.sheet) }
    }
  }
  guard sheets.isEmpty, isRequired else { return sheets }
  throw RunFailure(
    .refused,
    [
      Bilingual(
        zh: "\(path): 没有评分标准表（找不到表头） — 请用 heng rules show --xlsx 生成，再修改",
        en:
          "\(path): there is no table of a rubric (no row of headings) — make one with heng rules show --xlsx and edit that"
      )
    ])
}

/// Reads an edited workbook, and tells what is wrong with the file by its path.
func readingWorkbook(
  _ path: String, _ body: (borrowing Workbook) throws -> Void
) throws(RunFailure) {
  do {
    try body(try Workbook(at: path))
  } catch let failure as RunFailure {
    throw failure
  } catch let fault as WorkbookFault {
    throw RunFailure(
      fault.kind == .unreadable ? .failed : .refused,
      [Bilingual(zh: "\(path): \(fault.message.zh)", en: "\(path): \(fault.message.en)")])
  } catch {
    throw RunFailure(.failed, [Bilingual(zh: "\(path): \(error)", en: "\(path): \(error)")])
  }
}

/// Takes a sheet's rows: first the headings, then a rule each.
private struct SheetTaker {
  var sheet: RubricSheet
  var faults: [Bilingual] = []

  init(place: String) { sheet = RubricSheet(place: place) }

  mutating func take(_ row: SheetRow) {
    guard !sheet.columns.isEmpty else {
      takeHeadings(row)
      return
    }
    var texts: [Int: String] = [:]
    for cell in row.cells {
      if case .fault(let text) = cell.content {
        faults.append(
          sheetFault("\(sheet.place)!\(cell.place(row: row.number))", Bilingual.noValue(text)))
      }
      texts[cell.column] = cell.content.text
    }
    let columns = sheet.columns
    guard columns.values.contains(where: { !(texts[$0] ?? "").isEmpty }) else { return }
    guard let rule = RubricRow(shown: { columns[$0].flatMap { texts[$0] } ?? "" }) else {
      let column = columns[.kind] ?? 0
      let kinds = RubricRow.Kind.allCases.map(\.title)
      faults.append(
        fault(
          columnName(column) + String(row.number),
          zh: "类别“\(texts[column] ?? "")”不认识 — 可用的有：\(kinds.map(\.zh).joined(separator: "、"))",
          en:
            "the kind “\(texts[column] ?? "")” is not known — use one of: \(kinds.map(\.en).joined(separator: ", "))"
        ))
      return
    }
    sheet.rows.append(rule)
    sheet.numbers.append(row.number)
  }

  /// A row is that of the headings if it names the columns without which there is no table.
  private mutating func takeHeadings(_ row: SheetRow) {
    var columns: [RubricRow.Column: Int] = [:]
    for cell in row.cells {
      guard case .text(let text) = cell.content else { continue }
      let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
      let column = RubricRow.Column.allCases.first { [$0.title.zh, $0.title.en].contains(name) }
      if let column, columns[column] == nil { columns[column] = cell.column }
    }
    guard [.kind, .id, .rule].allSatisfy({ columns[$0] != nil }) else { return }
    sheet.columns = columns
    for column in RubricRow.Column.allCases where columns[column] == nil && column != .source {
      faults.append(
        fault(
          String(row.number), zh: "缺少“\(column.title.zh)”一列 — 请补上这一列，可以留空",
          en: "the column “\(column.title.en)” is missing — put it back; it may be empty"))
    }
  }

  private func fault(_ cell: String, zh: String, en: String) -> Bilingual {
    sheetFault("\(sheet.place)!\(cell)", Bilingual(zh: zh, en: en))
  }
}

/// A sentence about a cell, with its place.
func sheetFault(_ place: String, _ said: Bilingual) -> Bilingual {
  Bilingual(zh: "\(place): \(said.zh)", en: "\(place): \(said.en)")
}

extension Bilingual {
  /// Of a cell whose formula gives an error.
  static func noValue(_ shown: String) -> Bilingual {
    Bilingual(
      zh: "单元格的值是\(shown) — 请更正公式，或直接填写",
      en: "the cell's value is \(shown) — mend its formula or write a value")
  }
}

extension SheetCell.Content {
  /// As people see it in the cell.
  var text: String {
    switch self {
    case .text(let text), .fault(let text), .date(let text, _), .masked(let text, _): text
    case .flag(let flag): flag ? "true" : "false"
    case .worded(let text, _, let digits, _): text ?? shortened(digits)
    case .number(let digits), .percent(_, let digits), .calculated(let digits), .scaled(let digits):
      shortened(digits)
    }
  }
}

/// Digits as a spreadsheet shows them: 0.30000000000000004 is 0.3, 2E1 is 20.
private func shortened(_ digits: String) -> String {
  guard digits.utf8.count > 15 || digits.contains(where: { $0 == "E" || $0 == "e" }),
    let number = Double(digits)
  else { return digits }
  return String(format: "%.15g", number)
}
