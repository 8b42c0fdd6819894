import Labels
import RulePacks
import Tables

/// `gaps/OFFICE.xlsx`: what each office is asked to supply, a row for each subject and missing
/// fact, ready to be sent to it.
struct OfficeGaps: Sendable {
  /// Workbooks by the ids of their offices, in the pack's order.
  /// `rows` is how many requests there are in all.
  private(set) var books: [(office: RulePack.Office, requests: [Request], rows: Int)] = []

  /// What is asked of an office about one subject.
  struct Request: Sendable {
    /// Index of the subject kind, and row of the subject.
    var subject: Int
    var row: Int
    var fact: ShownFact
    /// By index of the scorecard, what it counts in and for how many points.
    var uses: [(card: Int, parts: [String])]

    mutating func use(_ card: Int, _ part: String) {
      guard let last = uses.indices.last, uses[last].card == card else {
        return uses.append((card, [part]))
      }
      if !uses[last].parts.contains(part) { uses[last].parts.append(part) }
    }
  }

  /// A fact of a subject, by numbers: a large register has millions of gaps.
  private struct Key: Hashable {
    var subject: Int
    var row: Int32
    var fact: Int
  }

  /// - Parameter most: how many rows an office's workbook may have for it to have all.
  init(_ results: RunResult, _ gaps: [ShownGaps], most: Int) {
    let offices = results.pack.about.offices
    let asked = AskedFacts(results, gaps)
    let counts = asked.counts(results, gaps)
    let limits = counts.map { $0 > most ? rowsOfLongerTable : most }
    var requests = [[Request]](repeating: [], count: offices.count)
    var places = [[Key: Int]](repeating: [:], count: offices.count)
    for (index, shown) in gaps.enumerated() {
      let card = results.scorecards[index]
      let rubric = results.rubric(of: index)
      for gap in shown.gaps.map({ Int($0) }) {
        let missing = Int(card.gaps.missing[gap])
        let office = asked.owners[index][missing]
        guard office >= 0, let fact = shown.facts[missing] else { continue }
        let row = card.subjects[Int(card.gaps.entries[gap])]
        let key = Key(subject: rubric.subject, row: row, fact: asked.alike[index][missing])
        if let place = places[office][key] {
          requests[office][place].use(index, OfficeGaps.use(gap, card, rubric, results.language))
        } else if requests[office].count < limits[office] {
          places[office][key] = requests[office].count
          requests[office].append(
            Request(
              subject: rubric.subject, row: Int(row), fact: fact,
              uses: [(index, [OfficeGaps.use(gap, card, rubric, results.language)])]))
        }
      }
    }
    for office in offices.indices where !requests[office].isEmpty {
      books.append((offices[office], requests[office], counts[office]))
    }
  }

  /// What a gap is in, and the points that it can still bring.
  private static func use(_ gap: Int, _ card: Scorecard, _ rubric: Rubric, _ language: Language)
    -> String
  {
    switch card.gaps.sites[gap] {
    case .gate(let index): return rubric.gates[index].text
    case .cap(let index): return rubric.caps[index].text
    case .part(let index):
      let part = rubric.parts[index]
      let now = Int(card.parts[index].points[Int(card.gaps.entries[gap])])
      let points = shownChange((part.kind == .deduction ? part.least : part.most) - now)
      return part.title
        + Bilingual(zh: "（\(points) 分）", en: " (\(points) points)").text(in: language)
    }
  }

  /// The workbook of one office as a sheet.
  func sheet(_ number: Int, of results: RunResult) -> WorkbookSheet {
    let (office, requests, rows) = books[number]
    let language = results.language
    let title = Bilingual(
      zh: "请\(office.title)补报：\(results.run.title)，截至 \(results.run.asOf)",
      en: "Asked of \(office.title): \(results.run.title), as of \(results.run.asOf)")
    let colon = Bilingual(zh: "：", en: ": ").text(in: language)
    let comma = Bilingual(zh: "、", en: ", ").text(in: language)
    let columns = [
      (ColumnLabel.subject, 22.0), (ColumnLabel.name, 32), (ColumnLabel.recordKind, 18),
      (ColumnLabel.missing, 34), (ColumnLabel.countsIn, 50), (ColumnLabel.supplied, 24),
    ]
    var made = columns.map { label, width in
      WorkbookSheet.Column(title: label.text(in: language), width: width)
    }
    made[5].note =
      Bilingual(
        zh: "填好后，请在贵单位下次报送的相应表格中补上这些内容；系统只读报送的文件，不读本表。",
        en:
          "Once it is known, state it in the table that your office delivers next; only delivered "
          + "files are read, not this sheet."
      ).text(in: language)
    let subjects = results.pack.subjects.indices.map { ShownSubjects(results, kind: $0) }
    return WorkbookSheet(
      name: Bilingual(zh: "请补报", en: "Missing").text(in: language),
      title: heading(
        title.text(in: language), shown: requests.count, of: rows, file: "evidence-gaps.csv",
        in: language),
      columns: made,
      rows: WorkbookSheet.Rows(count: requests.count) { range in
        requests[range].map { request in
          let shown = subjects[request.subject]
          return [
            WorkbookSheet.Cell(shown.id(request.row)), WorkbookSheet.Cell(shown.name(request.row)),
            WorkbookSheet.Cell(request.fact.record), WorkbookSheet.Cell(request.fact.label),
            WorkbookSheet.Cell(
              request.uses.map { use in
                results.rubric(of: use.card).title + colon + use.parts.joined(separator: comma)
              }.joined(separator: "\n"), .quiet),
            WorkbookSheet.Cell("", .open),
          ]
        }
      })
  }

  /// The file of one office, within the run's folder.
  func path(_ number: Int) -> String { "gaps/\(fileName(books[number].office.id)).xlsx" }
}

/// How many requests an office's workbook may hold for it to hold all.
let mostRequests = mostSheetRows
