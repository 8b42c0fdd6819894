import Tables

/// The texts that one column was read from.
///
/// A class, because a struct of so many references would be copied out of its array at every use.
final class DeliveredColumn: Sendable {
  let texts: DeliveredTexts

  /// - Returns: nil where none are kept.
  init?(_ table: RecordTable, _ column: Int) {
    guard table.delivered.indices.contains(column), let texts = table.delivered[column] else {
      return nil
    }
    self.texts = texts
  }
}

extension Dossiers {
  /// Whether delivered texts were kept beside the values.
  var keepDelivered: Bool { records.contains { !$0.delivered.isEmpty } }
}

extension DeliveredTexts {
  /// The bytes that `putDelivered` needs at most.
  func most(of row: Int) -> Int { range(row).count * 6 + 10 }
}

extension OutputSpan<UInt8> {
  /// Whether a text was delivered that is another than the JSON string that was written.
  func isDelivered(_ texts: DeliveredTexts, _ row: Int, otherThan written: Range<Int>) -> Bool {
    let range = texts.range(row)
    guard !range.isEmpty, written.count == range.count + 2 else { return !range.isEmpty }
    let output = span
    let bytes = texts.bytes.span
    for offset in 0..<range.count
    where output[written.lowerBound + 1 + offset] != bytes[range.lowerBound + offset] {
      return true
    }
    return false
  }

  /// Adds `,"raw":"text"`, or only the text behind a comma.
  mutating func putDelivered(_ texts: DeliveredTexts, _ row: Int, _ shape: CellShape) {
    put(shape == .named ? ",\"raw\":" : ",")
    putQuoted(texts.bytes.span.extracting(texts.range(row)))
  }
}
