import Fields
import RulePacks
import Tables

/// Words for where a record stands in a file whose records share lines, as systems write XML and
/// JSON that nobody is to read: its number, and of XML the column in which it begins.
struct RecordsOnOneLine {
  private let columns: [UInt32: Int]

  /// - Parameters:
  ///   - rows: names of the elements from the root to the one that makes a row.
  ///   - text: of the file, in UTF-8; empty where its columns are not told.
  ///   - told: the records that something is said about.
  init(rows: [String], text: Span<UInt8>, told: Set<UInt32>) {
    columns = told.isEmpty || text.isEmpty ? [:] : columnsOfElements(rows, in: text, told)
  }

  /// Whether records of a file stand on one line: they have fewer lines than there are.
  static func share(_ places: [Place], _ quarantine: [QuarantinedRow]) -> Bool {
    let ends = [places.first, places.last, quarantine.first?.place, quarantine.last?.place]
      .compactMap { $0 }
    guard let first = ends.map(\.line).min(), let last = ends.map(\.line).max() else {
      return false
    }
    return Int(last - first) + 1 < places.count + quarantine.count
  }

  /// A message that begins with the record it is about.
  func at(_ record: UInt32, _ message: Bilingual) -> Bilingual {
    guard record > 0 else { return message }
    guard let column = columns[record] else {
      return Bilingual(
        zh: "第\(record)条记录：\(message.zh)", en: "record \(record): \(message.en)")
    }
    let shown = grouped(column)
    return Bilingual(
      zh: "第\(record)条记录（第\(shown)列）：\(message.zh)",
      en: "record \(record) (column \(shown)): \(message.en)")
  }
}

extension FileTask {
  /// Begins what is said about records of a file of one line with their numbers and columns.
  func sayRecords(
    of source: SourceProfile, _ file: DeliveredFile, _ quarantine: inout [QuarantinedRow],
    _ findings: inout [Finding]
  ) {
    let told = Set(quarantine.map(\.place.record) + findings.compactMap { $0.place?.record })
    var records = RecordsOnOneLine(rows: [], text: [UInt8]().span, told: told)
    if case .xml(let rows) = source.format, file.encoding == "utf-8",
      file.bytes <= FileTask.longestHead,
      let read = try? readWhole(file.bytes, rows: rows, told: told)
    {
      records = read
    }
    for row in quarantine.indices {
      for fault in quarantine[row].faults.indices {
        quarantine[row].faults[fault].message = records.at(
          quarantine[row].place.record, quarantine[row].faults[fault].message)
      }
    }
    for index in findings.indices {
      guard let place = findings[index].place else { continue }
      findings[index].message = records.at(place.record, findings[index].message)
    }
  }

  private func readWhole(
    _ size: Int, rows: [String], told: Set<UInt32>
  ) throws(IntakeFailure) -> RecordsOnOneLine {
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: size)
    return try source.next { (text) throws(IntakeFailure) in
      RecordsOnOneLine(rows: rows, text: text, told: told)
    }
  }
}

/// For records that are elements of a well-formed XML text, the columns in which they begin, counted
/// in characters from 1; none where the text has a document type.
private func columnsOfElements(
  _ rows: [String], in text: Span<UInt8>, _ wanted: Set<UInt32>
) -> [UInt32: Int] {
  let path = rows.map { $0 == "*" ? $0 : matchingKey($0) }
  var columns: [UInt32: Int] = [:]
  var open: [String] = []
  var record: UInt32 = 0
  var column = Column()
  var index = 0
  while let tag = text.first(UInt8(ascii: "<"), from: index) {
    switch tag + 1 < text.count ? text[tag + 1] : 0 {
    case UInt8(ascii: "?"): index = text.end(of: "?>", from: tag)
    case UInt8(ascii: "!") where text.holds("<!--", at: tag):
      index = text.end(of: "-->", from: tag)
    case UInt8(ascii: "!") where text.holds("<![CDATA[", at: tag):
      index = text.end(of: "]]>", from: tag)
    case UInt8(ascii: "!"): return [:]
    case UInt8(ascii: "/"):
      _ = open.popLast()
      index = text.end(of: ">", from: tag)
    default:
      let (name, end, isEmpty) = text.tag(at: tag)
      open.append(matchingKey(name))
      if open.count == path.count, zip(path, open).allSatisfy({ $0 == "*" || $0 == $1 }) {
        record += 1
        if wanted.contains(record) { columns[record] = column.moved(to: tag, in: text) }
      }
      if isEmpty { open.removeLast() }
      index = end
    }
  }
  return columns
}

/// A column that is counted on from the last one asked for.
private struct Column {
  private var index = 0
  private var column = 1

  mutating func moved(to place: Int, in text: Span<UInt8>) -> Int {
    while index < place {
      // Of a character of several bytes only the first counts.
      if text[index] == 0x0A { column = 1 } else if text[index] & 0xC0 != 0x80 { column += 1 }
      index += 1
    }
    return column
  }
}

extension Span<UInt8> {
  fileprivate func first(_ byte: UInt8, from start: Int) -> Int? {
    var index = start
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  fileprivate func holds(_ word: StaticString, at start: Int) -> Bool {
    let word = Array("\(word)".utf8)
    guard start + word.count <= count else { return false }
    return word.indices.allSatisfy { self[start + $0] == word[$0] }
  }

  /// Behind the next occurrence of a word; the end of the text where there is none.
  fileprivate func end(of word: StaticString, from start: Int) -> Int {
    let last = Array("\(word)".utf8)
    var index = start
    while index + last.count <= count {
      if self[index] == last[0], holds(word, at: index) { return index + last.count }
      index += 1
    }
    return count
  }

  /// The name of a start tag without its prefix, the place behind the tag, and whether it ends the
  /// element too.
  fileprivate func tag(at start: Int) -> (name: String, end: Int, isEmpty: Bool) {
    var index = start + 1
    var name: [UInt8] = []
    while index < count, self[index] > 0x20, self[index] != 0x2F, self[index] != 0x3E {
      name = self[index] == 0x3A ? [] : name + [self[index]]
      index += 1
    }
    var quote: UInt8 = 0
    while index < count, quote != 0 || self[index] != 0x3E {
      if quote != 0 {
        if self[index] == quote { quote = 0 }
      } else if self[index] == 0x22 || self[index] == 0x27 {
        quote = self[index]
      }
      index += 1
    }
    return (
      String(decoding: name, as: UTF8.self), Swift.min(index + 1, count),
      index > 0 && index <= count && self[index - 1] == 0x2F
    )
  }
}
