import Labels
import Tables

extension LetterPage {
  /// What decided each rule, a row a rule: points or state, and the facts with file and line.
  ///
  /// Rules themselves, and every row behind a fact, are in the annex.
  func evidence(_ html: inout HTML, _ sections: inout Int) {
    title("依据", "Evidence", &html, &sections)
    html.tag("table", "evidence") { html in
      html.row(
        head: [
          words("编号", "Id"), words("得分或结论", "Points or state"),
          words("起决定作用的事实（报送文件:行号）", "Facts that decided (delivered file:line)"),
        ])
      var brief = FactsInBrief(language: language)
      html.tag("tbody") { html in
        for gate in explanation.gates {
          row(gate.id, words(gate.state.label), brief.lines(of: gate.facts, at: gate.id), &html)
        }
        for part in explanation.parts where part.kind != .group || !part.facts.isEmpty {
          row(part.id, shownPoints(part.points), brief.lines(of: part.facts, at: part.id), &html)
        }
        for cap in explanation.caps where cap.state != .free {
          row(cap.id, words(cap.stateInWords), brief.lines(of: cap.facts, at: cap.id), &html)
        }
      }
    }
    html.tag("p", "quiet") { html in
      html.text(
        hasAnnex
          ? words("每条规则和全部数据行见附件。", "Each rule and all rows behind it are in the annex.")
          : words(
            "每条规则、判定的理由和全部数据行另有附件，可向受理单位索取。",
            "Each rule, why it decided so, and all rows behind it make an annex, which is handed over "
              + "on request."))
    }
  }

  private func row(_ id: String, _ result: String, _ lines: [String], _ html: inout HTML) {
    html.tag("tr") { html in
      html.cell(id)
      html.cell(result)
      html.tag("td") { html in
        if lines.isEmpty { html.text("—") }
        for line in lines { html.tag("p") { $0.text(line) } }
      }
    }
  }
}
