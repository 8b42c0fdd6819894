import CLibXML2
import Fields

/// What is done with the elements of a file.
enum XMLPurpose {
  case survey(XMLSurvey)
  case rows(XMLRows)
}

/// libxml2's parser: the only file that speaks to it.
///
/// It asks for text when it needs some; pushing pieces at it costs a third more, because it then
/// looks for the end of every construct before it begins one. A document type is refused, nothing
/// is fetched, entities are not substituted. The context and what its callbacks work on are freed
/// when the value goes out of scope.
@safe
struct XMLParser: ~Copyable {
  private let context: xmlParserCtxtPtr
  private let state: UnsafeMutablePointer<XMLState>

  /// - Returns: nil where there is no memory for a parser.
  init?(_ purpose: XMLPurpose, _ text: XMLText) {
    let state = UnsafeMutablePointer<XMLState>.allocate(capacity: 1)
    unsafe state.initialize(to: XMLState(purpose, text))
    unsafe self.init(pulling: text, state)
  }

  /// - Parameter state: freed with the parser, or at once where there is none.
  private init?(pulling text: XMLText, _ state: UnsafeMutablePointer<XMLState>) {
    // Called before any thread does; it does nothing the second time.
    xmlInitParser()
    keepQuiet()
    var handler = unsafe saxHandler()
    guard
      let context = unsafe xmlCreateIOParserCtxt(
        &handler, state, giveText, nil, state, XML_CHAR_ENCODING_NONE)
    else {
      unsafe XMLParser.free(state)
      return nil
    }
    var options = Int32(XML_PARSE_NONET.rawValue)
    if text.isDecoded { options |= Int32(XML_PARSE_IGNORE_ENC.rawValue) }
    _ = unsafe xmlCtxtUseOptions(context, options)
    unsafe state.pointee.context = context
    unsafe self.context = context
    unsafe self.state = state
  }

  /// A parser that is given a file piece by piece, as they come out of an archive.
  ///
  /// - Returns: nil where there is no memory for a parser.
  init?(_ listener: XMLListener) {
    xmlInitParser()
    keepQuiet()
    let state = UnsafeMutablePointer<XMLState>.allocate(capacity: 1)
    unsafe state.initialize(to: XMLState(listener))
    var handler = unsafe saxHandler()
    guard let context = unsafe xmlCreatePushParserCtxt(&handler, state, nil, 0, nil) else {
      unsafe XMLParser.free(state)
      return nil
    }
    _ = unsafe xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
    unsafe state.pointee.context = context
    unsafe self.context = context
    unsafe self.state = state
  }

  /// A parser that tells a listener of every element of a file.
  ///
  /// - Returns: nil where there is no memory for a parser.
  init?(_ listener: XMLListener, _ text: XMLText) {
    let state = UnsafeMutablePointer<XMLState>.allocate(capacity: 1)
    unsafe state.initialize(to: XMLState(listener, text))
    unsafe self.init(pulling: text, state)
  }

  deinit {
    unsafe xmlFreeParserCtxt(context)
    unsafe XMLParser.free(state)
  }

  private static func free(_ state: UnsafeMutablePointer<XMLState>) {
    if let rows = unsafe state.pointee.rows {
      unsafe rows.deinitialize(count: 1)
      unsafe rows.deallocate()
    }
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  /// Reads the text to its end, or to the end of the rows that were asked for.
  ///
  /// - Returns: what is wrong, if anything.
  func parse() -> XMLTrouble? {
    _ = unsafe xmlParseDocument(context)
    if isComplete { return nil }
    if let fault = unsafe state.pointee.text?.fault {
      return XMLTrouble(
        kind: fault.isCut ? .cut : .encoding, message: "", line: fault.line, column: 1)
    }
    return trouble(unsafe context.pointee.errNo) ?? contentAfterRoot()
  }

  /// libxml2 takes a NUL for the end of its text and looks no further.
  private func contentAfterRoot() -> XMLTrouble? {
    guard let input = unsafe context.pointee.input else { return nil }
    let left = unsafe UnsafeBufferPointer(
      start: input.pointee.cur, count: max(0, input.pointee.end - input.pointee.cur))
    let first = unsafe left.first { !isBlank($0) } ?? state.pointee.text?.readBlankRest()
    guard let first else { return nil }
    return XMLTrouble(
      kind: .afterRoot, message: shownByte(first), line: unsafe Int(input.pointee.line),
      column: unsafe Int(input.pointee.col))
  }

  /// Gives a listener's parser the next piece.
  ///
  /// - Returns: what is wrong, if anything.
  func push(_ bytes: Span<UInt8>, isLast: Bool) -> XMLTrouble? {
    // Safe: the parser copies the bytes before it returns.
    let code = unsafe bytes.withUnsafeBufferPointer { buffer in
      guard unsafe isBearable(state, UnsafeRawBufferPointer(buffer)) else { return Int32(-1) }
      return unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        unsafe xmlParseChunk(
          context, characters.baseAddress, Int32(characters.count), isLast ? 1 : 0)
      }
    }
    return trouble(code)
  }

