import Testing

@testable import RulePacks

@Suite("Sums where less is better")
struct ReadDirectionTests {
  static let file = "rubrics/a-streets.yaml"

  private func faults(_ text: String) throws -> [String] {
    try RegisterOfRestaurants.faults(
      changing: Self.file, RegisterOfRestaurants.files[Self.file] ?? "", to: text)
  }

  private let rubric = """
    rubric: streets
    title: Streets
    edition: "1"
    basis: Food Act
    subject: street
    full: 10
    direction: lower
    indicators:
      - {id: P1, title: Places, points: 10, value: fit_places, unknown: pending}

    """

  @Test("rank the least first, without tiers, caps and trials of weights")
  func read() throws {
    #expect(
      try faults(rubric + "robustness: {draws: 10}\n").contains {
        $0.hasPrefix("\(Self.file):10:1: with “direction: lower” the least score ranks first")
      })
    let tiers = try faults(rubric + "tiers: [{id: A, from: 5}, {id: B}]\n")
    #expect(tiers.contains { $0.contains("“tiers” does not go with it") })
  }

  @Test("let nothing that is missing look like a low score")
  func missing() throws {
    let found = try faults(rubric.replacing("unknown: pending", with: "unknown: withhold"))
    #expect(found.contains { $0.contains("what is missing and withheld would help: P1") })
  }
}
