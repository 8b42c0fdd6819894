import RulePacks
import Tables

/// The page and the files beside it, each made when its turn comes.
///
/// A page opened from disk may load scripts that lie beside it, but may read no other file. So
/// what would make the page slow to open stands in files of `data/` that each call `heng` with
/// their name and content, and are loaded when the reader comes to them.
func pageDocuments(
  _ results: RunResult, _ gaps: [ShownGaps], _ settings: ReportSettings, _ papers: Papers
) -> [@Sendable () -> Document] {
  let lists = results.scorecards.indices.map { PageList(results, $0, settings) }
  // Once a run: a plan has a place for every unit, and the page a file for every 2,000.
  let proposals = results.pack.subjects.indices.map { SubjectProposals(results, subject: $0) }
  var documents: [@Sendable () -> Document] = []
  for list in lists {
    documents.append { pageRules(results, list, gaps[list.index]) }
    for chunk in list.chunks(of: PageList.indexSize).enumerated() {
      documents.append { pageIndex(results, list, chunk.offset, chunk.element) }
    }
    for chunk in list.chunks(of: PageList.detailSize).enumerated() {
      let proposed = proposals[results.rubric(of: list.index).subject]
      documents.append {
        pageDetails(results, list, gaps[list.index], proposed, chunk.offset, chunk.element)
      }
    }
    if !results.earlier.isEmpty {
      for chunk in list.chunks(of: PageList.detailSize).enumerated() {
        documents.append { pageHistory(results, list, chunk.offset, chunk.element) }
      }
    }
    for start in stride(from: 0, to: list.explained.count, by: PageList.evidenceSize) {
      let end = min(list.explained.count, start + PageList.evidenceSize)
      documents.append { pageEvidence(results, list, start..<end) }
    }
  }
  documents += results.screenings.map { screening in
    { pageScreening(results, screening, gaps) }
  }
  documents.append { pageFindings(results) }
  documents.append { pageQuarantine(results) }
  if results.formation.contains(where: { $0.count > 0 }) {
    documents.append { formationTable(results).pageDocument("formation", most: mostRows) }
  }
  if results.comparesRatings {
    documents.append { differingRatings(results).pageDocument("ratings", most: mostRows) }
  }
  if !results.statistics.isEmpty {
    documents.append { statisticsTable(results).pageDocument("statistics", most: mostRows) }
  }
  if hasCases(results) { documents.append { pageCases(results) } }
  documents.append { page(results, lists, papers) }
  return documents
}

/// `index.html`: style, script and what the overview shows.
func page(_ results: RunResult, _ lists: [PageList], _ papers: Papers = Papers()) -> Document {
  var html = HTML()
  let isChinese = results.language == .zh
  html.markup("<!doctype html>\n")
  html.markup(isChinese ? "<html lang=zh>\n<head>\n" : "<html lang=en>\n<head>\n")
  html.describe()
  // Only the files beside the page are loaded, whatever a delivered name contains.
  html.markup("<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; ")
  html.markup("style-src 'unsafe-inline'; script-src 'unsafe-inline' 'self' file:; ")
  html.markup("base-uri 'none'; form-action 'none'\">\n")
  html.tag("title") { $0.text(results.run.title.isEmpty ? results.run.id : results.run.title) }
  html.style(PageFiles.reportStyle)
  html.markup("\n</head>\n<body>\n<div id=page></div>\n")
  html.tag("noscript") { html in
    html.tag("h1") { $0.text(results.run.title) }
    html.tag("p") { html in
      html.text(
        "本页需要启用脚本；不启用时请打开同一文件夹中的表格。"
          + "This page needs scripts; without them open the tables in the same folder.")
    }
    html.tag("p") { html in
      for path in tablePaths(results) {
        html.link(path) { $0.text(path) }
        html.markup(" ")
      }
    }
  }
  html.markup("\n<script type=\"application/json\" id=run>")
  let json = Lines(markupJSON(inertJSON(pageRun(results, lists, papers))))
  var end = HTML()
  end.markup("</script>\n")
  end.script(PageFiles.reportScript)
  end.markup("\n</body>\n</html>\n")
  return Document("index.html", [Lines(html.bytes), json, Lines(end.bytes)])
}

/// The tables beside the page.
func tablePaths(_ results: RunResult) -> [String] {
  results.scorecards.indices.map { "rankings/\(fileName(results.rubric(of: $0).id)).csv" }
    + results.screenings.map { "screening/\(fileName(results.run.honours[$0.honour].id)).csv" }
    + [
      "coverage.csv", "formation.csv", "formation-summary.csv", "evidence-gaps.csv",
      "findings.csv", "quarantine.csv", "robustness.csv", "disparity.csv", "corrections.csv",
      "rankings.xlsx", "manifest.json",
    ] + (results.pack.overview == nil ? [] : ["overview.csv", "forms.csv"])
    + (results.pack.statistics.isEmpty ? [] : ["statistics.csv"])
    + (results.pack.published.isEmpty ? [] : ["published.csv"])
    + (results.comparesRatings ? ["ratings-differ.csv", "ratings-compared.csv"] : [])
}

/// A file of `data/`: one call with the file's name and its content.
func dataDocument(_ name: String, _ content: [UInt8]) -> Document {
  var bytes = Array("heng(".utf8)
  JSON.quote(name.utf8, to: &bytes)
  bytes.append(UInt8(ascii: ","))
  bytes += inertJSON(content)
  bytes.append(")\n")
  return Document("data/\(name).js", [Lines(bytes)])
}

/// JSON in which no `<` occurs, so that nothing in it ends or begins an element; `<` can only
/// stand within texts, where it may be written as an escape.
private func inertJSON(_ json: [UInt8]) -> [UInt8] {
  let sign = UInt8(ascii: "<")
  guard var next = json.firstIndex(of: sign) else { return json }
  var bytes: [UInt8] = []
  bytes.reserveCapacity(json.count + 64)
  var start = 0
  while next < json.count {
    bytes += json[start..<next]
    bytes.append("\\u003c")
    start = next + 1
    next = json[start...].firstIndex(of: sign) ?? json.count
  }
  bytes += json[start...]
  return bytes
}

/// Texts of which many occur again and again: each stands once and is named by its number.
struct SharedTexts {
  private(set) var texts: [String] = []
  private var numbers: [String: Int] = [:]

  mutating func number(_ text: String) -> Int {
    if let number = numbers[text] { return number }
    numbers[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }
}

extension JSON {
  mutating func strings(_ key: String? = nil, _ values: [String]) {
    array(key) { json in for value in values { json.string(nil, value) } }
  }

  mutating func numbers(_ key: String? = nil, _ values: [some BinaryInteger]) {
    raw(key) { bytes in
      bytes.append(addingCapacity: values.count * 21 + 2) { output in
        output.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
          if index > 0 { output.append(UInt8(ascii: ",")) }
          output.putDigits(Int(value))
        }
        output.append(UInt8(ascii: "]"))
      }
    }
  }

  mutating func bilingual(_ key: String? = nil, _ text: Bilingual) {
    strings(key, [text.zh, text.en])
  }
}
