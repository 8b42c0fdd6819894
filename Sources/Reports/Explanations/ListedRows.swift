import Tables

/// Rows of a list and the fields that are written of them.
struct ListedRows: Sendable {
  let shape: CellShape
  let offsets: [Int32]
  let rows: [Int32]
  let places: [Place]
  let keys: TextBuffer
  let columns: [ListedColumn]

  private func listed(_ row: Int) -> ArraySlice<Int32> {
    rows[Int(offsets[row])..<Int(offsets[row + 1])]
  }

  func most(of row: Int) -> Int {
    listed(row).reduce(12) { sum, element in
      columns.indices.reduce(sum + 12 + Place.most) {
        $0 + keys.range($1).count * 2 + 1 + columns[$1].most(of: Int(element))
      }
    }
  }

  func write(_ row: Int, to output: inout OutputSpan<UInt8>) {
    let isNamed = shape == .named
    output.put(isNamed ? "{\"rows\":[" : "[")
    var isFirst = true
    for element in listed(row) {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output.append(UInt8(ascii: isNamed ? "{" : "["))
      output.put(places[Int(element)], shape)
      var others: [Int] = []
      for index in columns.indices {
        output.append(UInt8(ascii: ","))
        if isNamed { output.put(index, of: keys.bytes.span, keys.bounds.span) }
        let value = output.count
        columns[index].column.write(Int(element), to: &output)
        guard let delivered = columns[index].delivered,
          output.isDelivered(delivered.texts, Int(element), otherThan: value..<output.count)
        else { continue }
        others.append(index)
      }
      writeDelivered(Int(element), of: others, to: &output)
      output.append(shape.closing)
    }
    output.put(isNamed ? "]}" : "]")
  }

  /// `,"raw":{"id":"text",…}` of some columns, bare only the object.
  private func writeDelivered(
    _ element: Int, of others: [Int], to output: inout OutputSpan<UInt8>
  ) {
    guard !others.isEmpty else { return }
    output.put(shape == .named ? ",\"raw\":{" : ",{")
    for (place, index) in others.enumerated() {
      guard let texts = columns[index].delivered?.texts else { continue }
      if place > 0 { output.append(UInt8(ascii: ",")) }
      output.put(index, of: keys.bytes.span, keys.bounds.span)
      output.putQuoted(texts.bytes.span.extracting(texts.range(element)))
    }
    output.append(UInt8(ascii: "}"))
  }
}

/// A field that is written of listed rows.
///
/// A class, because a struct of so many references would be copied out of its array for every cell.
final class ListedColumn: Sendable {
  let column: QuotedColumn
  /// Nil where none are shown.
  let delivered: DeliveredColumn?

  init(_ column: QuotedColumn, _ delivered: DeliveredColumn?) {
    self.column = column
    self.delivered = delivered
  }

  /// The bytes that its cell needs at most, with what was delivered.
  func most(of row: Int) -> Int {
    column.most(of: row) + (delivered?.texts.most(of: row) ?? 0)
  }
}

extension CellShape {
  /// Ends a value or a row.
  var closing: UInt8 { UInt8(ascii: self == .named ? "}" : "]") }
}

extension Place {
  /// The bytes that `put` needs at most.
  static var most: Int { 64 }
}

extension OutputSpan<UInt8> {
  /// The file as its position in the run's list of files.
  mutating func put(_ place: Place, _ shape: CellShape) {
    let isNamed = shape == .named
    if isNamed { put("\"file\":") }
    putDigits(Int(place.file))
    put(isNamed ? ",\"line\":" : ",")
    putDigits(Int(place.line))
    put(isNamed ? ",\"record\":" : ",")
    putDigits(Int(place.record))
  }
}
