import RulePacks
import Tables

/// `index.html`: what a reader should see first, on one page that needs nothing beside it.
func page(_ results: Results, _ gaps: [ShownGaps]) -> Document {
  var html = HTML()
  let isChinese = results.language == .zh
  html.markup("<!doctype html>\n")
  html.markup(
    isChinese ? "<html lang=zh data-lang=zh>\n" : "<html lang=en data-lang=en>\n")
  html.markup("<meta charset=utf-8>\n")
  html.markup("<meta name=viewport content=\"width=device-width, initial-scale=1\">\n")
  // Nothing is fetched from anywhere, whatever a delivered name contains.
  html.markup("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
  html.markup("style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n")
  html.tag("title") { $0.text(results.run.title.isEmpty ? results.run.id : results.run.title) }
  html.tag("style") { $0.markup(pageStyle) }
  html.markup("\n<body>\n")
  heading(results, &html)
  headlines(results, &html)
  coverageSection(results, &html)
  rankingSections(results, &html)
  screeningSections(results, gaps, &html)
  dataSections(results, &html)
  footer(results, &html)
  html.tag("script") { $0.markup(pageScript) }
  html.markup("\n</body>\n</html>\n")
  return Document("index.html", [Lines(html.bytes)])
}

private func heading(_ results: Results, _ html: inout HTML) {
  let run = results.run
  let about = results.pack.about
  html.tag("header") { html in
    html.tag("nav") { html in
      html.tag("button") { html in
        html.markup("<span class=zh lang=en>English</span><span class=en lang=zh>中文</span>")
      }
    }
    html.tag("h1") { $0.text(run.title.isEmpty ? run.id : run.title) }
    html.tag("dl") { html in
      html.term("截止日期", "As of", run.asOf.description)
      html.term("用途", "Purpose", run.purpose)
      html.term("依据", "Legal basis", run.legalBasis)
      html.term("规则", "Rules", "\(about.title) \(about.edition)")
      html.term("规则依据", "Basis of the rules", about.basis)
      html.term("负责单位", "Owner", about.owner)
      html.term("查询、更正、申诉", "Questions, corrections, appeals", contact(results))
    }
  }
  html.tag("p", "quiet") { html in
    html.both(
      "本页内容均为依据规则得出的建议，由有权机关审定；每一项分值均可追溯到报送的数据行。",
      "Everything here is a proposal under the rules; the competent body decides. Every point can "
        + "be followed back to a delivered row.")
  }
}

private func headlines(_ results: Results, _ html: inout HTML) {
  html.tag("div", "tiles") { html in
    for (kind, subject) in results.pack.subjects.enumerated() {
      let count = results.dossiers.subjects[kind].count
      if count > 0 { html.tile(count, Bilingual(zh: subject.title, en: subject.title)) }
    }
    html.tile(results.files.count, Bilingual(zh: "报送文件", en: "files"))
    html.tile(
      results.files.reduce(0) { $0 + $1.read }, Bilingual(zh: "读入记录", en: "rows read"))
    html.tile(
      results.files.reduce(0) { $0 + $1.accepted }, Bilingual(zh: "采用", en: "accepted"))
    html.tile(
      results.files.reduce(0) { $0 + $1.quarantined },
      Bilingual(zh: "退回待改", en: "quarantined"))
    html.tile(
      results.files.reduce(0) { $0 + $1.superseded },
      Bilingual(zh: "被更新记录取代", en: "superseded"))
    html.tile(results.findings.count, Bilingual(zh: "数据问题", en: "findings"))
  }
}

private func footer(_ results: Results, _ html: inout HTML) {
  html.tag("footer") { html in
    html.tag("h3") { $0.both("全部文件", "All files") }
    html.tag("p") { html in
      let paths =
        results.scorecards.indices.map { "rankings/\(fileName(results.rubric(of: $0).id)).csv" }
        + results.screenings.map {
          "screening/\(fileName(results.run.honours[$0.honour].id)).csv"
        }
        + [
          "coverage.csv", "formation.csv", "evidence-gaps.csv", "findings.csv", "quarantine.csv",
          "disparity.csv", "corrections.csv", "manifest.json", "rankings.xlsx",
        ]
      for path in paths {
        html.link(path) { $0.text(path) }
        html.markup(" &ensp; ")
      }
    }
    if !results.pack.about.notice.isEmpty {
      html.tag("p", "quiet") { $0.text(results.pack.about.notice) }
    }
    html.tag("p", "quiet") { html in
      html.text("\(contact(results)) · heng \(results.toolVersion) · \(results.run.id)")
    }
  }
}

/// Where to ask: the run's contact, else the pack's.
private func contact(_ results: Results) -> String {
  results.run.contact.isEmpty ? results.pack.about.contact : results.run.contact
}

extension HTML {
  fileprivate mutating func term(_ zh: String, _ en: String, _ value: String) {
    guard !value.isEmpty else { return }
    tag("dt") { $0.both(zh, en) }
    tag("dd") { $0.text(value) }
  }

  fileprivate mutating func tile(_ number: Int, _ name: Bilingual) {
    tag("div") { html in
      html.tag("b") { $0.count(number) }
      html.tag("small") { $0.both(name) }
    }
  }
}