  /// What is wrong after the parser has returned.
  private func trouble(_ code: Int32) -> XMLTrouble? {
    if let trouble = unsafe state.pointee.trouble { return trouble }
    // Undeclared name space prefixes are no trouble: name spaces do not count.
    let isNamespace = (200...205).contains(code)
    guard code == 0 || isNamespace || code == Int32(XML_WAR_NS_URI.rawValue) else {
      return XMLTrouble(
        kind: .malformed, message: "libxml2 error \(code)", line: unsafe lineNumber(context),
        column: 1)
    }
    return nil
  }

  /// What the callbacks have gathered.
  var purpose: XMLPurpose {
    if unsafe state.pointee.isSurvey { return .survey(unsafe state.pointee.survey) }
    if let rows = unsafe state.pointee.rows { return .rows(unsafe rows.pointee) }
    return .survey(XMLSurvey())
  }

  /// Whether all rows that were asked for have been read.
  private var isComplete: Bool { unsafe hasAllRows(state) }
}

private func hasAllRows(_ state: UnsafeMutablePointer<XMLState>) -> Bool {
  unsafe state.pointee.rows?.pointee.reader.collector?.isComplete ?? false
}

// Safe: libxml2 hands the state that the parser was made with, and a buffer with room for `count`.
private func giveText(
  _ user: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int32
) -> Int32 {
  guard let state = unsafe user?.assumingMemoryBound(to: XMLState.self), let buffer = unsafe buffer,
    unsafe !hasAllRows(state)
  else { return 0 }
  let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
  let given = unsafe state.pointee.text?.give(room) ?? -1
  guard given > 0 else { return Int32(given) }
  let text = unsafe UnsafeRawBufferPointer(room)[..<given]
  guard unsafe isBearable(state, UnsafeRawBufferPointer(rebasing: text)) else { return -1 }
  return Int32(given)
}

/// Whether the next bytes hold no tag that libxml2 would read for minutes; where they do, it is
/// noted as what is wrong.
private func isBearable(_ state: State, _ bytes: UnsafeRawBufferPointer) -> Bool {
  guard unsafe !state.pointee.attributes.add(bytes.bindMemory(to: UInt8.self).span) else {
    return true
  }
  unsafe note(
    state,
    XMLTrouble(
      kind: .attributes, message: "", line: max(1, lineNumber(state.pointee.context)), column: 1))
  return false
}

/// What the callbacks work on.
@unsafe
private struct XMLState {
  var context: xmlParserCtxtPtr?
  /// What is pulled; nil where pieces are pushed.
  let text: XMLText?
  let isSurvey: Bool
  var survey = XMLSurvey()
  /// Apart, because a look at an optional of this size costs more than following a pointer.
  var rows: UnsafeMutablePointer<XMLRows>?
  var listener: XMLListener?
  var attributes = AttributeCount()
  var trouble: XMLTrouble?

  init(_ purpose: XMLPurpose, _ text: XMLText) {
    unsafe self.text = text
    switch purpose {
    case .survey(let survey):
      unsafe isSurvey = true
      unsafe self.survey = survey
    case .rows(let rows):
      unsafe isSurvey = false
      let apart = UnsafeMutablePointer<XMLRows>.allocate(capacity: 1)
      unsafe apart.initialize(to: rows)
      unsafe self.rows = unsafe apart
    }
  }

