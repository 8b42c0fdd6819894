import Fields
import RulePacks

// Another header further down: files that were put together, or a table printed in pieces.

extension CSVReading {
  /// The row as a header of the same profile with other columns, or nil.
  func otherHeader() -> CSVHeader? {
    guard layout.header.lines.count == 1, scanner.cells.count > 1, scanner.strayCell < 0 else {
      return nil
    }
    guard scanner.cells.contains(where: { columns.isKnownName(scanner.window, $0) }) else {
      return nil
    }
    let header = CSVHeader([
      scanner.cells.map { cell in
        let range = trimmed(scanner.window.span, Int(cell.start), Int(cell.end))
        return String(decoding: scanner.window[range], as: UTF8.self)
      }
    ])
    let fit = fit(layout.profile, in: pack) { field, rule in
      (rule?.from ?? [field.label, field.id] + field.aliases).contains {
        header.column($0) != nil
      }
    }
    return fit.missing.isEmpty && fit.recognised * 2 > header.count ? header : nil
  }
}
