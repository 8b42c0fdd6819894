import Expressions
import Tables
import Testing

@Suite struct EvaluateTests {
  @Test(
    "functions and operators that are not CEL's, and edges of those that are",
    arguments: [
      ("decimal('0.1') + decimal('0.2') == 0.3", "true"),
      ("decimal('1') / 3", "0.333333"), ("decimal('2') / 3", "0.666667"),
      ("decimal('-2') / 3", "-0.666667"), ("decimal('12.50') * 2", "25"),
      ("decimal('0.5') > 0.25 && decimal('3') == 3", "true"),
      ("decimal('1') in [1, 2.5]", "true"), ("int(decimal('-1.9'))", "-1"),
      ("string(decimal('1.50'))", "1.5"), ("double(decimal('0.1')) == 0.1", "true"),
      ("decimal('9000000000000') * 9", "error: result out of range"),
      ("decimal('1') / 0", "error: division by zero"),
      ("yearsBetween(date('2000-02-29'), date('2018-02-28'))", "17"),
      ("yearsBetween(date('2000-02-29'), date('2018-03-01'))", "18"),
      ("yearsBetween(date('2018-06-01'), date('2017-05-31'))", "-1"),
      ("monthsBetween(date('2018-01-31'), date('2018-02-28'))", "0"),
      ("monthsBetween(date('2018-01-15'), date('2019-03-15'))", "14"),
      ("yearsBetween(date('2000'), date('2018-12-31'))", "18"),
      ("yearsBetween(date('2000'), date('2018-06-30'))", "error: the date is not precise enough"),
      ("date('2018-03-01') - duration('24h')", "2018-02-28"),
      ("date('2018-03-01') - duration('1h')", "2018-02-28"),
      ("date('2018-03-01') + duration('23h')", "2018-03-01"),
      ("date('2018-03-01') - date('2018-02-01')", "2419200s"),
      ("date('9999-12-31') + duration('24h')", "9999-12-31"),
      ("date('2018-08') < date('2018-09-01')", "true"),
      ("date('2018-08') == date('2018-09')", "false"),
      ("date('2018-08') == date('2018-08')", "error: the date is not precise enough"),
      ("date('2018-08').getFullYear()", "2018"), ("date('2018-08').getMonth()", "7"),
      ("date('2018-08-05').getDayOfWeek()", "0"),
      ("timestamp('2018-09-30T23:30:00Z').getHours('+08:00')", "7"),
      ("timestamp('2018-09-30T23:30:00Z').getDate('08:00')", "1"),
      ("timestamp('2018-09-30T23:30:00+08:00')", "2018-09-30T15:30:00Z"),
      ("timestamp('1969-12-31T23:59:59.5Z').getMilliseconds()", "500"),
      ("timestamp('2018-02-30T00:00:00Z')", "error: value cannot be converted"),
      ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", "error: result out of range"),
      (
        "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z')",
        "error: result out of range"
      ),
      ("duration('1h30m').getMinutes()", "90"), ("duration('-1.5h')", "-5400s"),
      ("duration('1.5ms')", "0.0015s"), ("duration('1')", "error: value cannot be converted"),
      ("duration('320000000000s')", "error: result out of range"),
      ("string(1e23)", "1e+23"), ("string(0.00001)", "1e-05"), ("string(-1.5)", "-1.5"),
      ("string(100.0)", "100"), ("int('12a')", "error: value cannot be converted"),
      ("int(1e99)", "error: result out of range"), ("bool('T')", "true"),
      ("'a' + 'b' == \"ab\"", "true"), ("'甲乙'.size()", "2"),
      ("'Am\\u00E9lie' == 'Ame\\u0301lie'", "false"),
      ("['a', 'b'].map(x, x + '!')", "['a!', 'b!']"),
      ("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"),
      ("{'b': 1, 'a': 2}.filter(k, k > 'a')", "['b']"),
      ("[[1, 2], [3]].exists(l, l.all(x, x > 2))", "true"),
      ("[1, 2].exists(x, [3, 4].exists(y, y == x * 2))", "true"),
      ("dyn([1, 'a']).exists(x, x == 'a')", "true"),
      ("dyn(1).exists(x, true)", "error: no such overload"),
      ("dyn('a') > 1", "error: no such overload"), ("dyn(1) + 2", "3"),
      ("{'a': {'b': 3}}.a.b", "3"), ("has({'a': 1}.b)", "false"),
      ("{1: 'a', 1: 'b'}", "error: repeated key in a map"),
      ("-9223372036854775808 % -1", "0"),
      ("-9223372036854775808 / -1", "error: result out of range"),
      ("type(decimal('1')) == decimal && type(date('2018')) == date", "true"),
      ("'hubba'.matches('^h[a-z]+$') && !'hubba'.matches('^u')", "true"),
      ("matches('aB', '(?i)AB') && 'a\\nb'.matches('(?m)^b$')", "true"),
      ("'x'.matches('a{2,3}|x{1}')", "true"), ("'洛阳市'.matches('^洛.市$')", "true"),
      ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(a*)*b')", "false"),
      ("'a b'.matches('a\\\\sb') && '_'.matches('^\\\\w$') && !'é'.matches('\\\\w')", "true"),
      ("r'\\d' + '''it's'''", "\\dit's"),
      ("1 < 2 == true ? 'yes' : 'no'", "yes"), ("2 + 3 * 4 - 10 / 5 % 3", "12"),
      ("!true || true && false", "false"), ("--1", "1"), ("- 1 - -1", "0"),
    ] as [(String, String)])
  func evaluate(text: String, shown: String) throws {
    #expect(try result(of: text) == shown)
  }

