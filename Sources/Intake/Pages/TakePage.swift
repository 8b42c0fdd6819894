import Fields
import RulePacks
import Tables

/// Web pages with tables, which many office systems deliver under the name of a workbook: each
/// table is taken as a sheet of one is.
extension FileTask {
  func takePage(_ pack: RulePack) throws(IntakeFailure) -> [TakenFile] {
    let page = try readPage(pack)
    let taking = page.taking
    guard taking.filledCount > 0, taking.knowsAny else { throw notATable(page) }
    var taken = try taking.finish(bytes: page.bytes, sha256: page.sha256)
    if let finding = contradiction(page.encoding, path, file: index), !taken.isEmpty {
      taken[0].findings.append(finding)
    }
    return taken
  }

  /// The tables of a page, of which no profile is known.
  func pageTables(_ pack: RulePack) throws(IntakeFailure) -> WorkbookTaking {
    let page = try readPage(pack)
    guard page.taking.filledCount > 0 else { throw notATable(page) }
    return page.taking
  }

  private struct Page {
    var taking: WorkbookTaking
    var tables: HTMLTables
    var encoding: XMLEncoding
    var bytes: Int
    var sha256: String
  }

  private func readPage(_ pack: RulePack) throws(IntakeFailure) -> Page {
    var source = try ByteSource(path: fullPath, shown: path, pieceSize: headSize)
    let isWhole = source.size <= headSize
    let encodings = try source.next { (head) throws(IntakeFailure) in
      try pageEncodings(head, isWhole: isWhole, path)
    }
    for (index, encoding) in encodings.enumerated() {
      do throws(IntakeFailure) {
        return try readPage(encoding, pack)
      } catch {
        // A page whose beginning was ASCII may turn out not to be UTF-8.
        guard error.kind == .damaged, index + 1 < encodings.count else { throw error }
      }
    }
    throw noMemory(path)
  }

  private func readPage(_ encoding: XMLEncoding, _ pack: RulePack) throws(IntakeFailure) -> Page {
    let text = XMLText(
      try ByteSource(path: fullPath, shown: path, pieceSize: pieceSize), encoding,
      progress: progress)
    var guess = encoding.guess
    guess.evidence = "HTML, " + guess.evidence
    let taking = WorkbookTaking(self, pack, guess)
    taking.isPage = true
    let tables = HTMLTables(taking, WorkbookLimits())
    guard let parser = HTMLParser(tables.listener, text) else { throw noMemory(path) }
    let trouble = parser.parse()
    if let failure = text.failure { throw failure }
    if let fault = tables.fault { throw failure(fault) }
    if let trouble, !taking.isComplete { throw damaged(trouble, encoding.guess, path) }
    return Page(
      taking: taking, tables: tables, encoding: encoding, bytes: text.bytesRead,
      sha256: text.sha256())
  }

  /// A page that holds no table which a profile could know: what an office system sends instead of
  /// an export when nobody is logged in, or the shell of a workbook that was saved as a page.
  private func notATable(_ page: Page) -> IntakeFailure {
    let tables = page.tables
    if tables.isFrame {
      return IntakeFailure(
        .unrecognised, path,
        zh: "这只是工作簿“另存为网页”后的外壳，数据在旁边的文件夹里 — 请用表格软件打开原工作簿，另存为.xlsx后报送",
        en:
          "this is only the shell of a workbook that was saved as a web page, and the data lie in "
          + "the folder beside it — open the workbook in a spreadsheet program, save it as .xlsx "
          + "and deliver that")
    }
    var words = tables.title.isEmpty ? tables.words : tables.title
    words.finish()
    let quoted = scrubbed(String(words.text.prefix(40)).replacing("\n", with: " "))
    let (zh, en) = quoted.isEmpty ? ("", "") : ("（“\(quoted)”）", " (“\(quoted)”)")
    let count = page.taking.filledCount
    guard count > 0 else {
      return IntakeFailure(
        .unrecognised, path,
        zh: "这是一个网页\(zh)，里面没有表格；多半是登录已过期或导出出错时存下的页面 — 请重新登录业务系统，再导出一次",
        en: "this is a web page\(en) without any table, most likely what the system shows when "
          + "nobody is logged in or an export has failed — log in again and export anew")
    }
    return IntakeFailure(
      .unrecognised, path,
      zh: "这是一个网页\(zh)，其中的 \(count) 个表格都没有来源配置认得的列 — 请核对是否导错了页面；若确是台账，请补上表头，或为它编写来源配置",
      en: "this is a web page\(en), and no source profile knows a column of its \(count) tables — "
        + "see whether it is the right page; if it is, give its table a header, or write a source "
        + "profile for it")
  }
}

