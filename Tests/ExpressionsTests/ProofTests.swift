import Expressions
import Tables
import Testing

@Suite struct ProofTests {
  @Test(
    "proves that a condition is never true, or never false",
    arguments: [
      ("1 > 2", .neverTrue), ("'a' in ['b', 'c']", .neverTrue),
      ("true || employees > 3", .neverFalse),
      ("employees > 3", nil), ("status == 'active'", nil),
      ("status == 'active' && status == 'revoked'", .neverTrue),
      ("status != 'active' || status != 'revoked'", .neverFalse),
      ("!(status in ['active', 'revoked', 'cancelled'])", .neverTrue),
      ("status in ['active', 'revoked'] && status == 'cancelled'", .neverTrue),
      ("status in ['active', 'revoked'] && status == 'revoked'", nil),
      ("employees > 3 && employees < 4", .neverTrue), ("capital > 3.0 && capital < 4.0", nil),
      ("capital > 3.0 && capital <= 3.0", .neverTrue),
      ("employees > 3 && 从业人数 <= 3", .neverTrue), ("employees > 900", .neverTrue),
      ("employees < 0 || employees > 900", .neverTrue), ("employees <= 900", .neverFalse),
      ("employees == 900", nil), ("employees in [901, 1000]", .neverTrue),
      ("founded > date('2018-01-31') && founded < date('2018-02-01')", .neverTrue),
      ("founded >= date('2018-01-31') && founded < date('2018-02-01')", nil),
      ("penalties.size() < 0", .neverTrue),
      ("penalties.exists(p, p.amount > 3.0) && penalties.exists(p, p.amount < 2.0)", nil),
      ("capital + 1.0 > 5.0 && capital + 1.0 < 3.0", .neverTrue),
      ("has(capital) && !has(capital)", .neverTrue),
      ("status == 'active' ? employees > 900 : employees < 0", .neverTrue),
      ("status == 'active' ? employees > 900 : employees > 1", nil),
      ("!(employees > 3 || employees <= 3)", .neverTrue),
    ] as [(String, Certainty?)])
  func certainty(text: String, proved: Certainty?) throws {
    let checked = try check(text, in: CheckTests.environment, scope: 0)
    let found = checked.certainty { slot in
      slot == 0 ? (Exact(0), Exact(900)) : (nil, nil)
    }
    #expect(found == proved)
  }

  @Test("sees through named conditions")
  func named() throws {
    var environment = CheckTests.environment
    let large = try check("employees >= 100", in: environment, scope: 0)
    environment.scopes[0].names["large"] = Binding(
      shown: "large", type: .bool, meaning: .expression(large))
    let both = try check("large && employees < 50", in: environment, scope: 0)
    #expect(both.certainty() == .neverTrue)
    let one = try check("large && employees < 500", in: environment, scope: 0)
    #expect(one.certainty() == nil)
  }
}
