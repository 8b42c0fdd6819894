/// An XML file of the kind that exports write, drawn from a seed: every kind of reference, line end,
/// attribute and text, rows that are alike and rows that are not.
///
/// One of thirty holds something that `PlainXML` leaves to libxml2.
struct XMLDocument {
  private(set) var bytes: [UInt8] = []
  private var draw: Draw
  private let lineEnd: String
  private let longest: Int
  private let isOdd: Bool
  /// Bytes of most texts at most.
  private let usual: Int

  /// - Parameters:
  ///   - size: at least so many bytes, and hardly more.
  ///   - longest: bytes of a text at most, roughly.
  init(seed: Int, size: Int, longest: Int) {
    draw = Draw(seed: seed)
    lineEnd = draw.pick(["", "\n", "\r\n", "\n  ", "\r\n\t"])
    self.longest = longest
    isOdd = draw.isOneOf(30)
    usual = draw.pick([20, 100, 300])
    begin()
    // Few shapes of rows, so that what stands between texts comes again, and some of its own.
    let shapes = (0...draw.below(3)).map { _ in shape() }
    while bytes.count < size { row(draw.isOneOf(12) ? shape() : draw.pick(shapes)) }
    add("</DATASET>" + draw.pick(["", "\n", "\r\n \n"]))
  }

  private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func begin() {
    if draw.isOneOf(8) { bytes += [0xEF, 0xBB, 0xBF] }
    add(
      draw.pick([
        "", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n",
        "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n",
      ]))
    add("<DATASET")
    if draw.isOneOf(3) { add(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"") }
    if draw.isOneOf(3) { add(" batch=\"二〇一八\"") }
    add(">" + lineEnd)
    guard draw.isOneOf(2) else { return }
    add("<HEAD staff='\(draw.below(90))'>" + lineEnd + "<COUNT>")
    add(draw.isOneOf(3) ? "&#49;2&#x30;" : "\(draw.below(50))")
    add("</COUNT>" + lineEnd + "</HEAD>" + lineEnd)
  }

  private static let names = [
    "ENTNAME", "DIVISION", "EMPNUM", "REGCAP", "REMARK", "TAG", "TEL", "ESTDATE", "Info/Note",
    "Info/Fax/Line", "Other/Note", "企业名称",
  ]

  private mutating func shape() -> [String] {
    ["ENTNAME"] + (0...draw.below(6)).map { _ in draw.pick(XMLDocument.names) }
  }

  private mutating func row(_ shape: [String]) {
    add("<ROW")
    if draw.isOneOf(6) { add(" id=\"\(draw.below(1000))\"") }
    if draw.isOneOf(9) { add(" note='记录'") }
    if isOdd, draw.isOneOf(5) { add(" note=\"a&amp;b&#10;c\"") }
    add(">" + lineEnd)
    for path in shape {
      let parts = path.split(separator: "/").map(String.init)
      for name in parts.dropLast() { add("<\(name)>") }
      element(parts.last ?? path)
      for name in parts.dropLast().reversed() { add("</\(name)>") }
      add(lineEnd)
    }
    if isOdd, draw.isOneOf(5) {
      add(draw.pick(["<!-- & -->", "<?p i?>", "<TAG><![CDATA[<&]]></TAG>"]))
    }
    add("</ROW>" + lineEnd)
  }

  private mutating func element(_ name: String) {
    if draw.isOneOf(20) { return add("<\(name)/>") }
    add("<\(name)")
    if draw.isOneOf(15) {
      add(" xsi:nil=\"" + draw.pick(["true", "1", "false", "tofu", ""]) + "\"")
    }
    if draw.isOneOf(25) { add(" a='1' b=\"二\"") }
    add(">")
    switch name {
    case "DIVISION": add(draw.pick(["410304", "涧西区", "4103&#x30;5", "吉利区"]))
    case "EMPNUM", "REGCAP": add(draw.pick(["5", "1200", "&#49;7", "1,200", "约3", "x"]))
    case "ESTDATE": add(draw.pick(["2018-11-06", "2018&#45;11&#45;6", "20181301"]))
    default: text()
    }
    add("</\(name)>")
  }

  private static let texts = [
    "甲", "洛阳市瀍河回族区某某有限公司", "Spoon", "a", " ", "\t", "\n", "\r\n", "]", "]]", ">", "\"", "'",
    "&quot;", "&apos;", "&lt;", "&gt;", "&amp;", "&amp;lt;", "&amp;amp;", "&#45;", "&#x4E19;",
    "&#19969;", "&#x20BB7;", "&#9;", "𠮷", "é", "（", "＞", "0", "A&#45;1", "、", "?", "\u{FFFD}",
  ]

  private mutating func text() {
    let most = draw.isOneOf(20) ? longest : usual
    let length = draw.below(most + 1)
    let start = bytes.count
    // Runs of one kind, as names are, and texts of many kinds.
    let mix = (0...draw.below(5)).map { _ in draw.pick(XMLDocument.texts) }
    while bytes.count - start < length { add(draw.pick(mix)) }
  }
}
