import Labels
public import Tables

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
  html.style(PageFiles.letterStyle)
  html.markup("\n<body>\n")
  for explanation in explanations {
    let page = LetterPage(explanation: explanation, frame: frame, language: language)
    html.tag("article") { page.write(&$0) }
  }
  html.markup("\n</body>\n</html>\n")
  return html.bytes
}

/// One letter.
struct LetterPage {
  let explanation: Explanation
  let frame: LetterFrame
  let language: Language

  func words(_ zh: String, _ en: String) -> String {
    Bilingual(zh: zh, en: en).text(in: language)
  }

  func words(_ text: Bilingual) -> String { text.text(in: language) }

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
    if let announced = subject.announced {
      html.tag("p", "announced") { html in
        html.tag("b") { $0.text(words(announced.sentence)) }
        if let reservation = announced.reservation {
          html.tag("small") { $0.text(words(reservation)) }
        }
      }
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
    cells.append((words("状态", "Status"), words(subject.status.label)))
    cells.append((words(ColumnLabel.evidence), shownPercent(subject.assessed, decimals: 1)))
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
    if let interval = subject.intervalSentence {
      remarks.append(words(interval.zh + "。", "The " + interval.en + "."))
    }
    if !remarks.isEmpty { html.tag("p") { $0.text(remarks.joined(separator: words("", " "))) } }
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
}
