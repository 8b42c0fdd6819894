import Tables
import Testing

@testable import RulePacks

@Suite("A condition beside a pack")
struct CheckConditionTests {
  private func faults(_ text: String) throws -> [String] {
    let pack = try RegisterOfRestaurants.written { try loadRulePack(at: $0) }
    do {
      _ = try checkCondition(
        text, named: "--where", subject: 0, purpose: "publication", pack: pack)
      return []
    } catch {
      return error.faults.map { $0.text(in: .en) }
    }
  }

  @Test("names facts of the subject")
  func known() throws {
    #expect(try faults("seats > 2") == [])
  }

  @Test(
    "has its faults told with their place",
    arguments: [
      ("seats > 2 && sets > 1", "--where:1:14: "), ("seats + 1", "--where:1:"),
      ("seats >", "--where:1:"), ("", "--where:1:1: "),
    ])
  func faults(text: String, place: String) throws {
    let faults = try faults(text)
    #expect(faults.count == 1)
    #expect(faults.first?.hasPrefix(place) == true, "\(faults)")
  }

  @Test("cannot name what is nobody's business")
  func sensitive() throws {
    #expect(try faults("owner_faith == \"none\"").count == 1)
  }
}
