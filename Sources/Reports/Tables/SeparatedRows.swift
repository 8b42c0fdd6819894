import Tables

extension ReportTable {
  /// The table as a file of separated text.
  var separated: Document { Document(path, [Lines(head), lines]) }

  /// Several tables of the same columns as one file.
  ///
  /// - Parameter path: and columns are the first table's, or those of `empty` where there is none.
  static func separated(_ tables: [ReportTable], columnsOf empty: ReportTable) -> Document {
    let first = tables.first ?? empty
    return Document(first.path, [Lines(first.head)] + tables.map(\.lines))
  }

  /// Tables of the same columns as the bytes of one file, for tables of few rows.
  package static func separatedFile(_ tables: [ReportTable]) -> [UInt8] {
    guard let first = tables.first else { return [] }
    return tables.reduce(into: first.head) { bytes, table in
      let lines = table.lines
      bytes += lines.make(0..<lines.count)
    }
  }

  private var head: [UInt8] { CSV(header: columns(for: .machines).map(\.id)).bytes }

  private var lines: Lines {
    let columns = columns(for: .machines)
    guard jumps else {
      return Lines(count: count, stretch: 2048) { range in
        let filled = FilledRows(columns, asked(range))
        return [UInt8](capacity: filled.most(points)) { output in
          for row in 0..<range.count { filled.write(row, points, to: &output) }
        }
      }
    }
    return Lines(count: count, stretch: subjectOrderStretch(of: count)) { range in
      let asked = asked(range)
      return inSubjectOrder(asked) { places, rows in
        let filled = FilledRows(columns, pick(asked, at: places))
        rows.append(upTo: filled.most(points)) { output, ends, start in
          for row in places.indices {
            filled.write(row, points, to: &output)
            ends.append(start + output.count)
          }
        }
      }
    }
  }
}

/// Some rows of a table with all that their cells need side by side, so that the loop over them
/// takes nothing out of an enum and counts no reference.
private struct FilledRows {
  private enum Kind { case text, made, count, rank, points, share }

  /// Columns beside each other that are written alike, so that one choice serves them all.
  private struct Alike {
    let kind: Kind
    var columns: Range<Int>
  }

  private var alike: [Alike] = []
  /// Column after column, `stride` apart: a number, or the number of a text among the column's.
  private var numbers: [Int32] = []
  /// For each column the number of its first text in `texts`.
  private var firstTexts: [Int] = []
  private let stride: Int
  private let count: Int
  private var texts = TextBuffer()
  /// What all rows' texts come to at most as cells.
  private var mostTexts = 0

  init(_ columns: [ReportColumn], _ asked: [Int32]) {
    count = asked.count
    // Columns a power of two apart would all want the same lines of the cache.
    stride = asked.count + 16
    numbers.reserveCapacity(columns.count * stride)
    for column in columns {
      switch column.values {
      case .texts(let make):
        let own = make(asked)
        mostTexts += own.bytes.count * 2 + count * 3
        add(.text, Array(0..<Int32(count)), own)
      case .shared(let make):
        let (own, shared) = make(asked)
        addMade(own, TextBuffer(cells: (0..<shared.count).lazy.map { shared[$0] }))
      case .words(let words, let make): addMade(make(asked), words.cells)
      case .counts(let make): add(.count, make(asked))
      case .ranks(let make): add(.rank, make(asked))
      case .points(let make): add(.points, make(asked))
      case .shares(let make): add(.share, make(asked))
      case .figures(let make):
        addMade(
          Array(0..<Int32(count)), TextBuffer(asked.lazy.map { make(Int($0)).plain.utf8 }))
      }
    }
    precondition(numbers.count == columns.count * stride)
  }

  private mutating func addMade(_ own: [Int32], _ cells: TextBuffer) {
    mostTexts += cells.longest * count
    add(.made, own, cells)
  }

  private mutating func add(_ kind: Kind, _ own: [Int32], _ cells: TextBuffer = TextBuffer()) {
    let column = firstTexts.count
    firstTexts.append(texts.count)
    texts.append(cells)
    numbers.append(contentsOf: own)
    numbers.append(contentsOf: repeatElement(0, count: 16))
    if let last = alike.indices.last, alike[last].kind == kind {
      alike[last].columns = alike[last].columns.lowerBound..<column + 1
    } else {
      alike.append(Alike(kind: kind, columns: column..<column + 1))
    }
  }

  /// The bytes that all rows need at most.
  func most(_ points: PointTexts) -> Int { mostTexts + count * (firstTexts.count * 27 + 2) }

  /// Adds a row.
  func write(_ row: Int, _ points: PointTexts, to output: inout OutputSpan<UInt8>) {
    let (numbers, firstTexts) = (numbers.span, firstTexts.span)
    let (bytes, bounds) = (texts.bytes.span, texts.bounds.span)
    for some in alike {
      switch some.kind {
      case .points:
        for column in some.columns {
          let number = numbers[column &* stride &+ row]
          if number != CSV.absent, column > 0 {
            output.put(number, points)
          } else {
            separate(column, &output)
            if number != CSV.absent {
              output.putThousandths(Int(number), decimals: points.decimals)
            }
          }
        }
      case .share:
        for column in some.columns {
          let number = numbers[column &* stride &+ row]
          if number != CSV.absent, column > 0 {
            output.put(percent: number, percentTexts)
          } else {
            separate(column, &output)
            if number != CSV.absent { output.putPercent(Int(number)) }
          }
        }
      case .text:
        for column in some.columns {
          separate(column, &output)
          let place = 2 * (firstTexts[column] + Int(numbers[column &* stride &+ row]))
          output.putCell(bytes.extracting(bounds[place]..<bounds[place + 1]))
        }
      case .made:
        for column in some.columns {
          separate(column, &output)
          let number = numbers[column &* stride &+ row]
          if number >= 0 { output.put(firstTexts[column] + Int(number), of: bytes, bounds) }
        }
      case .count:
        for column in some.columns {
          separate(column, &output)
          let number = numbers[column &* stride &+ row]
          if number != CSV.absent { output.putDigits(Int(number)) }
        }
      case .rank:
        for column in some.columns {
          separate(column, &output)
          let number = numbers[column &* stride &+ row]
          if number > 0 { output.putDigits(Int(number)) }
        }
      }
    }
    output.append(0x0D)
    output.append(0x0A)
  }
}

/// Adds what stands before a column.
private func separate(_ column: Int, _ output: inout OutputSpan<UInt8>) {
  if column > 0 { output.append(UInt8(ascii: ",")) }
}

private let percentTexts = PointTexts(percentsUpTo: 1000)
