// Rows as the readers of CSV, XML and JSON pass them on. The owner of the bytes and the taker are
// parameters of their own, so that the bytes may be borrowed while the taker changes.

import Tables

/// One row.
func hand(
  _ bytes: [UInt8], _ cells: [CellRange], _ repeats: [RepeatedCell], _ line: Int,
  to taker: inout RowReader
) {
  taker.take(bytes.span, cells.span, repeats: repeats, line: line)
}

/// The row that a scanner stands at.
func hand(_ scanner: CSVScanner, to taker: inout RowReader) {
  taker.take(scanner.window.span, scanner.cells.span, line: scanner.rowLine)
}

/// The rows of a block.
func hand(_ block: RowBlock, _ bytes: [UInt8], to taker: inout RowReader) {
  taker.take(block, bytes.span)
}

/// A row of totals, compared with the rows before it.
func totals(
  _ bytes: [UInt8], _ cells: [CellRange], _ line: Int, _ taker: inout RowReader
) -> [ControlTotal] {
  taker.compareTotals(bytes.span, cells.span, line: line)
}

/// The same of a scanner.
func totals(of scanner: CSVScanner, _ taker: inout RowReader) -> [ControlTotal] {
  taker.compareTotals(scanner.window.span, scanner.cells.span, line: scanner.rowLine)
}