  private func result(of text: String) throws -> String {
    let expression = try check(text, in: Environment(scopes: [Scope()]), scope: 0)
    let vector = expression.evaluate(over: Batch(count: 1))
    if let number = vector.faults.first, let fault = Fault(rawValue: number) {
      return "error: " + fault.message.en
    }
    return vector.value(at: 0)?.description ?? "unknown"
  }

  // MARK: - Rows

  /// Two units with penalties (2 and 1), a third of which nothing is known, a fourth with none.
  private var batch: Batch {
    let rows = Batch(
      count: 3,
      vectors: [
        0: Vector(
          .dates([day(2017, 1), day(2018, 6), day(2018, 1)]), missing: [0, 0, 1]),
        1: Vector(.decimals([5_000_000, 10_000_000, 20_000_000])),
        2: Vector(.codes(ids: [0, 1, 0], names: ["fine", "warning"])),
      ])
    return Batch(
      count: 4,
      vectors: [
        0: Vector(.integers([10, 20, 30, 40])),
        1: Vector(.decimals([6_000_000, 6_000_000, 6_000_000, 6_000_000])),
        2: Vector(.dates(Array(repeating: day(2018, 3), count: 4))),
        3: Vector(.codes(ids: [0, 1, 0, 2], names: ["active", "revoked", "cancelled"])),
        4: Vector(
          .rows(ChildRows(offsets: [0, 2, 3, 3, 3], batch: rows)), missing: [0, 0, 7, 0]),
        5: Vector(.texts(Texts(["甲", "乙", "甲", "丙"]))),
        7: Vector(
          .boxed([.list([.int(1), .int(2)]), .list([]), .list([.int(3)]), .null]),
          missing: [0, 0, 0, 1]),
      ])
  }

  private func day(_ year: Int, _ month: Int) -> Int32 {
    PartialDate(day: PartialDate.days(year: year, month: month, day: 1)).packed
  }

