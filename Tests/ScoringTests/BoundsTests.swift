import Expressions
import RulePacks
import Scoring
import Tables
import Testing

/// Bounds, sums and monotonicity over every way in which a few facts can be known or missing.
@Suite("Bounds")
struct BoundsTests {
  private static let flags: [Bool?] = [false, true, nil]
  private static let numbers: [Int64?] = [0, 1, 3, 10, nil]
  private static let counts: [Int64?] = [0, 1, 5, nil]

  @Test("are what missing facts give at worst and at best, and no wider")
  func extremes() async throws {
    var rows: [(Bool?, Int64?, Int64?, Bool?)] = []
    for a in Self.flags {
      for n in Self.numbers {
        for d in Self.counts {
          for c in Self.flags { rows.append((a, n, d, c)) }
        }
      }
    }
    let card = try await card(rows)
    for entry in rows.indices {
      let row = rows[entry]
      let filled = rows.indices.filter { other in
        let value = rows[other]
        return value.0 != nil && value.1 != nil && value.2 != nil && value.3 != nil
          && (row.0 == nil || row.0 == value.0) && (row.1 == nil || row.1 == value.1)
          && (row.2 == nil || row.2 == value.2) && (row.3 == nil || row.3 == value.3)
      }.map { card.scores[$0] }
      #expect(card.lower[entry] == filled.min(), "\(row)")
      #expect(card.upper[entry] == filled.max(), "\(row)")
      #expect(card.scores[entry] <= card.upper[entry])
      let sum = card.parts.reduce(0) { $0 + Int($1.points[entry]) }
      let capped = card.caps[0][entry] == .capped ? min(sum, 12_000) : sum
      #expect(Int(card.scores[entry]) == max(0, capped))
    }
  }

  @Test("a subject that does better in one fact and no worse in the others never scores less")
  func monotone() async throws {
    var rows: [(Bool?, Int64?, Int64?, Bool?)] = []
    for a in [false, true] {
      for n in [0, 1, 3, 10] as [Int64] {
        for d in [5, 1, 0] as [Int64] { rows.append((a, n, d, false)) }
      }
    }
    let card = try await card(rows)
    for low in rows.indices {
      for high in rows.indices {
        let (worse, better) = (rows[low], rows[high])
        guard worse.0 == better.0 || better.0 == true, (worse.1 ?? 0) <= (better.1 ?? 0),
          (worse.2 ?? 0) >= (better.2 ?? 0)
        else { continue }
        #expect(card.scores[low] <= card.scores[high])
      }
    }
  }

  /// A condition, bands, a deduction and a cap, each on a fact of its own.
  private func card(_ rows: [(Bool?, Int64?, Int64?, Bool?)]) async throws -> Scorecard {
    var world = World([
      "a": .flag(rows.map(\.0)), "n": .whole(rows.map(\.1)), "d": .whole(rows.map(\.2)),
      "c": .flag(rows.map(\.3)),
    ])
    var rubric = rubric()
    rubric.full = 20_000
    rubric.parts = [
      indicator("A", .condition(points: 8000, when: try world.expression("a")), most: 8000),
      indicator(
        "N",
        .bands(
          on: try world.expression("n"),
          [band(nil, "1", 500), band("1", "3", 2250), band("3", nil, 12_000)]), most: 12_000),
      Rubric.Part(
        id: "D", title: "D", kind: .deduction, unknown: .withhold,
        form: .each(points: -1500, count: try world.expression("d"), limit: -7500), most: 0,
        least: -7500),
    ]
    rubric.caps = [
      Rubric.Cap(
        id: "C", text: "", when: try world.expression("c"), unknown: .withhold, basis: "",
        limit: .score(12_000))
    ]
    world.add(rubric)
    return await scored(world).scorecards[0]
  }
}
