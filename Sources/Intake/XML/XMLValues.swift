import Fields
import Tables

/// Appends the value of an attribute as libxml2 hands it over: it leaves `&` as `&#38;` unless
/// entities are substituted.
func appendAttributeValue(_ value: Span<UInt8>, to bytes: inout [UInt8]) {
  let mark: InlineArray<5, UInt8> = [0x26, 0x23, 0x33, 0x38, 0x3B]
  var index = 0
  while index < value.count {
    bytes.append(value[index])
    var matched = 0
    while matched < 5, index + matched < value.count, value[index + matched] == mark[matched] {
      matched += 1
    }
    index += matched == 5 ? 5 : 1
  }
}

/// Whether a value is a yes of XML Schema, whose booleans may have blanks around them.
func isTrueOfSchema(_ value: Span<UInt8>) -> Bool {
  let word = value.extracting(trimmed(value, 0, value.count))
  if word.count == 1 { return word[0] == UInt8(ascii: "1") }
  return word.count == 4 && word[0] == UInt8(ascii: "t") && word[1] == UInt8(ascii: "r")
    && word[2] == UInt8(ascii: "u") && word[3] == UInt8(ascii: "e")
}

extension QuarantinedRow.Fault {
  static var rowTooLong: QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "row-too-long", field: "", raw: "",
      message: Bilingual(
        zh: "这一行的文字超过 16 MB", en: "the row has more than 16 MB of text"),
      cure: Bilingual(
        zh: "请检查导出程序，改正后重新报送", en: "look for a fault of the export and deliver the row again"))
  }
}
