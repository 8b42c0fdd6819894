import Tables
import Testing

@testable import Reports

@Suite struct LetterPageTests {
  @Test(
    "says the result, what is missing and from whom, and how to object, in one language",
    arguments: [
      (.zh, ["评价结果告知书", "9.5 / 15", "缺少的材料", "卫生局", "怎样提高", "如何补正：补交", "受理：窗口"]),
      (.en, ["Notice of result", "9.5 / 15", "What is missing", "How to do better", "To: 窗口"]),
    ] as [(Language, [String])])
  func content(language: Language, texts: [String]) {
    let page = page(LetterFrame(), in: language)
    for text in texts { #expect(page.contains(text), "\(text)") }
    #expect(page.contains(language == .zh ? "<html lang=zh>" : "<html lang=en>"))
    #expect(!page.contains(language == .zh ? "Notice of result" : "评价结果告知书"))
  }

  @Test("shows texts of any origin as text, never as markup")
  func escaping() {
    var frame = LetterFrame()
    frame.run = "<img src=x>"
    frame.owner = "<b>x</b>"
    frame.notice = "</style><script>"
    let page = page(frame, in: .zh)
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("<img"))
    #expect(page.contains("&lt;b&gt;x&lt;/b&gt;"))
    for reference in ["http:", "https:", "@import", "url("] {
      #expect(!page.contains(reference), "\(reference)")
    }
  }

  @Test(
    "counts the days to object from the day of publication",
    arguments: [
      (15, PartialDate(year: 2018, month: 10, day: 20), "期限：2018-11-04（含当日）"),
      (15, nil, "期限：自结果发布之日起 15 日内"),
      (nil, PartialDate(year: 2018, month: 10, day: 20), "期限：自收到之日起＿＿日内。"),
    ] as [(Int?, PartialDate?, String)])
  func deadline(days: Int?, published: PartialDate?, text: String) {
    var frame = LetterFrame()
    frame.objectionDays = days
    frame.published = published
    #expect(page(frame, in: .zh).contains(text))
  }

  @Test("tells rules and reasons on request alone, in an annex", arguments: Language.allCases)
  func annex(language: Language) {
    let annex = language == .zh ? "附：逐项依据" : "Annex: the evidence"
    for isAsked in [false, true] {
      let page = String(
        decoding: letterPage(
          [sampleExplanation()], frame: LetterFrame(), in: language, annex: isAsked),
        as: UTF8.self)
      #expect(page.contains(annex) == isAsked)
      #expect(page.contains("class=\"evidence\""))
    }
  }

  @Test("opens and closes elements in pairs")
  func balance() {
    let page = page(LetterFrame(), in: .en)
    for name in ["article", "table", "tbody", "tr", "td", "div", "p", "dl", "b", "h2"] {
      let opened = page.ranges(of: "<\(name)>").count + page.ranges(of: "<\(name) ").count
      #expect(opened > 0)
      #expect(opened == page.ranges(of: "</\(name)>").count, "\(name)")
    }
  }

  @Test(
    "says what lifts a cap beside it, by the tier and under what would raise it",
    arguments: [
      (.zh, "如何补正：补建", "C1 使结果受限：无证的，等次不高于“B”"),
      (
        .en, "How to mend it: 补建",
        "C1 holds the result down: the tier is at most B where unlicensed"
      ),
    ] as [(Language, String, String)])
  func cures(language: Language, cure: String, held: String) {
    var explanation = sampleExplanation()
    explanation.status = .ranked
    explanation.tiers = [
      Explanation.Tier(id: "A", title: "", from: 9_000),
      Explanation.Tier(id: "B", title: "", from: nil),
    ]
    explanation.tier = "B"
    var cap = Explanation.Cap(
      id: "C1", text: "须有证", state: .capped, rule: "!licensed", basis: "§ 7", facts: [])
    cap.cure = "补建"
    cap.bites = true
    cap.sentence = Bilingual(zh: "无证", en: "unlicensed")
    cap.limit = Bilingual(zh: "等次不高于“B”", en: "the tier is at most B")
    explanation.caps = [cap]
    let page = String(
      decoding: letterPage([explanation], frame: LetterFrame(), in: language), as: UTF8.self)
    let letter = explanation.letter(in: language)
    #expect(page.ranges(of: cure).count == 2)
    #expect(letter.ranges(of: cure).count == 3)
    #expect(page.contains(held) && letter.contains(held))
    // A cap that does not apply needs no cure.
    explanation.caps[0].state = .free
    explanation.caps[0].bites = false
    #expect(!explanation.letter(in: language).contains(cure))
  }

  private func page(_ frame: LetterFrame, in language: Language) -> String {
    String(decoding: letterPage([sampleExplanation()], frame: frame, in: language), as: UTF8.self)
  }
}

/// A restaurant whose name tries to be more than a name, with one gate and one indicator that
/// wait for the same fact.
func sampleExplanation() -> Explanation {
  let size = Explanation.Evidence(
    fact: "size", label: "规模", value: nil, provenance: nil, office: "卫生局")
  var explanation = Explanation()
  explanation.subject = "R3"
  explanation.name = "<script>alert(1)</script>"
  explanation.title = "Hygiene"
  explanation.edition = "1"
  explanation.asOf = "2018-09-30"
  explanation.status = .pending
  explanation.score = 9_500
  explanation.upper = 12_000
  explanation.full = 15_000
  explanation.assessed = 800
  explanation.contact = "窗口"
  explanation.gates = [
    Explanation.Gate(
      id: "G1", text: "规模已知", state: .pending, rule: "size > 0", basis: "§ 1", cure: "补交",
      contact: "", facts: [size])
  ]
  explanation.parts = [
    Explanation.Part(
      id: "S1", title: "厨房", group: "卫生", points: 0, most: 10_000, state: .withheld,
      rule: "size", basis: "§ 5", facts: [size])
  ]
  explanation.missing = [
    Explanation.MissingFact(label: "规模", office: "卫生局", sites: ["G1", "S1"])
  ]
  return explanation
}
