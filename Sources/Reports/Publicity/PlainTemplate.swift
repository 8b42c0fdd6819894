import Labels
import RulePacks
import Tables

/// The document of packs that bring no template: A4, with what every notice must say.
func plainTemplate(for notice: PublicNotice) -> DocumentTemplate? {
  DocumentTemplate(parts: [
    part("[Content_Types].xml", contentTypes), part("_rels/.rels", packageParts),
    part("word/_rels/document.xml.rels", documentParts), part("word/styles.xml", styles),
    DocumentTemplate.Part(name: DocumentTemplate.bodyName, bytes: plainBody(for: notice)),
  ])
}

private func part(_ name: String, _ text: StaticString) -> DocumentTemplate.Part {
  DocumentTemplate.Part(name: name, bytes: Array(text.description.utf8))
}

private func plainBody(for notice: PublicNotice) -> [UInt8] {
  let language = notice.language
  func words(_ text: Bilingual) -> String { text.text(in: language) }
  let colon = Bilingual(zh: "：", en: ": ").text(in: language)
  var body = HTML()
  body.markup(
    """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
    """)
  body.paragraph("Title", "{{title}}")
  body.paragraph("Normal", words(PublicityLabel.lead(notice.subject)))
  body.paragraph("Normal", words(PublicityLabel.basis) + colon + "{{basis}}")
  body.table(
    [(words(PublicityLabel.number), "{{row.number}}"), (notice.nameLabel, "{{row.name}}")]
      + (notice.hasGroups ? [(words(ColumnLabel.group), "{{row.group}}")] : [])
      + notice.columns.map { ($0.label, "{{row.\($0.id)}}") })
  let period = PublicityLabel.period(from: "{{from}}", to: "{{to}}", days: "{{days}}")
  body.paragraph("After", words(PublicityLabel.period) + colon + words(period))
  body.paragraph("Normal", words(PublicityLabel.telephone) + colon + "{{telephone}}")
  body.paragraph("Normal", words(PublicityLabel.objections) + colon + "{{objections}}")
  body.paragraph("Signature", "{{owner}}")
  body.paragraph("Signature", "{{decided}}")
  body.markup(
    """
    <w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1474" \
    w:bottom="1701" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>\
    </w:body></w:document>
    """)
  return body.bytes
}

extension HTML {
  fileprivate mutating func paragraph(_ style: StaticString, _ text: String) {
    markup("<w:p><w:pPr><w:pStyle w:val=\"")
    markup(style)
    markup("\"/></w:pPr><w:r><w:t xml:space=\"preserve\">")
    self.text(text)
    markup("</w:t></w:r></w:p>")
  }

  /// A heading row and the row that is repeated.
  fileprivate mutating func table(_ columns: [(heading: String, field: String)]) {
    markup(
      """
      <w:tbl><w:tblPr><w:tblStyle w:val="List"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>\
      <w:tblGrid>
      """)
    for _ in columns { markup("<w:gridCol/>") }
    markup("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
    for column in columns { cell("Heading", column.heading) }
    markup("</w:tr><w:tr><w:trPr><w:cantSplit/></w:trPr>")
    for column in columns { cell("Cell", column.field) }
    markup("</w:tr></w:tbl>")
  }

  private mutating func cell(_ style: StaticString, _ text: String) {
    markup("<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr>")
    paragraph(style, text)
    markup("</w:tc>")
  }
}

private let contentTypes: StaticString = """
  <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
  <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
  <Default Extension="xml" ContentType="application/xml"/>\
  <Override PartName="/word/document.xml" \
  ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
  <Override PartName="/word/styles.xml" \
  ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>
  """

private let packageParts: StaticString = """
  <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
  <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
  <Relationship Id="rId1" \
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
  Target="word/document.xml"/></Relationships>
  """

private let documentParts: StaticString = """
  <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
  <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
  <Relationship Id="rId1" \
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" \
  Target="styles.xml"/></Relationships>
  """

/// In the type of official letters: 16 points, lines of 28 points.
private let styles: StaticString = """
  <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
  <w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">\
  <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" \
  w:hAnsi="Times New Roman" w:eastAsia="仿宋" w:cs="Times New Roman"/><w:sz w:val="32"/>\
  <w:szCs w:val="32"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>\
  <w:spacing w:after="0" w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>\
  <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
  <w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>\
  <w:pPr><w:spacing w:after="400" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/></w:pPr>\
  <w:rPr><w:rFonts w:eastAsia="宋体"/><w:b/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr></w:style>\
  <w:style w:type="paragraph" w:styleId="After"><w:name w:val="After"/><w:basedOn w:val="Normal"/>\
  <w:pPr><w:spacing w:before="300"/></w:pPr></w:style>\
  <w:style w:type="paragraph" w:styleId="Signature"><w:name w:val="Signature"/>\
  <w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="200"/><w:jc w:val="right"/></w:pPr></w:style>\
  <w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/>\
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="320" w:lineRule="atLeast"/></w:pPr>\
  <w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>\
  <w:style w:type="paragraph" w:styleId="Heading"><w:name w:val="Heading"/><w:basedOn w:val="Cell"/>\
  <w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>\
  <w:style w:type="table" w:styleId="List"><w:name w:val="List"/><w:tblPr><w:tblBorders>\
  <w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/>\
  <w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/>\
  <w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>\
  <w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>\
  </w:tblPr></w:style></w:styles>
  """
