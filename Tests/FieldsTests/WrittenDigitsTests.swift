import Testing

@testable import Fields

@Suite("Digits in any writing")
struct WrittenDigitsTests {
  private func digit(_ text: String) -> UInt8? {
    let bytes = Array(text.utf8)
    return writtenDigit(bytes.span, endingAt: bytes.count - 1)
  }

  @Test("are read in ASCII, of full width and in Chinese")
  func read() {
    for (value, texts) in ["0０〇零", "1１一壹", "2２二贰", "3３三叁", "9９九玖"].enumerated() {
      for text in texts {
        let expected = value == 4 ? 9 : value
        #expect(digit(String(text)) == 0x30 + UInt8(expected), "\(text)")
      }
    }
    for text in ["X", "x", "Ｘ", "ｘ"] { #expect(digit(text) == UInt8(ascii: "X"), "\(text)") }
  }

  @Test("are told apart from all other characters", arguments: ["a", "十", "号", "丁", "Ａ", "百", "－"])
  func others(text: String) { #expect(digit(text) == nil) }

  @Test("pass the quick look, whatever they end with")
  func quickLook() {
    let all = chineseDigits.flatMap { Array($0.text) } + Array("0123456789xX０１２３４５６７８９Ｘｘ")
    for character in all {
      let bytes = Array(String(character).utf8)
      #expect(mayEndDigit(bytes[bytes.count - 1]), "\(character)")
      #expect(digit(String(character)) != nil, "\(character)")
    }
  }
}
