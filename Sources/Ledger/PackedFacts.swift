import Tables

/// The words that packed facts of one rubric refer to by number.
struct FactHeader: Codable {
  var parts: [Name]
  var facts: [Name]
  var files: [String]

  struct Name: Codable {
    var id: String
    var title: String
  }

  init(_ facts: ScreenedFacts) {
    parts = facts.parts.map { Name(id: $0.id, title: $0.title) }
    self.facts = facts.facts.map { Name(id: $0.id, title: $0.label) }
    files = facts.files
  }
}

/// How a fact is packed; with a place, twice this plus one, else twice this.
private enum Tag: Int {
  case absent, number, decimal, flag, day, text, count
}

/// Facts of some subjects in the order of their ids, packed.
///
/// A subject is its id, the length of the rest, the points of each part, then each fact: a tag, its
/// value, and for delivered ones the number of its place among the subject's own; a number that is
/// new is followed by file and line, since most facts of a subject stand in a few rows. Numbers are
/// LEB128, signed ones with their sign in the lowest bit.
struct PackedFacts {
  static let stretch = 256

  var writer = ByteWriter()

  var bytes: [UInt8] { writer.bytes }

  init(_ facts: ScreenedFacts, entries: ArraySlice<Int>) {
    writer.bytes.reserveCapacity(entries.count * 192)
    var body = ByteWriter()
    var places: [Place] = []
    let packed = facts.facts.map(Packed.init)
    for entry in entries {
      let subject = Int(facts.card.subjects[entry])
      body.bytes.removeAll(keepingCapacity: true)
      places.removeAll(keepingCapacity: true)
      for part in facts.card.parts { body.append(signed: Int(part.points[entry])) }
      for fact in packed { append(fact, of: subject, to: &body, &places) }
      writer.append(facts.ids.bytes[facts.ids.range(subject)])
      writer.append(body.bytes[...])
    }
  }

  private func append(
    _ fact: Packed, of subject: Int, to body: inout ByteWriter,
    _ places: inout [Place]
  ) {
    guard fact.offsets.isEmpty else {
      body.append(Tag.count.rawValue * 2)
      return body.append(Int(fact.offsets[subject + 1] - fact.offsets[subject]))
    }
    var blank: (source: InHand, row: Int)?
    for source in fact.sources {
      guard let row = source.value.row(of: subject) else { continue }
      let hasPlace = !source.value.places.isEmpty
      if body.append(source.value.column, row, hasPlace: hasPlace) {
        if hasPlace { body.append(source.value.places[row], &places) }
        return
      }
      if blank == nil { blank = (source, row) }
    }
    // Which row lacks it.
    guard let (source, row) = blank, !source.value.places.isEmpty else {
      return body.append(Tag.absent.rawValue)
    }
    body.append(Tag.absent.rawValue * 2 + 1)
    body.append(source.value.places[row], &places)
  }

  /// A fact and where its values stand.
  ///
  /// Classes, because structs of so many references would be counted one by one for every subject.
  private final class Packed {
    let offsets: [Int32]
    let sources: [InHand]

    init(_ fact: ScreenedFacts.Fact) {
      offsets = fact.offsets
      sources = fact.sources.map(InHand.init)
    }
  }

  private final class InHand {
    let value: FactSource

    init(_ value: FactSource) { self.value = value }
  }

  /// Points and facts of a subject; nil if it is not here.
  ///
  /// - Throws: what is given as the damage, for damaged bytes.
  static func find(
    _ subject: [UInt8], in bytes: [UInt8], header: FactHeader, _ damage: DamagedRow
  ) throws(DamagedRow) -> (points: [Int], facts: [PastFacts.Fact])? {
    var reader = ByteReader(bytes: bytes)
    while !reader.isAtEnd {
      guard let idLength = reader.number(), let id = reader.take(idLength),
        let length = reader.number(), let body = reader.take(length)
      else { throw damage }
      guard Array(id) == subject else { continue }
      guard let found = read(Array(body), header) else { throw damage }
      return found
    }
    return nil
  }

  /// False for damaged bytes.
  static func isWhole(_ bytes: [UInt8], header: FactHeader) -> Bool {
    var reader = ByteReader(bytes: bytes)
    while !reader.isAtEnd {
      guard let idLength = reader.number(), reader.take(idLength) != nil,
        let length = reader.number(), let body = reader.take(length),
        read(Array(body), header) != nil
      else { return false }
    }
    return true
  }

  private static func read(_ bytes: [UInt8], _ header: FactHeader)
    -> (points: [Int], facts: [PastFacts.Fact])?
  {
    var reader = ByteReader(bytes: bytes)
    var points: [Int] = []
    for _ in header.parts {
      guard let given = reader.signed() else { return nil }
      points.append(given)
    }
    var facts: [PastFacts.Fact] = []
    var places: [(file: Int, line: Int)] = []
    for name in header.facts {
      guard let code = reader.number(), let tag = Tag(rawValue: code / 2),
        let value = reader.value(tag)
      else { return nil }
      var fact = PastFacts.Fact(
        id: name.id, label: name.title, value: value, file: nil, line: nil)
      if code % 2 == 1 {
        guard let number = reader.number(), number <= places.count else { return nil }
        if number == places.count {
          guard let file = reader.number(), let line = reader.number() else { return nil }
          places.append((file, line))
        }
        let (file, line) = places[number]
        fact.file = header.files.indices.contains(file) ? header.files[file] : ""
        fact.line = line
      }
      facts.append(fact)
    }
    return (points, facts)
  }
}

extension ByteWriter {
  /// Whether something is stated, which is then written.
  fileprivate mutating func append(_ column: Column, _ row: Int, hasPlace: Bool) -> Bool {
    guard column.presence.isStated(row) else { return false }
    let place = hasPlace ? 1 : 0
    switch column {
    case .number(let cells):
      append(Tag.number.rawValue * 2 + place)
      append(signed: Int(cells.values[row]))
    case .decimal(let cells):
      append(Tag.decimal.rawValue * 2 + place)
      append(signed: Int(cells.values[row]))
    case .flag(let cells):
      append(Tag.flag.rawValue * 2 + place)
      append(cells.values[row] ? 1 : 0)
    case .day(let cells):
      append(Tag.day.rawValue * 2 + place)
      append(signed: Int(cells.values[row]))
    case .code(let codes):
      append(Tag.text.rawValue * 2 + place)
      let name = codes.names[Int(codes.cells.values[row])].utf8
      append(name.count)
      bytes.append(contentsOf: name)
    case .text(let texts):
      append(Tag.text.rawValue * 2 + place)
      append(texts.bytes[texts.range(row)])
    }
    return true
  }

  fileprivate mutating func append(_ place: Place, _ places: inout [Place]) {
    if let known = places.firstIndex(of: place) { return append(known) }
    append(places.count)
    places.append(place)
    append(Int(place.file))
    append(Int(place.line))
  }
}

extension ByteReader {
  /// A value as people write it, nil inside where nothing is stated; nil outside for damaged bytes.
  fileprivate mutating func value(_ tag: Tag) -> String?? {
    switch tag {
    case .absent: return .some(nil)
    case .number: return signed().map { String($0) }
    case .decimal: return signed().map { Exact(millionths: Int64($0)).description }
    case .flag: return number().map { $0 == 1 ? "true" : "false" }
    case .day:
      return signed().flatMap { Int32(exactly: $0) }.map {
        PartialDate(packed: $0).description
      }
    case .text:
      guard let length = number(), let text = take(length) else { return nil }
      return String(decoding: text, as: UTF8.self)
    case .count: return number().map { String($0) }
    }
  }
}
