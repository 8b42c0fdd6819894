extension RecordTable {
  /// Only some of the rows, in ascending order.
  public func keeping(_ rows: [Int]) -> RecordTable {
    var kept = RecordTable(
      columns: columns.map { $0.keeping(rows) }, places: rows.map { places[$0] },
      precedences: rows.map { precedences[$0] })
    kept.delivered = delivered.map { $0?.keeping(rows) }
    return kept
  }
}

extension Column {
  fileprivate func keeping(_ rows: [Int]) -> Column {
    switch self {
    case .number(let cells): .number(cells.keeping(rows))
    case .decimal(let cells): .decimal(cells.keeping(rows))
    case .flag(let cells): .flag(cells.keeping(rows))
    case .day(let cells): .day(cells.keeping(rows))
    case .code(var column):
      {
        column.cells = column.cells.keeping(rows)
        return .code(column)
      }()
    case .text(let column):
      .text(
        rows.reduce(into: TextColumn()) { kept, row in
          if column.presence.isStated(row) {
            kept.append(column, row)
          } else {
            kept.appendAbsent(column.presence[row])
          }
        })
    }
  }
}

extension Cells {
  fileprivate func keeping(_ rows: [Int]) -> Cells {
    rows.reduce(into: Cells()) { kept, row in kept.append(values[row], presence[row]) }
  }
}

extension DeliveredTexts {
  fileprivate func keeping(_ rows: [Int]) -> DeliveredTexts {
    let ranges = rows.map { range($0) }
    var kept = DeliveredTexts()
    let starts = ranges.map { Int32($0.lowerBound) }
    let ends = ranges.map { Int32($0.upperBound) }
    kept.append(from: starts.span, to: ends.span, of: bytes.span)
    return kept
  }
}
