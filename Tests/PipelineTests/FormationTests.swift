import Deliveries
import Foundation
import Pipeline
import Reports
import RulePacks
import Tables
import Testing

/// What counties receive as their plan holds, whatever the engine and the pack did to make it.
@Suite("The formation plan of the samples")
struct FormationTests {
  /// One proposal, with what the facts say of its units.
  private struct Told {
    var way: FormationPlan.Way
    var together: Int?
    var units: [Unit]
  }

  private struct Unit {
    var row: Int
    /// As the plan counts it.
    var strength: Int?
    var facts: [String: String]

    func says(_ fact: String, _ value: String) -> Bool { facts[fact] == value }
  }

  private static let facts = [
    "registration_state", "organization_form", "full_members", "work_covered", "operating",
    "is_social_organization", "in_zone.zone_committee", "zone", "in_scope",
  ]

  private func told(_ results: RunResult) throws -> [Told] {
    let plan = try #require(results.formation.first)
    let subject = results.pack.formations[plan.formation].subject
    let slots = Self.facts.map { id in
      (id, results.pack.subjects[subject].facts.firstIndex { $0.id == id })
    }
    for (id, slot) in slots { #expect(slot != nil, "the pack has no \(id)") }
    return (0..<plan.count).map { number in
      let proposal = plan[number]
      return Told(
        way: proposal.way, together: proposal.together,
        units: proposal.members.map { position in
          let row = Int(plan.rows[position])
          var facts: [String: String] = [:]
          for (id, slot) in slots {
            guard let slot else { continue }
            facts[id] = results.dossiers.text(subject: subject, fact: slot, row: row)
          }
          return Unit(row: row, strength: plan.strength(at: position), facts: facts)
        })
    }
  }

  @Test(
    "names units in being that lack an organisation, each once, and proposes what they can have",
    arguments: ["example-2018q3", "luoyang-2018q2", "luoyang-2018q3"])
  func holds(name: String) async throws {
    let results = try await evaluate(Samples.request(name, reports: "none"))
    let proposals = try told(results)
    let units = proposals.flatMap(\.units)
    #expect(units.count > 5)
    #expect(Set(units.map(\.row)).count == units.count)
    let dead = ["revoked_not_cancelled", "revoked_cancelled", "cancelled", "moved_out", "annulled"]
    for unit in units {
      #expect(unit.facts["registration_state"].map { !dead.contains($0) } ?? false, "\(unit)")
      #expect(unit.says("organization_form", "none"), "\(unit)")
      #expect(unit.says("in_scope", "true"), "\(unit)")
      #expect(unit.strength.map(String.init) == unit.facts["full_members"], "\(unit)")
    }
    for proposal in proposals {
      let units = proposal.units
      #expect(units.count == 1 || proposal.way == .joint)
      let known = units.compactMap(\.strength)
      #expect(proposal.together == (known.isEmpty ? nil : known.reduce(0, +)))
      switch proposal.way {
      case .alone: #expect(known.count == 1 && known[0] >= 3)
      case .joint:
        #expect((2...5).contains(units.count))
        #expect(known.count == units.count && known.reduce(0, +) >= 3)
        #expect(Set(units.map { $0.facts["is_social_organization"] }).count == 1, "\(units)")
      case .area: #expect(units[0].says("in_zone.zone_committee", "true"), "\(units)")
      case .otherwise:
        #expect(units[0].says("work_covered", "false") && units[0].says("operating", "true"))
        #expect(!known.isEmpty, "an unknown number was taken for a known one: \(units)")
      case .unknown: #expect(known.isEmpty || units[0].facts["work_covered"] == nil, "\(units)")
      }
    }
  }

  @Test("has in each group of a population those who have it, lack it, or are not known")
  func counts() async throws {
    let results = try await evaluate(Samples.request("luoyang-2018q3", reports: "none"))
    let lines = results.coverage.filter { $0.dimension.isEmpty }
    #expect(!lines.isEmpty)
    for line in lines {
      let plan = try #require(line.plan)
      let covered = try #require(
        line.measures.first { $0.id == "organization_covered_rate" })
      #expect(plan.before(of: line.units) == covered.numerator, "\(line.population)")
      #expect(plan.unknown == covered.unknown, "\(line.population)")
    }
  }

  @Test("is handed out to each district with all its rows, and with no others")
  func districts() async throws {
    try await withTemporaryFolder { reports in
      let run = try await run(Samples.request("example-2018q3", reports: reports))
      let files = try published(in: run.folder)
      let table = try #require(files["formation.csv"].flatMap { String(data: $0, encoding: .utf8) })
      let lines = table.split(separator: "\r\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let place = try #require(lines.first?.firstIndex(of: "district"))
      let districts = Set(lines.dropFirst().map { $0[place].isEmpty ? "not-stated" : $0[place] })
      let books = files.keys.filter { $0.hasPrefix("formation/") }.sorted()
      #expect(books == districts.map { "formation/\($0).xlsx" }.sorted())
      #expect(books.count > 3)
    }
  }
}
