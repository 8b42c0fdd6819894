import Foundation
import Tables
import Testing

@testable import Intake

@Suite("JSON taken apart")
struct JSONScannerTests {
  /// The tokens of a text, read in pieces of the given size.
  private func tokens(_ bytes: [UInt8], piece: Int = 1 << 16) throws -> [String] {
    let folder = try Folder(["a": bytes])
    let source = try ByteSource(path: folder.path + "/a", shown: "a", pieceSize: piece)
    let guess = EncodingGuess(encoding: .utf8, evidence: "")
    var scanner = JSONScanner(XMLText(source, XMLEncoding(guess: guess, isForced: true)))
    var found: [String] = []
    while let token = try scanner.next() {
      switch token {
      case .beginObject: found.append("{")
      case .endObject: found.append("}")
      case .beginArray: found.append("[")
      case .endArray: found.append("]")
      case .name: found.append(String(decoding: scanner.value, as: UTF8.self) + ":")
      case .string: found.append("\"" + String(decoding: scanner.value, as: UTF8.self))
      case .number: found.append(String(decoding: scanner.value, as: UTF8.self))
      case .null: found.append("null")
      case .flag(let isTrue): found.append(isTrue ? "true" : "false")
      }
    }
    return found
  }

  @Test(
    "is what RFC 8259 says it is, however it comes in pieces",
    arguments: [
      ("[]", ["[", "]"]), ("{}", ["{", "}"]), (" [ ] ", ["[", "]"]),
      ("[[],{}]", ["[", "[", "]", "{", "}", "]"]),
      ("{\"a\":1,\"a\":2}", ["{", "a:", "1", "a:", "2", "}"]), ("{\"\":0}", ["{", ":", "0", "}"]),
      ("[true,false,null]", ["[", "true", "false", "null", "]"]),
      (
        "[0,-0,-1.50,1e5,1E+400,123456789012345678901234567890]",
        ["[", "0", "-0", "-1.50", "1e5", "1E+400", "123456789012345678901234567890", "]"]
      ),
      ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", ["[", "\"\"\\/\u{8}\u{C}\n\r\t", "]"]),
      ("[\"\\u4e2d\\uD834\\uDd1e\\u0000\"]", ["[", "\"中𝄞\0", "]"]),
      ("[\"\\uD800\"]", ["[", "\"\u{FFFD}", "]"]), ("[\"\\uDD1Ea\"]", ["[", "\"\u{FFFD}a", "]"]),
      ("[\"\\uD800\\uD834\\uDD1E\"]", ["[", "\"\u{FFFD}𝄞", "]"]),
      ("[\"\\uD800\\n\"]", ["[", "\"\u{FFFD}\n", "]"]),
      ("[\"\u{7F}\u{2028}\u{10FFFF}\"]", ["[", "\"\u{7F}\u{2028}\u{10FFFF}", "]"]),
      ("\"a\"", ["\"a"]), ("1", ["1"]), ("{}\n{}\r\n\n{}", ["{", "}", "{", "}", "{", "}"]),
      ("", []),
    ] as [(String, [String])])
  func valid(text: String, expected: [String]) throws {
    for piece in [1, 2, 3, 1 << 16] {
      #expect(try tokens(Array(text.utf8), piece: piece) == expected)
    }
  }

  @Test(
    "is refused at the place where it is broken",
    arguments: [
      ("[1,]", 1, 4), ("[,1]", 1, 2), ("[1 2]", 1, 4), ("[1,,2]", 1, 4), ("[", 1, 2), ("[1", 1, 3),
      ("]", 1, 1), ("[1}", 1, 3), ("{\"a\":1]", 1, 7), ("{\"a\"}", 1, 5), ("{\"a\" 1}", 1, 6),
      ("{\"a\":}", 1, 6), ("{\"a\":1,}", 1, 8), ("{a:1}", 1, 2), ("{'a':1}", 1, 2), ("{1:1}", 1, 2),
      ("{\"a\":1 \"b\":2}", 1, 8), ("['a']", 1, 2), ("[\n 中\n]", 2, 2), ("[\"中\",中]", 1, 6),
      ("[01]", 1, 3), ("[-]", 1, 3), ("[+1]", 1, 2), ("[.5]", 1, 2), ("[1.]", 1, 4), ("[1e]", 1, 4),
      ("[0x1]", 1, 3), ("[1a]", 1, 3), ("[NaN]", 1, 2), ("[Infinity]", 1, 2), ("[-Infinity]", 1, 3),
      ("[tru]", 1, 5), ("[truex]", 1, 6), ("[True]", 1, 2), ("[nul", 1, 5), ("[\"a", 1, 4),
      ("[\"a\nb\"]", 1, 4), ("[\"a\tb\"]", 1, 4), ("[\"\\x\"]", 1, 3), ("[\"\\u12G4\"]", 1, 7),
      ("[\"\\uD800\\x\"]", 1, 10), ("[\"\\", 1, 4), ("// x\n[]", 1, 1), ("[/*x*/]", 1, 2),
      ("[] []", 1, 4), ("{}{}", 1, 3), ("[]x", 1, 3), ("[1]\0", 1, 4), ("[\0]", 1, 2),
      ("[\u{A0}]", 1, 2),
    ])
  func invalid(text: String, line: Int, column: Int) throws {
    for piece in [1, 1 << 16] {
      let fault = #expect(throws: JSONFault.self) { try tokens(Array(text.utf8), piece: piece) }
      #expect(fault?.line == line && fault?.column == column, "\(String(describing: fault))")
    }
  }

  @Test("as long or deep as no office writes it is refused, and what is below that is read")
  func limits() throws {
    func deep(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: 0x5B, count: depth) + [UInt8](repeating: 0x5D, count: depth)
    }
    #expect(try tokens(deep(512)).count == 1024)
    #expect(throws: JSONFault.self) { try tokens(deep(513)) }
    #expect(throws: JSONFault.self) { try tokens(deep(1_000_000)) }
    let long = [UInt8](repeating: 0x31, count: 17 << 20)
    #expect(throws: JSONFault.self) { try tokens([0x5B] + long + [0x5D]) }
    #expect(throws: JSONFault.self) { try tokens([0x5B, 0x22] + long + [0x22, 0x5D]) }
  }
}

@Suite("A number with an exponent")
struct ExponentTests {
  @Test(
    "is written out with all its digits",
    arguments: [
      ("1e3", "1000"), ("1.5E3", "1500"), ("-1.25e1", "-12.5"), ("12e-3", "0.012"),
      ("9.14103001234567891E17", "914103001234567891"), ("1.50e0", "1.5"), ("0e5", "0"),
      ("1e-7", "0.0000001"), ("1e61", nil), ("1e-99999999999999999999", nil),
    ])
  func plain(number: String, expected: String?) {
    #expect(
      withoutExponent(Array(number.utf8)).map { String(decoding: $0, as: UTF8.self) } == expected)
  }
}
