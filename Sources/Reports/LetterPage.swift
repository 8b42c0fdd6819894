public import Tables

/// What a letter says beside the result itself.
public struct LetterFrame: Sendable, Equatable {
  /// Title of the run, its purpose and legal basis.
  public var run = ""
  public var purpose = ""
  public var legalBasis = ""
  public var owner = ""
  /// The notice given to those evaluated.
  public var notice = ""
  /// The day on which the run was published; nil where no ledger knows it.
  public var published: PartialDate?
  /// How many days after that results can be objected to; nil where the pack does not say.
  public var objectionDays: Int?

  public init() {}
}

/// Explanations of one subject as letters to print and hand over, each on pages of its own.
///
/// The page needs nothing beside it and runs no script; texts of any origin are escaped.
public func letterPage(
  _ explanations: [Explanation], frame: LetterFrame, in language: Language
) -> [UInt8] {
  var html = HTML()
  html.markup("<!doctype html>\n")
  html.markup(language == .zh ? "<html lang=zh>\n" : "<html lang=en>\n")
  html.markup("<meta charset=utf-8>\n")
  html.markup("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
  html.markup("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
  html.markup("style-src 'unsafe-inline'\">\n")
  html.tag("title") { html in
    html.text(Bilingual(zh: "评价结果告知书", en: "Notice of result").text(in: language))
    if let first = explanations.first { html.text(" \(first.subject)") }
  }
  html.tag("style") { $0.markup(letterStyle) }
  html.markup("\n<body>\n")
  for explanation in explanations {
    let page = LetterPage(explanation: explanation, frame: frame, language: language)
    html.tag("article") { page.write(&$0) }
  }
  html.markup("\n</body>\n</html>\n")
  return html.bytes
}

/// One letter.
private struct LetterPage {
  let explanation: Explanation
  let frame: LetterFrame
  let language: Language

  private func words(_ zh: String, _ en: String) -> String {
    Bilingual(zh: zh, en: en).text(in: language)
  }

  private func words(_ text: Bilingual) -> String { text.text(in: language) }

  func write(_ html: inout HTML) {
    var sections = 0
    heading(&html)
    result(&html)
    if !explanation.listings.isEmpty {
      var listings = Letter(language: language, after: sections)
      explanation.listingSection(&listings)
      sections += 1
      html.lines(of: listings)
    }
    points(&html, &sections)
    conditions(&html, &sections)
    missing(&html, &sections)
    var changes = Letter(language: language, after: sections)
    explanation.changeSection(&changes)
    sections += 1
    html.lines(of: changes)
    objection(&html, &sections)
    signature(&html)
    html.tag("div", "annex") { html in
      html.tag("h3") { $0.text(words("附：逐项依据", "Annex: the evidence, point by point")) }
      var evidence = Letter(language: language)
      explanation.gateSection(&evidence)
      explanation.partSection(&evidence)
      explanation.capSection(&evidence)
      html.lines(of: evidence)
    }
  }

  // MARK: - Head

  private func heading(_ html: inout HTML) {
    let subject = explanation
    let isNamed = !subject.name.isEmpty && subject.name != subject.subject
    html.tag("h1") { $0.text(words("评价结果告知书", "Notice of result")) }
    html.tag("p", "to") { html in
      html.text(isNamed ? subject.name : subject.subject)
      if isNamed { html.tag("code") { $0.text(subject.subject) } }
    }
    let basis =
      subject.basis.isEmpty ? "" : words("（依据：\(subject.basis)）", " (basis: \(subject.basis))")
    html.tag("p") { html in
      html.text(
        words(
          "根据《\(subject.title)》\(subject.edition)版\(basis)，以\(subject.asOf)为评价截止日期，结果如下。"
            + "结果为依据规则得出的建议，由有权机关审定；每一项分值均可追溯到报送的数据行，见附件。",
          "Under “\(subject.title)”, edition \(subject.edition)\(basis), as of \(subject.asOf), the "
            + "result is as follows. It is a proposal under the rules; the competent body decides. "
            + "Every point can be followed back to a delivered row; see the annex."))
    }
    html.tag("dl") { html in
      html.pair(words("批次", "Run"), frame.run)
      html.pair(words("用途", "Purpose"), frame.purpose)
      html.pair(words("依据", "Legal basis"), frame.legalBasis)
    }
  }

  private func result(_ html: inout HTML) {
    let subject = explanation
    var cells = [
      (words("得分", "Score"), "\(shownPoints(subject.score)) / \(shownPoints(subject.full))")
    ]
    if subject.status.hasRank, !subject.tier.isEmpty {
      let tier = Explanation.Tier(id: subject.tier, title: subject.tierTitle, from: nil)
      cells.append((words("等次", "Tier"), words(tier.words)))
    }
    if subject.status.hasRank {
      cells.append(
        (
          words("名次", "Rank"),
          words(
            "\(subject.rank)（共 \(subject.cohortSize)）", "\(subject.rank) of \(subject.cohortSize)")
        ))
    }
    cells.append((words("状态", "Status"), words(subject.status.title)))
    cells.append((words("已评比例", "Assessed"), shownPercent(subject.assessed)))
    html.tag("div", "result") { html in
      for (name, value) in cells {
        html.tag("div") { html in
          html.tag("small") { $0.text(name) }
          html.tag("b") { $0.text(value) }
        }
      }
    }
    var remarks: [String] = []
    if subject.status.hasRank, !subject.cohort.isEmpty {
      remarks.append(words("名次在“\(subject.cohort)”组内排定。", "Ranked within “\(subject.cohort)”."))
    }
    if subject.upper > subject.score {
      remarks.append(
        words(
          "缺少的材料补齐后，得分最高可达 \(shownPoints(subject.upper))。",
          "Once the missing facts are there, the score can be \(shownPoints(subject.upper)) at most."
        ))
    }
    if subject.rankHigh > 0 {
      remarks.append(
        words(
          "权重变动时，十次中九次在第 \(subject.rankLow) 至 \(subject.rankHigh) 名之间。",
          "With other weights the rank is \(subject.rankLow) to \(subject.rankHigh) in nine of ten draws."
        ))
    }
    if !remarks.isEmpty { html.tag("p") { $0.text(remarks.joined(separator: words("", " "))) } }
  }

  // MARK: - Points and conditions

  private func points(_ html: inout HTML, _ sections: inout Int) {
    title("各项得分", "Points", &html, &sections)
    html.tag("table") { html in
      html.row(
        head: [
          words("编号", "Id"), words("项目", "Item"), words("得分", "Points"),
          words("满分", "Of"), words("说明", "Remark"),
        ])
      html.tag("tbody") { html in
        var group: String?
        for part in explanation.parts {
          let heading = words(part.heading)
          if heading != group, !heading.isEmpty {
            html.markup("<tr class=group><td colspan=5>")
            html.text(heading)
            html.markup("</td></tr>")
          }
          group = heading
          html.tag("tr") { html in
            html.cell(part.id)
            html.cell(part.title)
            html.number(shownPoints(part.points))
            html.number(part.kind == .deduction ? "" : shownPoints(part.most))
            html.cell(words(part.state.title))
          }
        }
      }
    }
  }

  private func conditions(_ html: inout HTML, _ sections: inout Int) {
    let gates = explanation.gates.filter { $0.state != .met }
    let caps = explanation.caps.filter { $0.state != .free }
    guard !gates.isEmpty || !caps.isEmpty else { return }
    title("未满足的条件和限制", "Conditions not met, and limits", &html, &sections)
    html.tag("table") { html in
      html.tag("tbody") { html in
        for gate in gates {
          html.tag("tr") { html in
            html.cell("\(gate.state.mark) \(gate.id)")
            html.tag("td") { html in
              html.tag("b") { $0.text("\(gate.text)\(words("：", ": "))\(words(gate.state.title))") }
              html.paragraph(words("依据：", "Basis: "), gate.basis)
              html.paragraph(words("如何补正：", "How to mend it: "), gate.cure)
              html.paragraph(words("联系：", "Contact: "), gate.contact)
            }
          }
        }
        for cap in caps {
          html.tag("tr") { html in
            html.cell(cap.id)
            html.tag("td") { html in
              html.tag("b") { $0.text("\(cap.text)\(words("：", ": "))\(words(cap.stateInWords))") }
              html.paragraph(words("依据：", "Basis: "), cap.basis)
            }
          }
        }
      }
    }
  }

  private func missing(_ html: inout HTML, _ sections: inout Int) {
    let missing = explanation.missing
    guard !missing.isEmpty else { return }
    title("缺少的材料", "What is missing", &html, &sections)
    html.tag("table") { html in
      html.row(
        head: [words("材料", "Fact"), words("由谁提供", "From whom"), words("影响", "Counts in")])
      html.tag("tbody") { html in
        for fact in missing {
          html.tag("tr") { html in
            html.cell(fact.label)
            html.cell(fact.office.isEmpty ? "—" : fact.office)
            html.cell(fact.sites.joined(separator: words("、", ", ")))
          }
        }
      }
    }
  }

  // MARK: - Objection

  private func objection(_ html: inout HTML, _ sections: inout Int) {
    title("更正和异议", "To correct or object", &html, &sections)
    html.tag("p") { html in html.text(deadline) }
    if !explanation.contact.isEmpty {
      html.tag("p") { $0.text(words("受理：", "To: ") + explanation.contact) }
    }
    html.tag("p") { html in
      html.text(
        words(
          "请写明：对象编号（\(explanation.subject)）、有异议的项目编号、报送的原值和正确的值、理由，并附证明材料。"
            + "原始报送数据不作改动，更正作为单独的记录覆盖其上，两个值都可查。",
          "Please name the id (\(explanation.subject)), the item, the value as delivered and the "
            + "right one, and the reason, and enclose proof. Delivered data are never altered: a "
            + "correction is a record of its own laid over them, and both values stay visible."))
    }
    if !frame.notice.isEmpty { html.tag("p", "quiet") { $0.text(frame.notice) } }
  }

  private var deadline: String {
    guard let days = frame.objectionDays else {
      return words(
        "规则没有规定期限；发现有误请尽早提出。",
        "The rules set no time limit; please write as soon as something is found wrong.")
    }
    guard let published = frame.published else {
      return words(
        "期限：自结果发布之日起 \(days) 日内。", "Time limit: \(days) days from publication.")
    }
    let last = PartialDate(day: published.firstDay + Int32(days))
    return words(
      "期限：\(last)（含当日），即自结果发布之日（\(published)）起 \(days) 日内。",
      "Time limit: \(last), that day included, which is \(days) days from publication on \(published)."
    )
  }

  private func signature(_ html: inout HTML) {
    html.tag("div", "signature") { html in
      html.tag("p") { $0.text(frame.owner) }
      if let published = frame.published {
        html.tag("p") { $0.text(words("发布日期：", "Published: ") + published.description) }
      }
      html.tag("p") { $0.text(words("送达日期：　　　　年　　月　　日", "Handed over on: ____-__-__")) }
      html.tag("p") { $0.text(words("签收：", "Received by: ") + "＿＿＿＿＿＿＿＿") }
    }
  }

  // MARK: - Shared

  private func title(
    _ zh: String, _ en: String, _ html: inout HTML, _ sections: inout Int
  ) {
    var letter = Letter(language: language, after: sections)
    letter.title(zh, en)
    sections += 1
    html.lines(of: letter)
  }
}

extension HTML {
  fileprivate mutating func lines(of letter: Letter) {
    for line in letter.lines where !line.text.isEmpty {
      if line.isTitle {
        tag("h2") { $0.text(line.text) }
      } else if line.indent <= 2 {
        tag("p", "item") { $0.text(line.text) }
      } else {
        markup("<p class=detail style=\"margin-left:")
        text("\(line.indent - 2)")
        markup("ch\">")
        text(line.text)
        markup("</p>")
      }
    }
  }

  fileprivate mutating func row(head names: [String]) {
    tag("thead") { html in
      html.tag("tr") { html in for name in names { html.tag("th") { $0.text(name) } } }
    }
  }

  fileprivate mutating func pair(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    tag("dt") { $0.text(name) }
    tag("dd") { $0.text(value) }
  }

  fileprivate mutating func paragraph(_ word: String, _ text: String) {
    guard !text.isEmpty else { return }
    tag("p") { $0.text(word + text) }
  }
}

/// Black on white, in the type of official letters, for A4.
private let letterStyle: StaticString = """
  * { box-sizing: border-box; }
  html { color: #16181a; background: #fff; font: 11pt/1.7 "Source Han Serif SC",
    "Noto Serif CJK SC", SimSun, "Songti SC", serif; }
  body { max-width: 182mm; margin: 0 auto; padding: 12mm 6mm; }
  article + article { break-before: page; margin-top: 20mm; }
  h1 { font-size: 18pt; text-align: center; font-weight: 600; letter-spacing: .1em;
    margin: 0 0 8mm; }
  h2 { font-size: 12pt; font-weight: 600; margin: 6mm 0 1.5mm; break-after: avoid; }
  h3 { font-size: 13pt; font-weight: 600; margin: 0 0 2mm; }
  p { margin: 0 0 1.5mm; }
  .to { font-size: 12.5pt; font-weight: 600; }
  code { font: 10pt ui-monospace, Consolas, monospace; color: #50555a; margin-left: .8em;
    font-weight: 400; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1.2em; margin: 2mm 0; }
  dt, small, .quiet, .detail { color: #50555a; }
  dd { margin: 0; }
  .quiet { font-size: 9.5pt; }
  .result { display: flex; border: 1px solid #16181a; margin: 4mm 0 3mm; break-inside: avoid; }
  .result div { flex: 1 1 auto; padding: 2mm 3mm; border-right: 1px solid #c9ccd0; }
  .result div:last-child { border-right: 0; }
  .result small { display: block; font-size: 9pt; }
  .result b { font-size: 11.5pt; font-weight: 600; }
  table { border-collapse: collapse; width: 100%; font-size: 10pt; }
  th, td { text-align: left; vertical-align: top; padding: .8mm 2mm; border: 1px solid #c9ccd0; }
  th { font-weight: 600; background: #f3f3ee; white-space: nowrap; }
  td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
  td p { margin: 0; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
  tr.group { break-after: avoid; }
  tr.group td { background: #f9f9f6; font-weight: 600; }
  .item { margin-top: 1.5mm; break-after: avoid; }
  .detail { font-size: 9pt; line-height: 1.5; margin-bottom: .4mm; overflow-wrap: anywhere; }
  .signature { margin: 10mm 0 0 auto; width: max-content; max-width: 100%; break-inside: avoid; }
  .annex { break-before: page; margin-top: 14mm; }
  @page { size: A4; margin: 20mm 16mm; }
  @media print { body { max-width: none; padding: 0; } .annex { margin-top: 0; } }
  """
