import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Files that cannot be taken")
struct HostileFileTests {
  @Test("names the nearest profile, what it lacks and what is not known")
  func unrecognised() async throws {
    let failure = try #require(await failure(["a.csv": Array("区县,从业人数,电话\n涧西区,1,2\n".utf8)]))
    #expect(failure.kind == .unrecognised)
    #expect(failure.messages.count == 1)
    #expect(
      failure.messages[0].en.hasPrefix(
        "a.csv:1:1: no source profile describes this file; nearest is “台账” (sheet)"))
    #expect(failure.messages[0].en.contains("missing: 单位名称"))
    #expect(failure.messages[0].en.contains("not recognised: 电话"))
  }

  @Test("names every file that cannot be taken, in order")
  func several() async throws {
    let failure = try #require(
      await failure([
        "b.csv": Array("x,y\n".utf8), "a.xml": Array("<a><b/></a>".utf8), "c.csv": [],
      ]))
    #expect(failure.messages.map { $0.en.prefix(5) } == ["a.xml", "b.csv", "c.csv"])
  }

  @Test("says where a file ends within a character")
  func cutCharacter() async throws {
    let bytes = Array("单位名称,区县\n甲,涧西区\n乙,涧西".utf8).dropLast()
    let failure = try #require(await failure(["a.csv": Array(bytes)]))
    #expect(failure.kind == .damaged)
    #expect(failure.messages[0].en.hasPrefix("a.csv:3:"))
  }

  @Test("says where bytes are not of the file's encoding")
  func mixed() async throws {
    let bytes = Array("单位名称,区县\n甲,涧西区\n".utf8) + (try gb18030("乙,涧西区\n"))
    let failure = try #require(await failure(["a.csv": bytes]))
    #expect(failure.kind == .damaged)
    #expect(failure.messages[0].en.hasPrefix("a.csv:3:"))
    #expect(failure.messages[0].en.contains("is not utf-8"))
  }

  @Test("says where a quote begins that is never closed")
  func unclosed() async throws {
    let failure = try #require(await failure(["a.csv": Array("单位名称,区县\n\"甲,涧西区\n乙,\n".utf8)]))
    #expect(failure.kind == .damaged && failure.messages[0].en.hasPrefix("a.csv:2:1: a quote"))
  }

  @Test("stops at a row that never ends, in bounded memory")
  func endlessRow() async throws {
    var bytes = Array("单位名称,区县\n\"甲".utf8)
    bytes.append(contentsOf: [UInt8](repeating: 0x61, count: 20 << 20))
    let failure = try #require(await failure(["a.csv": bytes]))
    #expect(failure.messages[0].en.contains("longer than 16 MB"))
  }

  @Test("refuses only the row with too many cells")
  func manyCells() async throws {
    let row = String(repeating: "x,", count: 20_000)
    let delivery = try await taking("单位名称,区县\n甲,涧西区\n\(row)\n乙,涧西区\n")
    #expect(delivery.faults == ["too-many-cells"])
    #expect(delivery.column("name") == ["甲", "乙"])
  }

  @Test("refuses a text with control characters")
  func control() async throws {
    let delivery = try await taking("单位名称,区县\n甲\0乙,涧西区\n")
    #expect(delivery.faults == ["control-character"])
  }

  @Test("keeps marks that turn the text around them out of what is shown, in every way of reading")
  func directions() async throws {
    let rows = (0..<40).map { "甲\u{202E}乙\($0),涧西区,备\u{2067}注\u{7F}" }
    let delivery = try await taking("单位名称,区县,备注\n丙,涧西区,丁\u{200F}戊\n")
    #expect(delivery.column("note") == ["丁戊"])
    let refused = try await taking("单位名称,区县,备注\n" + rows.joined(separator: "\n") + "\n")
    #expect(
      Set(refused.findings.map(\.rule) + refused.faults) == [
        "control-character", "identity-folded",
      ])
    #expect(refused.column("name").allSatisfy { $0.hasPrefix("甲乙") })
  }

  @Test(
    "refuses dangerous and broken XML with its place",
    arguments: [
      (
        "<!DOCTYPE a [<!ENTITY x \"y\">]><DATASET><ROW><ENTNAME>&x;</ENTNAME></ROW></DATASET>",
        "DOCTYPE"
      ),
      ("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><DATASET><ROW/></DATASET>", "DOCTYPE"),
      ("<DATASET><ROW><ENTNAME>甲</ENTNAME></ROW>\n<ROW><ENTNAME>乙", "a.xml:2:"),
      ("<DATASET><ROW><ENTNAME>甲</ENTNAME></ROW>\n<ROW></DATASET>", "a.xml:2:"),
      ("<DATASET><ROW><ENTNAME>&evil;</ENTNAME></ROW></DATASET>", "well-formed"),
      (
        "<DATASET><ROW><ENTNAME>&四一〇三九九一九七〇〇一〇一〇〇一三;</ENTNAME></ROW></DATASET>",
        "Entity '******"
      ),
      ("<DATASET><ROW><ENTNAME>甲</ENTNAME></ROW></DATASET><x/>", "a.xml:1:"),
      (
        "<DATASET><ROW><ENTNAME>甲</ENTNAME></ROW>\n<ROW "
          + (0...1000).map { "a\($0)='1'" }.joined(separator: " ") + "/></DATASET>",
        "a.xml:2:1: a tag here has more than 1,000 attributes"
      ),
    ])
  func xml(text: String, words: String) async throws {
    let failure = try #require(await failure(["a.xml": Array(text.utf8)]))
    #expect(failure.kind == .damaged)
    #expect(failure.messages[0].en.contains(words), "\(failure.messages[0].en)")
  }

  @Test("says where XML that declares UTF-8 holds other bytes")
  func wrongDeclaration() async throws {
    let bytes =
      Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DATASET><ROW><ENTNAME>".utf8)
      + (try gb18030("洛阳瀍河")) + Array("</ENTNAME></ROW></DATASET>".utf8)
    let failure = try #require(await failure(["a.xml": bytes]))
    #expect(failure.kind == .damaged)
    #expect(failure.messages[0].en.hasPrefix("a.xml:2:"))
    #expect(failure.messages[0].en.contains("not utf-8"))
  }
}

