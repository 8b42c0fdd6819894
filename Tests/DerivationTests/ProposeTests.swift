import Expressions
import RulePacks
import Tables
import Testing

@testable import Derivation

@Suite("Propose")
struct ProposeTests {
  /// - Parameter change: what the plan says beside.
  static func plan(
    _ units: [Unit], jobs: Int = 1, _ change: (inout Formation) throws -> Void = { _ in }
  ) async throws -> FormationPlan {
    var formation = Formation(
      subject: 0, without: try Fixture.expression("division != '410308'"),
      strength: try Fixture.expression("members"), threshold: 3,
      near: [[Fixture.zone], [Fixture.division, Fixture.street]], atMost: 5, alone: "single",
      joint: "joint", area: "area", otherwise: "functional", basis: "章程")
    try change(&formation)
    return await propose(formation, 0, Fixture.dossiers(units), jobs: jobs)
  }

  fileprivate static func unit(
    _ members: Int64?, _ zone: String?, _ street: String? = nil, in division: String = "410306"
  ) -> Unit {
    Unit(members: members, zone: zone, division: division, street: street)
  }

  @Test("proposes for each subject once: alone, together, under an area, otherwise")
  func forms() async throws {
    let plan = try await ProposeTests.plan([
      ProposeTests.unit(4, "甲"), ProposeTests.unit(2, "甲"), ProposeTests.unit(1, "甲"),
      ProposeTests.unit(1, "乙", "东"), ProposeTests.unit(2, "丙", "东"),
      ProposeTests.unit(1, "丁"), ProposeTests.unit(2, nil), ProposeTests.unit(nil, "甲"),
      ProposeTests.unit(0, "甲"), Unit(members: 5, zone: "甲", division: "410308"),
      Unit(members: 5, zone: "甲", division: nil),
    ])
    #expect(
      plan.told == [
        "alone 0: 4", "joint by 0 1,2: 3", "joint by 1 3,4: 3", "area by 0 5: 1", "area by 0 8: 0",
        "otherwise 6: 2", "otherwise 7: ?",
      ])
    #expect(plan.strength(at: plan[6].members.lowerBound) == nil)
    #expect(plan.ways(of: 11) == [0, 1, 1, 1, 1, 2, 3, 3, 2, -1, -1])
  }

  @Test("plans only for those who are to be planned for")
  func planned() async throws {
    let units = [
      ProposeTests.unit(4, "甲"), ProposeTests.unit(4, "乙"), ProposeTests.unit(4, nil),
      ProposeTests.unit(1, "甲"),
    ]
    let plan = try await ProposeTests.plan(units) {
      $0.condition = try Fixture.expression("zone == '甲'")
    }
    #expect(plan.told == ["alone 0: 4", "area by 0 3: 1"])
    #expect(plan.ways(of: 4) == [0, -1, -1, 2])
  }

  @Test("an unknown number is to be found out, and is not taken as none")
  func unknown() async throws {
    let units = [
      ProposeTests.unit(nil, "甲"), ProposeTests.unit(0, nil), ProposeTests.unit(nil, nil),
      ProposeTests.unit(0, "甲"),
    ]
    let plan = try await ProposeTests.plan(units) { $0.unknown = "ask" }
    #expect(plan.told == ["area by 0 3: 0", "otherwise 1: 0", "unknown 0: ?", "unknown 2: ?"])
    for number in 2...3 { #expect(plan[number].together == nil) }
  }

  @Test("an area covers only those of whom it is known that it can")
  func areas() async throws {
    let units = [
      ProposeTests.unit(1, "甲", "东"), ProposeTests.unit(1, "乙", "西"),
      ProposeTests.unit(1, "丙", nil), ProposeTests.unit(1, nil, "东"),
    ]
    let plan = try await ProposeTests.plan(units) {
      $0.areaCondition = try Fixture.expression("street == '东'")
    }
    #expect(plan.told == ["area by 0 0: 1", "otherwise 1: 1", "otherwise 2: 1", "otherwise 3: 1"])
  }

  @Test(
    "what is for all others goes to those who are to have it; of whom that is unknown, the pack says"
  )
  func others() async throws {
    let units = [
      ProposeTests.unit(0, nil, "东"), ProposeTests.unit(0, nil, "西"),
      ProposeTests.unit(0, nil, nil),
    ]
    let needs = try Fixture.expression("street == '东'")
    let without = try await ProposeTests.plan(units) { $0.otherwiseCondition = needs }
    #expect(without.told == ["otherwise 0: 0", "otherwise 2: 0"])
    let with = try await ProposeTests.plan(units) {
      $0.otherwiseCondition = needs
      $0.unknown = "ask"
    }
    #expect(with.told == ["otherwise 0: 0", "unknown 2: 0"])
  }

  @Test("those who are to be apart are in no group together, nor those of whom it is unknown")
  func apart() async throws {
    let pair = [
      ProposeTests.unit(2, "甲", "东"), ProposeTests.unit(2, "甲", "西"),
      ProposeTests.unit(1, "甲", "西"), ProposeTests.unit(2, "甲", nil),
    ]
    let small = try await ProposeTests.plan(pair) { $0.apart = [Fixture.street] }
    #expect(small.told == ["joint by 0 1,2: 3", "area by 0 0: 2", "area by 0 3: 2"])
    let units = (0..<600).map { number -> Unit in
      let members: Int64? = number % 13 == 0 ? nil : Int64(number % 4)
      let street: String? = number % 11 == 0 ? nil : "街\(number % 3)"
      return ProposeTests.unit(members, "区\(number % 50)", street)
    }
    let plan = try await ProposeTests.plan(units) { $0.apart = [Fixture.street] }
    #expect(plan.rows.elements.sorted() == units.indices.map { Int32($0) })
    var groups = 0
    for number in 0..<plan.count where plan[number].way == .joint {
      let streets = Set(plan[number].members.map { units[Int(plan.rows[$0])].street })
      #expect(streets.count == 1 && streets.first != .some(nil))
      groups += 1
    }
    #expect(groups > 20)
  }

  @Test("streets of one name in two divisions are two streets")
  func names() async throws {
    let plan = try await ProposeTests.plan([
      ProposeTests.unit(2, nil, "城关", in: "410306"), ProposeTests.unit(2, nil, "城关", in: "410399"),
      ProposeTests.unit(1, nil, "城关", in: "410399"), ProposeTests.unit(2, nil, nil, in: "410399"),
    ])
    #expect(plan.told == ["joint by 1 1,2: 3", "otherwise 0: 2", "otherwise 3: 2"])
  }

  @Test("proposes the same for any number of jobs, each subject once")
  func jobs() async throws {
    let units = (0..<Dossiers.batchSize + 100).map {
      ProposeTests.unit($0 % 13 == 0 ? nil : Int64($0 % 4), "区\($0 % 50)", "街\($0 % 20)")
    }
    let plan = try await ProposeTests.plan(units)
    #expect(try await ProposeTests.plan(units, jobs: 4) == plan)
    #expect(plan.rows.elements.sorted() == units.indices.map { Int32($0) })
    for number in 0..<plan.count where plan[number].way == .joint {
      #expect(plan[number].together ?? 0 >= 3)
      #expect(plan[number].members.count <= 5)
    }
  }

  @Test("counts in a population who has it, who would get it and who would not")
  func counts() async throws {
    var pack = Fixture.pack()
    let lacks = try Fixture.expression("division != '410308'")
    pack.formations = [
      Formation(
        subject: 0, without: lacks, strength: try Fixture.expression("members"), threshold: 3,
        near: [[Fixture.zone]], atMost: 5, alone: "", joint: "", area: "", otherwise: "", basis: "")
    ]
    pack.coverages = [
      Coverage(
        subject: 0,
        populations: [
          Coverage.Population(
            id: "all", title: "", definition: "", condition: try Fixture.expression("true")),
          Coverage.Population(
            id: "some", title: "", definition: "",
            condition: try Fixture.expression("members > 1")),
        ], dimensions: [Coverage.Dimension(fact: Fixture.zone, title: "园区")], measures: [])
    ]
    var dossiers = Fixture.dossiers([
      ProposeTests.unit(4, "甲"), ProposeTests.unit(2, "甲"), ProposeTests.unit(1, "甲"),
      ProposeTests.unit(0, "乙"), ProposeTests.unit(2, nil),
      Unit(members: 5, zone: "乙", division: "410308"),
      Unit(members: 5, zone: "乙", division: nil),
    ])
    let lines = await derive(&dossiers, pack: pack, settings: Fixture.settings).coverage
    #expect(
      lines.map { "\($0.population) \($0.group) \($0.units): \($0.told)" } == [
        "all  7: 1 + 1 + 2 + 1, 1, 1", "all 乙 3: 1 + 0 + 0 + 1, 0, 1",
        "all 甲 3: 0 + 1 + 2 + 0, 0, 0", "all 未填 1: 0 + 0 + 0 + 0, 1, 0",
        "some  5: 1 + 1 + 1 + 0, 1, 1", "some 乙 2: 1 + 0 + 0 + 0, 0, 1",
        "some 甲 2: 0 + 1 + 1 + 0, 0, 0", "some 未填 1: 0 + 0 + 0 + 0, 1, 0",
      ])
  }
}

