import Labels
package import Tables

/// What moved between two runs, as a page tells it.
package struct ComparedRuns: Sendable {
  package var title: Bilingual
  /// Id, as-of date and rule pack of the earlier and of the later run.
  package var before: String
  package var after: String
  /// How the parts of a change were found.
  package var order: Bilingual
  /// What became of every rate of coverage; and its rows that the page has.
  package var coverage: ReportTable
  package var coverageListed: [Int32]
  package var rankings: [Ranking]

  package struct Ranking: Sendable {
    package var title: String
    package var counts: [(name: Bilingual, count: Int)]
    /// What changes are due to; and of each row the points that it brought and took, in
    /// thousandths, which the page draws.
    package var reasons: ReportTable
    package var shifts: [(up: Int, down: Int)]
    /// How many stand where: a row for each place before, a column for each place after.
    package var matrix: ReportTable
    package var moves: ReportTable
    /// Rows of the moves that the page names, the greatest first.
    package var listed: [Int32]
    /// How many have another rank only because others moved.
    package var movedByOthers: Int

    package init(
      title: String, counts: [(name: Bilingual, count: Int)], reasons: ReportTable,
      shifts: [(up: Int, down: Int)], matrix: ReportTable, moves: ReportTable, listed: [Int32],
      movedByOthers: Int
    ) {
      self.title = title
      self.counts = counts
      self.reasons = reasons
      self.shifts = shifts
      self.matrix = matrix
      self.moves = moves
      self.listed = listed
      self.movedByOthers = movedByOthers
    }
  }

  package init(
    title: Bilingual, before: String, after: String, order: Bilingual, coverage: ReportTable,
    coverageListed: [Int32], rankings: [Ranking]
  ) {
    self.title = title
    self.before = before
    self.after = after
    self.order = order
    self.coverage = coverage
    self.coverageListed = coverageListed
    self.rankings = rankings
  }
}

/// What moved between two runs as one page that needs nothing beside it.
package func comparePage(_ runs: ComparedRuns, in language: Language) -> [UInt8] {
  var html = HTML()
  html.begin(
    language, title: "\(runs.title.text(in: language)) \(runs.before) → \(runs.after)",
    style: PageFiles.compareStyle)
  html.tag("header") { html in
    html.languageSwitch()
    html.tag("h1") { $0.both(runs.title) }
    html.tag("dl") { html in
      html.entry(ColumnLabel.earlier, runs.before)
      html.entry(ColumnLabel.later, runs.after)
    }
  }
  html.tag("p", "quiet") { $0.both(runs.order) }
  html.coverage(runs)
  for ranking in runs.rankings { html.ranking(ranking) }
  html.end()
  return html.bytes
}

extension HTML {
  fileprivate mutating func coverage(_ runs: ComparedRuns) {
    guard !runs.coverageListed.isEmpty else { return }
    tag("section") { html in
      html.tag("h2") { $0.both(runs.coverage.title) }
      html.framed(runs.coverage.title) { html in
        html.table(runs.coverage.shown(runs.coverageListed))
      }
      let omitted = runs.coverage.count - runs.coverageListed.count
      guard omitted > 0 else { return }
      html.tag("p", "quiet") {
        $0.both(
          "其余 \(grouped(omitted)) 项用 --xlsx 写出。",
          "\(grouped(omitted)) more; --xlsx writes them.")
      }
    }
  }

