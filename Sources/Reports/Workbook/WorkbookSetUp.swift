import CLibXLSXWriter
import Glibc
import Labels

/// How a sheet is set up before its rows are written: widths, colours, choices, printing.
extension Workbook {
  func note(
    _ text: String, at place: (row: UInt32, column: UInt16),
    in target: UnsafeMutablePointer<lxw_worksheet>
  ) throws(ReportFailure) {
    guard !text.isEmpty else { return }
    var options = unsafe lxw_comment_options()
    unsafe options.width = 360
    unsafe options.height = 200
    unsafe options.color = 0xFAFAF5
    try check(
      unsafe worksheet_write_comment_opt(
        target, place.row, place.column, fitting(text, most: mostInNote), &options))
  }

  mutating func set(up target: UnsafeMutablePointer<lxw_worksheet>, for sheet: WorkbookSheet) {
    let last = UInt32(max(sheet.rows.count, sheet.linesToFill ?? 1, 1) + 1)
    let rows = UInt32(2 + sheet.headingRows)...max(last, UInt32(2 + sheet.headingRows))
    for (index, column) in sheet.columns.enumerated() {
      let index = UInt16(index)
      var options = lxw_row_col_options()
      options.hidden = column.isHidden ? 1 : 0
      let look = unsafe look(ofColumn: column, in: sheet)
      unsafe worksheet_set_column_opt(
        target, index, index, column.width, look, &options)
      unsafe offer(column.choices, in: target, index, rows)
      if let entry = column.entry, column.choices.isEmpty {
        unsafe check(entry, in: target, index, rows)
      }
      unsafe colour(column.marks, in: target, index, last)
    }
    if let printed = sheet.printed, printed > 0 {
      unsafe worksheet_print_area(target, 0, 0, last, UInt16(printed - 1))
    }
    unsafe worksheet_freeze_panes(target, UInt32(2 + sheet.headingRows), 0)
    if sheet.linesToFill == nil {
      unsafe worksheet_autofilter(target, 1, 0, last, UInt16(max(sheet.columns.count, 1) - 1))
    }
    unsafe worksheet_set_landscape(target)
    unsafe worksheet_set_paper(target, 9)
    unsafe worksheet_fit_to_pages(target, 1, 0)
    unsafe worksheet_repeat_rows(target, 0, UInt32(1 + sheet.headingRows))
    unsafe worksheet_set_margins(target, 0.4, 0.4, 0.6, 0.6)
    _ = unsafe worksheet_set_footer(target, "&L&A&R&P / &N")
  }

  /// What cells look like below the lines that are written.
  private mutating func look(
    ofColumn column: WorkbookSheet.Column, in sheet: WorkbookSheet
  ) -> UnsafeMutablePointer<lxw_format>? {
    guard sheet.linesToFill != nil, let entry = column.entry else { return nil }
    return unsafe looks.entry(entry.kind)
  }

  /// Gives each of some texts a colour of its own.
  private func colour(
    _ marks: [String], in target: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16,
    _ last: UInt32
  ) {
    for (place, mark) in marks.enumerated() where !mark.isEmpty && !mark.contains("\"") {
      let look = unsafe workbook_add_format(book)
      // The last of the palette is for the last mark, whatever lies between.
      let step = marks.count > 1 ? place * (palette.count - 1) / (marks.count - 1) : 0
      unsafe format_set_bg_color(look, palette[step])
      var rule = unsafe lxw_conditional_format()
      unsafe rule.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
      unsafe rule.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_EQUAL_TO.rawValue)
      unsafe rule.format = look
      let value = unsafe strdup("\"\(mark)\"")
      defer { unsafe free(value) }
      unsafe rule.value_string = value
      // Safe: the library copies the text before the call returns.
      _ = unsafe worksheet_conditional_format_range(target, 2, column, last, column, &rule)
    }
  }

  /// The sheet of the lists that are too long for a cell's rule.
  static var listSheet: String { RowLabel.listSheet }

  /// A list to choose from in the rows of a column; other texts are still taken.
  private mutating func offer(
    _ choices: [String], in target: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16,
    _ rows: ClosedRange<UInt32>
  ) {
    guard !choices.isEmpty else { return }
    guard choices.reduce(choices.count - 1, { $0 + $1.utf8.count }) <= mostInList,
      !choices.contains(where: { $0.contains(",") })
    else {
      longLists.append(choices)
      return unsafe offer(longLists.count - 1, of: choices.count, in: target, column, rows)
    }
    var list = unsafe choices.map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe list.indices { unsafe free(list[index]) }
    }
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
    unsafe validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    // Safe: the library copies the list before the call returns.
    _ = unsafe list.withUnsafeMutableBufferPointer { buffer in
      unsafe validation.value_list = buffer.baseAddress
      return unsafe worksheet_data_validation_range(
        target, rows.lowerBound, column, rows.upperBound, column, &validation)
    }
  }
}

extension Workbook {
  /// A list to choose from that stands in the sheet of lists.
  private func offer(
    _ list: Int, of count: Int, in target: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16,
    _ rows: ClosedRange<UInt32>
  ) {
    let letters = columnLetters(list)
    let range = unsafe strdup("='\(Workbook.listSheet)'!$\(letters)$1:$\(letters)$\(count)")
    defer { unsafe free(range) }
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
    unsafe validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    // Safe: the library copies the formula before the call returns.
    unsafe validation.value_formula = range
    _ = unsafe worksheet_data_validation_range(
      target, rows.lowerBound, column, rows.upperBound, column, &validation)
  }
}

/// How a column is called: 0 is `A`, 26 is `AA`.
func columnLetters(_ index: Int) -> String {
  let letter = String(UnicodeScalar(UInt8(65 + index % 26)))
  return index < 26 ? letter : columnLetters(index / 26 - 1) + letter
}

/// What is taken as a list in a cell's rule, commas included: Excel takes so many characters, and
/// libxlsxwriter 1.1.4 keeps room for as many bytes, and stops the program where they are more.
private let mostInList = 255

/// What a reader takes in of a comment.
private let mostInNote = 1_500

/// From best to last: green, blue, sand, clay, grey, all pale enough to print.
private let palette: [UInt32] = [0xDDEBE1, 0xE1EAF3, 0xF3EFDD, 0xF2E3D8, 0xE9E9E7]
