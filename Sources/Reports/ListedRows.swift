import Tables

/// Rows of a list and the fields that are written of them.
struct ListedRows: Sendable {
  let offsets: [Int32]
  let rows: [Int32]
  let places: [Place]
  let keys: Pieces
  let columns: [QuotedColumn]
  /// One a column; nil where none are shown.
  let delivered: [DeliveredColumn?]

  private func listed(_ row: Int) -> ArraySlice<Int32> {
    rows[Int(offsets[row])..<Int(offsets[row + 1])]
  }

  func most(of row: Int) -> Int {
    listed(row).reduce(12) { sum, element in
      columns.indices.reduce(sum + 12 + Place.most) {
        $0 + keys.range($1).count + 1 + columns[$1].most(of: Int(element))
          + (delivered[$1]?.texts.most(of: Int(element)) ?? 0) + keys.range($1).count
      }
    }
  }

  func write(_ row: Int, to output: inout OutputSpan<UInt8>) {
    output.put("{\"rows\":[")
    var isFirst = true
    for element in listed(row) {
      output.put(isFirst ? "{" : ",{")
      isFirst = false
      output.put(places[Int(element)])
      var others: [Int] = []
      for index in columns.indices {
        output.append(UInt8(ascii: ","))
        output.put(index, of: keys.bytes.span, keys.bounds.span)
        let value = output.count
        columns[index].write(Int(element), to: &output)
        guard let delivered = delivered[index],
          output.isDelivered(delivered.texts, Int(element), otherThan: value..<output.count)
        else { continue }
        others.append(index)
      }
      writeDelivered(Int(element), of: others, to: &output)
      output.append(UInt8(ascii: "}"))
    }
    output.put("]}")
  }

  /// `,"raw":{"id":"text",…}` of some columns.
  private func writeDelivered(
    _ element: Int, of columns: [Int], to output: inout OutputSpan<UInt8>
  ) {
    guard !columns.isEmpty else { return }
    output.put(",\"raw\":{")
    for (place, index) in columns.enumerated() {
      guard let texts = delivered[index]?.texts else { continue }
      if place > 0 { output.append(UInt8(ascii: ",")) }
      output.put(index, of: keys.bytes.span, keys.bounds.span)
      output.putQuoted(texts.bytes.span.extracting(texts.range(element)))
    }
    output.append(UInt8(ascii: "}"))
  }
}

extension Place {
  /// The bytes that `put` needs at most.
  static var most: Int { 64 }
}

extension OutputSpan<UInt8> {
  /// The file as its position in the first line's list.
  mutating func put(_ place: Place) {
    put("\"file\":")
    putDigits(Int(place.file))
    put(",\"line\":")
    putDigits(Int(place.line))
    put(",\"record\":")
    putDigits(Int(place.record))
  }
}
