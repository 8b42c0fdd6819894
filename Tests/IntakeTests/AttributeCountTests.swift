import Testing

@testable import Intake

@Suite("Attributes of a tag, counted before libxml2 has them")
struct AttributeCountTests {
  private static func tag(_ attributes: Int, quote: String = "\"") -> String {
    "<b " + (0..<attributes).map { "a\($0)=\(quote)>\(quote)" }.joined(separator: " ") + "/>"
  }

  private static let decoys = """
    <?x '"<'?><!-- <b a='' "" -- > --><![CDATA[<b a="" ]] ]> ]]>"'<a>"'</a>
    """

  @Test(
    "a tag may have so many and no more, wherever the pieces end",
    arguments: [
      ("<a>" + tag(AttributeCount.most) + tag(AttributeCount.most) + "</a>", true),
      ("<a>" + tag(AttributeCount.most + 1) + "</a>", false),
      ("<a>" + decoys + tag(AttributeCount.most, quote: "'") + decoys + "</a>", true),
      ("<a>" + decoys + tag(AttributeCount.most + 1, quote: "'") + "</a>", false),
      ("<a>" + String(repeating: decoys, count: 2 * AttributeCount.most) + "</a>", true),
    ])
  func pieces(text: String, isBearable: Bool) {
    let bytes = Array(text.utf8)
    for size in [1, 2, 3, 7, 4096, bytes.count] {
      var count = AttributeCount()
      var isFine = true
      for start in stride(from: 0, to: bytes.count, by: size) where isFine {
        isFine = count.add(bytes.span.extracting(start..<min(bytes.count, start + size)))
      }
      #expect(isFine == isBearable, "pieces of \(size)")
    }
  }
}
