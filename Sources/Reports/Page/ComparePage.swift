public import Tables

/// What moved between two runs, as a page tells it.
public struct ComparedRuns: Sendable {
  public var title: Bilingual
  /// Id, as-of date and rule pack of the earlier and of the later run.
  public var before: String
  public var after: String
  /// How the parts of a change were found.
  public var order: Bilingual
  public var rankings: [Ranking]

  public struct Ranking: Sendable {
    public var title: String
    public var counts: [(name: Bilingual, count: Int)]
    public var reasons: [Reason]
    /// How many stand where: names of the places, and for each place before a row of numbers.
    public var places: [Bilingual]
    public var matrix: [[Int]]
    /// The greatest first.
    public var moves: [Move]
    /// How many more moved.
    public var omitted: Int

    public init(
      title: String, counts: [(name: Bilingual, count: Int)], reasons: [Reason],
      places: [Bilingual], matrix: [[Int]], moves: [Move], omitted: Int
    ) {
      self.title = title
      self.counts = counts
      self.reasons = reasons
      self.places = places
      self.matrix = matrix
      self.moves = moves
      self.omitted = omitted
    }
  }

  /// What changes are due to, with the points that it brought and took, in thousandths.
  public struct Reason: Sendable {
    public var title: Bilingual
    public var subjects: Int
    public var up: Int
    public var down: Int

    public init(title: Bilingual, subjects: Int, up: Int, down: Int) {
      self.title = title
      self.subjects = subjects
      self.up = up
      self.down = down
    }
  }

  public struct Move: Sendable {
    public var subject: String
    /// Empty where names may not be shown.
    public var name: String
    public var place: (before: Bilingual, after: Bilingual)
    /// In thousandths; nil without a result.
    public var score: (before: Int?, after: Int?)
    /// Nil without one.
    public var rank: (before: Int?, after: Int?)
    public var because: [Bilingual]
    /// The rules through which most of the change came, and how many more there are.
    public var rules: [Bilingual]
    public var moreRules: Int

    public init(
      subject: String, name: String, place: (before: Bilingual, after: Bilingual),
      score: (before: Int?, after: Int?), rank: (before: Int?, after: Int?),
      because: [Bilingual], rules: [Bilingual], moreRules: Int
    ) {
      self.subject = subject
      self.name = name
      self.place = place
      self.score = score
      self.rank = rank
      self.because = because
      self.rules = rules
      self.moreRules = moreRules
    }
  }

  public init(
    title: Bilingual, before: String, after: String, order: Bilingual, rankings: [Ranking]
  ) {
    self.title = title
    self.before = before
    self.after = after
    self.order = order
    self.rankings = rankings
  }
}

/// What moved between two runs as one page that needs nothing beside it.
public func comparePage(_ runs: ComparedRuns, in language: Language) -> [UInt8] {
  var html = HTML()
  html.begin(
    language, title: "\(runs.title.text(in: language)) \(runs.before) → \(runs.after)",
    style: PageFiles.compareStyle)
  html.tag("header") { html in
    html.languageSwitch()
    html.tag("h1") { $0.both(runs.title) }
    html.tag("dl") { html in
      html.entry(Bilingual(zh: "前次", en: "Before"), runs.before)
      html.entry(Bilingual(zh: "本次", en: "After"), runs.after)
    }
  }
  html.tag("p", "quiet") { $0.both(runs.order) }
  for ranking in runs.rankings { html.ranking(ranking) }
  html.end()
  return html.bytes
}

