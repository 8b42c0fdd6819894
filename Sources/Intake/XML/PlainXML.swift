import Fields
import RulePacks

/// An XML file holds what `PlainXML` leaves to libxml2.
struct NotPlain: Error {}

/// Reads the XML that exports are made of, elements with texts, in a fraction of the time that a
/// parser of all XML needs.
///
/// Clever: it leaves out what such files do not hold. Whatever is not plain, be it a comment, a
/// CDATA section, a document type, an odd name or any fault at all, ends the attempt, and libxml2
/// reads the file from its beginning; so a fault is always libxml2's to tell, and a file that both
/// accept gives the same rows, for which libxml2 is the oracle in the tests.
///
/// The text of the file goes through a window that is only ever read: a row whose end is not there
/// yet is read again from the same bytes. Cells are ranges of the window, or of what stands behind
/// its text: the meaning of texts with references.
struct PlainXML {
  /// A row of more text is left to libxml2.
  static let mostRowBytes = 4 << 20
  static let mostDepth = 200
  static let mostAttributes = 32

  private(set) var rows: XMLRows
  /// Where the next event begins in the window.
  private var position = 0
  /// Where the file's text ends in the window; what texts with references mean stands behind it.
  private var end = 0
  private var line = 1
  private var names = PlainNames()
  private var attributeNames = PlainNames()
  private var seams = RepeatedMarkup()
  private let texts = PlainTextScanner()
  /// Names of the elements that are open.
  private var open: [Int] = []
  private var hasRoot = false
  private var hasBegun = false
  private var attributes: [PlainAttribute] = []
  /// Where the row in hand begins.
  private var row = Place(position: 0, line: 0, depth: 0)
  /// What the file may declare itself to be; nil for anything.
  private let declared: String?

  private struct Place {
    var position: Int
    var line: Int
    var depth: Int
  }

  private enum Step { case element, needsMore, end }

  /// - Returns: nil for an encoding that is left to libxml2.
  init?(_ layout: XMLLayout, reader: RowReader) {
    // Parts of a file end where what is read by seams is not looked at.
    guard layout.encoding.guess.declared == nil, layout.plan.parts.allSatisfy(\.isEmpty) else {
      return nil
    }
    declared = layout.encoding.isForced ? nil : "utf-8"
    rows = XMLRows(layout.plan, reader: reader, isWindow: true)
  }

  /// Adds the text of a piece to the window and takes the rows that end in it.
  mutating func read(
    _ piece: Span<UInt8>, _ decoder: inout TextDecoder, isLast: Bool
  ) throws(NotPlain) {
    position = rows.discard(upTo: position, textEnd: end)
    seams.forget()
    do throws(DecodingFault) {
      try decoder.decode(piece, isLast: isLast, into: &rows.bytes)
    } catch { throw NotPlain() }
    end = rows.bytes.count
    if !hasBegun {
      guard isLast || end >= 1000 else { return }
      hasBegun = true
      try readDeclaration()
    }
    while true {
      switch try next(isLast: isLast) {
      case .element: continue
      case .needsMore:
        leaveRow()
        rows.takeBlock()
        guard !isLast, end - position <= PlainXML.mostRowBytes else {
          throw NotPlain()
        }
        return
      case .end: return rows.takeBlock()
      }
    }
  }

  /// Goes back to the beginning of the row in hand, of which the end is not there yet.
  private mutating func leaveRow() {
    guard rows.isInRow else { return }
    rows.leaveRow()
    seams.forget()
    position = row.position
    line = row.line
    open.removeLast(open.count - row.depth)
  }

  // MARK: Elements

  /// Reads some text and the tag after it.
  private mutating func next(isLast: Bool) throws(NotPlain) -> Step {
    let text = try texts.scan(rows.bytes.span.extracting(0..<end), from: position)
    if open.isEmpty { try requireBlank(position..<text.end) }
    let tag = text.end + 1
    guard tag < end else {
      return isLast && open.isEmpty && hasRoot && text.end == end ? .end : .needsMore
    }
    guard rows.bytes[tag] == UInt8(ascii: "/") else { return try open(text) }
    seams.learn(rows.bytes, upTo: position, line: line)
    return passSeam(text) ? .element : try close(text)
  }

