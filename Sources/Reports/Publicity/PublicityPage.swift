import Labels
import RulePacks
import Tables

/// `publicity/HONOUR.html`: the public notice as a page to print.
///
/// The page needs nothing beside it and runs no script.
func publicityPage(_ notice: PublicNotice) -> Document {
  var html = HTML()
  html.markup("<!doctype html>\n")
  html.markup(notice.language == .zh ? "<html lang=zh>\n" : "<html lang=en>\n")
  html.describe()
  html.markup("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
  html.markup("style-src 'unsafe-inline'\">\n")
  html.tag("title") { $0.text(notice.title) }
  html.style(PageFiles.letterStyle)
  html.markup("\n<body>\n")
  html.tag("article") { notice.write(&$0) }
  html.markup("\n</body>\n</html>\n")
  return Document(notice.path + ".html", [Lines(html.bytes)])
}

extension PublicNotice {
  fileprivate func write(_ html: inout HTML) {
    func words(_ text: Bilingual) -> String { text.text(in: language) }
    html.tag("h1") { $0.text(title) }
    html.tag("p") { $0.text(words(PublicityLabel.lead(subject))) }
    html.tag("dl") { $0.pair(words(PublicityLabel.basis), basis) }
    html.tag("table") { html in
      html.tag("thead") { html in
        html.tag("tr") { html in
          html.tag("th") { $0.text(words(PublicityLabel.number)) }
          html.tag("th") { $0.text(nameLabel) }
          for column in columns { html.tag("th") { $0.text(column.label) } }
        }
      }
      html.tag("tbody") { writeRows(&$0) }
    }
    html.tag("dl") { html in
      let period = PublicityLabel.period(from: from, to: to, days: "\(publicity.days)")
      html.pair(words(PublicityLabel.period), words(period))
      html.pair(words(PublicityLabel.telephone), publicity.telephone)
      html.pair(words(PublicityLabel.objections), publicity.objections)
    }
    html.tag("div", "signature") { html in
      html.tag("p") { $0.text(owner) }
      html.tag("p") { $0.text(decided) }
    }
  }

  /// A row for each person, under its group where there are several.
  private func writeRows(_ html: inout HTML) {
    var group = ""
    for (index, person) in people.enumerated() {
      if person.group != group {
        group = person.group
        html.tag("tr", "group") { html in
          html.markup("<td colspan=\"")
          html.text("\(columns.count + 2)")
          html.markup("\">")
          html.text(group)
          html.markup("</td>")
        }
      }
      html.tag("tr") { html in
        html.number("\(index + 1)")
        html.cell(person.name)
        for fact in person.facts { html.cell(fact) }
      }
    }
  }
}
