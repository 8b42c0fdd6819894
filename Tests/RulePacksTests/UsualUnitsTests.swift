import Tables
import Testing

@testable import RulePacks

@Suite("Units that headers of tables write")
struct UsualUnitsTests {
  private func whole(_ number: Int64) -> Exact { Exact(millionths: number * 1_000_000) }

  @Test("are thousands, ten thousands and so on of the dictionary's, which has the last word")
  func usual() {
    var capital = Field(id: "capital", label: "注册资本", type: .money)
    capital.scale = whole(10_000)
    capital.headerUnits = ["元": whole(1), "百元": whole(7)]
    capital.addUsualUnits()
    #expect(capital.headerUnits["百万元"] == whole(1_000_000))
    #expect(capital.headerUnits["万元"] == whole(10_000))
    #expect(capital.headerUnits["百元"] == whole(7))
    var staff = Field(id: "staff", label: "从业人数", type: .int)
    staff.unit = "人"
    staff.addUsualUnits()
    #expect(staff.headerUnits["万人"] == whole(10_000) && staff.headerUnits["人"] == whole(1))
  }

  @Test("are none where nobody says what is counted, or bare numbers count in something else")
  func none() {
    var bare = Field(id: "count", label: "个数", type: .int)
    bare.addUsualUnits()
    var dollars = Field(id: "fund", label: "资金", type: .money)
    dollars.headerUnits = ["美元": whole(7)]
    dollars.addUsualUnits()
    var scaled = Field(id: "area", label: "面积", type: .decimal)
    (scaled.unit, scaled.scale) = ("亩", whole(667))
    scaled.addUsualUnits()
    #expect([bare, dollars, scaled].map(\.headerUnits.count) == [0, 1, 0])
  }
}