  /// Ends the element of a text and begins those after it, where what stands between is known.
  private mutating func passSeam(_ text: PlainText) -> Bool {
    guard let name = open.last, !rows.elsewhere.isWithin else { return false }
    let found = seams.find(rows.bytes, upTo: end, at: text.end, ending: name, in: rows.context)
    guard found >= 0 else { return false }
    let seam = seams[found]
    // The context tells how many elements are open, but not all of their names.
    for index in 0..<seam.ends.count
    where open[open.count - 1 - index] != seams.ended[seam.ends.lowerBound + index] {
      return false
    }
    line += text.lines
    close(position..<text.end, isWritten: text.isWritten)
    for _ in 1..<seam.ends.count { rows.close(text.end..<text.end) }
    // One by one, which costs less than as many at once.
    for _ in 0..<seam.ends.count { open.removeLast() }
    for index in seam.begins {
      let element = seams.begun[index]
      let place = Place(
        position: text.end + Int(element.offset), line: line + Int(element.lines),
        depth: open.count)
      let wasInRow = rows.isInRow
      rows.enter(element.node, line: { place.line })
      if !wasInRow, rows.isInRow { row = place }
      open.append(element.name)
    }
    line += seam.lines
    position = text.end + seam.length
    seams.forget()
    return true
  }

  private func requireBlank(_ range: Range<Int>) throws(NotPlain) {
    for index in range {
      switch rows.bytes[index] {
      case 0x09, 0x0A, 0x0D, 0x20: continue
      default: throw NotPlain()
      }
    }
  }

  private mutating func close(_ text: PlainText) throws(NotPlain) -> Step {
    guard let name = open.last else { throw NotPlain() }
    let nameEnd = text.end + 2 + names.range(name).count
    guard nameEnd < end else { return .needsMore }
    guard names.stands(name, in: rows.bytes.span, at: text.end + 2),
      rows.bytes[nameEnd] == UInt8(ascii: ">")
    else { throw NotPlain() }
    line += text.lines
    seams.end(name, at: text.end, line: line, in: rows.context)
    open.removeLast()
    close(position..<text.end, isWritten: text.isWritten)
    position = nameEnd + 1
    return .element
  }

  private mutating func close(_ range: Range<Int>, isWritten: Bool) {
    guard isWritten, rows.isInText else { return rows.close(range) }
    rows.close(appendMeaning(of: range, to: &rows.bytes))
  }

  private mutating func open(_ text: PlainText) throws(NotPlain) -> Step {
    // Text with elements in it is put together from pieces.
    guard !rows.isInText, open.count < PlainXML.mostDepth, !open.isEmpty || !hasRoot else {
      throw NotPlain()
    }
    let start = text.end + 1
    guard let tag = try tag(start) else { return .needsMore }
    hasRoot = true
    line += text.lines
    let place = Place(position: text.end, line: line, depth: open.count)
    let wasInRow = rows.isInRow
    let asks = rows.open(
      UInt(tag.name) + 1, name: { names.localText(tag.name) }, line: { line })
    if !wasInRow, rows.isInRow { row = place }
    // What nobody asks for outside of rows is looked at by its names.
    if attributes.isEmpty, !tag.isClosed, !rows.elsewhere.isWithin {
      seams.begin(tag.name, node: rows.node, at: text.end, line: line)
    } else {
      seams.forget()
      if asks { try keepAttributes() }
      attributes.removeAll(keepingCapacity: true)
    }
    if tag.isClosed { rows.close(start..<start) } else { open.append(tag.name) }
    position = tag.end
    return .element
  }

