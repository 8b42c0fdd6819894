import Labels
import Tables

/// What a letter tells in tables: points, conditions that are not met, and what is missing.
extension LetterPage {
  func points(_ html: inout HTML, _ sections: inout Int) {
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
            html.cell(words(part.state.label))
          }
        }
      }
    }
  }

  func conditions(_ html: inout HTML, _ sections: inout Int) {
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
              html.tag("b") { $0.text("\(gate.text)\(words("：", ": "))\(words(gate.state.label))") }
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
              html.paragraph(words("如何补正：", "How to mend it: "), cap.cure)
            }
          }
        }
      }
    }
  }

  func missing(_ html: inout HTML, _ sections: inout Int) {
    let missing = explanation.missing
    guard !missing.isEmpty else { return }
    title("缺少的材料", "What is missing", &html, &sections)
    html.tag("table") { html in
      html.row(
        head: [
          words("由谁提供", "From whom"), words("材料（影响的项目）", "Facts (and what they count in)"),
        ])
      // A row an office: where nothing came, every fact of the rubric is missing.
      var offices: [String] = []
      for fact in missing where !offices.contains(fact.office) { offices.append(fact.office) }
      html.tag("tbody") { html in
        for office in offices {
          let facts = missing.filter { $0.office == office }.map { fact in
            let sites = fact.sites.joined(separator: words("、", ", "))
            return words("\(fact.label)（\(sites)）", "\(fact.label) (\(sites))")
          }
          html.tag("tr") { html in
            html.cell(office.isEmpty ? "—" : office)
            html.cell(facts.joined(separator: words("；", "; ")))
          }
        }
      }
    }
  }

  func title(
    _ zh: String, _ en: String, _ html: inout HTML, _ sections: inout Int
  ) {
    var letter = Letter(language: language, after: sections)
    letter.title(zh, en)
    sections += 1
    html.lines(of: letter)
  }
}

/// TextBuffer of a letter.
extension HTML {
  mutating func lines(of letter: Letter) {
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

  mutating func row(head names: [String]) {
    tag("thead") { html in
      html.tag("tr") { html in for name in names { html.tag("th") { $0.text(name) } } }
    }
  }

  mutating func pair(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    tag("dt") { $0.text(name) }
    tag("dd") { $0.text(value) }
  }

  fileprivate mutating func paragraph(_ word: String, _ text: String) {
    guard !text.isEmpty else { return }
    tag("p") { $0.text(word + text) }
  }
}
