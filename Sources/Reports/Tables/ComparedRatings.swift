import Labels
import RulePacks
import Tables

/// The tiers that somebody delivered for the subjects of one rubric, beside those that the run
/// works out: what the rubric asks for by `compare-with`.
struct ComparedRatings: Sendable {
  /// Index into the run's scorecards.
  let index: Int
  /// What the pack calls the delivered fact.
  let label: String
  /// What can be delivered or worked out, the tiers first: ids with what people read.
  let ratings: [(id: String, title: String)]
  /// For each entry of the scorecard the rating delivered and the one worked out, by their numbers;
  /// −1 where there is none.
  let delivered: [Int32]
  let computed: [Int32]

  /// Nil where the rubric compares nothing.
  init?(_ results: RunResult, _ index: Int) {
    let rubric = results.rubric(of: index)
    guard let slot = rubric.comparedWith else { return nil }
    let card = results.scorecards[index]
    let fact = results.pack.subjects[rubric.subject].facts[slot]
    var ratings = rubric.tiers.map { (id: $0.id, title: $0.label) }
    for code in fact.codes.map({ results.pack.codes[$0].codes }) ?? []
    where !ratings.contains(where: { $0.id == code.code }) {
      ratings.append((code.code, code.name.isEmpty ? code.code : code.name))
    }
    let numbers = Dictionary(
      zip(ratings.map(\.id), (0 as Int32)...), uniquingKeysWith: { first, _ in first })
    self.index = index
    self.ratings = ratings
    label = fact.label
    delivered = card.subjects.map { row in
      results.dossiers.text(subject: rubric.subject, fact: slot, row: Int(row))
        .flatMap { numbers[$0] } ?? -1
    }
    // Who has no rank has no tier, whatever the points would make of it.
    computed = card.subjects.indices.map { entry in
      card.statuses[entry].hasRank ? Int32(card.tiers[entry]) : -1
    }
  }

  /// Entries for which both are known and differ, in order of publication.
  func differing(_ results: RunResult) -> [Int32] {
    results.standings[index].order.filter {
      let (was, now) = (delivered[Int($0)], computed[Int($0)])
      return was >= 0 && now >= 0 && was != now
    }
  }

  /// How often each pair of ratings occurs, those delivered best first; of those without either
  /// nothing is counted.
  var counts: [(delivered: Int32, computed: Int32, count: Int)] {
    struct Pair: Hashable {
      var delivered: Int32
      var computed: Int32
    }
    var counts: [Pair: Int] = [:]
    for (was, now) in zip(delivered, computed) where was >= 0 || now >= 0 {
      counts[Pair(delivered: was, computed: now), default: 0] += 1
    }
    // What is missing stands behind all that is there.
    func order(_ pair: Pair) -> (UInt32, UInt32) {
      (UInt32(bitPattern: pair.delivered), UInt32(bitPattern: pair.computed))
    }
    return counts.sorted { order($0.key) < order($1.key) }.map {
      ($0.key.delivered, $0.key.computed, $0.value)
    }
  }
}

/// The comparisons that the run's rubrics ask for.
func comparedRatings(_ results: RunResult) -> [ComparedRatings] {
  results.scorecards.indices.compactMap { ComparedRatings(results, $0) }
}

