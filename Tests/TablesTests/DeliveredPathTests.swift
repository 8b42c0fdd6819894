import Testing

@testable import Tables

@Suite("Names of delivered files")
struct DeliveredPathTests {
  @Test(
    "are shown as they stand where they are UTF-8, and escaped where they are not",
    arguments: [
      ("north.csv".utf8.map { $0 }, "north.csv"), (Array("登记 台账.csv".utf8), "登记 台账.csv"),
      ([0xCF, 0xC7, 0x2E, 0x63], #"\xCF\xC7.c"#), ([0xE4, 0xB8], #"\xE4\xB8"#),
      (Array("a\nb\u{7F}".utf8), #"a\x0Ab\x7F"#), (Array(#"a\b"#.utf8), #"a\b"#),
      (Array(#"a\x41"#.utf8), #"a\x5Cx41"#), ([0xED, 0xA0, 0x80], #"\xED\xA0\x80"#),
      ([0xC0, 0x80], #"\xC0\x80"#), (Array("𠮷".utf8), "𠮷"),
      (Array("a\u{9B}m\u{202E}vsc.b".utf8), #"a\xC2\x9Bm\xE2\x80\xAEvsc.b"#),
      (Array("\u{61C}a\u{2069}".utf8), #"\xD8\x9Ca\xE2\x81\xA9"#), (Array("é…".utf8), "é…"),
    ] as [([UInt8], String)])
  func shown(name: [UInt8], shown: String) {
    #expect(shownName(name) == shown)
    #expect(systemPath(shown).map { UInt8(bitPattern: $0) } == name + [0])
  }

  @Test("keep their bytes, whatever two bytes stand in them")
  func anyBytes() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        for name in [[first, second], [UInt8(ascii: "\\"), UInt8(ascii: "x"), first, second]] {
          #expect(systemPath(shownName(name)).map { UInt8(bitPattern: $0) } == name + [0])
        }
      }
    }
  }

  @Test("that somebody typed mean what was typed")
  func typed() {
    for path in [#"/tmp/\xCF"#, "/tmp/报送", #"a\b"#, #"\x5Cx41"#] {
      #expect(systemPath(shownPath(path)).map { UInt8(bitPattern: $0) } == Array(path.utf8) + [0])
    }
  }
}
