import Tables

private let mostFiles = 100

/// What was wrong with the data, kind by kind, and what became of every file.
func dataSections(_ results: Results, _ html: inout HTML) {
  findings(results, &html)
  quarantine(results, &html)
  files(results, &html)
}

private func findings(_ results: Results, _ html: inout HTML) {
  guard !results.findings.isEmpty else { return }
  var counts: [[String]: Int] = [:]
  for finding in results.findings {
    counts[[finding.severity.rawValue, finding.rule], default: 0] += 1
  }
  html.tag("h2") { $0.both("数据问题", "Findings") }
  html.tag("table") { html in
    html.head(
      [
        Bilingual(zh: "程度", en: "Severity"), Bilingual(zh: "问题", en: "Kind"),
        Bilingual(zh: "数量", en: "Number"),
      ], texts: 2)
    html.tag("tbody") { html in
      for severity in Finding.Severity.allCases {
        let kinds = counts.filter { $0.key[0] == severity.rawValue }.sorted { left, right in
          left.value == right.value
            ? precedes(left.key[1], right.key[1]) : left.value > right.value
        }
        for (key, count) in kinds {
          html.tag("tr") { html in
            html.tag("td") { $0.both(severity.shown) }
            html.tag("td") { html in html.tag("code") { $0.text(key[1]) } }
            html.number(count)
          }
        }
      }
    }
  }
  html.tag("p") { html in html.link("findings.csv") { $0.text("findings.csv") } }
}

private func quarantine(_ results: Results, _ html: inout HTML) {
  guard !results.quarantine.isEmpty else { return }
  var counts: [String: Int] = [:]
  for row in results.quarantine {
    for code in Set(row.faults.map(\.code)) { counts[code, default: 0] += 1 }
  }
  let kinds = counts.sorted { left, right in
    left.value == right.value ? precedes(left.key, right.key) : left.value > right.value
  }
  html.tag("h2") { $0.both("退回待改的记录", "Quarantined rows") }
  html.tag("p", "quiet") { html in
    html.both(
      "共 \(grouped(results.quarantine.count)) 条；一条记录可有多项原因。按文件中的说明更正后重新报送即可。",
      "\(grouped(results.quarantine.count)) rows; a row may have several reasons. Mend them as the "
        + "file says and send them again.")
  }
  html.tag("table") { html in
    html.head(
      [Bilingual(zh: "原因", en: "Reason"), Bilingual(zh: "记录数", en: "Rows")], texts: 1)
    html.tag("tbody") { html in
      for (code, count) in kinds {
        html.tag("tr") { html in
          html.tag("td") { html in html.tag("code") { $0.text(code) } }
          html.number(count)
        }
      }
    }
  }
  html.tag("p") { html in html.link("quarantine.csv") { $0.text("quarantine.csv") } }
}

private func files(_ results: Results, _ html: inout HTML) {
  let files = results.files.sorted { precedes($0.path, $1.path) }
  html.tag("h2") { $0.both("报送文件", "Delivered files") }
  html.tag("div", "scroll") { html in
    html.tag("table") { html in
      html.head(
        [
          Bilingual(zh: "文件", en: "File"), Bilingual(zh: "格式", en: "Profile"),
          Bilingual(zh: "编码", en: "Encoding"), Bilingual(zh: "读入", en: "Read"),
          Bilingual(zh: "采用", en: "Accepted"), Bilingual(zh: "退回", en: "Quarantined"),
          Bilingual(zh: "被取代", en: "Superseded"),
        ], texts: 3)
      html.tag("tbody") { html in
        for file in files.prefix(mostFiles) {
          html.tag("tr") { html in
            html.cell(file.path)
            html.cell(file.profile)
            html.cell(file.encoding)
            html.number(file.read)
            html.number(file.accepted)
            html.number(file.quarantined)
            html.number(file.superseded)
          }
        }
      }
    }
  }
  guard files.count > mostFiles else { return }
  html.tag("p", "quiet") { html in
    html.both(
      "另有 \(files.count - mostFiles) 个文件，见 manifest.json。",
      "\(files.count - mostFiles) more files are in manifest.json.")
  }
}
