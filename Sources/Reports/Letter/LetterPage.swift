import Labels
public import Tables

/// Explanations as letters to print and hand over, each on pages of its own.
///
/// - Parameter annex: Whether each letter is followed by all the evidence, rule by rule; without it
///   a letter is at most a few pages.
public func letterPage(
  _ explanations: [Explanation], frame: LetterFrame, in language: Language, annex: Bool = false
) -> [UInt8] {
  let letters = Letters(frame: frame, language: language, annex: annex)
  return letters.begin(explanations.first?.subject ?? "")
    + explanations.flatMap { letters.letter($0) } + letters.end
}

/// A page of letters in the pieces in which a long one is written.
///
/// The page needs nothing beside it and runs no script; texts of any origin are escaped.
public struct Letters: Sendable {
  private let frame: LetterFrame
  private let language: Language
  private let annex: Bool

  public init(frame: LetterFrame, language: Language, annex: Bool) {
    self.frame = frame
    self.language = language
    self.annex = annex
  }

  /// What comes before the first letter.
  ///
  /// - Parameter what: whom or what the letters are about, for the page's title.
  public func begin(_ what: String) -> [UInt8] {
    var html = HTML()
    html.markup("<!doctype html>\n")
    html.markup(language == .zh ? "<html lang=zh>\n" : "<html lang=en>\n")
    html.describe()
    html.markup("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
    html.markup("style-src 'unsafe-inline'\">\n")
    html.tag("title") { html in
      html.text(Bilingual(zh: "评价结果告知书", en: "Notice of result").text(in: language))
      if !what.isEmpty { html.text(" \(what)") }
    }
    html.style(PageFiles.noticeStyle)
    html.markup("\n<body>\n")
    return html.bytes
  }

  /// One letter.
  public func letter(_ explanation: Explanation) -> [UInt8] {
    var html = HTML()
    let page = LetterPage(
      explanation: explanation, frame: frame, language: language, hasAnnex: annex)
    html.tag("article") { page.write(&$0) }
    return html.bytes
  }

  /// What comes after the last letter.
  public var end: [UInt8] { Array("\n</body>\n</html>\n".utf8) }
}

/// One letter.
struct LetterPage {
  let explanation: Explanation
  let frame: LetterFrame
  let language: Language
  let hasAnnex: Bool
  /// How many changes a letter without annex proposes, best first.
  static let mostChanges = 5

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
    var best = explanation
    if !hasAnnex { best.changes = Array(best.changes.prefix(Self.mostChanges)) }
    best.changeSection(&changes)
    sections += 1
    html.lines(of: changes)
    objection(&html, &sections)
    evidence(&html, &sections)
    signature(&html)
    guard hasAnnex else { return }
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
            + "结果为依据规则得出的建议，由有权机关审定；每一项分值均可追溯到报送的数据行，见“依据”。",
          "Under “\(subject.title)”, edition \(subject.edition)\(basis), as of \(subject.asOf), the "
            + "result is as follows. It is a proposal under the rules; the competent body decides. "
            + "Every point can be followed back to a delivered row; see the evidence."))
    }
    if let announced = subject.announced {
      html.tag("p", "announced") { html in
        html.tag("b") { $0.text(words(announced.sentence)) }
        if let reservation = announced.reservation {
          html.tag("small") { $0.text(words(reservation)) }
        }
      }
    }
    if let proposal = subject.proposal { html.tag("p", "announced") { $0.text(words(proposal)) } }
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
    if let made = subject.compositionSentence {
      remarks.append(words(made.zh + "。", made.en + "."))
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
    // The rules set no period: the office fills it in.
    guard let days = frame.objectionDays else {
      return words(
        "期限：自收到之日起＿＿日内。", "Time limit: ____ days from receipt.")
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