  @Test(
    "asks the rows of each lane, with the lane's own facts at hand",
    arguments: [
      ("penalties.exists(p, p.amount > capital)", "true true ?penalties false"),
      ("penalties.all(p, p.amount > capital)", "false true ?penalties true"),
      ("penalties.exists_one(p, p.kind == 'fine')", "true true ?penalties false"),
      ("penalties.size()", "2 1 ?penalties 0"),
      (
        "penalties.exists(p, p.decided_on >= founded)",
        "true ?penalties.decided_on ?penalties false"
      ),
      ("penalties.filter(p, p.kind == 'fine').size()", "1 1 ?penalties 0"),
      ("penalties.filter(p, p.kind == 'fine').all(q, q.amount < 6)", "true false ?penalties true"),
      ("penalties.filter(p, p.amount > 6).map(p, p.amount * 2)", "[20] [40] ?penalties []"),
      ("penalties.map(p, p.kind == 'fine', p.amount)", "[5] [20] ?penalties []"),
      (
        "penalties.exists(p, penalties.exists(q, q.amount > p.amount))",
        "true false ?penalties false"
      ),
      ("penalties.exists(p, has(p.decided_on) && employees > 10)", "false false ?penalties false"),
      ("has(penalties)", "true true false true"),
      ("marks.map(m, m + employees)", "[11, 12] [] [33] ?marks"),
      ("[1, 2].exists(x, x * 10 == employees)", "true true false false"),
      ("status in ['active', 'revoked'] && registration.name != '乙'", "true false true false"),
      ("marks.size() > 0 ? marks[0] : -1", "1 -1 3 ?marks"),
      ("marks[0]", "1 !index out of range 3 ?marks"),
      ("employees in marks.map(m, m * 10)", "true false true ?marks"),
    ] as [(String, String)])
  func rows(text: String, shown: String) throws {
    let expression = try check(text, in: CheckTests.environment, scope: 0)
    let result = expression.evaluate(over: batch)
    #expect((0..<4).map { state(result, $0, expression) }.joined(separator: " ") == shown)
    // Batches of one give the same.
    for lane in 0..<4 {
      let traced = expression.trace(over: batch, lane: lane).first?.outcome
      switch traced {
      case .value(let value): #expect(value == state(result, lane, expression))
      case .unknown(let names):
        #expect("?" + names.joined(separator: "+") == state(result, lane, expression))
      case .error(let message): #expect("!" + message.en == state(result, lane, expression))
      case .each, nil: Issue.record("no single outcome")
      }
    }
  }

  @Test(
    "does not know whether something is stated where what was delivered was not accepted",
    arguments: [
      // Of the first unit such a penalty stands beside a known one, of the second alone.
      ("penalties.exists(p, has(p.decided_on) && p.amount > 5)", "true ?penalties.decided_on"),
      ("penalties.exists(p, has(p.decided_on) && p.amount > 50)", "?penalties ?penalties"),
      ("penalties.filter(p, !has(p.decided_on)).size()", "?penalties ?penalties"),
      ("penalties.size()", "2 1"), ("has(status)", "?status true"), ("has(founded)", "false true"),
      ("has(status) || employees > 5", "true true"),
    ] as [(String, String)])
  func undecided(text: String, shown: String) throws {
    let expression = try check(text, in: CheckTests.environment, scope: 0)
    let rows = Batch(
      count: 3,
      vectors: [
        0: Vector(
          .dates([day(2017, 1), 0, 0]), missing: [0, Vector.undecided, Vector.undecided]),
        1: Vector(
          .decimals([10_000_000, 0, 0]), missing: [0, Vector.undecided, Vector.undecided]),
      ])
    let batch = Batch(
      count: 2,
      vectors: [
        0: Vector(.integers([10, 20])),
        2: Vector(.dates([0, day(2018, 3)]), missing: [1, 0]),
        3: Vector(
          .codes(ids: [0, 1], names: ["active", "revoked"]), missing: [Vector.undecided, 0]),
        4: Vector(.rows(ChildRows(offsets: [0, 2, 3], batch: rows))),
      ])
    let result = expression.evaluate(over: batch)
    let states = (0..<2).map { state(result, $0, expression) }
    let isAlike = zip(states, shown.split(separator: " ")).allSatisfy { state, shown in
      shown.hasPrefix("?") ? state.hasPrefix(shown) : state == shown
    }
    #expect(isAlike, "\(states)")
  }

  private func state(_ vector: Vector, _ lane: Int, _ expression: CheckedExpression) -> String {
    if !vector.missing.isEmpty, vector.missing[lane] != 0 {
      return "?" + expression.missingNames(vector.missing[lane]).joined(separator: "+")
    }
    if !vector.faults.isEmpty, let fault = Fault(rawValue: vector.faults[lane]) {
      return "!" + fault.message.en
    }
    return vector.value(at: lane)?.description ?? ""
  }

