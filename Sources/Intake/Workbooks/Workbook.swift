import Tables

/// A workbook (.xlsx) open for reading: its sheets, and the rows of each as they are read.
///
/// Nothing is fetched and no formula is worked out; a cell with a formula has the value that was
/// saved with it. Memory is bounded by the limits, whatever the file holds.
public struct Workbook: ~Copyable {
  public struct Sheet: Sendable, Equatable {
    public var name: String
    public var isHidden: Bool
    /// Path within the package.
    let part: String
  }

  /// In the order of their tabs.
  public let sheets: [Sheet]
  let archive: ZipArchive
  let limits: WorkbookLimits
  let sharedTexts: SharedTexts
  let styles: WorkbookStyles
  let dates: DateSystem
  /// Whether cells take values from other files.
  public let hasLinks: Bool
  /// Whether programs are stored with it; they are never looked at.
  public let hasMacros: Bool
  /// What the document says of itself in properties of its own making, by their names.
  public let properties: [String: String]

  /// Opens a workbook. With `allowsLinks` values that were taken from other files are read as they
  /// were saved; otherwise such a workbook is refused. Nothing is fetched either way.
  public init(
    at path: String, limits: WorkbookLimits = WorkbookLimits(), allowsLinks: Bool = false
  ) throws(WorkbookFault) {
    // Office keeps workbooks with a password, and all of its old ones, in this container.
    if isCompound(path) {
      throw WorkbookFault(compoundStreams(path).map { CompoundKind($0) })
    }
    let archive = try ZipArchive(path, limits: limits)
    let parts = try WorkbookParts(archive, limits, allowsLinks: allowsLinks)
    sheets = parts.sheets
    sharedTexts = parts.sharedTexts
    styles = parts.styles
    dates = parts.dates
    hasLinks = parts.hasLinks
    hasMacros = archive.entries.contains { $0.name.lowercased().hasSuffix("vbaproject.bin") }
    properties = archive.customProperties(parts.customProperties, limits)
    self.archive = archive
    self.limits = limits
  }
}

/// One row of a sheet.
public struct SheetRow: Sendable, Equatable {
  /// Counted from 1.
  public var number: Int
  /// Hidden by hand or by a filter.
  public var isHidden: Bool
  /// Those that hold something, from left to right.
  public var cells: [SheetCell]
}

/// One cell that holds something.
public struct SheetCell: Sendable, Equatable {
  /// Counted from 0: column A.
  public var column: Int
  public var content: Content
  /// Whether the value was worked out by a formula.
  public var isFormula: Bool
  /// How much of it is crossed out.
  public var strike = Strike.nothing
  /// Whether it is written in the colour of what is behind it.
  public var isUnseen = false

  public enum Content: Sendable, Equatable {
    case text(String)
    /// With the digits that stand in the file.
    case number(String)
    case flag(Bool)
    /// A number that its format shows as a date or time: `2018-09-30`, `2018-09-30 08:30:00`.
    case date(String, number: String)
    /// A number that its format shows as a percentage: `35%` for 0.35.
    case percent(String, number: String)
    /// A number that its format shows as a code: `000042` for 42.
    case masked(String, number: String)
    /// A number around which its format writes words: `5亿元` for 5. As it is shown; nil where not
    /// all of its digits are.
    case worded(String?, before: String, number: String, behind: String)
    /// A number whose format shows other digits: a fraction, powers of ten, a mask too small.
    case calculated(number: String)
    /// A number that its format shows smaller, by thousands.
    case scaled(number: String)
    /// `#REF!` and the like.
    case fault(String)
  }

  /// The place as people know it: `C12`.
  public func place(row: Int) -> String { columnName(column) + String(row) }
}

/// What is known of a sheet when its last row has been read.
public struct SheetEnd: Sendable, Equatable {
  /// `A1:C1` and the like.
  public var merged: [String]
  /// Cells with a formula whose value was not saved; the first few.
  public var unsolved: [String] = []
  /// Cells of which a part is crossed out; the first few.
  public var partlyStruck: [String] = []
  /// Columns that are hidden, counted from 0.
  public var hiddenColumns: [ClosedRange<Int>] = []
}

/// A column's letters: 0 is `A`, 26 is `AA`.
public func columnName(_ column: Int) -> String {
  var letters = ""
  var rest = column + 1
  while rest > 0 {
    let letter = Unicode.Scalar(UInt8(65 + (rest - 1) % 26))
    letters = String(letter) + letters
    rest = (rest - 1) / 26
  }
  return letters
}

extension SheetCell.Content {
  /// A number as its format shows it.
  ///
  /// - Parameter digits: as they stand in the file.
  init(_ digits: String, as format: NumberFormat, _ dates: DateSystem) {
    switch format {
    case .percent:
      let shown = PlainNumber(digits, shiftedBy: 2)
      self = shown.map { .percent($0.text + "%", number: digits) } ?? .number(digits)
    case .mask(let mask):
      guard let number = PlainNumber(digits), !number.isCut else {
        self = .number(digits)
        return
      }
      let shown = mask.shown(number.text)
      if shown != .plain, let words = mask.words(around: number.text) {
        var text: String?
        if case .text(let found) = shown { text = found }
        self = .worded(text, before: words.before, number: digits, behind: words.behind)
        return
      }
      switch shown {
      case .plain: self = .number(digits)
      case .text(let text): self = .masked(text, number: digits)
      case .hidden: self = .calculated(number: digits)
      }
    case .calculated: self = .calculated(number: digits)
    case .scaled: self = .scaled(number: digits)
    case .number, .date, .time, .dateAndTime, .month, .year:
      let date = dates.text(of: digits, as: format)
      self = date.map { .date($0, number: digits) } ?? .number(digits)
    }
  }
}

extension SheetCell.Content {
  /// As a text, such as a name in a header.
  var shown: String {
    switch self {
    case .text(let text), .date(let text, _), .percent(let text, _), .masked(let text, _),
      .fault(let text):
      text
    case .worded(let text, _, let digits, _): text ?? PlainNumber(digits)?.text ?? digits
    case .number(let digits), .calculated(let digits), .scaled(let digits):
      PlainNumber(digits)?.text ?? digits
    case .flag(let isTrue): isTrue ? "TRUE" : "FALSE"
    }
  }
}
