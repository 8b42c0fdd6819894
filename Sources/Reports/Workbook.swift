import CLibXLSXWriter
import Tables

/// One sheet of a workbook: columns with their widths, headings that stay in sight, rows.
struct WorkbookSheet {
  var name: String
  /// Stands above the headings.
  var title: String
  var columns: [Column]
  var rows: [[Cell]]
  /// How many of the columns are printed; nil is all. More than fit on a page could not be read.
  var printed: Int?
  /// Stand beside the rows, one under the other.
  var charts: [Chart] = []

  struct Column {
    var title: String
    /// In characters of the standard font; a Chinese character takes two.
    var width: Double
    /// What may be chosen in it; nothing is anything.
    var choices: [String] = []
    /// A comment on the heading; empty is none.
    var note = ""
    var figures = Figures.plain
    /// Texts that get a colour each, best first.
    var marks: [String] = []
  }

  /// How the numbers of a column are shown.
  enum Figures: Hashable {
    case plain
    case points(decimals: Int)
    /// A share of 1 as a percentage with one decimal.
    case share
  }

  /// Columns that stand for some rows of the sheet.
  struct Chart {
    var title: String
    /// Column of the texts under the columns, and of their numbers.
    var labels: Int
    var values: Int
    var figures: Figures
    var series: [Series]

    struct Series {
      var name: String
      var rows: Range<Int>
    }
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
  private var numbers: [NumberLook: UnsafeMutablePointer<lxw_format>]

  private struct NumberLook: Hashable {
    var style: WorkbookSheet.Style
    var figures: WorkbookSheet.Figures
  }

  /// - Parameter created: seconds since 1970 that the file gives as its date.
  /// - Parameter inRows: whether rows are written out as they come, texts in place; takes half
  ///   the time and no memory.
  init(_ path: String, created: Int, inRows: Bool = false) throws(ReportFailure) {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = inRows ? 1 : 0
    guard let book = unsafe workbook_new_opt(path, &options) else {
      throw .workbook(path, "workbook_new")
    }
    unsafe self.book = book
    unsafe numbers = [:]
    self.path = path
    var properties = unsafe lxw_doc_properties()
    // The library takes 0 for the present moment.
    unsafe properties.created = max(created, 1)
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
  }

  private mutating func format(
    of style: WorkbookSheet.Style, _ figures: WorkbookSheet.Figures
  ) -> UnsafeMutablePointer<lxw_format>? {
    let look = NumberLook(style: style, figures: figures)
    if let format = unsafe numbers[look] { return unsafe format }
    let format = unsafe Workbook.format(style, of: book)
    if let picture = figures.picture { unsafe format_set_num_format(format, picture) }
    unsafe numbers[look] = format
    return unsafe format
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
    // Only now: where rows are written out as they come, none can follow that stands above.
    try check(unsafe worksheet_set_row(target, 1, sheet.headingHeight, nil))
    for (index, column) in sheet.columns.enumerated() {
      try check(
        unsafe worksheet_write_string(target, 1, UInt16(index), column.title, heading))
      try unsafe note(column.note, at: UInt16(index), in: target)
    }
    var plain = unsafe [UnsafeMutablePointer<lxw_format>?]()
    for column in sheet.columns { unsafe plain.append(format(of: .plain, column.figures)) }
    for (index, row) in sheet.rows.enumerated() {
      for (column, cell) in row.enumerated() {
        let place = (UInt32(index + 2), UInt16(column))
        let style = cell.style.rawValue
        switch cell.content {
        case .text(""):
          try check(unsafe worksheet_write_blank(target, place.0, place.1, texts[style]))
        case .text(let text):
          try check(
            unsafe worksheet_write_string(
              target, place.0, place.1, fitting(text, most: mostInCell), texts[style]))
        case .number(let number):
          let figures = sheet.columns[column].figures
          let look = unsafe cell.style == .plain ? plain[column] : format(of: cell.style, figures)
          try check(unsafe worksheet_write_number(target, place.0, place.1, number, look))
        }
      }
    }
    for (place, chart) in sheet.charts.enumerated() {
      try unsafe draw(chart, place, of: sheet, in: target)
    }
  }

