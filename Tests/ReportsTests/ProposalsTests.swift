import RulePacks
import Tables
import Testing

@testable import Reports

@Suite("What the plan proposes for one subject")
struct ProposalsTests {
  @Test("names the form, the partners, what they share and the basis; nothing where none is made")
  func sentences() throws {
    let results = sampleResults()
    let formation = results.pack.formations[0]
    let alone = try #require(results.proposal(subject: 0, row: 3))
    #expect(alone.en.hasPrefix("Formation proposed: \(formation.alone)"))
    #expect(!alone.en.contains("together with"))
    let joint = try #require(results.proposal(subject: 0, row: 0))
    #expect(joint.en.contains("\(formation.joint), together with: "))
    #expect(joint.zh.contains("同组："))
    #expect(joint != results.proposal(subject: 0, row: 2))
    var none = results
    none.formation = []
    #expect(none.proposal(subject: 0, row: 0) == nil)
  }
}
