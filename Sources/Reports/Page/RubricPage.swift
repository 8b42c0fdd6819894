public import RulePacks
public import Tables

/// Rubrics as one page that needs nothing beside it, to be read, printed and put before those who
/// sign the edition.
public func rubricPage(
  _ tables: [RubricTable], pack: RulePack, language: Language
) -> [UInt8] {
  var html = HTML()
  html.begin(
    language, title: "\(pack.about.title) \(pack.about.edition)", style: PageFiles.rubricStyle)
  html.tag("header") { html in
    html.languageSwitch()
    html.tag("h1") { $0.text(pack.about.title) }
    html.tag("dl") { html in
      html.entry(Bilingual(zh: "版次", en: "Edition"), pack.about.edition)
      html.entry(Bilingual(zh: "依据", en: "Basis"), pack.about.basis)
      html.entry(Bilingual(zh: "负责单位", en: "Owner"), pack.about.owner)
      html.entry(Bilingual(zh: "联系", en: "Contact"), pack.about.contact)
    }
  }
  for table in tables { html.rubric(table, pack) }
  html.end()
  return html.bytes
}

extension HTML {
  fileprivate mutating func rubric(_ table: RubricTable, _ pack: RulePack) {
    let rubric = pack.rubrics[table.rubric]
    tag("section") { html in
      html.tag("h2") { $0.text("\(rubric.title)（\(rubric.edition)）") }
      html.tag("dl") { html in
        for row in table.rows where row.kind == .setting && !headings.contains(row[.id]) {
          html.entry(
            Bilingual(zh: row.shown(.title, in: .zh), en: row.shown(.title, in: .en)),
            Bilingual(zh: row.shown(.rule, in: .zh), en: row.shown(.rule, in: .en)))
        }
      }
      html.rules(
        table, [.gate], Bilingual(zh: "门槛", en: "Gates"),
        [.id, .title, .rule, .basis, .source, .unknown, .note, .contact])
      html.rules(
        table, [.group, .indicator], Bilingual(zh: "指标", en: "Indicators"),
        [.id, .title, .points, .rule, .basis, .source, .unknown, .applies, .note])
      html.rules(
        table, [.deduction, .bonus], Bilingual(zh: "扣分和加分", en: "Deductions and bonuses"),
        [.kind, .id, .title, .points, .rule, .basis, .source, .unknown])
      html.rules(
        table, [.cap], Bilingual(zh: "封顶", en: "Caps"),
        [.id, .title, .rule, .basis, .source, .unknown, .note])
      html.rules(
        table, [.tier], Bilingual(zh: "等次", en: "Tiers"), [.id, .title, .points])
      html.rules(
        table, [.named], Bilingual(zh: "条件", en: "Named conditions"), [.id, .rule, .source])
    }
  }

  /// The rules of some kinds as one table; columns that nothing stands in are left out.
  private mutating func rules(
    _ table: RubricTable, _ kinds: [RubricRow.Kind], _ title: Bilingual,
    _ columns: [RubricRow.Column]
  ) {
    let rows = table.readRows.filter { kinds.contains($0.kind) }
    guard !rows.isEmpty else { return }
    let used = columns.filter { column in rows.contains { !$0[column].isEmpty } }
    tag("h3") { $0.both(title) }
    tag("div", "scroll") { html in
      html.tag("table") { html in
        html.tag("thead") { html in
          html.tag("tr") { html in
            for column in used {
              html.tag("th", column == .points ? "number" : "") {
                $0.both(column.title(above: kinds[0]))
              }
            }
          }
        }
        html.tag("tbody") { html in
          for row in rows {
            html.tag("tr", row.kind == .group ? "group" : "") { html in
              for column in used { html.cell(row, column) }
            }
          }
        }
      }
    }
  }

  private mutating func cell(_ row: RubricRow, _ column: RubricRow.Column) {
    let zh = row.shown(column, in: .zh)
    let en = row.shown(column, in: .en)
    func content(_ html: inout HTML) {
      if zh == en {
        html.text(zh)
      } else {
        html.both(zh, en)
      }
    }
    switch column {
    case .points: tag("td", "number", content)
    case .rule, .applies: tag("td", row.told[column] == nil ? "rule" : "told", content)
    case .source: tag("td", "source", content)
    case .id, .unknown, .kind: tag("td", "short", content)
    case .group, .title, .basis, .note, .contact: tag("td", content)
    }
  }
}

/// Settings that stand in the heading.
private let headings = ["title", "edition"]