/// The encodings to read a page in, most likely first; a mark counts for more than what the page
/// declares, and what it declares for more than what its bytes look like, unless they are plainly
/// of another.
private func pageEncodings(
  _ head: Span<UInt8>, isWhole: Bool, _ path: String
) throws(IntakeFailure) -> [XMLEncoding] {
  let guesses = encodingGuesses(head, isWhole: isWhole)
  let declared = metaEncoding(head) ?? declaredEncoding(head)
  guard let declared else {
    // Only a beginning without other characters may turn out to be of another encoding.
    let isOpen = guesses.first?.evidence == "ASCII"
    return guesses.prefix(isOpen ? 2 : 1).map { XMLEncoding(guess: $0, isForced: true) }
  }
  var encoding = xmlEncoding(head, declared: declared, in: "meta")
  encoding.isForced = true
  guard encoding.guess.declared != nil else { return [encoding] }
  // Encodings that are not read; declared by many programs that know nothing of their text.
  guard let first = guesses.first, first.encoding == .utf8 else {
    throw IntakeFailure(
      .damaged, path,
      zh: "网页声明的编码是 \(declared)，不能读取 — 请用表格软件打开后另存为.xlsx，并核对文字",
      en: "the page declares \(declared), which cannot be read — open it in a spreadsheet program, "
        + "save it as .xlsx and look at its texts")
  }
  return [
    XMLEncoding(
      guess: first, isForced: true, contradicted: first.evidence == "ASCII" ? nil : declared)
  ]
}

/// The encoding that a page names in a `meta` element, in lower case.
func metaEncoding(_ head: Span<UInt8>) -> String? {
  for element in metaElements(head) {
    guard let name = element.firstRange(of: "charset") else { continue }
    let value = element[name.upperBound...].drop { " =\"'\t\r\n".contains($0) }
    let found = value.prefix { $0.isLetter || $0.isNumber || "-_.:".contains($0) }
    if !found.isEmpty { return String(found) }
  }
  return nil
}

/// Whether a page says that Heng wrote it.
func isOwnPage(_ head: Span<UInt8>) -> Bool {
  let name = OwnPaper.generator.lowercased()
  return metaElements(head).contains { element in
    let words = element.split { " =\"'/\t\r\n".contains($0) }
    return words == ["name", "generator", "content", name[...]]
      || words == ["content", name[...], "name", "generator"]
  }
}

/// What stands in the `meta` elements at a page's beginning, in lower case.
private func metaElements(_ head: Span<UInt8>) -> [Substring] {
  let text = plainBeginning(head, count: 16 << 10)
  var elements: [Substring] = []
  var rest = text[...]
  while let meta = rest.firstRange(of: "<meta") {
    rest = rest[meta.upperBound...]
    elements.append(rest.prefix { $0 != ">" })
  }
  return elements
}

/// The beginning of a file in lower case; in UTF-16 every other byte is zero and left out.
func plainBeginning(_ head: Span<UInt8>, count: Int) -> String {
  var bytes: [UInt8] = []
  for index in 0..<min(head.count, count) where head[index] != 0 {
    let byte = head[index]
    bytes.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte >= 0x80 ? 0x3F : byte)
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// The name of a file's first element in lower case and without prefix, declarations and comments
/// passed over; `html` where the document type says so.
func rootName(_ head: Span<UInt8>) -> String {
  // Mostly the first lines tell; what they cut off may be part of a name.
  let soon = rootName(in: plainBeginning(head, count: 2 << 10), isCut: head.count > 2 << 10)
  return soon ?? rootName(in: plainBeginning(head, count: 64 << 10), isCut: false) ?? ""
}

/// - Returns: nil where no element begins in the text, or its name may go on behind it.
private func rootName(in text: String, isCut: Bool) -> String? {
  var rest = text[...]
  while let open = rest.firstIndex(of: "<") {
    rest = rest[rest.index(after: open)...]
    if rest.hasPrefix("!--") {
      guard let end = rest.firstRange(of: "-->") else { return nil }
      rest = rest[end.upperBound...]
    } else if rest.hasPrefix("!doctype") {
      let name = rest.dropFirst(8).drop(while: \.isWhitespace).prefix { $0.isLetter }
      if name == "html" { return "html" }
    } else if !rest.hasPrefix("?"), !rest.hasPrefix("!") {
      let name = rest.prefix { $0.isLetter || $0.isNumber || "-_.:".contains($0) }
      if isCut, name.endIndex == rest.endIndex { return nil }
      return name.split(separator: ":").last.map(String.init) ?? ""
    }
  }
  return nil
}

/// Whether a file begins as a web page does, or as the piece of one that exports write.
func looksLikePage(_ head: Span<UInt8>) -> Bool {
  looksLikeXML(head) && pageElements.contains(rootName(head))
}

private let pageElements: Set<String> = [
  "html", "head", "body", "table", "thead", "tbody", "tr", "meta", "style", "title", "script",
  "link", "base", "div", "center", "form", "font", "span", "p", "br", "h1", "h2", "h3", "h4", "b",
  "frameset",
]

/// Whether a profile describes XML files with this root.
func hasRoot(_ name: String, _ pack: RulePack) -> Bool {
  pack.sources.contains { source in
    guard case .xml(let rows) = source.format, let root = rows.first else { return false }
    return XMLPlan.key(root) == XMLPlan.key(name)
  }
}
