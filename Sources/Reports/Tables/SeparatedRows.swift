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

  private var kinds: [Kind] = []
  /// ReportColumn after column, `stride` apart: a number, or the number of a text.
  private var numbers: [Int32] = []
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
        let first = Int32(texts.count)
        let own = make(asked)
        mostTexts += own.bytes.count * 2 + count * 3
        texts.append(own)
        numbers.append(contentsOf: (0..<Int32(count)).lazy.map { first + $0 })
        kinds.append(.text)
      case .shared(let make):
        let (own, shared) = make(asked)
        addMade(own, TextBuffer(cells: (0..<shared.count).lazy.map { shared[$0] }))
        kinds.append(.made)
      case .words(let words, let make):
        addMade(make(asked), words.cells)
        kinds.append(.made)
      case .counts(let make):
        numbers.append(contentsOf: make(asked))
        kinds.append(.count)
      case .ranks(let make):
        numbers.append(contentsOf: make(asked))
        kinds.append(.rank)
      case .points(let make):
        numbers.append(contentsOf: make(asked))
        kinds.append(.points)
      case .shares(let make):
        numbers.append(contentsOf: make(asked))
        kinds.append(.share)
      }
      numbers.append(contentsOf: repeatElement(0, count: 16))
    }
    precondition(numbers.count == columns.count * stride)
  }

  private mutating func addMade(_ own: [Int32], _ cells: TextBuffer) {
    let first = Int32(texts.count)
    mostTexts += cells.longest * count
    texts.append(cells)
    numbers.append(contentsOf: own.lazy.map { $0 < 0 ? -1 : first + $0 })
  }

  /// The bytes that all rows need at most.
  func most(_ points: PointTexts) -> Int { mostTexts + count * (kinds.count * 27 + 2) }

  func write(_ row: Int, _ points: PointTexts, to output: inout OutputSpan<UInt8>) {
    let (kinds, numbers) = (kinds.span, numbers.span)
    let (bytes, bounds) = (texts.bytes.span, texts.bounds.span)
    for column in kinds.indices {
      let number = numbers[column * stride + row]
      let isFirst = column == 0
      switch kinds[column] {
      case .points where number != CSV.absent && !isFirst: output.put(number, points)
      case .share where number != CSV.absent && !isFirst:
        output.put(percent: number, percentTexts)
      default:
        if !isFirst { output.append(UInt8(ascii: ",")) }
        switch kinds[column] {
        case .text:
          let place = 2 * Int(number)
          output.putCell(bytes.extracting(bounds[place]..<bounds[place + 1]))
        case .made: if number >= 0 { output.put(Int(number), of: bytes, bounds) }
        case .count: if number != CSV.absent { output.putDigits(Int(number)) }
        case .rank: if number > 0 { output.putDigits(Int(number)) }
        case .points:
          if number != CSV.absent { output.putThousandths(Int(number), decimals: points.decimals) }
        case .share: if number != CSV.absent { output.putPercent(Int(number)) }
        }
      }
    }
    output.append(0x0D)
    output.append(0x0A)
  }
}

private let percentTexts = PointTexts(percentsUpTo: 1000)