  init(_ listener: XMLListener, _ text: XMLText? = nil) {
    unsafe self.text = text
    unsafe isSurvey = false
    unsafe self.listener = listener
  }
}

private func lineNumber(_ context: xmlParserCtxtPtr?) -> Int {
  guard let input = unsafe context?.pointee.input else { return 0 }
  return Int(unsafe input.pointee.line)
}

private func text(_ name: UnsafePointer<xmlChar>?) -> String {
  guard let name = unsafe name else { return "" }
  return unsafe String(cString: name)
}

private typealias State = UnsafeMutablePointer<XMLState>

// Safe: libxml2 hands every callback the state that the parser was made with, names and values
// live until the callback returns, and no two callbacks of one parser run at the same time.
private func saxHandler() -> xmlSAXHandler {
  var handler = unsafe xmlSAXHandler()
  unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
  unsafe handler.startElementNs = { user, name, prefix, uri, _, _, count, _, attributes in
    guard let state = unsafe user?.assumingMemoryBound(to: XMLState.self) else { return }
    let address = UInt(bitPattern: name)
    if unsafe state.pointee.isSurvey {
      unsafe state.pointee.survey.open(address, name: { unsafe text(name) })
      for index in 0..<Int(count) {
        let name = unsafe attributes?[index * 5]
        unsafe state.pointee.survey.attribute(
          UInt(bitPattern: name), name: { unsafe text(name) })
      }
      return
    }
    if let listener = unsafe state.pointee.listener {
      unsafe listener.open(text(name), written(attributes, Int(count)))
      return
    }
    let asks =
      unsafe state.pointee.rows?.pointee.open(
        address, name: { unsafe text(name) },
        line: { unsafe lineNumber(state.pointee.context) }) ?? false
    if asks, count > 0 { unsafe readAttributes(state, attributes, Int(count)) }
  }
  unsafe handler.endElementNs = { user, name, _, _ in
    guard let state = unsafe user?.assumingMemoryBound(to: XMLState.self) else { return }
    if unsafe state.pointee.isSurvey {
      unsafe state.pointee.survey.close()
    } else if let listener = unsafe state.pointee.listener {
      unsafe listener.close(text(name))
    } else {
      unsafe state.pointee.rows?.pointee.close()
    }
  }
  let characters: charactersSAXFunc = { user, text, count in
    guard let state = unsafe user?.assumingMemoryBound(to: XMLState.self) else { return }
    let buffer = unsafe UnsafeBufferPointer(start: text, count: Int(count))
    if let listener = unsafe state.pointee.listener {
      unsafe listener.text(buffer.span)
      return
    }
    unsafe state.pointee.rows?.pointee.text(buffer.span)
  }
  unsafe handler.characters = unsafe characters
  // The same function for both spares libxml2 the question whether spaces matter.
  unsafe handler.ignorableWhitespace = unsafe characters
  unsafe handler.cdataBlock = unsafe characters
  unsafe handler.internalSubset = { user, _, _, _ in
    guard let state = unsafe user?.assumingMemoryBound(to: XMLState.self) else { return }
    unsafe note(
      state,
      XMLTrouble(
        kind: .documentType, message: "DOCTYPE", line: lineNumber(state.pointee.context), column: 1)
    )
    unsafe xmlStopParser(state.pointee.context)
  }
  unsafe handler.serror = { user, error in
    guard let state = unsafe user?.assumingMemoryBound(to: XMLState.self),
      let error = unsafe error?.pointee, unsafe error.level == XML_ERR_FATAL
    else { return }
    unsafe note(
      state,
      XMLTrouble(
        kind: kind(state, error.code, text(error.message)), message: text(error.message),
        line: Int(error.line),
        column: Int(error.int2)))
  }
  return unsafe handler
}

private func text(_ message: UnsafeMutablePointer<CChar>?) -> String {
  guard let message = unsafe message else { return "" }
  let text = unsafe String(cString: message)
  return text.hasSuffix("\n") ? String(text.dropLast()) : text
}

private func note(_ state: State, _ trouble: XMLTrouble) {
  if unsafe state.pointee.trouble == nil { unsafe state.pointee.trouble = trouble }
}

