import Labels
import Pipeline
package import Reports
package import Tables

/// One rate of coverage in two runs: a population or group of one, and a measure.
package struct CoverageChange: Sendable {
  /// Of the later run, or where that has no such line, of the earlier.
  package var line: CoverageLine
  package var title: String
  /// Nil where the run has no such line.
  package var before: CoverageLine.Measured?
  package var after: CoverageLine.Measured?

  /// How many thousandths the rate went up, as it is written in both runs; nil where one has none.
  package var rise: Int? {
    guard let was = before?.rate, let now = after?.rate else { return nil }
    return now - was
  }

  var hasChanged: Bool { before?.shown != after?.shown }

  /// Whether anybody counts in either run.
  var concernsAny: Bool { (before?.denominator ?? 0) > 0 || (after?.denominator ?? 0) > 0 }
}

extension CoverageLine.Measured {
  fileprivate var rate: Int? { share(numerator, of: denominator) }

  /// Numerator, denominator and rate.
  fileprivate var shown: String {
    let counts = "\(grouped(numerator)) / \(grouped(denominator))"
    return rate.map { "\(shownPercent($0, decimals: 1))（\(counts)）" } ?? counts
  }
}

/// Every rate of either run, in the order of the later.
func coverageChanges(_ before: [CoverageLine], _ after: [CoverageLine]) -> [CoverageChange] {
  struct Key: Hashable {
    var texts: [String]

    init(_ line: CoverageLine, _ measure: CoverageLine.Measured) {
      texts = [line.population, line.dimension, line.group, measure.id]
    }
  }
  var earlier: [Key: CoverageLine.Measured] = [:]
  for line in before {
    for measure in line.measures { earlier[Key(line, measure)] = measure }
  }
  var changes: [CoverageChange] = []
  for line in after {
    for measure in line.measures {
      let was = earlier.removeValue(forKey: Key(line, measure))
      changes.append(CoverageChange(line: line, title: measure.title, before: was, after: measure))
    }
  }
  for line in before {
    for measure in line.measures where earlier[Key(line, measure)] != nil {
      changes.append(CoverageChange(line: line, title: measure.title, before: measure, after: nil))
    }
  }
  return changes
}

extension RunComparison {
  /// What became of every rate of coverage.
  package var coverageTable: ReportTable {
    let changes = coverage
    func counts(
      _ id: String, _ label: Bilingual, _ side: @escaping @Sendable (Int) -> CoverageLine.Measured?
    ) -> [ReportColumn] {
      [
        ReportColumn(
          id: "numerator_\(id)", label: ColumnLabel.numerator,
          values: .count { side($0)?.numerator }, readers: .machines),
        ReportColumn(
          id: "denominator_\(id)", label: ColumnLabel.denominator,
          values: .count { side($0)?.denominator }, readers: .machines),
        ReportColumn(
          id: "rate_\(id)", label: label, values: .text { side($0)?.shown ?? "—" }, readers: .page,
          isFigures: true),
      ]
    }
    let measure = ReportColumn(
      id: "measure", label: ColumnLabel.measure, values: .text { changes[$0].title })
    let rise = ReportColumn(
      id: "rise", label: ColumnLabel.rise,
      values: .text { row in
        changes[row].rise.map { $0 == 0 ? "0" : shownChange($0 * 100) } ?? ""
      }, isFigures: true)
    let before = counts("before", ColumnLabel.earlier) { changes[$0].before }
    let after = counts("after", ColumnLabel.later) { changes[$0].after }
    return ReportTable(
      path: "coverage-changes.csv", title: ReportLabel.coverage,
      columns: populationColumns(withUnits: false) { changes[$0].line } + [measure] + before
        + after + [rise], count: changes.count)
  }

  /// Rows of `coverageTable` for whole populations first, then those of groups that differ.
  package var coverageShown: [Int32] {
    let whole = coverage.indices.filter {
      coverage[$0].line.dimension.isEmpty && coverage[$0].concernsAny
    }
    let groups = coverage.indices.filter {
      !coverage[$0].line.dimension.isEmpty && coverage[$0].hasChanged
    }
    return (whole + groups).map { Int32($0) }
  }
}
