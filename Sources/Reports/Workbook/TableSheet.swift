import Tables

extension ReportTable {
  /// The table as a sheet: headings and labels in one language, without ids where there are
  /// labels.
  ///
  /// - Parameters:
  ///   - most: how many rows the sheet holds at most; says so in its title where there are more.
  ///   - rows: what people read first, in their order; nil is the table's own order.
  ///   - printed: how many columns are printed; nil is all.
  func sheet(
    in language: Language, named name: String, most: Int, first rows: [Int32]? = nil,
    printed: Int? = nil
  ) -> WorkbookSheet {
    let columns = columns(for: .people)
    let shown = Swift.min(most, count)
    let rows = rows ?? asked(0..<shown)
    return WorkbookSheet(
      name: name,
      title: heading(
        title.text(in: language), shown: rows.count, of: count, file: path, in: language),
      columns: columns.map { sheetColumn($0, language) },
      rows: WorkbookSheet.Rows(count: rows.count) { range in
        cells(columns, Array(rows[range]), language)
      },
      printed: printed)
  }

  private func sheetColumn(_ column: ReportColumn, _ language: Language) -> WorkbookSheet.Column {
    var made = WorkbookSheet.Column(title: column.label.text(in: language), width: column.width)
    made.note = column.note.text(in: language)
    switch column.values {
    case .words(let words, _):
      let labels = words.labels.map { $0.text(in: language) }
      made.marks = column.marks.map { $0.map { labels[$0] } ?? "" }
      made.width = Swift.max(column.width, Swift.min(longest(labels) + 1, 24))
    case .points: made.figures = .points(decimals: points.decimals)
    case .shares: made.figures = .share
    case .texts, .shared, .counts, .ranks, .figures: break
    }
    return made
  }

  /// The cells of some rows, row by row.
  private func cells(_ columns: [ReportColumn], _ asked: [Int32], _ language: Language)
    -> [[WorkbookSheet.Cell]]
  {
    var rows = [[WorkbookSheet.Cell]](repeating: [], count: asked.count)
    for row in rows.indices { rows[row].reserveCapacity(columns.count) }
    for column in columns {
      switch column.values {
      case .texts(let make):
        let texts = make(asked)
        for row in rows.indices { rows[row].append(WorkbookSheet.Cell(texts.text(row))) }
      case .shared(let make):
        let (numbers, pieces) = make(asked)
        let texts = (0..<pieces.count).map { pieces.text($0) }
        for row in rows.indices { rows[row].append(WorkbookSheet.Cell(texts[Int(numbers[row])])) }
      case .figures(let make):
        for row in rows.indices {
          rows[row].append(WorkbookSheet.Cell(make(Int(asked[row])).shown))
        }
      case .words(let words, let make):
        let numbers = make(asked)
        let texts = words.labels.map { $0.text(in: language) }
        for row in rows.indices {
          rows[row].append(WorkbookSheet.Cell(numbers[row] < 0 ? "" : texts[Int(numbers[row])]))
        }
      case .counts(let make):
        for (row, number) in make(asked).enumerated() {
          rows[row].append(number == CSV.absent ? .empty : .init(number: Double(number)))
        }
      case .ranks(let make):
        for (row, number) in make(asked).enumerated() {
          rows[row].append(WorkbookSheet.Cell(rank: Int(number)))
        }
      case .points(let make), .shares(let make):
        for (row, number) in make(asked).enumerated() {
          rows[row].append(number == CSV.absent ? .empty : .init(points: Int(number)))
        }
      }
    }
    return rows
  }
}

/// The width of the widest text, in characters of a sheet's standard font.
private func longest(_ texts: [String]) -> Double {
  texts.map { text in
    text.unicodeScalars.reduce(0.0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
  }.max() ?? 0
}

extension WorkbookSheet.Cell {
  static var empty: WorkbookSheet.Cell { WorkbookSheet.Cell("") }
}
