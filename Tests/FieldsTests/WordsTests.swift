import Fields
import Tables
import Testing

@Suite("Words, codes and keys")
struct WordsTests {
  @Test(
    "has one key for texts and for their bytes",
    arguments: [
      "UniSCID", "ＵＮＩＳＣＩＤ", " 统一 社会\u{3000}信用代码 ", "注册资本（万元）", "﹙a﹚", "Müller·O’Neil", "𠮷野家",
      "a\u{200B}b", "—–‐", "［甲］、乙。", "", "\u{FEFF}名称", "ﬁ①Ⅱ",
    ])
  func keys(text: String) {
    var bytes: [UInt8] = []
    appendMatchingKey(of: Array(text.utf8).span, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == matchingKey(text))
  }

  @Test("keeps bytes that are no text instead of failing")
  func brokenBytes() {
    for first in UInt8(0x80)...0xFF {
      var key: [UInt8] = []
      appendMatchingKey(of: [0x41, first, 0x42].span, to: &key)
      #expect(!key.isEmpty)
    }
  }

  @Test(
    "tells the three absences apart",
    arguments: [
      ("/", .notStated), ("／", .notStated), ("—", .notStated), ("-", .notStated),
      ("n/a", .notStated),
      ("", .notStated), ("无", .statedNone), ("经查无", .checkedNone), ("经 查 无", .checkedNone),
      ("无锡", .stated), ("-5", .stated), ("洛阳", .stated), ("NA", .stated), ("0", .stated),
    ] as [(String, CellState)])
  func absences(text: String, state: CellState) {
    let words = AbsenceWords(
      notStated: ["/", "-", "N/A"], statedNone: ["无"], checkedNone: ["经查无"])
    #expect(words.state(of: Array(text.utf8).span) == state)
  }

  @Test("knows no absence where the pack names none")
  func noWords() {
    let words = AbsenceWords(notStated: [], statedNone: [], checkedNone: [])
    #expect(words.state(of: Array("／".utf8).span) == .stated)
  }

  @Test(
    "finds codes by every spelling, also as the beginning of a longer text",
    arguments: [
      ("1130", false, 0), (" 11 30", false, 0), ("自然人", false, 0), ("自然人投资", false, -1),
      ("自然人投资", true, 0), ("1130 自然人", true, 0), ("113", true, 1), ("1139", true, 1),
      ("", true, -1), ("x", true, -1),
    ] as [(String, Bool, Int32)])
  func codes(text: String, prefix: Bool, code: Int32) {
    var reader = CodeReader(["1130": 0, "自然人": 0, "113": 1], matchesPrefix: prefix)
    #expect(reader.read(Array(text.utf8).span) == code)
    #expect(reader.read(Array(text.utf8).span) == code, "also when remembered")
  }

  @Test("keeps what was inserted, whatever the number")
  func table() {
    var table = ByteTable()
    for number in 0..<5000 { table.insert(Array("key\(number)".utf8).span, Int32(number)) }
    for number in 0..<5000 {
      #expect(table.find(Array("key\(number)".utf8).span) == Int32(number))
    }
    #expect(table.find(Array("key5000".utf8).span) == nil)
    #expect(table.count == 5000)
  }

  @Test(
    "trims every kind of space",
    arguments: [
      (" a ", "a"), ("\u{3000}洛阳\u{3000}", "洛阳"), ("\u{FEFF}x\u{A0}", "x"), ("\t\r\n", ""),
      ("", ""), ("\u{200B}ﾀ\u{200B}", "ﾀ"), ("à", "à"), ("〃", "〃"), ("“x”", "“x”"),
    ])
  func trimming(text: String, kept: String) {
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[trimmed(bytes.span)], as: UTF8.self) == kept)
  }
}
