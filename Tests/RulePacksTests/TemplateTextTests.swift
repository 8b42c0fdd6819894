import Testing

@testable import RulePacks

@Suite("The text of a template")
struct TemplateTextTests {
  typealias Piece = DocumentTemplate.Piece

  private func markup(_ text: String) -> Piece { .markup(Array(text.utf8)) }

  @Test("is cut at placeholders")
  func cut() throws {
    let text = try #require(TemplateText(Array("<p><t>on {{from}}, {{ to }}!</t></p>".utf8)))
    #expect(
      text.pieces == [
        markup("<p><t>on "), .field("from"), markup(", "), .field("to"), markup("!</t></p>"),
      ])
    #expect(text.unclosed == [])
  }

  @Test("has placeholders whose braces and letters stand in several runs; every tag stays")
  func splitRuns() throws {
    let text = try #require(
      TemplateText(
        Array(
          "<p><r><t>a{</t></r><r><t>{ti</t></r>\n <e/><r><t>tle}</t></r><r><t>}z</t></r></p>".utf8))
    )
    #expect(
      text.pieces == [
        markup("<p><r><t>a"), .field("title"),
        markup("</t></r><r><t></t></r>\n <e/><r><t></t></r><r><t>z</t></r></p>"),
      ])
  }

  @Test("repeats the innermost row that holds a field of a row")
  func rows() throws {
    let text = try #require(
      TemplateText(
        Array(
          "<b><w:tr><x>{{run}}</x><w:tr a=\">\"><y>{{row.name}}</y></w:tr></w:tr><tr/></b>".utf8)))
    #expect(
      text.pieces == [
        markup("<b><w:tr><x>"), .field("run"), markup("</x>"),
        .row([markup("<w:tr a=\">\"><y>"), .field("row.name"), markup("</y></w:tr>")]),
        markup("</w:tr><tr/></b>"),
      ])
    #expect(text.fields.map(\.isInRow) == [true, true])
  }

  @Test("tells what no brace closes before the paragraph ends")
  func unclosed() throws {
    let text = try #require(
      TemplateText(Array("<b><p>{{from</p><p>to}}</p><p>{{a {{days}} {b} {{{to}}}</p></b>".utf8)))
    #expect(text.unclosed == ["from", "a"])
    #expect(text.fields.map(\.name) == ["days", "to"])
  }

  @Test("looks into neither comments nor attributes, and takes signs of other scripts")
  func elsewhere() throws {
    let page = "<?xml x='{{a}}'?><!-- {{b}} > --><p c=\"{{d}}\"><![CDATA[{{e}}<]]>依据{{basis}}</p>"
    let text = try #require(TemplateText(Array(page.utf8)))
    #expect(text.fields.map(\.name) == ["basis"])
  }

  @Test(
    "is none where tags do not fit",
    arguments: ["", "<a>", "<a></b>", "</a>", "<a", "<a><!-- </a>", "<a b='></a>", "<>"])
  func notMarkup(text: String) { #expect(TemplateText(Array(text.utf8)) == nil) }

  @Test("is none where it is no UTF-8")
  func notUTF8() { #expect(TemplateText(Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) == nil) }
}
