import Labels
import RulePacks
import Tables

extension MeetingPack {
  /// The list to be printed and written on: A4, across, in the pack's language.
  ///
  /// Columns in which nothing stands are left out. The page needs nothing beside it.
  func page() -> [UInt8] {
    let language = results.language
    let sheet = told()
    let rows = sheet.rows.all
    let columns = sheet.columns.indices.filter { column in
      rows.contains { !$0[column].isBlank }
    }
    var html = HTML()
    html.begin(
      language, title: MeetingLabel.title.text(in: language), style: PageFiles.meetingStyle)
    html.tag("h1") { html in
      html.text(honour.title.isEmpty ? honour.id : honour.title)
      html.text(" ")
      html.text(MeetingLabel.title.text(in: language))
    }
    html.tag("p") { html in
      let run = results.run
      html.text(
        Bilingual(
          zh: "\(run.title)，截至 \(run.asOf)。依据：\(run.legalBasis)。以下均为按标准得出的建议，由会议决定。",
          en: "\(run.title), as of \(run.asOf). Basis: \(run.legalBasis). All are proposals; the "
            + "meeting decides."
        ).text(in: language))
    }
    html.tag("ul") { html in
      for sentence in [title] + sentences {
        html.tag("li") { $0.text(sentence.text(in: language)) }
      }
    }
    html.tag("table") { html in
      html.tag("thead") { html in
        html.tag("tr") { html in
          for column in columns { html.tag("th") { $0.text(sheet.columns[column].title) } }
          html.tag("th") { $0.text(resultLabel) }
        }
      }
      html.tag("tbody") { html in
        for row in rows {
          html.tag("tr") { html in
            for column in columns {
              switch row[column].content {
              case .text(let text): html.cell(text)
              case .number(let number): html.number(shownPoints(Int((number * 1000).rounded())))
              }
            }
            html.tag("td", "open") { _ in }
          }
        }
      }
    }
    html.tag("p", "signature") { html in
      html.text(
        Bilingual(
          zh: "主持：＿＿＿＿＿＿　记录：＿＿＿＿＿＿　日期：＿＿＿＿＿＿",
          en: "Chair: ________  Minutes: ________  Date: ________"
        )
        .text(in: language))
    }
    html.markup("\n</body>\n</html>\n")
    return html.bytes
  }
}

extension WorkbookSheet.Cell {
  fileprivate var isBlank: Bool { if case .text("") = content { true } else { false } }
}
