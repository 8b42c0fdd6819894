import Testing

@testable import Intake

@Suite("Text of plain XML")
struct PlainTextTests {
  @Test(
    "ends at the next element, and is written where it stands for another text",
    arguments: [
      ("甲<", 3, 0, false), ("<", 0, 0, false), ("a\nb\n\n<", 5, 3, false), ("a&amp;b<", 7, 0, true),
      ("a\r\nb<", 4, 1, true), ("（a）<", 7, 0, false), ("a]]b]<", 5, 0, false), ("甲", 3, 0, false),
      ("a&amp", 5, 0, false), ("a]", 2, 0, false), ("a\r", 2, 0, false),
    ])
  func ends(text: String, end: Int, lines: Int, isWritten: Bool) throws {
    let found = try PlainTextScanner().scan(Array(text.utf8).span, from: 0)
    #expect(found.end == end && found.lines == lines && found.isWritten == isWritten)
  }

  @Test(
    "is not plain with what XML forbids or leaves to a parser",
    arguments: [
      "&ampx;<", "&am;<", "&ltt;<", "&quox;<", "&apo;<", "&#;<", "&#x;<", "&#xG1;<", "&#1A;<",
      "&#X41;<",
      "&#-65;<", "&#xD800;<", "&#10;<", "&#xFFFE;<", "&#99999999;<", "&#xFFFFFFF;<", "&# 65;<",
      "a\u{1}<", "a\rb<", "]]><", "&b;<", "&#12;<", "&#x110000;<", "&;<", "\u{FFFF}<",
    ])
  func others(text: String) {
    #expect(throws: NotPlain.self) {
      try PlainTextScanner().scan(Array(text.utf8).span, from: 0)
    }
  }

  @Test(
    "means its references replaced and its ends of lines as line feeds, and stays as it is",
    arguments: [
      ("a&amp;b", "a&b"), ("&lt;&gt;&quot;&apos;", "<>\"'"), ("&#x4E19;&#19969;", "丙丁"),
      ("&amp;amp;", "&amp;"), ("a\r\nb", "a\nb"), ("&#x20BB7;", "𠮷"), ("&#9;", "\t"),
    ])
  func meaning(text: String, means: String) {
    let delivered = Array("<\(text)<next".utf8)
    var bytes = delivered
    let meaning = appendMeaning(of: 1..<1 + text.utf8.count, to: &bytes)
    #expect(String(decoding: bytes[meaning], as: UTF8.self) == means)
    #expect(Array(bytes.prefix(delivered.count)) == delivered)
    #expect(meaning.lowerBound == delivered.count && meaning.upperBound == bytes.count)
  }
}
