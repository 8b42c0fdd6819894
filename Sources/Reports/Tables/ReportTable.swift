package import Tables

/// One table of the reports, told once: the CSV file, the sheet of the workbook and the columns of
/// the page are all written from it, and so is a table on the terminal.
///
/// A column that is added to a table stands in all of them.
package struct ReportTable: Sendable {
  /// The CSV file's path within the run's folder.
  var path: String
  /// Heads the sheet.
  package var title: Bilingual
  var columns: [ReportColumn]
  package var count: Int
  /// What each row is about, which is what columns are asked for; nil where that is the row's own
  /// number.
  var order: [Int32]?
  /// Whether rows are looked up all over large columns; these are made in ascending order of what
  /// they are about.
  var jumps = false
  /// How points are written in files for machines.
  var points = PointTexts(least: 0, most: -1, decimals: 0)

  /// A table whose rows are numbered from 0, and whose points are written as they are.
  package init(path: String, title: Bilingual, columns: [ReportColumn], count: Int) {
    self.init(path: path, title: title, columns: columns, count: count, order: nil)
  }

  init(
    path: String, title: Bilingual, columns: [ReportColumn], count: Int, order: [Int32]? = nil,
    jumps: Bool = false, points: PointTexts = PointTexts(least: 0, most: -1, decimals: 0)
  ) {
    self.path = path
    self.title = title
    self.columns = columns
    self.count = count
    self.order = order
    self.jumps = jumps
    self.points = points
  }

  /// What is asked for to fill some rows.
  func asked(_ rows: Range<Int>) -> [Int32] {
    guard let order else { return rows.map { Int32($0) } }
    return Array(order[rows])
  }

  /// The columns that some readers are shown, those that say what a row is about first where
  /// people read.
  func columns(for reader: ReportColumn.Readers) -> [ReportColumn] {
    let shown = columns.filter { !$0.readers.isDisjoint(with: reader) }
    guard reader != .machines else { return shown }
    return shown.filter(\.leads) + shown.filter { !$0.leads }
  }
}

/// What stands in one column of a table, and how it is headed.
package struct ReportColumn: Sendable {
  /// Heads it in files for machines, and never changes.
  var id: String
  /// Heads it where people read.
  var label: Bilingual
  var values: Values
  /// Whether people read it before the columns that do not.
  var leads = false
  var readers = Readers.all
  /// In characters of a sheet's standard font; a Chinese character takes two.
  var width = 9.0
  /// Says more about the column; empty is none.
  var note = Bilingual(zh: "", en: "")
  /// Numbers of words that get a colour each, best first; nil for a colour that none gets.
  var marks: [Int?] = []
  /// Whether its texts are figures, which stand on the right.
  var isFigures = false

  package init(
    id: String, label: Bilingual, values: Values, leads: Bool = false, readers: Readers = .all,
    width: Double = 9, note: Bilingual = Bilingual(zh: "", en: ""), marks: [Int?] = [],
    isFigures: Bool = false
  ) {
    self.id = id
    self.label = label
    self.values = values
    self.leads = leads
    self.readers = readers
    self.width = width
    self.note = note
    self.marks = marks
    self.isFigures = isFigures
  }

  /// Who reads a column.
  package struct Readers: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    /// Files of separated text, with ids and codes.
    package static let machines = Readers(rawValue: 1)
    /// The workbook, in the pack's language.
    package static let people = Readers(rawValue: 2)
    /// Pages and the terminal, which have both languages.
    package static let page = Readers(rawValue: 4)
    package static let all: Readers = [.machines, .people, .page]
  }

  /// For what is asked, what stands in the column, in the same order.
  package enum Values: Sendable {
    case texts(@Sendable ([Int32]) -> TextBuffer)
    /// Texts that rows share: for each row the number of its own.
    case shared(@Sendable ([Int32]) -> (numbers: [Int32], texts: TextBuffer))
    /// Words with an id for machines: for each row the number of its own, -1 for none.
    case words(Words, @Sendable ([Int32]) -> [Int32])
    /// Whole numbers; `CSV.absent` for none.
    case counts(@Sendable ([Int32]) -> [Int32])
    /// Ranks, which are counts; 0 for none.
    case ranks(@Sendable ([Int32]) -> [Int32])
    /// Thousandths of a point; `CSV.absent` for none.
    case points(@Sendable ([Int32]) -> [Int32])
    /// Thousandths of a whole; `CSV.absent` for none.
    case shares(@Sendable ([Int32]) -> [Int32])
    /// Figures of any size and unit, for tables of few rows; empty for none.
    case figures(@Sendable (Int) -> WrittenFigure)
  }
}

/// A figure as machines read it, bare, and as people write it.
package struct WrittenFigure: Sendable, Equatable {
  /// Digits, a point, a minus sign of ASCII, a percent sign.
  package var plain: String
  package var shown: String

  package init(plain: String, shown: String) {
    self.plain = plain
    self.shown = shown
  }

  /// Where there is none.
  package static let none = WrittenFigure(plain: "", shown: "")
}

/// Words that stand in a column: each with its id, and with its label for people.
package struct Words: Sendable {
  let ids: [String]
  let labels: [Bilingual]
  /// The ids as they stand in cells of separated text.
  let cells: TextBuffer

  package init(_ words: [(id: String, label: Bilingual)]) {
    ids = words.map(\.id)
    labels = words.map(\.label)
    cells = TextBuffer(cells: ids.map(\.utf8))
  }

  /// Words that machines and people read alike, in the pack's language.
  package init(_ texts: [String]) { self.init(texts.map { ($0, Bilingual(zh: $0, en: $0)) }) }
}

extension ReportColumn.Values {
  /// A text for every row, each made by itself: for tables of few rows.
  package static func text(_ text: @escaping @Sendable (Int) -> String) -> ReportColumn.Values {
    .texts { rows in TextBuffer(rows.lazy.map { text(Int($0)).utf8 }) }
  }

  package static func count(_ count: @escaping @Sendable (Int) -> Int?) -> ReportColumn.Values {
    .counts { rows in rows.map { count(Int($0)).map { Int32(clamping: $0) } ?? CSV.absent } }
  }

  static func share(_ share: @escaping @Sendable (Int) -> Int?) -> ReportColumn.Values {
    .shares { rows in rows.map { share(Int($0)).map { Int32(clamping: $0) } ?? CSV.absent } }
  }

  package static func points(of points: @escaping @Sendable (Int) -> Int?) -> ReportColumn.Values {
    .points { rows in rows.map { points(Int($0)).map { Int32(clamping: $0) } ?? CSV.absent } }
  }

  package static func word(_ words: Words, _ number: @escaping @Sendable (Int) -> Int?)
    -> ReportColumn.Values
  {
    .words(words) { rows in rows.map { Int32(number(Int($0)) ?? -1) } }
  }
}

extension [ReportColumn] {
  /// A sentence: for machines in two columns, one a language; for people in the pack's.
  static func sentence(
    _ id: String, _ label: Bilingual, width: Double, language: Language,
    _ sentence: @escaping @Sendable (Int) -> Bilingual
  ) -> [ReportColumn] {
    [
      ReportColumn(
        id: id, label: label, values: .text { sentence($0).zh }, readers: [.machines, .page]),
      ReportColumn(
        id: "\(id)_en", label: label, values: .text { sentence($0).en },
        readers: [.machines, .page]),
      ReportColumn(
        id: id, label: label, values: .text { sentence($0).text(in: language) }, readers: .people,
        width: width),
    ]
  }
}
