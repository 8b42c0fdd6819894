import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Propose")
struct ProposeTests {
  static func proposals(_ units: [Unit], jobs: Int = 1) async throws -> [FormationProposal] {
    let plan = Formation(
      subject: 0, without: try Fixture.expression("division != '410308'"),
      strength: try Fixture.expression("members"), threshold: 3,
      near: [Fixture.zone, Fixture.street], atMost: 5, alone: "single", joint: "joint",
      area: "area", otherwise: "functional", basis: "章程")
    return await propose(plan, Fixture.dossiers(units), Fixture.pack(), jobs: jobs, after: 0)
  }

  private static func unit(_ members: Int64?, _ zone: String?, _ street: String? = nil) -> Unit {
    Unit(members: members, zone: zone, division: "410306", street: street)
  }

  @Test("proposes for each subject once: alone, together, under an area, otherwise")
  func forms() async throws {
    let proposals = try await ProposeTests.proposals([
      ProposeTests.unit(4, "甲"), ProposeTests.unit(2, "甲"), ProposeTests.unit(1, "甲"),
      ProposeTests.unit(1, "乙", "东"), ProposeTests.unit(2, "丙", "东"), ProposeTests.unit(1, "甲"),
      ProposeTests.unit(2, nil), ProposeTests.unit(nil, "甲"), ProposeTests.unit(0, "甲"),
      Unit(members: 5, zone: "甲", division: "410308"),
      Unit(members: 5, zone: "甲", division: nil),
    ])
    #expect(proposals.map(\.row) == [0, 1, 2, 3, 4, 5, 8, 6, 7])
    #expect(
      proposals.map(\.form) == [
        "single", "joint", "joint", "joint", "joint", "area", "area", "functional", "functional",
      ])
    #expect(proposals.map(\.number) == [1, 2, 2, 3, 3, 4, 5, 6, 7])
    #expect(proposals[1].partners == [2])
    #expect(proposals[1].tie == "园区 甲")
    #expect(proposals[3].tie == "街道 东")
    #expect(proposals[3].together == 3)
    #expect(proposals[8].strength == nil)
  }

  @Test(
    "gathers as many groups as reach the threshold, none larger than allowed",
    arguments: [
      ([2, 2, 1, 1], 3, 5, [[2, 1], [2, 1]]), ([2, 2, 2], 3, 5, [[2, 2]]),
      ([1, 1, 1, 1, 1, 1, 1], 3, 5, [[1, 1, 1], [1, 1, 1]]), ([1, 1], 3, 5, []),
      ([1, 1, 1], 3, 2, []), ([2, 1, 1, 1, 1], 3, 2, [[2, 1]]),
      ([4, 3, 3, 2, 2, 1], 5, 3, [[4, 1], [3, 2], [3, 2]]), ([], 3, 5, []),
    ] as [([Int], Int, Int, [[Int]])])
  func gathering(strengths: [Int], threshold: Int, atMost: Int, expected: [[Int]]) {
    let group = strengths.enumerated().map {
      Needy(row: Int32($0.offset), strength: $0.element, near: [])
    }
    let gathered = gather(group, threshold: threshold, atMost: atMost)
    #expect(gathered.map { $0.map { $0.strength ?? 0 }.sorted(by: >) } == expected)
    let rows = gathered.flatMap { $0 }.map(\.row)
    #expect(Set(rows).count == rows.count)
  }

  @Test("proposes the same for any number of jobs, each subject once")
  func jobs() async throws {
    let units = (0..<Dossiers.batchSize + 100).map {
      ProposeTests.unit($0 % 13 == 0 ? nil : Int64($0 % 4), "区\($0 % 50)", "街\($0 % 20)")
    }
    let proposals = try await ProposeTests.proposals(units)
    #expect(try await ProposeTests.proposals(units, jobs: 4) == proposals)
    #expect(proposals.map(\.row).sorted() == units.indices.map { Int32($0) })
    for joint in proposals where joint.form == "joint" {
      #expect(joint.together >= 3)
      #expect(joint.partners.count <= 4)
    }
  }
}