extension ProposeTests {
  @Test("those for whom nothing is proposed are not counted as having it")
  func left() async throws {
    var pack = Fixture.pack()
    var formation = Formation(
      subject: 0, without: try Fixture.expression("division != '410308'"),
      strength: try Fixture.expression("members"), threshold: 3, near: [[Fixture.zone]], atMost: 5,
      alone: "", joint: "", area: "", otherwise: "", basis: "")
    formation.condition = try Fixture.expression("zone == '甲'")
    formation.otherwiseCondition = try Fixture.expression("members > 0")
    formation.areaCondition = try Fixture.expression("street == '东'")
    formation.unknown = "ask"
    pack.formations = [formation]
    pack.coverages = [
      Coverage(
        subject: 0,
        populations: [
          Coverage.Population(
            id: "all", title: "", definition: "", condition: try Fixture.expression("true"))
        ], dimensions: [], measures: [])
    ]
    var dossiers = Fixture.dossiers([
      ProposeTests.unit(4, "甲"), ProposeTests.unit(0, "甲"), ProposeTests.unit(nil, "甲"),
      ProposeTests.unit(4, "乙"), ProposeTests.unit(4, nil), ProposeTests.unit(1, "甲"),
      Unit(members: 5, zone: "甲", division: "410308"),
      Unit(members: 5, zone: "甲", division: nil),
    ])
    let lines = await derive(&dossiers, pack: pack, settings: Fixture.settings).coverage
    let plan = try #require(lines.first?.plan)
    #expect(plan.before(of: 8) == 1)
    #expect(
      [plan.alone, plan.otherwise, plan.toAscertain, plan.unknown, plan.left] == [1, 1, 1, 1, 3])
  }
}

extension FormationPlan {
  /// Each proposal in words.
  fileprivate var told: [String] {
    (0..<count).map { number in
      let proposal = self[number]
      let rows = proposal.members.map { String(self.rows[$0]) }.joined(separator: ",")
      let tie = proposal.tie.map { "by \($0) " } ?? ""
      let together = proposal.together.map { String($0) } ?? "?"
      return "\(proposal.way) \(tie)\(rows): \(together)"
    }
  }
}

extension CoverageLine {
  fileprivate var told: String {
    guard let plan else { return "no plan" }
    return "\(plan.before(of: units)) + \(plan.alone) + \(plan.joint) + \(plan.area), "
      + "\(plan.otherwise), \(plan.unknown)"
  }
}
