import Testing

@testable import Reports

@Suite struct CSVTests {
  @Test(
    "makes cells that spreadsheets read as the text they are",
    arguments: [
      ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
      ("two\nlines", "\"two\nlines\""), ("=1+1", "'=1+1"), ("+86", "'+86"), ("-", "'-"),
      ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("\nx", "\"'\nx\""),
      ("＝1+1", "'＝1+1"), ("＋Plus", "'＋Plus"), ("－Dash", "'－Dash"), ("＠home", "'＠home"),
      ("，x", "，x"), ("１", "１"), ("=a,b", "\"'=a,b\""), ("洛阳", "洛阳"), ("a=b", "a=b"),
    ])
  func cell(text: String, cell: String) {
    #expect(String(decoding: CSV.made(text), as: UTF8.self) == cell)
  }

  @Test("begins with a byte order mark and ends rows with CRLF")
  func frame() {
    var csv = CSV(header: ["a", "b"])
    csv.cell(-3)
    csv.empty()
    csv.endRow()
    #expect(csv.bytes == [0xEF, 0xBB, 0xBF] + Array("a,b\r\n-3,\r\n".utf8))
  }
}

@Suite struct DigitsTests {
  @Test(
    "writes thousandths with the decimals asked for, and more only where exactness needs them",
    arguments: [
      (87_500, 1, "87.5"), (87_000, 1, "87.0"), (87_000, 0, "87"), (12_345, 1, "12.345"),
      (12_340, 0, "12.34"), (-500, 1, "-0.5"), (0, 2, "0.00"), (1_234_567_000, 3, "1234567.000"),
      (50, 1, "0.05"), (-4_000, 0, "-4"),
    ])
  func thousandths(number: Int, decimals: Int, text: String) {
    #expect(shown(number, decimals: decimals) == text)
  }

  @Test(
    "writes whole numbers of any size",
    arguments: [0, 7, 10, 99, 100, 101, 1_000, 123_456_789, -1, Int.max, Int.min])
  func whole(number: Int) {
    var bytes: [UInt8] = []
    bytes.appendDigits(number)
    #expect(String(decoding: bytes, as: UTF8.self) == String(number))
  }

  @Test(
    "rounds shares half up and has none of nothing",
    arguments: [(2, 3, "66.7%"), (1, 2000, "0.1%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (0, 0, "")])
  func shares(part: Int, whole: Int, text: String) {
    #expect(shownPercent(share(part, of: whole)) == text)
  }
}

@Suite struct PointsTests {
}
