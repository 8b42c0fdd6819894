import Testing

@testable import Intake

@Suite("Attributes in plain XML")
struct PlainAttributeTests {
  @Test(
    "have a kind, a name without prefix and a value",
    arguments: [
      ("code=\"410371\">", PlainAttribute.Kind.simple, "code", "410371"),
      ("区县='（涧西）' ", .simple, "区县", "（涧西）"), ("xsi:nil=\"true\"/>", .schema, "nil", "true"),
      ("xmlns=\"http://a.b/c\">", .nameSpace, "xmlns", "http://a.b/c"),
      ("xmlns:ex='urn:x'>", .nameSpace, "ex", "urn:x"), ("a=''>", .simple, "a", ""),
    ])
  func parts(text: String, kind: PlainAttribute.Kind, name: String, value: String) throws {
    let bytes = Array(text.utf8)
    let attribute = try #require(try PlainAttribute(bytes.span, 0))
    #expect(attribute.kind == kind)
    #expect(String(decoding: bytes[attribute.localName], as: UTF8.self) == name)
    #expect(String(decoding: bytes[attribute.value], as: UTF8.self) == value)
    #expect(attribute.end == attribute.value.upperBound + 1)
  }

  @Test("may go on in the next piece", arguments: ["a", "a=", "a=\"", "a=\"b", "x:", "a=\"b=c"])
  func cut(text: String) throws {
    #expect(try PlainAttribute(Array(text.utf8).span, 0) == nil)
  }

  @Test(
    "are not plain otherwise",
    arguments: [
      "a =\"b\">", "a=b >", "=\"b\">", "a=\"<\">", "a=\"&lt;\">", "a=\"b\nc\">", "d:a=\"b\">",
      "xmlns=\"a\">", "xmlns:d=\"\">", "xmlns:xsi=\"http://a.b/c\">", "a:b:c=\"d\">",
      "a=\"\u{FFFE}\">",
    ])
  func others(text: String) {
    #expect(throws: NotPlain.self) { _ = try PlainAttribute(Array(text.utf8).span, 0) }
  }
}
