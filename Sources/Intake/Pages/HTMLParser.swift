import CLibXML2
import Fields

/// Hears of every element of a web page; a class because libxml2 keeps hold of it.
final class HTMLListener {
  /// Names are in lower case; an attribute's has its prefix: `x:num`.
  let open: (_ name: String, _ attributes: [XMLAttribute]) -> Void
  let close: (_ name: String) -> Void
  let text: (Span<UInt8>) -> Void
  /// What stands in scripts, style sheets and comments.
  let aside: (Span<UInt8>) -> Void
  /// Whether nothing further is wanted.
  let isDone: () -> Bool

  init(
    open: @escaping (_ name: String, _ attributes: [XMLAttribute]) -> Void,
    close: @escaping (_ name: String) -> Void, text: @escaping (Span<UInt8>) -> Void,
    aside: @escaping (Span<UInt8>) -> Void, isDone: @escaping () -> Bool
  ) {
    self.open = open
    self.close = close
    self.text = text
    self.aside = aside
    self.isDone = isDone
  }
}

/// libxml2's HTML parser: the only file that speaks to it.
///
/// It never objects to a page, as browsers do not; elements whose end is missing are ended. No tree
/// is built and nothing is fetched. The context and what its callbacks work on are freed when the
/// value goes out of scope.
@safe
struct HTMLParser: ~Copyable {
  private let context: htmlParserCtxtPtr
  private let state: UnsafeMutablePointer<HTMLState>

  /// - Parameter text: as UTF-8, whatever the page declares.
  /// - Returns: nil where there is no memory for a parser.
  init?(_ listener: HTMLListener, _ text: XMLText) {
    xmlInitParser()
    unsafe xmlSetStructuredErrorFunc(nil) { _, _ in }
    guard let context = unsafe htmlNewParserCtxt() else { return nil }
    let state = UnsafeMutablePointer<HTMLState>.allocate(capacity: 1)
    unsafe state.initialize(to: HTMLState(context, listener, text))
    unsafe context.pointee.sax.pointee = saxHandler()
    unsafe context.pointee.userData = UnsafeMutableRawPointer(state)
    unsafe self.context = context
    unsafe self.state = state
  }

  deinit {
    unsafe htmlFreeParserCtxt(context)
    unsafe state.deinitialize(count: 1)
    unsafe state.deallocate()
  }

  /// Reads the page to its end, or until nothing further is wanted.
  ///
  /// - Returns: what is wrong, if anything.
  func parse() -> XMLTrouble? {
    let options =
      HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue | HTML_PARSE_NOIMPLIED.rawValue
      | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
    let document = unsafe htmlCtxtReadIO(
      context, giveText, nil, state, nil, "UTF-8", Int32(options))
    if let document = unsafe document { unsafe xmlFreeDoc(document) }
    if let fault = unsafe state.pointee.text.fault {
      return XMLTrouble(
        kind: fault.isCut ? .cut : .encoding, message: "", line: fault.line, column: 1)
    }
    return unsafe state.pointee.trouble
  }
}

/// What the callbacks work on.
@unsafe
private struct HTMLState {
  /// Bytes that one tag or comment may have.
  static let mostSilence = 16 << 20
  /// Room for attributes of one tag, of which libxml2 compares each with each.
  static let mostAttributes: Int32 = 1 << 14

  let context: htmlParserCtxtPtr
  let listener: HTMLListener
  let text: XMLText
  var trouble: XMLTrouble?
  /// Bytes given since the last callback.
  var silence = 0

  init(_ context: htmlParserCtxtPtr, _ listener: HTMLListener, _ text: XMLText) {
    unsafe self.context = unsafe context
    unsafe self.listener = listener
    unsafe self.text = text
  }

  var line: Int {
    guard let input = unsafe context.pointee.input else { return 1 }
    return unsafe Int(input.pointee.line)
  }

  mutating func stop(_ kind: XMLTrouble.Kind, _ message: String) {
    guard unsafe trouble == nil else { return }
    unsafe trouble = XMLTrouble(kind: kind, message: message, line: unsafe line, column: 1)
  }
}

