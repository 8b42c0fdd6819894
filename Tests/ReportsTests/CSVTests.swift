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
    "writes whole numbers of any size",
    arguments: [0, 7, 10, 99, 100, 101, 1_000, 123_456_789, -1, Int.max, Int.min])
  func whole(number: Int) {
    var bytes: [UInt8] = []
    bytes.appendDigits(number)
    #expect(String(decoding: bytes, as: UTF8.self) == String(number))
  }
}

@Suite struct PointsTests {
}
