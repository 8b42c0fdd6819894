import RulePacks
import Tables

/// One sheet of a workbook: columns with their widths, headings that stay in sight, rows.
struct WorkbookSheet {
  var name: String
  /// Stands above the headings.
  var title: String
  var columns: [Column]
  var rows: Rows
  /// How many of the columns are printed; nil is all. More than fit on a page could not be read.
  var printed: Int?
  /// Stand beside the rows, one under the other.
  var charts: [Chart] = []
  /// Of the rows, those that go on with the headings and stay in sight with them.
  var headingRows = 0
  /// A form is filled in: below its rows too, so many lines have choices and checks, and nothing
  /// is filtered away.
  var linesToFill: Int?

  struct Column {
    var title: String
    /// In characters of the standard font; a Chinese character takes two.
    var width: Double
    /// What may be chosen in it; nothing is anything.
    var choices: [String] = []
    /// How its cells are typed where people fill them in; nil where they do not.
    var entry: Entry?
    /// Whether it is there for the program that reads the sheet back, and not shown.
    var isHidden = false
    /// A comment on the heading; empty is none.
    var note = ""
    var figures = Figures.plain
    /// Texts that get a colour each, best first.
    var marks: [String] = []
  }

  /// What a column's cells take without a warning; all else is still taken.
  struct Entry {
    var kind: FieldAdvice.Entry
    /// Shown where something else is typed.
    var warning = ""
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
    /// A comment on the cell; empty is none.
    var note = ""

    init(_ text: String, _ style: Style = .plain) {
      content = .text(text)
      self.style = style
    }

    init(number: Double, _ style: Style = .plain) {
      content = .number(number)
      self.style = style
    }
  }

  /// `faulty` is what has to be mended, `open` what is to be filled in.
  enum Style: Int, CaseIterable { case plain, quiet, strong, faulty, open }

  /// Rows that are made when their turn comes, so that a million of them take no memory.
  struct Rows {
    let count: Int
    private let make: (Range<Int>) -> [[Cell]]

    /// - Parameter make: gives the rows of a range.
    init(count: Int, make: @escaping (Range<Int>) -> [[Cell]]) {
      self.count = count
      self.make = make
    }

    init(_ rows: [[Cell]]) { self.init(count: rows.count) { Array(rows[$0]) } }

    /// The rows from one on, at most so many.
    func from(_ first: Int, most: Int) -> Rows {
      Rows(count: Swift.min(most, count - first)) { range in
        make(first + range.lowerBound..<first + range.upperBound)
      }
    }

    /// Stretches of rows, in their order.
    var stretches: some Sequence<[[Cell]]> {
      stride(from: 0, to: count, by: 512).lazy.map { make($0..<Swift.min(count, $0 + 512)) }
    }

    var all: [[Cell]] { make(0..<count) }

    func some(_ range: Range<Int>) -> [[Cell]] { make(range) }
  }
}

extension WorkbookSheet {
  /// What the longest heading needs, in points.
  var headingHeight: Double {
    let lines = columns.map { column in
      let width = column.title.unicodeScalars.reduce(0.0) { $0 + ($1.value > 0x2E80 ? 2.1 : 1.1) }
      return (width / max(column.width - 1, 1)).rounded(.up)
    }
    return 15 * min(max(lines.max() ?? 1, 1), 6) + 3
  }
}

extension WorkbookSheet {
  /// The sheet, or as many as its rows need where one takes so many at most.
  ///
  /// Each has the title, its number and the headings. Charts stay where all rows are in one.
  ///
  /// - Parameter names: of all sheets of the workbook; those of the further parts are added.
  func parts(most: Int, language: Language, taken names: inout Set<String>) -> [WorkbookSheet] {
    guard rows.count > most else { return [self] }
    let count = (rows.count + most - 1) / most
    return (0..<count).map { number in
      var part = self
      part.charts = []
      part.rows = rows.from(number * most, most: most)
      let place = Bilingual(
        zh: "（第 \(number + 1) 张，共 \(count) 张）", en: " (sheet \(number + 1) of \(count))")
      part.title += place.text(in: language)
      if number > 0 { part.name = sheetName(name, part: number + 1, taken: &names) }
      return part
    }
  }
}

extension WorkbookSheet {
  /// The same with nothing in titles, headings, notes and choices that XML or a cell has no room
  /// for; rows are made later, and their texts looked at then.
  var inMarkup: WorkbookSheet {
    var sheet = self
    sheet.title = fitting(markupText(title), most: mostInCell)
    for index in columns.indices {
      sheet.columns[index].title = fitting(markupText(columns[index].title), most: mostInCell)
      sheet.columns[index].note = markupText(columns[index].note)
      sheet.columns[index].choices = columns[index].choices.map { markupText($0) }
      sheet.columns[index].marks = columns[index].marks.map { markupText($0) }
    }
    for index in charts.indices {
      sheet.charts[index].title = markupText(charts[index].title)
      for number in charts[index].series.indices {
        sheet.charts[index].series[number].name = markupText(charts[index].series[number].name)
      }
    }
    return sheet
  }
}

/// A title as Excel takes it for a sheet: 31 UTF-16 units at most, no brackets or slashes, no
/// apostrophe, no other sheet's, and not the one that Excel keeps for itself.
func sheetName(_ title: String, taken names: inout Set<String>) -> String {
  // By scalars: a mark behind a bracket makes it another character, but not for Excel.
  let scalars = markupText(title).unicodeScalars.filter {
    !"[]:*?/\\'".unicodeScalars.contains($0) && $0.properties.generalCategory != .control
      && $0 != "\u{2028}" && $0 != "\u{2029}"
  }
  let kept = String(String.UnicodeScalarView(scalars))
  var name = cut(kept.isEmpty ? "Sheet" : kept, to: 31)
  var number = 2
  while isReserved(name) || !names.insert(name.lowercased()).inserted {
    let ending = " \(number)"
    name = cut(kept, to: 31 - ending.count) + ending
    number += 1
  }
  return name
}

/// Whether Excel refuses a name because its own sheet of changes has it, in English or Chinese.
private func isReserved(_ name: String) -> Bool {
  ["history", "历史记录"].contains(name.lowercased())
}

/// The name of a further part of a sheet: `Hygiene (2)`.
func sheetName(_ name: String, part: Int, taken names: inout Set<String>) -> String {
  let ending = " (\(part))"
  return sheetName(cut(name, to: 31 - ending.count) + ending, taken: &names)
}

private func cut(_ text: String, to most: Int) -> String {
  var text = text
  while text.utf16.count > most { text.removeLast() }
  return text
}
