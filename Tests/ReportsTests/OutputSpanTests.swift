import Foundation
import Tables
import Testing

@testable import Reports

@Suite struct OutputSpanTests {
  @Test("writes points as other tables do", arguments: 0...3)
  func points(decimals: Int) {
    let values = [
      0, 1, 10, 100, 999, 1_000, 9_900, 10_000, 12_345, 99_950, 100_000, 2_147_483_647, -1, -1_500,
      -2_147_483_647,
    ]
    for value in values {
      #expect(
        written { $0.putThousandths(value, decimals: decimals) }
          == shownPoints(value, decimals: decimals))
      #expect(written { $0.putPercent(value) } == shownPercent(value, decimals: 1))
    }
  }

  @Test(
    "writes whole numbers",
    arguments: [
      0, 7, 10, 99, 100, 101, 999, 1_000, 1_001, 9_999, 10_000, 10_203, 65_535, 1_000_000,
      12_345_678, 99_999_999, 100_000_000, 100_000_001, -1, -10, .max, .min,
    ])
  func digits(number: Int) {
    #expect(written { $0.putDigits(number) } == "\(number)")
    // Where the text just fits, too.
    let bytes = [UInt8](capacity: "\(number)".utf8.count) { $0.putDigits(number) }
    #expect(String(decoding: bytes, as: UTF8.self) == "\(number)")
  }

  @Test(
    "puts in quotes what needs it, wherever in the text it stands",
    arguments: [",", "\"", "\n", "\r", "!", "\u{0}", "-", "洛", "\u{7F}"])
  func quotes(letter: String) {
    for count in 0..<20 {
      for place in 0...count {
        let text =
          String(repeating: "a", count: place) + letter
          + String(repeating: "é", count: count - place)
        let utf8 = Array(text.utf8)
        let needsQuotes = [",", "\"", "\n", "\r"].contains(letter)
        let doubled = text.replacingOccurrences(of: "\"", with: "\"\"")
        let isFormula = place == 0 && ["\r", "\n", "-"].contains(letter)
        let plain = (isFormula ? "'" : "") + doubled
        #expect(written { $0.putCell(utf8.span) } == (needsQuotes ? "\"\(plain)\"" : plain))
      }
    }
  }

  @Test(
    "writes decimal numbers as their description",
    arguments: [0, 1, -1, 500_000, 1_000_000, 12_340_000, -1_000_001, 999_999, .max, .min])
  func decimals(millionths: Int64) {
    let number = Exact(millionths: millionths)
    #expect(written { $0.put(number) } == number.description)
  }

  @Test(
    "writes dates as their description",
    arguments: [
      PartialDate(year: 2018, month: 11, day: 6), PartialDate(year: 2018, month: 11),
      PartialDate(year: 2018), PartialDate(year: 9999, month: 12, day: 31),
      PartialDate(year: 987, month: 2, day: 3), PartialDate(year: 1969, month: 12, day: 31),
    ])
  func dates(date: PartialDate?) throws {
    let date = try #require(date)
    #expect(written { $0.put(date) } == date.description)
  }

  @Test(
    "writes texts as JSON does",
    arguments: [
      ("", #""""#), ("plain", #""plain""#), ("中文", #""中文""#),
      (#"a "b" \ c"#, #""a \"b\" \\ c""#),
      ("line\nline\ttab", #""line\nline\u0009tab""#),
      ("\u{1}\u{1F}\u{7F}", "\"\\u0001\\u001f\u{7F}\""),
    ])
  func quoted(text: String, json: String) throws {
    let utf8 = Array(text.utf8)
    #expect(written { $0.putQuoted(utf8.span) } == json)
    #expect(String(decoding: JSON.quoted(text), as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
  }
}

@Suite struct PiecesTests {
  @Test("keep texts in the order of their numbers, whatever the order of writing")
  func order() {
    var pieces = TextBuffer(["first", ""].map(\.utf8))
    let number = pieces.setAside(2)
    #expect(number == 2)
    for place in [1, 0] {
      pieces.fill(upTo: 8) { output, bounds, start in
        bounds[2 * (number + place)] = start + output.count
        output.putDigits(place)
        bounds[2 * (number + place) + 1] = start + output.count
      }
    }
    pieces.append(cell: "a,b")
    let texts = (0..<pieces.count).map { String(decoding: pieces[$0], as: UTF8.self) }
    #expect(texts == ["first", "", "0", "1", "\"a,b\""])
    #expect(pieces.longest == 5)
  }
}

private func written(_ write: (inout OutputSpan<UInt8>) -> Void) -> String {
  String(decoding: [UInt8](capacity: 100, initializingWith: write), as: UTF8.self)
}