@Suite("Encodings")
struct EncodingTests {
  private let text = "单位名称,区县,备注\n甲,瀍河区,㳒𠮷\n"

  @Test("reads each encoding and says how it was known")
  func encodings() async throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let wide = Array(text.utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] as [UInt8] }
    let big = Array(text.utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] as [UInt8] }
    let tabs = Array(text.replacingOccurrences(of: ",", with: "\t").utf16).flatMap {
      [UInt8($0 & 255), UInt8($0 >> 8)] as [UInt8]
    }
    let files: [(bytes: [UInt8], encoding: String, evidence: String)] = [
      (Array(text.utf8), "utf-8", "valid UTF-8"),
      (mark + Array(text.utf8), "utf-8", "byte order mark"),
      (try gb18030(text), "gb18030", "not UTF-8, valid GB18030"),
      ([0xFF, 0xFE] + wide, "utf-16le", "byte order mark"),
      ([0xFE, 0xFF] + big, "utf-16be", "byte order mark"),
      ([0xFF, 0xFE] + tabs, "utf-16le", "byte order mark"),
    ]
    for file in files {
      for piece in [1, 2, 3, 5, 1 << 20] {
        let delivery = try await taking(["a.csv": file.bytes], pieceSize: piece)
        #expect(delivery.column("note") == ["㳒𠮷"], "\(file.encoding), pieces of \(piece)")
        #expect(delivery.column("division") == ["410304"])
        #expect(delivery.files[0].encoding == file.encoding)
        #expect(delivery.files[0].encodingEvidence == file.evidence)
      }
    }
  }

  @Test("turns to GB18030 when a file that begins as ASCII goes on in it")
  func late() async throws {
    let bytes =
      Array("name,division,note\n".utf8)
      + (0..<20_000).flatMap { Array("unit \($0),410304,\n".utf8) } + (try gb18030("甲,410304,瀍\n"))
    let delivery = try await taking(["a.csv": bytes], pieceSize: 1 << 16)
    #expect(delivery.files[0].encoding == "gb18030")
    #expect(delivery.column("note").last == "瀍")
    #expect(delivery.files[0].read == 20_001)
  }
}
