import Tables
import Testing

@testable import Reports

@Suite struct MissingFactsTests {
  @Test("names each missing fact once, with all that waits for it, and causes instead of results")
  func missing() {
    var explanation = sampleExplanation()
    let size = Explanation.Evidence(
      fact: "size", label: "规模", value: nil, provenance: nil, office: "卫生局")
    explanation.parts[0].facts.append(
      Explanation.Evidence(
        fact: "class", label: "等级", value: nil, provenance: nil, office: nil, from: [size]))
    #expect(explanation.missing.map(\.label) == ["规模"])
    #expect(explanation.missing[0].office == "卫生局")
    #expect(explanation.missing[0].sites == ["G1", "S1"])
  }

  @Test("leaves out what no longer matters")
  func settled() {
    var explanation = sampleExplanation()
    explanation.gates[0].state = .met
    explanation.parts[0].state = .assessed
    #expect(explanation.missing == [])
  }
}