extension HTML {
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
      guard !ranking.moves.isEmpty else { return }
      html.reasons(ranking.reasons)
      html.matrix(ranking)
      html.moves(ranking)
    }
  }

  private mutating func heads(_ names: [(Bilingual, isNumber: Bool)]) {
    tag("thead") { html in
      html.tag("tr") { html in
        for (name, isNumber) in names {
          html.markup(isNumber ? "<th scope=col class=number>" : "<th scope=col>")
          html.both(name)
          html.markup("</th>")
        }
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

  private mutating func head(_ content: (inout HTML) -> Void) {
    markup("<th scope=row>")
    content(&self)
    markup("</th>")
  }

  private mutating func reasons(_ reasons: [ComparedRuns.Reason]) {
    let most = max(1, reasons.map { max($0.up, -$0.down) }.max() ?? 1)
    framed(Bilingual(zh: "变化的原因", en: "What the changes are due to")) { html in
      html.heads([
        (Bilingual(zh: "原因", en: "Because of"), false),
        (Bilingual(zh: "减 ← → 加", en: "− ← → +"), false),
        (Bilingual(zh: "加分合计", en: "Points up"), true),
        (Bilingual(zh: "减分合计", en: "Points down"), true),
        (Bilingual(zh: "对象数", en: "Subjects"), true),
      ])
      html.tag("tbody") { html in
        for reason in reasons {
          html.tag("tr") { html in
            html.head { $0.both(reason.title) }
            html.markup("<td class=wide><span class=\"track shift\" aria-hidden=true style=\"--up:")
            html.text("\(reason.up * 50 / most)")
            html.markup("%;--down:")
            html.text("\(-reason.down * 50 / most)")
            html.markup("%\"><i class=down></i><i class=up></i></span></td>")
            html.number(signed(reason.up))
            html.number(signed(reason.down))
            html.number(grouped(reason.subjects))
          }
        }
      }
    }
  }

  private mutating func matrix(_ ranking: ComparedRuns.Ranking) {
    framed(Bilingual(zh: "等次和状态：行为前次，列为本次", en: "Tiers and states: rows before, columns after")) {
      html in
      html.heads(
        [(Bilingual(zh: "前次", en: "Before"), false)] + ranking.places.map { ($0, true) })
      html.tag("tbody") { html in
        for (row, counts) in ranking.matrix.enumerated() {
          html.tag("tr") { html in
            html.head { $0.both(ranking.places[row]) }
            for (column, count) in counts.enumerated() {
              html.markup(row == column ? "<td class=\"number same\">" : "<td class=number>")
              html.text(count == 0 ? "·" : grouped(count))
              html.markup("</td>")
            }
          }
        }
      }
    }
  }

  private mutating func moves(_ ranking: ComparedRuns.Ranking) {
    framed(Bilingual(zh: "有变化的对象，变化大的在前", en: "Who changed, the greatest first")) { html in
      html.heads([
        (Bilingual(zh: "名称", en: "Name"), false),
        (Bilingual(zh: "等次或状态", en: "Tier or state"), false),
        (Bilingual(zh: "得分", en: "Score"), true), (Bilingual(zh: "变化", en: "Change"), true),
        (Bilingual(zh: "名次", en: "Rank"), true), (Bilingual(zh: "原因", en: "Because of"), false),
        (Bilingual(zh: "经由规则", en: "Through"), false),
      ])
      html.tag("tbody") { html in
        for move in ranking.moves { html.tag("tr") { $0.move(move) } }
      }
    }
    guard ranking.omitted > 0 else { return }
    tag("p", "quiet") {
      $0.both(
        "另有 \(grouped(ranking.omitted)) 个，用 --csv 写出全部。",
        "\(grouped(ranking.omitted)) more; --csv writes all.")
    }
  }

  private mutating func move(_ move: ComparedRuns.Move) {
    head { html in
      html.text(move.name.isEmpty ? move.subject : move.name)
      if !move.name.isEmpty { html.tag("small", "code") { $0.text(move.subject) } }
    }
    tag("td") { html in
      let (before, after) = move.place
      html.both(arrow(before.zh, after.zh), arrow(before.en, after.en))
    }
    number(arrow(move.score.before.map(shownPoints), move.score.after.map(shownPoints)))
    tag("td", "number strong") { html in
      guard let before = move.score.before, let after = move.score.after else { return }
      html.text(signed(after - before))
    }
    number(arrow(move.rank.before.map { grouped($0) }, move.rank.after.map { grouped($0) }))
    tag("td") { html in
      for reason in move.because { html.tag("span", "tag") { $0.both(reason) } }
    }
    tag("td", "rules") { html in
      for rule in move.rules { html.tag("div") { $0.both(rule) } }
      guard move.moreRules > 0 else { return }
      html.tag("div") { $0.both("另有 \(move.moreRules) 条", "\(move.moreRules) more") }
    }
  }
}

private func arrow(_ before: String?, _ after: String?) -> String {
  before == after ? before ?? "—" : "\(before ?? "—") → \(after ?? "—")"
}

private func signed(_ points: Int) -> String {
  points > 0 ? "+" + shownPoints(points) : points < 0 ? "−" + shownPoints(-points) : "0"
}
