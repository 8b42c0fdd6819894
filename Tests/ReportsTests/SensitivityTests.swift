import RulePacks
import Tables
import Testing

@testable import Reports

@Suite struct SensitivityTests {
  @Test(
    "hides what is not public by id, by label, and at the end of a path",
    arguments: [
      ("owner", true), ("Owner", true), ("kitchen.owner", true), ("Kitchen·Owner", true),
      ("name", false), ("Name", false), ("owners", false), ("", false),
    ])
  func names(name: String, isHidden: Bool) {
    #expect(Sensitivity(samplePack()).hides(name) == isHidden)
  }

  @Test("lets a name through that is public somewhere, unless the record kind says otherwise")
  func shared() {
    var pack = samplePack()
    pack.subjects[0].facts[3].sensitivity = .open
    let sensitivity = Sensitivity(pack)
    #expect(!sensitivity.hides("owner"))
    #expect(sensitivity.hides("owner", ofRecord: "kitchen"))
    #expect(sensitivity.hides(Provenance(record: 0, field: 2, row: 0)))
    #expect(!sensitivity.hides(Provenance(record: 0, field: 0, row: 0)))
  }
}
