import CLibXLSXWriter
import RulePacks

/// How cells look, each look made once a workbook.
@safe
struct WorkbookLooks {
  let title: UnsafeMutablePointer<lxw_format>?
  let heading: UnsafeMutablePointer<lxw_format>?
  /// One a style.
  let texts: [UnsafeMutablePointer<lxw_format>?]
  private let book: UnsafeMutablePointer<lxw_workbook>
  /// Cells to fill in, by how numbers and dates are shown there.
  private var entries: [String: UnsafeMutablePointer<lxw_format>] = unsafe [:]
  private var numbers: [NumberLook: UnsafeMutablePointer<lxw_format>] = unsafe [:]

  private struct NumberLook: Hashable {
    var style: WorkbookSheet.Style
    var figures: WorkbookSheet.Figures
  }

  /// - Parameter book: frees all looks when it is closed.
  init(_ book: UnsafeMutablePointer<lxw_workbook>) {
    unsafe self.book = book
    unsafe title = workbook_add_format(book)
    unsafe format_set_bold(title)
    unsafe format_set_font_size(title, 14)
    unsafe heading = workbook_add_format(book)
    unsafe format_set_bold(heading)
    unsafe format_set_bg_color(heading, 0xE8EDF2)
    unsafe WorkbookLooks.frame(heading)
    unsafe texts = WorkbookSheet.Style.allCases.map { style in
      let format = unsafe WorkbookLooks.format(style, of: book)
      // Text cells keep `2018` and `= 0` as they are typed.
      unsafe format_set_num_format(format, "@")
      return unsafe format
    }
  }

  mutating func number(
    _ style: WorkbookSheet.Style, _ figures: WorkbookSheet.Figures
  ) -> UnsafeMutablePointer<lxw_format>? {
    let look = NumberLook(style: style, figures: figures)
    if let format = unsafe numbers[look] { return unsafe format }
    let format = unsafe WorkbookLooks.format(style, of: book)
    if let picture = figures.picture { unsafe format_set_num_format(format, picture) }
    unsafe numbers[look] = format
    return unsafe format
  }

  /// How a cell to fill in looks: it shows a date as intake wants it written, and keeps a code as
  /// it is typed.
  mutating func entry(_ kind: FieldAdvice.Entry) -> UnsafeMutablePointer<lxw_format>? {
    let picture =
      switch kind {
      case .text, .length: "@"
      case .whole, .number: "General"
      case .date: "yyyy-mm-dd"
      }
    if let format = unsafe entries[picture] { return unsafe format }
    let format = unsafe WorkbookLooks.format(.open, of: book)
    unsafe format_set_num_format(format, picture)
    unsafe entries[picture] = format
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
    case .faulty: unsafe format_set_bg_color(format, 0xF8D7D2)
    case .open: unsafe format_set_bg_color(format, 0xFDF6DC)
    }
    return unsafe format
  }

  private static func frame(_ format: UnsafeMutablePointer<lxw_format>?) {
    unsafe format_set_text_wrap(format)
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
    unsafe format_set_border_color(format, 0xC8CCD0)
  }
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
