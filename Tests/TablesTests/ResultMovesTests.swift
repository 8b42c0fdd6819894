import Tables
import Testing

@Suite("Moves of results")
struct ResultMovesTests {
  private typealias Result = ResultMoves.Result

  private func moves(_ before: Result?, _ after: Result?) -> ResultMoves {
    var moves = ResultMoves()
    moves.add(from: before, to: after)
    return moves
  }

  @Test("of a subject that waited are a rise of its score and into the ranking, but of no tier")
  func pending() {
    let up = moves(
      Result(status: .pending, score: 0, tier: 1), Result(status: .ranked, score: 9000, tier: 0))
    #expect(up.higher == 1 && up.ranked == 1 && up.tierUp == 0)
    let down = moves(
      Result(status: .ranked, score: 9000, tier: 0), Result(status: .gated, score: 9000, tier: 1))
    #expect(down.sameScore == 1 && down.unranked == 1 && down.tierDown == 0 && down.newlyGated == 1)
  }

  @Test("are of tiers where both times there is a rank and the tiers can be compared")
  func tiers() {
    let better = moves(
      Result(status: .ranked, score: 1, tier: 2), Result(status: .provisional, score: 1, tier: 0))
    #expect(better.tierUp == 1 && better.tierDown == 0)
    let other = moves(
      Result(status: .ranked, score: 1, tier: nil), Result(status: .ranked, score: 1, tier: 0))
    #expect(other.tierUp == 0 && other.tierDown == 0)
  }

  @Test("are none of those of whom there was no result")
  func entered() {
    let moves = moves(nil, Result(status: .ranked, score: 1, tier: 0))
    #expect(moves == ResultMoves())
  }
}