  /// Reads the tag of which the name begins at a place.
  ///
  /// - Returns: nil where its end is not there yet.
  private mutating func tag(
    _ start: Int
  ) throws(NotPlain) -> (name: Int, end: Int, isClosed: Bool)? {
    let likely = names.likely
    if likely >= 0, names.stands(likely, in: rows.bytes.span, at: start) {
      let nameEnd = start + names.range(likely).count
      if nameEnd < end, rows.bytes[nameEnd] == UInt8(ascii: ">") {
        names.follow(likely)
        return (likely, nameEnd + 1, false)
      }
    }
    guard let nameEnd = try elementNameEnd(rows.bytes.span.extracting(0..<end), start) else {
      return nil
    }
    guard nameEnd > start else { throw NotPlain() }
    let known = names.find(rows.bytes.span, start..<nameEnd)
    let name = known >= 0 ? known : try names.add(Array(rows.bytes[start..<nameEnd]))
    guard let tagEnd = try readAttributes(from: nameEnd) else {
      attributes.removeAll(keepingCapacity: true)
      return nil
    }
    names.follow(name)
    return (name, tagEnd.place, tagEnd.isClosed)
  }

  // MARK: Attributes

  /// Reads the attributes up to the end of their tag.
  ///
  /// - Returns: nil where it is not there yet, or nothing is after it: then the file ends too early
  ///   or with its root, which is empty.
  private mutating func readAttributes(
    from start: Int
  ) throws(NotPlain) -> (place: Int, isClosed: Bool)? {
    var index = start
    while true {
      let space = index
      while index < end, rows.bytes[index] == 0x20 { index += 1 }
      guard index + 1 < end else { return nil }
      if rows.bytes[index] == UInt8(ascii: ">") { return (index + 1, false) }
      if rows.bytes[index] == UInt8(ascii: "/") {
        guard rows.bytes[index + 1] == UInt8(ascii: ">") else { throw NotPlain() }
        return (index + 2, true)
      }
      guard index > space, attributes.count < PlainXML.mostAttributes else { throw NotPlain() }
      guard let attribute = try PlainAttribute(rows.bytes.span.extracting(0..<end), index) else {
        return nil
      }
      for other in attributes
      where rows.bytes[other.name].elementsEqual(rows.bytes[attribute.name]) { throw NotPlain() }
      attributes.append(attribute)
      index = attribute.end
    }
  }

  private mutating func keepAttributes() throws(NotPlain) {
    for index in attributes.indices where attributes[index].kind != .nameSpace {
      let attribute = attributes[index]
      let known = attributeNames.find(rows.bytes.span, attribute.name)
      let name =
        known >= 0 ? known : try attributeNames.add(Array(rows.bytes[attribute.name]))
      rows.attribute(
        UInt(name) + 1, name: { String(decoding: $0[attribute.localName], as: UTF8.self) },
        isSchema: attribute.kind == .schema, at: attribute.value)
    }
  }

  // MARK: Declaration

  private mutating func readDeclaration() throws(NotPlain) {
    let start = Array("<?xml".utf8)
    guard rows.bytes.starts(with: start) else {
      // libxml2 looks at the first bytes for the encoding.
      guard rows.bytes.first == UInt8(ascii: "<") else { throw NotPlain() }
      return
    }
    var index = start.count
    var values: [String: String] = [:]
    var order: [String] = []
    while index < end, rows.bytes[index] == 0x20 {
      while index < end, rows.bytes[index] == 0x20 { index += 1 }
      guard let attribute = try? PlainAttribute(rows.bytes.span, index) else { break }
      let name = String(decoding: rows.bytes[attribute.name], as: UTF8.self)
      values[name] = String(decoding: rows.bytes[attribute.value], as: UTF8.self)
      order.append(name)
      index = attribute.end
    }
    guard rows.bytes[index...].starts(with: Array("?>".utf8)), values["version"] == "1.0",
      order == ["version", "encoding", "standalone"].filter({ values[$0] != nil }),
      values["standalone"].map({ $0 == "yes" || $0 == "no" }) ?? true,
      isExpected(values["encoding"])
    else { throw NotPlain() }
    position = index + 2
  }

  private func isExpected(_ encoding: String?) -> Bool {
    guard let encoding, let declared else { return true }
    return encoding.lowercased() == declared
  }
}
