import CLibXLSXWriter
import FoundationEssentials
import Glibc
import Tables

/// A workbook being written; the only type that speaks to libxlsxwriter.
///
/// Nothing in the file depends on the clock: the same sheets give the same bytes. No character
/// that XML has no room for reaches a sheet, and what was written is read back.
@safe
struct Workbook: ~Copyable {
  /// Rows that a sheet takes below its title and headings.
  static let mostRows = 1_048_576 - 2

  let book: UnsafeMutablePointer<lxw_workbook>
  let path: String
  var looks: WorkbookLooks
  /// What the sheets so far were given.
  private var written: [WrittenSheet] = []
  private var notes = 0
  /// Lists to choose from that are too long for a cell's rule, which stand in a sheet of their own.
  var longLists: [[String]] = []
  private let textsInSheets: Bool

  /// Parts of the workbook wait in files beside it that nobody sees, never elsewhere on the
  /// machine: they hold names, too.
  ///
  /// - Parameter paper: which paper it is: it says so itself to whoever reads it, also in a delivery.
  /// - Parameter created: seconds since 1970 that the file gives as its date.
  /// - Parameter inRows: whether rows are written out as they come, texts in place; takes half
  ///   the time and no memory.
  init(_ path: String, _ paper: OwnPaper, created: Int, inRows: Bool = false)
    throws(ReportFailure)
  {
    var options = unsafe lxw_workbook_options()
    unsafe options.constant_memory = inRows ? 1 : 0
    let folder = unsafe strdup(
      URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false))
    // Safe: the library copies the name before the call returns.
    defer { unsafe free(folder) }
    unsafe options.tmpdir = folder
    guard let book = unsafe workbook_new_opt(path, &options) else {
      throw .workbook(path, "workbook_new")
    }
    unsafe self.book = book
    self.path = path
    textsInSheets = inRows
    var properties = unsafe lxw_doc_properties()
    // The library takes 0 for the present moment.
    unsafe properties.created = max(created, 1)
    _ = unsafe workbook_set_properties(book, &properties)
    unsafe looks = WorkbookLooks(book)
    // Two plain words, which the library takes; nothing may throw once all is set.
    _ = unsafe workbook_set_custom_property_string(book, OwnPaper.property, paper.rawValue)
  }

  /// Adds a sheet: title, headings that stay in sight, rows; set up for printing across A4.
  mutating func add(_ sheet: WorkbookSheet) throws(ReportFailure) {
    let sheet = sheet.inMarkup
    guard let target = unsafe workbook_add_worksheet(book, sheet.name) else {
      throw .workbook(path, sheet.name)
    }
    unsafe set(up: target, for: sheet)
    try check(unsafe worksheet_write_string(target, 0, 0, sheet.title, looks.title))
    // Only now: where rows are written out as they come, none can follow that stands above.
    try check(unsafe worksheet_set_row(target, 1, sheet.headingHeight, nil))
    for (index, column) in sheet.columns.enumerated() {
      try check(
        unsafe worksheet_write_string(target, 1, UInt16(index), column.title, looks.heading))
      try unsafe note(column.note, at: (1, UInt16(index)), in: target)
    }
    var plain = unsafe [UnsafeMutablePointer<lxw_format>?]()
    for column in sheet.columns { unsafe plain.append(looks.number(.plain, column.figures)) }
    var given = WrittenSheet(rows: 2, cells: 1 + sheet.columns.count)
    var texts = sheet.columns.reduce(bytesInSheet(sheet.title)) { $0 + bytesInSheet($1.title) }
    for (index, row) in sheet.rows.stretches.joined().enumerated() {
      given.rows += row.isEmpty ? 0 : 1
      given.cells += row.count
      for (column, cell) in row.enumerated() {
        let place = (UInt32(index + 2), UInt16(column))
        let text = unsafe look(cell.style, sheet.columns[column].entry)
        if !cell.note.isEmpty {
          try unsafe note(markupText(cell.note), at: place, in: target)
          notes += 1
        }
        switch cell.content {
        case .text(""):
          try check(unsafe worksheet_write_blank(target, place.0, place.1, text))
        case .text(let written):
          let shown = fitting(markupText(written), most: mostInCell)
          texts += bytesInSheet(shown)
          try check(unsafe worksheet_write_string(target, place.0, place.1, shown, text))
        case .number(let number):
          let figures = sheet.columns[column].figures
          let look =
            unsafe cell.style == .plain ? plain[column] : looks.number(cell.style, figures)
          try check(unsafe worksheet_write_number(target, place.0, place.1, number, look))
        }
      }
    }
    for (place, chart) in sheet.charts.enumerated() {
      try unsafe draw(chart, place, of: sheet, in: target)
    }
    given.texts = textsInSheets ? texts : nil
    written.append(given)
    notes += sheet.columns.count { !$0.note.isEmpty }
  }

  private mutating func look(
    _ style: WorkbookSheet.Style, _ entry: WorkbookSheet.Entry?
  ) -> UnsafeMutablePointer<lxw_format>? {
    guard style == .open, let entry else { return unsafe looks.texts[style.rawValue] }
    return unsafe looks.entry(entry.kind)
  }

  /// Says something of the document that nobody sees in its sheets.
  func setProperty(_ name: String, _ text: String) throws(ReportFailure) {
    try check(unsafe workbook_set_custom_property_string(book, name, fitting(text, most: 250)))
  }

  /// Writes the file and reads it back.
  consuming func close() throws(ReportFailure) {
    try addLongLists()
    // The library frees the workbook whether or not it could be written.
    try check(unsafe workbook_close(book))
    try restrict(path)
    try requireWhole(path, sheets: written, notes: notes)
  }

  /// Writes the lists to choose from, a column each, into a sheet that nobody is shown.
  private mutating func addLongLists() throws(ReportFailure) {
    guard let rows = longLists.map(\.count).max() else { return }
    guard let target = unsafe workbook_add_worksheet(book, Workbook.listSheet) else {
      throw .workbook(path, Workbook.listSheet)
    }
    unsafe worksheet_hide(target)
    var given = WrittenSheet()
    for row in 0..<rows {
      given.rows += 1
      for (column, list) in longLists.enumerated() where row < list.count {
        given.cells += 1
        given.texts? += bytesInSheet(list[row])
        try check(
          unsafe worksheet_write_string(target, UInt32(row), UInt16(column), list[row], nil))
      }
    }
    if !textsInSheets { given.texts = nil }
    written.append(given)
  }

  func check(_ error: lxw_error) throws(ReportFailure) {
    guard error != LXW_NO_ERROR else { return }
    let said = unsafe lxw_strerror(error).map { unsafe String(cString: $0) } ?? ""
    throw .workbook(path, said)
  }
}

/// What Excel takes at most in a cell.
let mostInCell = 32_000

/// A text cut to so many UTF-16 units, with a mark where it was cut.
func fitting(_ text: String, most: Int) -> String {
  guard text.utf8.count > most, text.utf16.count > most else { return text }
  return String(decoding: text.utf16.prefix(most - 1), as: UTF16.self) + "…"
}

extension ReportFailure {
  static func workbook(_ path: String, _ said: String) -> ReportFailure {
    ReportFailure(
      path: path,
      message: Bilingual(
        zh: "不能写成工作簿（\(said)） — 请检查文件夹是否存在、能否写入，或另选一个文件",
        en: "the workbook cannot be written (\(said)) — check that the folder is there and can be "
          + "written to, or choose another file"))
  }
}
