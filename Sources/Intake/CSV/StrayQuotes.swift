import Fields
import RulePacks
import Tables

/// Whether the lines that a quote takes in belong to its cell.
///
/// A text with line breaks is one; but a quote that nobody closed takes in the rows below it up to
/// the next quote of the file. The lines themselves tell: read alone, they are rows or they are
/// not.
///
/// - A row whose cells do not stand under the header, or with text behind a closing quote, is
///   returned anyhow. If the whole lines within are all as wide as the header, the quote was a
///   stray one: the first line is returned and the others are read. If none reads as a row, they
///   are its text and are returned with it. Between the two nobody can tell, and the file is
///   refused with both places.
/// - A row that fits is believed, unless all of its lines are rows too, the first and the last
///   included, which takes as many separators in each; then, with a header of three columns or
///   more and two whole lines or more that read without a fault, the quote was a stray one, and
///   with less nobody can tell.
enum QuoteReading {
  case meant, stray, unclear
}

extension CSVReading {
  /// What the quote means whose cell goes on in another line.
  func quoteReading() -> QuoteReading {
    let fits = misfit() == nil
    let lines = scanner.lines()
    guard columns.count > 1 || !fits, lines.count > 1 else { return .meant }
    let width = firstLineCount(lines[0])
    guard !fits || width == columns.count || width == columns.width else { return .meant }
    // Rows that are read again are counted alike, so neither day nor key may decide.
    var trial = RowReader(reader.plan, file: 0, asOf: PartialDate(day: 0), digestKey: [0])
    var seen = (lines: 0, rows: 0, clean: 0)
    for line in lines[1..<(lines.count - 1)] {
      let look = look(at: line, &trial)
      guard look != .blank else { continue }
      seen.lines += 1
      if look == .row || look == .cleanRow { seen.rows += 1 }
      if look == .cleanRow { seen.clean += 1 }
    }
    let last = look(at: lines[lines.count - 1], &trial)
    guard fits else {
      if seen.lines == 0 { return last == .cleanRow ? .stray : .meant }
      if seen.rows == seen.lines { return .stray }
      return seen.clean > 0 ? .unclear : .meant
    }
    guard seen.clean > 0, last == .row || last == .cleanRow, seen.rows * 2 > seen.lines else {
      return .meant
    }
    let isSure = columns.count > 2 && seen.lines > 1 && seen.clean == seen.lines
    return isSure ? .stray : .unclear
  }

  private enum Look { case blank, text, row, cleanRow }

  /// The cells of the first line, were its last quote not one.
  private func firstLineCount(_ line: Range<Int>) -> Int {
    var count = scanner.longCell + 1
    for index in max(line.lowerBound, scanner.longCellStart)..<line.upperBound
    where scanner.window[index] == scanner.dialect.separator {
      count += 1
    }
    return count
  }

  /// What a line is, read by itself.
  private func look(at line: Range<Int>, _ trial: inout RowReader) -> Look {
    var alone = CSVScanner(scanner.dialect)
    alone.window = Array(scanner.window[line])
    guard alone.next(isLast: true) == .row else { return line.isEmpty ? .blank : .text }
    guard alone.cells.contains(where: { !$0.isEmpty }) else { return .blank }
    guard alone.strayCell < 0, alone.position == line.count,
      columns.fits(alone.window, alone.cells, alone.cellCount)
    else { return .text }
    let before = (trial.table.count, trial.findings.count)
    pass(alone, to: &trial)
    let isClean =
      trial.table.count > before.0
      && trial.findings[before.1...].allSatisfy { $0.severity == .note }
    return isClean && alone.quoteCell < 0 ? .cleanRow : .row
  }
}
