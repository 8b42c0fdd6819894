import RulePacks
import Tables

/// Dumps of databases write a backslash before a quote within quotes.
///
/// Such a file is told by a row that cannot be read as it stands, and can where backslashes take the
/// meaning from quotes; then all of it is read so, with a finding, as if its profile said `escape`.
extension CSVReading {
  /// Whether the row in hand, or that which begins at a place, is such a row.
  func hasEscapes(from place: Int? = nil) -> Bool {
    let dialect = scanner.dialect
    guard dialect.escape == CSVDialect.nothing, dialect.quote == UInt8(ascii: "\"") else {
      return false
    }
    let start = place ?? scanner.rowStart
    // A longer row is none that anybody wrote.
    let end = min(scanner.end, start + 1 << 20)
    var alone = CSVScanner(
      CSVDialect(
        separator: dialect.separator, quote: dialect.quote, escape: UInt8(ascii: "\\")))
    alone.window = Array(scanner.window[start..<end])
    guard alone.next(isLast: true) == .row, alone.strayCell < 0,
      columns.fits(alone.window, alone.cells, alone.cellCount)
    else { return false }
    var index = 1
    while index < alone.position {
      if alone.window[index] == UInt8(ascii: "\""), alone.window[index - 1] == UInt8(ascii: "\\") {
        return true
      }
      index += 1
    }
    return false
  }
}

extension CSVLayout {
  /// The same with backslashes that take the meaning from quotes.
  var withEscapes: CSVLayout {
    var layout = self
    layout.dialect = CSVDialect(
      separator: dialect.separator, quote: dialect.quote, escape: UInt8(ascii: "\\"))
    return layout
  }
}

func escapesFinding(file: Int, line: Int) -> Finding {
  Finding(
    .warning, "backslash-escapes",
    place: Place(file: Int32(file), line: UInt32(clamping: line), record: 0),
    message: Bilingual(
      zh: "引号内的引号前有反斜杠（\\\"），是数据库导出的写法，整份文件已按此读取（首见于第 \(line) 行）",
      en: "quotes within quotes have a backslash before them (\\\"), as dumps of databases write "
        + "them; the whole file was read so (first on line \(line))"),
    cure: Bilingual(
      zh: "请在来源配置写 escape: \"\\\\\"，或请导出方把引号写两次（\"\"）",
      en: "say `escape: \"\\\\\"` in the source profile, or let the export write such quotes twice")
  )
}
