import Testing

@testable import Fields

@Suite("Digits in any writing")
struct WrittenDigitsTests {
  private func digit(_ text: String) -> UInt8? {
    let bytes = Array(text.utf8)
    return writtenDigit(bytes.span, endingAt: bytes.count - 1)
  }

  @Test("are read in ASCII, of full width, in Chinese, Arabic and Persian")
  func read() {
    let writings = ["0０〇零٠۰", "1１一壹١۱", "2２二贰٢۲", "3３三叁٣۳", "9９九玖٩۹"]
    for (value, texts) in writings.enumerated() {
      for text in texts {
        let expected = value == 4 ? 9 : value
        #expect(digit(String(text)) == 0x30 + UInt8(expected), "\(text)")
      }
    }
    for text in ["X", "x", "Ｘ", "ｘ"] { #expect(digit(text) == UInt8(ascii: "X"), "\(text)") }
  }

  @Test(
    "are told apart from all other characters",
    arguments: ["a", "十", "号", "丁", "Ａ", "百", "－", "ي", "ڲ"])
  func others(text: String) { #expect(digit(text) == nil) }

  @Test("pass the quick look, whatever they end with")
  func quickLook() {
    let all =
      chineseDigits.flatMap { Array($0.text) }
      + Array("0123456789xX０１２３４５６７８９Ｘｘ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
    for character in all {
      let bytes = Array(String(character).utf8)
      #expect(mayEndDigit(bytes[bytes.count - 1]), "\(character)")
      #expect(digit(String(character)) != nil, "\(character)")
    }
  }
}
