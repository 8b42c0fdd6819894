import Testing

@testable import Intake

/// `PlainXMLTests` compare whole files with what libxml2 makes of them.
@Suite("RepeatedMarkup")
struct RepeatedMarkupTests {
  static let text = Array("<r><a>1</a>\n<b>2</b></r>\n<r><a>3</a>\n<b>4</b></r>".utf8)

  /// Learns what stands between “1” and “2”.
  static func learned(in context: Int = 5) -> RepeatedMarkup {
    var seams = RepeatedMarkup()
    seams.end(0, at: 7, line: 1, in: context)
    seams.begin(1, node: 4, at: 12, line: 2)
    seams.learn(text, upTo: 15, line: 2)
    return seams
  }

  @Test("What was read once is found where the same bytes stand")
  func found() throws {
    var seams = Self.learned()
    let found = seams.find(Self.text, upTo: Self.text.count, at: 32, ending: 0, in: 5)
    try #require(found >= 0)
    #expect(seams[found].length == 8)
    #expect(seams[found].lines == 1)
    #expect(seams.ended[seams[found].ends.lowerBound] == 0)
    let element = seams.begun[seams[found].begins.lowerBound]
    #expect(element.name == 1 && element.node == 4 && element.offset == 5 && element.lines == 1)
  }

  @Test(
    "Nothing is found where other bytes stand, another element ends, or other elements are open",
    arguments: [(16, 0, 5), (32, 1, 5), (32, 0, 6), (31, 0, 5)])
  func notFound(place: Int, name: Int, context: Int) {
    var seams = Self.learned()
    #expect(
      seams.find(Self.text, upTo: Self.text.count, at: place, ending: name, in: context) == -1)
  }

  @Test("Every byte of a seam counts", arguments: 32..<40)
  func everyByte(place: Int) {
    var seams = Self.learned()
    var text = Self.text
    text[place] ^= 1
    #expect(seams.find(text, upTo: text.count, at: 32, ending: 0, in: 5) == -1)
  }

  @Test("A seam that goes beyond the text is not there yet", arguments: 33...39)
  func cut(end: Int) {
    var seams = Self.learned()
    #expect(seams.find(Self.text, upTo: end, at: 32, ending: 0, in: 5) == -1)
  }

  @Test("What ends without another element is no seam, nor what was broken off")
  func drafts() {
    var seams = RepeatedMarkup()
    seams.end(0, at: 7, line: 1, in: 5)
    seams.learn(Self.text, upTo: 11, line: 1)
    seams.forget()
    seams.begin(1, node: 4, at: 12, line: 2)
    seams.learn(Self.text, upTo: 15, line: 2)
    #expect(seams.find(Self.text, upTo: Self.text.count, at: 32, ending: 0, in: 5) == -1)
  }

  @Test("From the last text of a row a seam leads to the first of the next")
  func following() {
    var seams = Self.learned()
    seams.end(1, at: 16, line: 2, in: 6)
    seams.end(2, at: 20, line: 2, in: 6)
    seams.begin(2, node: -1, at: 25, line: 3)
    seams.begin(0, node: 3, at: 28, line: 3)
    seams.learn(Self.text, upTo: 31, line: 3)
    #expect(seams.find(Self.text, upTo: Self.text.count, at: 7, ending: 0, in: 5) == 0)
    #expect(seams.find(Self.text, upTo: Self.text.count, at: 16, ending: 1, in: 6) == 1)
    #expect(seams.find(Self.text, upTo: Self.text.count, at: 32, ending: 0, in: 5) == 0)
    #expect(seams[1].ends.count == 2 && seams[1].begins.count == 2)
    #expect(seams[1].length == 15 && seams[1].lines == 1)
  }
}