/// `ratings-differ.csv`: every subject whose delivered rating is not the tier that is worked out.
func differingRatings(_ results: RunResult) -> ReportTable {
  let compared = comparedRatings(results)
  let rows = compared.enumerated().flatMap { place, one in
    one.differing(results).map { (place: place, entry: Int($0)) }
  }
  let subjects = compared.map {
    ShownSubjects(results, kind: results.rubric(of: $0.index).subject)
  }
  let reasons = compared.map {
    Reasons(results.rubric(of: $0.index), language: results.language)
  }
  @Sendable func subject(_ row: Int) -> Int {
    let one = compared[rows[row].place]
    return Int(results.scorecards[one.index].subjects[rows[row].entry])
  }
  let (words, firsts) = ratingWords(compared)
  let columns = [
    rubricColumn(results, compared) { rows[$0].place },
    ReportColumn(
      id: "subject", label: ColumnLabel.subject,
      values: .text { subjects[rows[$0].place].id(subject($0)) }, width: 21),
    ReportColumn(
      id: "name", label: ColumnLabel.name,
      values: .text { subjects[rows[$0].place].name(subject($0)) }, width: 32),
    ReportColumn(
      id: "delivered", label: ColumnLabel.ratingDelivered,
      values: .word(words) { row in
        firsts[rows[row].place] + Int(compared[rows[row].place].delivered[rows[row].entry])
      }, width: 14),
    ReportColumn(
      id: "computed", label: ColumnLabel.ratingComputed,
      values: .word(words) { row in
        firsts[rows[row].place] + Int(compared[rows[row].place].computed[rows[row].entry])
      }, width: 14),
    ReportColumn(
      id: "direction", label: ColumnLabel.ratingDirection,
      values: .word(ratingDirections) { row in
        let one = compared[rows[row].place]
        return one.computed[rows[row].entry] < one.delivered[rows[row].entry] ? 0 : 1
      }, width: 12),
    ReportColumn(
      id: "score", label: ColumnLabel.score,
      values: .points { row in
        Int(results.scorecards[compared[rows[row].place].index].scores[rows[row].entry])
      }),
    ReportColumn(
      id: "reasons", label: ColumnLabel.reasons,
      values: .text { row in
        let (place, entry) = rows[row]
        let one = compared[place]
        let bytes = reasons[place].text(results.scorecards[one.index], entry)
        let why = results.announced(card: one.index, entry: entry)?.reasons ?? []
        let text = String(decoding: bytes, as: UTF8.self)
        let more = why.filter { !text.contains($0) }
        return ([text] + more).filter { !$0.isEmpty }
          .joined(separator: Phrases.separator.text(in: results.language))
      }, width: 60),
  ]
  return ReportTable(
    path: "ratings-differ.csv", title: ReportLabel.ratingsDiffer, columns: columns,
    count: rows.count)
}

/// `ratings-compared.csv`: how many subjects have each pair of a delivered and a computed rating,
/// those without one of the two included.
func ratingCounts(_ results: RunResult) -> ReportTable {
  let compared = comparedRatings(results)
  let rows = compared.enumerated().flatMap { place, one in
    one.counts.map { (place: place, pair: $0) }
  }
  let (words, firsts) = ratingWords(compared)
  @Sendable func number(_ place: Int, _ rating: Int32) -> Int? {
    rating < 0 ? nil : firsts[place] + Int(rating)
  }
  let columns = [
    rubricColumn(results, compared) { rows[$0].place },
    ReportColumn(
      id: "delivered", label: ColumnLabel.ratingDelivered,
      values: .word(words) { number(rows[$0].place, rows[$0].pair.delivered) }, width: 14),
    ReportColumn(
      id: "computed", label: ColumnLabel.ratingComputed,
      values: .word(words) { number(rows[$0].place, rows[$0].pair.computed) }, width: 14),
    ReportColumn(
      id: "subjects", label: ColumnLabel.subjects,
      values: .count { rows[$0].pair.count }, width: 10),
  ]
  return ReportTable(
    path: "ratings-compared.csv", title: ReportLabel.ratingsCompared, columns: columns,
    count: rows.count)
}

private let ratingDirections = Words([
  ("higher", RatingLabel.higher), ("lower", RatingLabel.lower),
])

private func rubricColumn(
  _ results: RunResult, _ compared: [ComparedRatings], _ place: @escaping @Sendable (Int) -> Int?
) -> ReportColumn {
  let words = Words(
    compared.map { one in
      let rubric = results.rubric(of: one.index)
      return (rubric.id, Bilingual(zh: rubric.title, en: rubric.title))
    })
  return ReportColumn(
    id: "rubric", label: ColumnLabel.rubric, values: .word(words, place), width: 22)
}

/// The ratings of all comparisons one after another, and where those of each begin.
private func ratingWords(_ compared: [ComparedRatings]) -> (words: Words, firsts: [Int]) {
  var firsts: [Int] = []
  var words: [(id: String, label: Bilingual)] = []
  for one in compared {
    firsts.append(words.count)
    words += one.ratings.map { ($0.id, Bilingual(zh: $0.title, en: $0.title)) }
  }
  return (Words(words), firsts)
}