  fileprivate mutating func ranking(_ ranking: ComparedRuns.Ranking) {
    tag("section") { html in
      html.tag("h2") { $0.text(ranking.title) }
      html.tag("ul", "tiles") { html in
        for (name, count) in ranking.counts {
          html.tag("li") { html in
            html.tag("b") { $0.text(grouped(count)) }
            html.both(name)
          }
        }
      }
      guard ranking.moves.count > 0 else { return }
      html.reasons(ranking)
      html.framed(ranking.matrix.title) { html in
        html.table(ranking.matrix.shown(ranking.matrix.all))
      }
      html.framed(ranking.moves.title) { html in
        html.table(ranking.moves.shown(ranking.listed))
      }
      if ranking.movedByOthers > 0 {
        html.tag("p", "quiet") {
          $0.both(
            "另有 \(grouped(ranking.movedByOthers)) 个自身没有变化，只因其他对象变动而名次不同。",
            "\(grouped(ranking.movedByOthers)) more did not change themselves and only have "
              + "another rank because others moved.")
        }
      }
      let omitted = ranking.moves.count - ranking.movedByOthers - ranking.listed.count
      guard omitted > 0 else { return }
      html.tag("p", "quiet") {
        $0.both(
          "另有 \(grouped(omitted)) 个，用 --csv 或者 --xlsx 写出全部。",
          "\(grouped(omitted)) more; --csv or --xlsx writes all.")
      }
    }
  }

  /// A table in a frame that scrolls, and that the keyboard reaches.
  private mutating func framed(_ title: Bilingual, _ table: (inout HTML) -> Void) {
    tag("h3") { $0.both(title) }
    markup("<div class=scroll role=region tabindex=0 aria-label=\"")
    text("\(title.zh) \(title.en)")
    markup("\"><table>")
    table(&self)
    markup("</table></div>")
  }

  /// What the changes are due to, with a bar for each: points taken to the left, brought to the
  /// right.
  private mutating func reasons(_ ranking: ComparedRuns.Ranking) {
    let most = max(1, ranking.shifts.map { max($0.up, -$0.down) }.max() ?? 1)
    framed(ranking.reasons.title) { html in
      html.table(
        ranking.reasons.shown(ranking.reasons.all), drawn: Bilingual(zh: "减 ← → 加", en: "− ← → +")
      ) { row, html in
        let (up, down) = ranking.shifts[row]
        html.markup("<td class=wide><span class=\"track shift\" aria-hidden=true style=\"--up:")
        html.text("\(up * 50 / most)")
        html.markup("%;--down:")
        html.text("\(-down * 50 / most)")
        html.markup("%\"><i class=down></i><i class=up></i></span></td>")
      }
    }
  }

  /// Head and body of a table; its first column heads the rows.
  ///
  /// - Parameters:
  ///   - drawn: heads a column behind the first, of which `draw` makes each row's cell.
  private mutating func table(
    _ table: ShownTable, drawn: Bilingual? = nil, draw: (Int, inout HTML) -> Void = { _, _ in }
  ) {
    tag("thead") { html in
      html.tag("tr") { html in
        for (column, name) in table.heads.enumerated() {
          html.markup(table.isFigures[column] ? "<th scope=col class=number>" : "<th scope=col>")
          html.both(name)
          html.markup("</th>")
          guard column == 0, let drawn else { continue }
          html.markup("<th scope=col>")
          html.both(drawn)
          html.markup("</th>")
        }
      }
    }
    tag("tbody") { html in
      for (number, row) in table.rows.enumerated() {
        html.tag("tr") { html in
          for (column, cell) in row.enumerated() {
            switch (column, table.isFigures[column]) {
            case (0, _): html.markup("<th scope=row>")
            case (_, true): html.markup("<td class=number>")
            case (_, false): html.markup("<td>")
            }
            html.lines(cell)
            html.markup(column == 0 ? "</th>" : "</td>")
            if column == 0, drawn != nil { draw(number, &html) }
          }
        }
      }
    }
  }

  /// A text of which each line stands on its own.
  private mutating func lines(_ text: Bilingual) {
    let zh = text.zh.split(separator: "\n", omittingEmptySubsequences: false)
    let en = text.en.split(separator: "\n", omittingEmptySubsequences: false)
    guard zh.count > 1, zh.count == en.count else { return told(text) }
    for (one, other) in zip(zh, en) {
      tag("div") { $0.told(Bilingual(zh: String(one), en: String(other))) }
    }
  }

  /// In both languages where they differ.
  private mutating func told(_ text: Bilingual) {
    if text.zh == text.en { self.text(text.zh) } else { both(text) }
  }
}

extension ReportTable {
  fileprivate var all: [Int32] { (0..<count).map { Int32($0) } }
}
