import Expressions
import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("Published against computed")
struct PublishedTableTests {
  private static func figure(
    _ id: String, _ stated: StatedFigure, cannot: Bool = false
  ) -> PublishedFigure {
    PublishedFigure(
      id: id, title: Bilingual(zh: "馆", en: "Places"), source: "City report", place: "page 3",
      stated: stated, unit: "places",
      answer: cannot
        ? .cannot(Bilingual(zh: "没有报送", en: "not delivered"))
        : .computed(
          FigureCount(
            subject: 0, condition: nil, form: .members,
            definition: Bilingual(zh: "全部", en: "all"))),
      note: Bilingual(zh: "口径不同", en: "counted otherwise"))
  }

  private static func results() -> RunResult {
    var results = sampleResults()
    results.pack.published = [
      figure("same", StatedFigure(.number(6352))),
      figure("other", StatedFigure(.number(6352))),
      figure("all", StatedFigure(.share(1000))),
      figure("above", StatedFigure(.share(800), .moreThan)),
      figure("open", StatedFigure(.number(14))),
      figure("cannot", StatedFigure(.number(591)), cannot: true),
      figure("nothing", StatedFigure(.number(18))),
    ]
    results.published = [
      ComputedFigure(number: 6352, unknown: 0), ComputedFigure(number: 5726, unknown: 0),
      ComputedFigure(number: 5726, unknown: 0, whole: 5728),
      ComputedFigure(number: 79_960, unknown: 0, whole: 100_000),
      ComputedFigure(number: 13, unknown: 1), nil, nil,
    ]
    return results
  }

  @Test("stands as stated, computed, difference and conclusion, with the reason")
  func rows() async throws {
    let text = try await separatedText(publishedTable(Self.results()))
    let rows = text.split(separator: "\r\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(
      rows[0] == [
        "figure", "title", "title_en", "as", "stated", "unit", "computed", "unknown",
        "difference", "state", "explanation", "explanation_en", "source", "place",
      ])
    #expect(text.contains(#"same,馆,Places,exactly,6352,places,6352,0,0,agrees,"#))
    #expect(text.contains(#"other,馆,Places,exactly,6352,places,5726,0,-626,differs,"#))
    // Never all where two are lacking, nor the target where it is missed.
    #expect(text.contains("all,馆,Places,exactly,100.0%,places,99.9%,0,-0.1,differs,"))
    #expect(text.contains("above,馆,Places,more-than,80.0%,places,79.9%,0,-0.1,differs,"))
    #expect(text.contains("open,馆,Places,exactly,14,places,13,1,-1,cannot-be-known,"))
    #expect(text.contains("of 1 it is not known"))
    #expect(text.contains("cannot,馆,Places,exactly,591,places,,,,cannot-be-known,"))
    #expect(text.contains("not delivered; counted otherwise"))
    #expect(text.contains("nothing,馆,Places,exactly,18,places,,,,nothing-delivered,"))
  }

  @Test("has plain numbers for machines, and for people separated ones with a minus sign")
  func figures() throws {
    let compared = comparedFigures(Self.results())
    let other = try #require(compared.first { $0.figure.id == "other" })
    #expect(other.stated == WrittenFigure(plain: "6352", shown: "6,352"))
    #expect(other.given == WrittenFigure(plain: "5726", shown: "5,726"))
    #expect(other.difference == WrittenFigure(plain: "-626", shown: "−626"))
  }

  @Test("is counted by conclusion, and is no file where the pack states nothing")
  func counts() {
    #expect(Self.results().figureStates.map(\.count) == [1, 3, 2, 1])
    #expect(sampleResults().figureStates.isEmpty)
    #expect(tablePaths(Self.results()).contains("published.csv"))
    #expect(!tablePaths(sampleResults()).contains("published.csv"))
  }
}

/// A table as its file holds it, without the byte order mark.
private func separatedText(_ table: ReportTable) async throws -> String {
  var bytes: [UInt8] = []
  for part in table.separated.parts {
    try await inOrder(part, jobs: 1) { bytes += $0 }
  }
  return String(decoding: bytes.dropFirst(3), as: UTF8.self)
}
