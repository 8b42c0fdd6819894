import Expressions
import RulePacks
import Tables

/// What the dossiers give for the statistics of the pack: each for the whole, then for each group
/// of each fact by which it is shown.
///
/// The groups of a fact, with one for subjects that do not state it, add up to the whole, but for
/// different texts, which may stand in several groups.
func statistics(_ dossiers: Dossiers, _ pack: RulePack, jobs: Int) async -> [StatisticLine] {
  var lines: [[StatisticLine]] = pack.statistics.map { _ in [] }
  for subject in pack.subjects.indices {
    let asked = pack.statistics.indices.filter { pack.statistics[$0].count.subject == subject }
    guard !asked.isEmpty else { continue }
    let some = asked.map { pack.statistics[$0] }
    let pieces = await overStretches(of: dossiers.subjects[subject].count, jobs: jobs) { rows in
      tallies(of: some, subject, rows, dossiers)
    }
    for (number, index) in asked.enumerated() {
      lines[index] = told(index, pieces.map { $0[number] }, pack)
    }
  }
  return lines.flatMap { $0 }
}

/// Tallies of one statistic by fact, the whole first, and by its values.
private typealias Groups = [[String?: FigureTally]]

/// All statistics of a stretch at once, so that what they read is gathered once.
private func tallies(
  of statistics: [Statistic], _ subject: Int, _ rows: Range<Int>, _ dossiers: Dossiers
) -> [Groups] {
  var demand = Demand(slots: Set(statistics.flatMap(\.by)))
  for statistic in statistics {
    for expression in statistic.count.expressions { demand.form(union: expression.demand) }
  }
  let batch = dossiers.batch(of: subject, rows: rows, demand: demand)
  var labelled: [Int: Labelled] = [:]
  for slot in demand.slots where statistics.contains(where: { $0.by.contains(slot) }) {
    labelled[slot] = Labelled(batch.vectors[slot], count: rows.count)
  }
  let whole = Labelled(ids: Array(repeating: 0, count: rows.count), names: [nil])
  return statistics.map { statistic in
    let evaluated = EvaluatedCount(statistic.count, over: batch, count: rows.count)
    return ([whole] + statistic.by.map { labelled[$0] ?? whole }).map { labels in
      var groups: [String?: FigureTally] = [:]
      let found = evaluated.tallies(by: labels.ids, count: labels.names.count)
      for (name, tally) in zip(labels.names, found) where tally.members > 0 { groups[name] = tally }
      return groups
    }
  }
}

/// The lines of one statistic.
private func told(_ index: Int, _ pieces: [Groups], _ pack: RulePack) -> [StatisticLine] {
  let statistic = pack.statistics[index]
  var sums: Groups = Array(repeating: [:], count: statistic.by.count + 1)
  for piece in pieces {
    for (dimension, groups) in piece.enumerated() {
      for (label, tally) in groups { sums[dimension][label, default: FigureTally()].add(tally) }
    }
  }
  func line(_ tally: FigureTally, dimension: String, group: String, name: String) -> StatisticLine {
    StatisticLine(
      statistic: index, dimension: dimension, group: group, name: name, subjects: tally.subjects,
      number: tally.number(of: statistic.count.form), unknown: tally.unknown)
  }
  var lines = [line(sums[0][nil] ?? FigureTally(), dimension: "", group: "", name: "")]
  for (dimension, slot) in statistic.by.enumerated() {
    let fact = pack.subjects[statistic.count.subject].facts[slot]
    let groups = sums[dimension + 1]
    lines += Array(groups.keys).ordered(by: fact, pack).map { label in
      line(
        groups[label] ?? FigureTally(), dimension: fact.label,
        group: title(of: label, fact, pack), name: name(of: label, fact, pack))
    }
  }
  return lines
}

extension FigureTally {
  /// Those among whom is counted.
  fileprivate var subjects: Int { whole > 0 ? whole : members }

  /// Nil where nothing is known of anybody; nobody to count is 0.
  fileprivate func number(of form: FigureCount.Form) -> Exact? {
    let isKnown = unknown < max(subjects, 1)
    switch form {
    case .members: return Exact(Int64(members))
    case .count: return isKnown ? Exact(Int64(number)) : nil
    case .sum(let expression):
      guard isKnown else { return nil }
      return expression.type == .decimal
        ? Exact(millionths: Int64(number)) : Exact(Int64(number))
    case .distinct: return isKnown ? Exact(Int64(texts.count)) : nil
    }
  }
}