  private func note(
    _ text: String, at column: UInt16, in target: UnsafeMutablePointer<lxw_worksheet>
  ) throws(ReportFailure) {
    guard !text.isEmpty else { return }
    var options = unsafe lxw_comment_options()
    unsafe options.width = 360
    unsafe options.height = 200
    unsafe options.color = 0xFAFAF5
    try check(
      unsafe worksheet_write_comment_opt(
        target, 1, column, fitting(text, most: mostInNote), &options))
  }

  private func set(up target: UnsafeMutablePointer<lxw_worksheet>, for sheet: WorkbookSheet) {
    let last = UInt32(max(sheet.rows.count, 1) + 1)
    for (index, column) in sheet.columns.enumerated() {
      let index = UInt16(index)
      unsafe worksheet_set_column(target, index, index, column.width, nil)
      unsafe offer(column.choices, in: target, index, last)
      unsafe colour(column.marks, in: target, index, last)
    }
    if let printed = sheet.printed, printed > 0 {
      unsafe worksheet_print_area(target, 0, 0, last, UInt16(printed - 1))
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

  /// Draws a chart to the right of the columns.
  private func draw(
    _ chart: WorkbookSheet.Chart, _ place: Int, of sheet: WorkbookSheet,
    in target: UnsafeMutablePointer<lxw_worksheet>
  ) throws(ReportFailure) {
    guard let drawn = unsafe workbook_add_chart(book, UInt8(LXW_CHART_COLUMN.rawValue)) else {
      throw .workbook(path, chart.title)
    }
    unsafe chart_title_set_name(drawn, chart.title)
    for (number, series) in chart.series.enumerated() where !series.rows.isEmpty {
      let added = unsafe chart_add_series(drawn, nil, nil)
      let first = UInt32(series.rows.lowerBound + 2)
      let last = UInt32(series.rows.upperBound + 1)
      unsafe chart_series_set_categories(
        added, sheet.name, first, UInt16(chart.labels), last, UInt16(chart.labels))
      unsafe chart_series_set_values(
        added, sheet.name, first, UInt16(chart.values), last, UInt16(chart.values))
      unsafe chart_series_set_name(added, series.name)
      var fill = lxw_chart_fill()
      fill.color = seriesColours[number % seriesColours.count]
      unsafe chart_series_set_fill(added, &fill)
    }
    if chart.series.count < 2 {
      unsafe chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
    } else {
      unsafe chart_legend_set_position(drawn, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
    }
    if chart.figures == .share {
      unsafe chart_axis_set_num_format(drawn.pointee.y_axis, "0%")
      unsafe chart_axis_set_max(drawn.pointee.y_axis, 1)
    }
    unsafe chart_axis_set_min(drawn.pointee.y_axis, 0)
    var options = unsafe lxw_chart_options()
    unsafe options.x_scale = 1.2
    let row = UInt32(1 + place * 16)
    try check(
      unsafe worksheet_insert_chart_opt(
        target, row, UInt16(sheet.columns.count + 1), drawn, &options))
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

extension WorkbookSheet {
  /// What the longest heading needs, in points.
  fileprivate var headingHeight: Double {
    let lines = columns.map { column in
      let width = column.title.unicodeScalars.reduce(0.0) { $0 + ($1.value > 0x2E80 ? 2.1 : 1.1) }
      return (width / max(column.width - 1, 1)).rounded(.up)
    }
    return 15 * min(max(lines.max() ?? 1, 1), 6) + 3
  }
}

/// What Excel takes at most in a cell and, for the sake of the reader, in a comment.
private let mostInCell = 32_000
private let mostInNote = 1_500

/// From best to last: green, blue, sand, clay, grey, all pale enough to print.
private let palette: [UInt32] = [0xDDEBE1, 0xE1EAF3, 0xF3EFDD, 0xF2E3D8, 0xE9E9E7]
private let seriesColours: [UInt32] = [0x7C9CBC, 0x9DB8A0, 0xCBB287, 0xB08F87, 0x9A9DA3]

/// A text cut to so many UTF-16 units, with a mark where it was cut.
private func fitting(_ text: String, most: Int) -> String {
  guard text.utf8.count > most, text.utf16.count > most else { return text }
  return String(decoding: text.utf16.prefix(most - 1), as: UTF16.self) + "…"
}

extension WorkbookSheet.Figures {
  /// As Excel writes number formats; nil is the general one.
  fileprivate var picture: String? {
    switch self {
    case .plain: nil
    case .points(let decimals): decimals > 0 ? "0." + String(repeating: "0", count: decimals) : "0"
    case .share: "0.0%"
    }
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
