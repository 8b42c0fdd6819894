import CLibXLSXWriter
import Tables

/// One sheet of a workbook: columns with their widths, headings that stay in sight, rows.
struct WorkbookSheet {
  var name: String
  /// Stands above the headings.
  var title: String
  var columns: [Column]
  var rows: [[Cell]]

  struct Column {
    var title: String
    /// In characters of the standard font; a Chinese character takes two.
    var width: Double
    /// What may be chosen in it; nothing is anything.
    var choices: [String] = []
  }

  struct Cell {
    enum Content {
      case text(String)
      case number(Double)
    }

    var content: Content
    var style = Style.plain

    init(_ text: String, _ style: Style = .plain) {
      content = .text(text)
      self.style = style
    }

    init(number: Double, _ style: Style = .plain) {
      content = .number(number)
      self.style = style
    }
  }

  enum Style: Int, CaseIterable { case plain, quiet, strong }
}

/// A workbook being written; the only type that speaks to libxlsxwriter.
///
/// Nothing in the file depends on the clock: the same sheets give the same bytes.
@safe
struct Workbook: ~Copyable {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private let path: String
  private let title: UnsafeMutablePointer<lxw_format>?
  private let heading: UnsafeMutablePointer<lxw_format>?
  private let texts: [UnsafeMutablePointer<lxw_format>?]
  private let numbers: [UnsafeMutablePointer<lxw_format>?]

  /// - Parameter created: seconds since 1970 that the file gives as its date.
  init(_ path: String, created: Int) throws(ReportFailure) {
    guard let book = unsafe workbook_new(path) else { throw .workbook(path, "workbook_new") }
    unsafe self.book = book
    self.path = path
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = created
    _ = unsafe workbook_set_properties(book, &properties)
    unsafe title = workbook_add_format(book)
    unsafe format_set_bold(title)
    unsafe format_set_font_size(title, 14)
    unsafe heading = workbook_add_format(book)
    unsafe format_set_bold(heading)
    unsafe format_set_bg_color(heading, 0xE8EDF2)
    unsafe Workbook.frame(heading)
    unsafe texts = WorkbookSheet.Style.allCases.map { style in
      let format = unsafe Workbook.format(style, of: book)
      // Text cells keep `2018` and `= 0` as they are typed.
      unsafe format_set_num_format(format, "@")
      return unsafe format
    }
    unsafe numbers = WorkbookSheet.Style.allCases.map { unsafe Workbook.format($0, of: book) }
  }

  private static func format(
    _ style: WorkbookSheet.Style, of book: UnsafeMutablePointer<lxw_workbook>
  ) -> UnsafeMutablePointer<lxw_format>? {
    let format = unsafe workbook_add_format(book)
    unsafe frame(format)
    switch style {
    case .plain: break
    case .quiet: unsafe format_set_font_color(format, 0x6B7076)
    case .strong:
      unsafe format_set_bold(format)
      unsafe format_set_bg_color(format, 0xF5F5F0)
    }
    return unsafe format
  }

  private static func frame(_ format: UnsafeMutablePointer<lxw_format>?) {
    unsafe format_set_text_wrap(format)
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    unsafe format_set_border_color(format, 0xC8CCD0)
  }

  /// Adds a sheet: title, headings that stay in sight, rows; set up for printing across A4.
  mutating func add(_ sheet: WorkbookSheet) throws(ReportFailure) {
    guard let target = unsafe workbook_add_worksheet(book, sheet.name) else {
      throw .workbook(path, sheet.name)
    }
    unsafe set(up: target, for: sheet)
    try check(unsafe worksheet_write_string(target, 0, 0, sheet.title, title))
    for (index, column) in sheet.columns.enumerated() {
      try check(
        unsafe worksheet_write_string(target, 1, UInt16(index), column.title, heading))
    }
    for (index, row) in sheet.rows.enumerated() {
      for (column, cell) in row.enumerated() {
        let place = (UInt32(index + 2), UInt16(column))
        let style = cell.style.rawValue
        switch cell.content {
        case .text(""):
          try check(unsafe worksheet_write_blank(target, place.0, place.1, texts[style]))
        case .text(let text):
          try check(
            unsafe worksheet_write_string(target, place.0, place.1, text, texts[style]))
        case .number(let number):
          try check(
            unsafe worksheet_write_number(target, place.0, place.1, number, numbers[style]))
        }
      }
    }
  }

  private func set(up target: UnsafeMutablePointer<lxw_worksheet>, for sheet: WorkbookSheet) {
    let last = UInt32(max(sheet.rows.count, 1) + 1)
    for (index, column) in sheet.columns.enumerated() {
      let index = UInt16(index)
      unsafe worksheet_set_column(target, index, index, column.width, nil)
      unsafe offer(column.choices, in: target, index, last)
    }
    unsafe worksheet_freeze_panes(target, 2, 0)
    unsafe worksheet_autofilter(target, 1, 0, last, UInt16(max(sheet.columns.count, 1) - 1))
    unsafe worksheet_set_landscape(target)
    unsafe worksheet_set_paper(target, 9)
    unsafe worksheet_fit_to_pages(target, 1, 0)
    unsafe worksheet_repeat_rows(target, 0, 1)
    unsafe worksheet_set_margins(target, 0.4, 0.4, 0.6, 0.6)
    _ = unsafe worksheet_set_footer(target, "&L&A&R&P / &N")
  }

  /// A list to choose from in the rows of a column; other texts are still taken.
  private func offer(
    _ choices: [String], in target: UnsafeMutablePointer<lxw_worksheet>, _ column: UInt16,
    _ last: UInt32
  ) {
    guard !choices.isEmpty else { return }
    var list = unsafe choices.map { unsafe strdup($0) } + [nil]
    defer { unsafe list.forEach { unsafe free($0) } }
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
    unsafe validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    // Safe: the library copies the list before the call returns.
    _ = unsafe list.withUnsafeMutableBufferPointer { buffer in
      unsafe validation.value_list = buffer.baseAddress
      return unsafe worksheet_data_validation_range(target, 2, column, last, column, &validation)
    }
  }

  /// Writes the file.
  consuming func close() throws(ReportFailure) {
    // The library frees the workbook whether or not it could be written.
    try check(unsafe workbook_close(book))
  }

  private func check(_ error: lxw_error) throws(ReportFailure) {
    guard error != LXW_NO_ERROR else { return }
    let said = unsafe lxw_strerror(error).map { unsafe String(cString: $0) } ?? ""
    throw .workbook(path, said)
  }
}

extension ReportFailure {
  fileprivate static func workbook(_ path: String, _ said: String) -> ReportFailure {
    ReportFailure(
      path: path,
      message: Bilingual(
        zh: "不能写成工作簿（\(said)） — 请检查文件夹是否存在、能否写入，或另选一个文件",
        en: "the workbook cannot be written (\(said)) — check that the folder is there and can be "
          + "written to, or choose another file"))
  }
}