  @Test("a let is evaluated where it is used, also for rows and for what is missing")
  func lets() throws {
    var environment = CheckTests.environment
    let large = try check("amount > 6 && has(decided_on)", in: environment, scope: 1)
    environment.scopes[1].names["large"] = Binding(
      shown: "large", type: large.type, meaning: .expression(large))
    let fines = try check(
      "penalties.filter(p, p.kind == 'fine')", in: environment, scope: 0)
    environment.scopes[0].names["罚款"] = Binding(
      shown: "罚款", type: fines.type, meaning: .expression(fines))
    let late = try check("yearsBetween(founded, date('2020-03-01')) > 1", in: environment, scope: 0)
    environment.scopes[0].names["late"] = Binding(
      shown: "late", type: .bool, meaning: .expression(late))

    for (text, shown) in [
      ("penalties.exists(p, p.large)", "true false ?penalties false"),
      ("罚款.exists(p, p.amount > 6)", "false true ?penalties false"),
      ("罚款.size() + employees", "11 21 ?penalties 40"),
      ("late && penalties.exists(p, late && p.amount > 15)", "false true ?penalties false"),
      (
        "penalties.exists(p, p.decided_on > founded && p.large)",
        "true false ?penalties false"
      ),
    ] {
      let expression = try check(text, in: environment, scope: 0)
      let result = expression.evaluate(over: batch)
      #expect(
        (0..<4).map { state(result, $0, expression) }.joined(separator: " ") == shown, "\(text)")
    }
    let expression = try check("罚款.exists(p, p.amount > 6)", in: environment, scope: 0)
    #expect(expression.demand == Demand(lists: [4: Demand(slots: [1, 2])]))
  }

  @Test("a filtered list can be the result, with its rows")
  func filtered() throws {
    let expression = try check(
      "penalties.filter(p, p.amount > 6)", in: CheckTests.environment, scope: 0)
    guard case .rows(let rows) = expression.evaluate(over: batch).values else {
      Issue.record("no rows")
      return
    }
    #expect(rows.offsets == [0, 1, 2, 2, 2])
    #expect(rows.batch.count == 2)
    #expect(rows.batch.vectors[1]?.value(at: 1) == .decimal(Exact(millionths: 20_000_000)))
  }

  @Test("a trace shows every part, outer before inner, and each row of a macro")
  func trace() throws {
    let expression = try check(
      "employees > 15 || penalties.exists(p, p.amount > capital)", in: CheckTests.environment,
      scope: 0)
    let nodes = expression.trace(over: batch, lane: 0)
    #expect(
      nodes.map { "\($0.depth) \($0.text)" } == [
        "0 employees > 15 || penalties.exists(p, p.amount > capital)",
        "1 employees > 15", "2 employees", "2 15",
        "1 penalties.exists(p, p.amount > capital)", "2 penalties",
        "2 p.amount > capital", "3 p.amount", "3 capital",
      ])
    #expect(nodes[0].outcome == .value("true"))
    #expect(nodes[2].outcome == .value("10"))
    #expect(nodes[5].outcome == .value("[2]"))
    #expect(nodes[6].outcome == .each([.value("false"), .value("true")]))
    #expect(nodes[8].outcome == .value("6"))
  }

  @Test("a trace keeps brackets within the parts that have them around")
  func brackets() throws {
    let text = "(employees + 1) * 2 > 3 && (true || (employees > 1)) && ((employees)) < 9"
    let expression = try check(text, in: CheckTests.environment, scope: 0)
    let nodes = expression.trace(over: batch, lane: 0)
    #expect(
      nodes.filter { $0.depth < 3 }.map(\.text) == [
        text, "(employees + 1) * 2 > 3 && (true || (employees > 1))",
        "(employees + 1) * 2 > 3", "true || (employees > 1)", "((employees)) < 9", "employees",
        "9",
      ])
  }

  @Test("a slot that nobody gathered is unknown; a batch may have no lanes")
  func edges() throws {
    let expression = try check(
      "employees > 3 && penalties.size() > 0", in: CheckTests.environment, scope: 0)
    let result = expression.evaluate(over: Batch(count: 2))
    #expect(result.missing == [3, 3])
    #expect(expression.evaluate(over: Batch(count: 0)).count == 0)
    let constant = try check("1 + 1", in: CheckTests.environment, scope: 0)
    #expect(constant.evaluate(over: Batch(count: 3)).count == 3)
    #expect(constant.evaluate(over: Batch(count: 0)).count == 0)
    #expect(CheckedExpression.fromExact(Exact(millionths: 500_000)).text == "0.5")
  }
}