// Safe: libxml2 hands the state that the parser was made with, and a buffer with room for `count`.
private func giveText(
  _ user: UnsafeMutableRawPointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ count: Int32
) -> Int32 {
  guard let state = unsafe user?.assumingMemoryBound(to: HTMLState.self),
    let buffer = unsafe buffer, unsafe state.pointee.trouble == nil,
    unsafe !state.pointee.listener.isDone()
  else { return 0 }
  let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: Int(count))
  let given = unsafe state.pointee.text.give(room)
  // libxml2 would leave it out, and what stands beside it would seem to be whole.
  if unsafe room.prefix(max(0, given)).contains(0) {
    unsafe state.pointee.stop(.character, "NUL")
    return 0
  }
  unsafe state.pointee.silence += max(0, given)
  if unsafe state.pointee.silence > HTMLState.mostSilence
    || state.pointee.context.pointee.maxatts > HTMLState.mostAttributes
  {
    unsafe state.pointee.stop(.malformed, "a tag without end")
    return 0
  }
  return Int32(max(0, given))
}

private typealias State = UnsafeMutablePointer<HTMLState>

// Safe: libxml2 hands every callback the state that the parser was made with, names and values
// live until the callback returns, and no two callbacks of one parser run at the same time.
private func saxHandler() -> xmlSAXHandler {
  var handler = unsafe xmlSAXHandler()
  unsafe handler.startElement = { user, name, attributes in
    guard let state = unsafe heard(user), let name = unsafe name else { return }
    unsafe state.pointee.listener.open(String(cString: name), written(attributes))
  }
  unsafe handler.endElement = { user, name in
    guard let state = unsafe heard(user), let name = unsafe name else { return }
    let element = unsafe String(cString: name)
    if element == "table", unsafe endsUnsaid(state.pointee.context.pointee.input) {
      unsafe state.pointee.stop(.cut, "")
    }
    unsafe state.pointee.listener.close(element)
  }
  let characters: charactersSAXFunc = { user, text, count in
    guard let state = unsafe heard(user) else { return }
    unsafe state.pointee.listener.text(
      UnsafeBufferPointer(start: text, count: Int(count)).span)
  }
  unsafe handler.characters = unsafe characters
  unsafe handler.ignorableWhitespace = unsafe characters
  unsafe handler.cdataBlock = { user, text, count in
    guard let state = unsafe heard(user) else { return }
    unsafe state.pointee.listener.aside(
      UnsafeBufferPointer(start: text, count: Int(count)).span)
  }
  unsafe handler.comment = { user, text in
    guard let state = unsafe heard(user), let text = unsafe text else { return }
    unsafe state.pointee.listener.aside(
      UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))).span)
  }
  return unsafe handler
}

/// The state, unless nothing further is to be heard.
private func heard(_ user: UnsafeMutableRawPointer?) -> State? {
  guard let state = unsafe user?.assumingMemoryBound(to: HTMLState.self),
    unsafe state.pointee.trouble == nil, unsafe !state.pointee.listener.isDone()
  else { return nil }
  unsafe state.pointee.silence = 0
  return unsafe state
}

/// Whether a table ends because the page does, and not by an end tag of its own or of what is
/// around it.
private func endsUnsaid(_ input: xmlParserInputPtr?) -> Bool {
  guard let input = unsafe input, unsafe input.pointee.cur >= input.pointee.end else {
    return false
  }
  let read = unsafe UnsafeBufferPointer(
    start: input.pointee.base, count: input.pointee.cur - input.pointee.base)
  var tail = unsafe read.suffix(64).map { $0 | 0x20 }
  while let last = tail.last, isBlank(last) { tail.removeLast() }
  guard tail.popLast() == UInt8(ascii: ">") else { return true }
  while let last = tail.last, isBlank(last) { tail.removeLast() }
  return !["</table", "</body", "</html"].contains { tail.suffix(7).elementsEqual($0.utf8) }
}

private func written(
  _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
) -> [XMLAttribute] {
  guard let attributes = unsafe attributes else { return [] }
  var written: [XMLAttribute] = []
  var index = 0
  while let name = unsafe attributes[index] {
    let value = unsafe attributes[index + 1].map { unsafe String(cString: $0) }
    written.append(XMLAttribute(name: unsafe String(cString: name), value: value ?? ""))
    index += 2
  }
  return written
}
