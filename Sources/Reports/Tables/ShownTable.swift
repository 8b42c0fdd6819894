package import Tables

/// Rows of a table as people read them where both languages are at hand: on a page of one piece
/// and on the terminal.
package struct ShownTable: Sendable {
  package var heads: [Bilingual]
  /// Whether a column's cells stand on the right.
  package var isFigures: [Bool]
  package var rows: [[Bilingual]]
}

extension ReportTable {
  /// Some rows in the columns that pages have; a column `x_en` is the English of column `x`.
  package func shown(_ rows: [Int32]) -> ShownTable {
    let columns = columns(for: .page)
    var table = ShownTable(
      heads: [], isFigures: [], rows: [[Bilingual]](repeating: [], count: rows.count))
    for column in columns where !column.isEnglish(in: columns) {
      table.heads.append(column.label)
      table.isFigures.append(column.standsRight)
      let other = columns.first { $0.id == "\(column.id)_en" }
      let (zh, en) = (column.texts(rows), other?.texts(rows))
      for row in rows.indices {
        table.rows[row].append(Bilingual(zh: zh[row].zh, en: en?[row].en ?? zh[row].en))
      }
    }
    return table
  }
}

extension ReportColumn {
  fileprivate func isEnglish(in columns: [ReportColumn]) -> Bool {
    id.hasSuffix("_en") && columns.contains { $0.id == id.dropLast(3) }
  }

  fileprivate var standsRight: Bool {
    switch values {
    case .texts, .shared, .words: isFigures
    case .counts, .ranks, .points, .shares, .figures: true
    }
  }

  fileprivate func texts(_ rows: [Int32]) -> [Bilingual] {
    func same(_ text: String) -> Bilingual { Bilingual(zh: text, en: text) }
    func numbers(_ numbers: [Int32], _ text: (Int) -> String) -> [Bilingual] {
      numbers.map { same($0 == CSV.absent ? "" : text(Int($0))) }
    }
    switch values {
    case .texts(let make):
      let texts = make(rows)
      return (0..<texts.count).map { same(texts.text($0)) }
    case .shared(let make):
      let (own, texts) = make(rows)
      return own.map { same(texts.text(Int($0))) }
    case .words(let words, let make):
      return make(rows).map { $0 < 0 ? same("") : words.labels[Int($0)] }
    case .counts(let make): return numbers(make(rows)) { grouped($0) }
    case .ranks(let make): return make(rows).map { same($0 > 0 ? grouped(Int($0)) : "—") }
    case .points(let make): return numbers(make(rows)) { shownPoints($0) }
    case .shares(let make): return numbers(make(rows)) { shownPercent($0) }
    case .figures(let make): return rows.map { same(make(Int($0)).shown) }
    }
  }
}
