import Labels
import Tables
import Testing

@Suite("Ties in words")
struct ProposalLabelsTests {
  private func line(
    _ rank: Int, _ proposal: Screening.Proposal, _ group: String = "",
    _ reason: Screening.Reason = .place
  ) -> Screening.Line {
    Screening.Line(
      entry: rank, proposal: proposal, rank: rank, group: group, quota: 3, reason: reason)
  }

  @Test("say how many places are settled, and among how many the rest is given")
  func sentences() {
    let screening = Screening(
      honour: 0,
      lines: [
        line(1, .recommend), line(2, .waiting, "", .reservation),
        line(3, .tied, "", .tieAcrossQuota),
        line(3, .tied, "", .tieAcrossQuota), line(5, .notSelected),
        line(1, .recommend, "大"), line(4, .reserve, "大"),
        line(5, .tied, "大", .tieAcrossReserve), line(5, .tied, "大", .tieAcrossReserve),
        line(5, .tied, "大", .tieAcrossReserve),
      ])
    #expect(
      screening.tieSentences(quota: 3, reserve: 3).map(\.zh) == [
        "名额 3：2 个已定，余 1 个由 2 个同分者产生", "大：候补 3：1 个已定，余 2 个由 3 个同分者产生",
      ])
    #expect(
      screening.tieSentences(quota: 3, reserve: 3).map(\.en) == [
        "quota 3: 2 settled, 1 to be given among 2 with the same score",
        "大: reserve 3: 1 settled, 2 to be given among 3 with the same score",
      ])
    #expect(
      Screening(honour: 0, lines: [line(1, .recommend)]).tieSentences(quota: 1, reserve: 0) == [])
  }
}
