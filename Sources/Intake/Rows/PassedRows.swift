// Rows as the readers of CSV, XML and JSON pass them on. The owner of the bytes and the reader are
// parameters of their own, so that the bytes may be borrowed while the reader changes.

import Tables

/// One row.
func pass(
  _ bytes: [UInt8], _ cells: [CellRange], _ repeats: [RepeatedCell], _ line: Int,
  to reader: inout RowReader
) {
  reader.boundLists()
  reader.read(bytes.span, cells.span, repeats: repeats, line: line)
}

/// The row that a scanner stands at.
func pass(_ scanner: CSVScanner, to reader: inout RowReader) {
  reader.boundLists()
  reader.read(scanner.window.span, scanner.cells.span, line: scanner.rowLine)
}

/// The rows of a block.
func pass(_ block: RowBlock, _ bytes: [UInt8], to reader: inout RowReader) {
  reader.boundLists()
  reader.read(block, bytes.span)
}

/// A row of totals, compared with the rows before it.
func totals(
  _ bytes: [UInt8], _ cells: [CellRange], _ line: Int, _ reader: inout RowReader
) -> [ControlTotal] {
  reader.compareTotals(bytes.span, cells.span, line: line)
}

/// The same of a scanner.
func totals(of scanner: CSVScanner, _ reader: inout RowReader) -> [ControlTotal] {
  reader.compareTotals(scanner.window.span, scanner.cells.span, line: scanner.rowLine)
}