/// What libxml2 says without a parser at hand goes to stderr unless somebody listens; what matters of
/// it comes again as the parser's own trouble. Every thread has a listener of its own.
private func keepQuiet() { unsafe xmlSetStructuredErrorFunc(nil) { _, _ in } }

private func kind(_ state: State, _ code: Int32, _ message: String) -> XMLTrouble.Kind {
  if unsafe standsAtNUL(state.pointee.context) { return .character }
  if unsafe isCut(state, code) { return .cut }
  switch xmlParserErrors(rawValue: UInt32(bitPattern: code)) {
  case XML_ERR_DOCUMENT_END: return .afterRoot
  case XML_ERR_DOCUMENT_EMPTY: return .noRoot
  // Bytes that are no characters, and characters that are none of XML's, have one number.
  case XML_ERR_INVALID_CHAR:
    return message.hasPrefix("Input is not proper") ? .encoding : .character
  case XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED, XML_IO_ENCODER: return .encoding
  case XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING: return .unknownEncoding
  default: return .malformed
  }
}

/// Whether the parser stands before a NUL of the file, which it takes for the end of the text.
private func standsAtNUL(_ context: xmlParserCtxtPtr?) -> Bool {
  guard let input = unsafe context?.pointee.input, unsafe input.pointee.cur < input.pointee.end
  else { return false }
  return unsafe input.pointee.cur.pointee == 0
}

/// Whether what libxml2 objects to is that the text ends: after all of it, or within the last
/// character or the beginning of a comment or CDATA section, where it stays before them.
private func isCut(_ state: State, _ code: Int32) -> Bool {
  guard unsafe state.pointee.text?.isAtEnd ?? false,
    let input = unsafe state.pointee.context?.pointee.input
  else { return false }
  let left = unsafe input.pointee.end - input.pointee.cur
  switch xmlParserErrors(rawValue: UInt32(bitPattern: code)) {
  // What stood before the end is wrong, not that it ended.
  case XML_ERR_TAG_NAME_MISMATCH, XML_ERR_ATTRIBUTE_REDEFINED, XML_ERR_UNDECLARED_ENTITY,
    XML_ERR_DOCUMENT_END, XML_ERR_DOCUMENT_EMPTY, XML_ERR_LT_IN_ATTRIBUTE,
    XML_ERR_MISPLACED_CDATA_END, XML_ERR_HYPHEN_IN_COMMENT, XML_ERR_RESERVED_XML_NAME,
    XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING, XML_ERR_INVALID_CHAR,
    XML_ERR_INVALID_CHARREF:
    return false
  default: break
  }
  guard left > 0 else { return true }
  let rest = unsafe Array(UnsafeBufferPointer(start: input.pointee.cur, count: min(left, 16)))
  let end = validUTF8(rest.span)
  return end.count == 0 && end.isIncomplete || beginsMarkup(rest)
}

private func readAttributes(
  _ state: State, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) {
  guard let attributes = unsafe attributes else { return }
  for index in 0..<count {
    guard let start = unsafe attributes[index * 5 + 3], let end = unsafe attributes[index * 5 + 4]
    else { continue }
    let name = unsafe text(attributes[index * 5])
    // A prefix that is declared means what it was declared for, whatever it is called.
    let space = unsafe text(attributes[index * 5 + 2])
    let isSchema =
      unsafe space == schemaInstance || (space.isEmpty && text(attributes[index * 5 + 1]) == "xsi")
    let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
    unsafe state.pointee.rows?.pointee.attribute(
      name, isNilMark: isSchema && name == "nil", value: value.span)
  }
}

/// The attributes of an element for a listener.
private func written(
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
) -> [XMLAttribute] {
  guard let attributes = unsafe attributes else { return [] }
  return (0..<count).compactMap { index in
    guard let start = unsafe attributes[index * 5 + 3], let end = unsafe attributes[index * 5 + 4]
    else { return nil }
    let value = unsafe String(
      decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    // Without substitution of entities libxml2 leaves this one reference as it stands.
    return XMLAttribute(
      name: unsafe text(attributes[index * 5]),
      value: value.contains("&#38;") ? value.replacing("&#38;", with: "&") : value)
  }
}
