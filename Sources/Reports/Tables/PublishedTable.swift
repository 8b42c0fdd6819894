import Labels
import RulePacks
package import Tables

/// `published.csv`: what source documents state, beside what the delivery gives.
func publishedTable(_ results: RunResult) -> ReportTable {
  let figures = comparedFigures(results)
  let language = results.language
  func text(
    _ id: String, _ label: Bilingual, _ width: Double = 14,
    _ text: @escaping @Sendable (ComparedFigure) -> String
  ) -> ReportColumn {
    ReportColumn(id: id, label: label, values: .text { text(figures[$0]) }, width: width)
  }
  func figure(
    _ id: String, _ label: Bilingual,
    _ figure: @escaping @Sendable (ComparedFigure) -> WrittenFigure
  ) -> ReportColumn {
    ReportColumn(
      id: id, label: label, values: .figures { figure(figures[$0]) }, width: 14, isFigures: true)
  }
  let degrees = StatedFigure.Degree.allCases
  let states = FigureState.allCases
  var columns = [text("figure", ColumnLabel.sourceWords) { $0.figure.id }]
  columns[0].readers = .machines
  columns += .sentence("title", ColumnLabel.figure, width: 26, language: language) {
    figures[$0].figure.title
  }
  columns += [
    ReportColumn(
      id: "as", label: ColumnLabel.degree,
      values: .word(Words(degrees.map { ($0.rawValue, $0.label) })) { row in
        degrees.firstIndex(of: figures[row].figure.stated.degree)
      }, width: 8),
    figure("stated", ColumnLabel.stated) { $0.stated },
    text("unit", ColumnLabel.unit, 10) { $0.figure.unit },
    figure("computed", ColumnLabel.computed) { $0.given },
    ReportColumn(
      id: "unknown", label: ColumnLabel.unknown,
      values: .count { figures[$0].computed?.unknown }),
    figure("difference", ColumnLabel.difference) { $0.difference },
    ReportColumn(
      id: "state", label: ColumnLabel.conclusion,
      values: .word(Words(states.map { ($0.rawValue, $0.label) })) { row in
        states.firstIndex(of: figures[row].state)
      }, width: 12),
  ]
  columns += .sentence("explanation", ColumnLabel.explanation, width: 60, language: language) {
    figures[$0].explanation
  }
  columns += [
    text("source", ColumnLabel.sourceDocument, 40) { $0.figure.source },
    text("place", ColumnLabel.sourceWords, 40) { $0.figure.place },
  ]
  return ReportTable(
    path: "published.csv", title: ReportLabel.published, columns: columns, count: figures.count)
}

/// The published figures of the pack, each with what the delivery gives.
func comparedFigures(_ results: RunResult) -> [ComparedFigure] {
  zip(results.pack.published, results.published).map { ComparedFigure(figure: $0, computed: $1) }
}

extension RunResult {
  /// How many published figures there are of each state, in the order of the states; none at all
  /// where the pack has none.
  package var figureStates: [(state: FigureState, count: Int)] {
    let figures = comparedFigures(self)
    guard !figures.isEmpty else { return [] }
    return FigureState.allCases.map { state in (state, figures.count { $0.state == state }) }
  }
}

/// A published figure beside what the delivery gives.
struct ComparedFigure: Sendable {
  let figure: PublishedFigure
  let computed: ComputedFigure?

  var state: FigureState {
    if case .cannot = figure.answer { return .cannotBeKnown }
    return computed.map { figure.stated.state(beside: $0) } ?? .nothingDelivered
  }

  var stated: WrittenFigure {
    switch figure.stated.value {
    case .number(let number): WrittenFigure(number)
    case .share(let share): WrittenFigure(share: share)
    }
  }

  /// What the delivery gives; none where it gives nothing.
  var given: WrittenFigure {
    guard let computed else { return .none }
    return share(of: computed).map { WrittenFigure(share: $0) } ?? WrittenFigure(computed.number)
  }

  /// In thousandths, on the side of the stated share where it truly lies; nil where it is no share.
  private func share(of computed: ComputedFigure) -> Int? {
    guard case .share(let stated) = figure.stated.value, let whole = computed.whole else {
      return nil
    }
    return Tables.share(computed.number, of: whole, target: stated)
  }

  /// The computed figure less the stated one; of shares in hundredths of the whole.
  var difference: WrittenFigure {
    guard let computed else { return .none }
    switch figure.stated.value {
    case .number(let stated):
      let difference = computed.number - stated
      return WrittenFigure(
        plain: "\(difference)", shown: signed(difference) { grouped($0) })
    case .share(let stated):
      guard let now = share(of: computed) else { return .none }
      return WrittenFigure(
        plain: shownPoints((now - stated) * 100, decimals: 1),
        shown: signed(now - stated) { shownPoints($0 * 100, decimals: 1) })
    }
  }

  /// A minus sign, which no spreadsheet takes for the beginning of a formula.
  private func signed(_ difference: Int, _ shown: (Int) -> String) -> String {
    difference == 0 ? "0" : difference < 0 ? "−" + shown(-difference) : shown(difference)
  }

  /// How it is computed and what to keep in mind, or why it cannot be known.
  var explanation: Bilingual {
    var sentences: [Bilingual] = []
    switch figure.answer {
    case .cannot(let reason): sentences.append(reason)
    case .computed(let count): sentences.append(count.definition)
    }
    if let computed, let whole = computed.whole {
      sentences.append(
        Bilingual(
          zh: "\(grouped(computed.number))÷\(grouped(whole))",
          en: "\(grouped(computed.number)) of \(grouped(whole))"))
    }
    if state == .cannotBeKnown, let computed {
      sentences.append(
        Bilingual(
          zh: "\(grouped(computed.unknown)) 个对象情况不明，是否相符要先查明",
          en: "of \(grouped(computed.unknown)) it is not known; they have to be ascertained first"))
    }
    if let note = figure.note { sentences.append(note) }
    return Bilingual(
      zh: sentences.map(\.zh).joined(separator: "；"),
      en: sentences.map(\.en).joined(separator: "; "))
  }
}

extension WrittenFigure {
  fileprivate init(_ number: Int) { self.init(plain: "\(number)", shown: grouped(number)) }

  /// - Parameter share: In thousandths.
  fileprivate init(share: Int) {
    let shown = shownPercent(share, decimals: 1)
    self.init(plain: shown, shown: shown)
  }
}
