import Tables

/// How many groups of a dimension the page shows; the file beside it has all.
private let mostGroups = 60

/// Rates of every population, whole and by group, with bars and definitions.
func coverageSection(_ results: Results, _ html: inout HTML) {
  guard !results.coverage.isEmpty else { return }
  html.tag("h2") { $0.both("覆盖情况", "Coverage") }
  for lines in runs(of: results.coverage, by: \.population) {
    guard let first = lines.first else { continue }
    html.tag("h3") { $0.text(first.populationTitle) }
    if !first.definition.isEmpty { html.tag("p", "quiet") { $0.text(first.definition) } }
    for group in runs(of: lines, by: \.dimension) { dimension(group, &html) }
    definitions(first.measures, &html)
  }
  html.tag("p") { html in html.link("coverage.csv") { $0.text("coverage.csv") } }
}

private func dimension(_ lines: [CoverageLine], _ html: inout HTML) {
  guard let first = lines.first else { return }
  let isWhole = first.dimension.isEmpty
  html.tag("div", "scroll") { html in
    html.tag("table") { html in
      html.tag("thead") { html in
        html.tag("tr") { html in
          html.tag("th") { html in
            if isWhole { html.both("总体", "All") } else { html.text(first.dimension) }
          }
          html.tag("th", "number") { $0.both("单位数", "Number") }
          for measure in first.measures { html.tag("th") { $0.text(measure.title) } }
        }
      }
      html.tag("tbody") { html in
        for line in lines.prefix(mostGroups) {
          html.tag("tr") { html in
            html.cell(isWhole ? line.populationTitle : line.group)
            html.number(line.units)
            for measure in line.measures { html.rate(measure) }
          }
        }
      }
    }
  }
  guard lines.count > mostGroups else { return }
  html.tag("p", "quiet") { html in
    html.both(
      "另有 \(lines.count - mostGroups) 组，见 coverage.csv。",
      "\(lines.count - mostGroups) more groups are in coverage.csv.")
  }
}

private func definitions(_ measures: [CoverageLine.Measured], _ html: inout HTML) {
  html.tag("dl") { html in
    for measure in measures where !measure.definition.isEmpty {
      html.tag("dt") { html in html.tag("small") { $0.text(measure.title) } }
      html.tag("dd") { html in html.tag("small") { $0.text(measure.definition) } }
    }
  }
}

/// Neighbours that share a text.
private func runs(
  of lines: [CoverageLine], by text: KeyPath<CoverageLine, String>
) -> [[CoverageLine]] {
  var runs: [[CoverageLine]] = []
  for line in lines {
    if let last = runs.last?.last, last[keyPath: text] == line[keyPath: text] {
      runs[runs.count - 1].append(line)
    } else {
      runs.append([line])
    }
  }
  return runs
}
