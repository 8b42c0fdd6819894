import Expressions
import Tables
import Testing

@Suite struct CheckTests {
  static let environment: Environment = {
    var unit = Scope()
    unit.names = [
      "employees": Binding(shown: "employees", type: .int, meaning: .fact(slot: 0)),
      "从业人数": Binding(shown: "employees", type: .int, meaning: .fact(slot: 0)),
      "capital": Binding(shown: "capital", type: .decimal, meaning: .fact(slot: 1)),
      "founded": Binding(shown: "founded", type: .date, meaning: .fact(slot: 2)),
      "status": Binding(
        shown: "status", type: .string, meaning: .fact(slot: 3),
        codes: ["active", "revoked", "cancelled"]),
      "penalties": Binding(
        shown: "penalties", type: .list(.row(scope: 1)), meaning: .fact(slot: 4)),
      "registration.name": Binding(
        shown: "registration.name", type: .string, meaning: .fact(slot: 5)),
      "identity": Binding(
        shown: "identity", type: .string, meaning: .fact(slot: 6),
        refusal: Bilingual(zh: "敏感字段不能用于表达式", en: "a sensitive field")),
      "marks": Binding(shown: "marks", type: .list(.int), meaning: .fact(slot: 7)),
    ]
    var penalty = Scope()
    penalty.names = [
      "decided_on": Binding(shown: "decided_on", type: .date, meaning: .fact(slot: 0)),
      "amount": Binding(shown: "amount", type: .decimal, meaning: .fact(slot: 1)),
      "kind": Binding(
        shown: "kind", type: .string, meaning: .fact(slot: 2), codes: ["fine", "warning"]),
    ]
    return Environment(scopes: [unit, penalty])
  }()

  @Test(
    "says where a text is wrong and what would be right",
    arguments: [
      (
        "employes > 3", 1, 1, "没有名为“employes”的事实；是否指“employees”？",
        "nothing is called “employes”; did you mean “employees”?"
      ),
      (
        "从业人员 > 3", 1, 1, "没有名为“从业人员”的事实；是否指“从业人数”？",
        "nothing is called “从业人员”; did you mean “从业人数”?"
      ),
      ("employees > 3 &&\n  xyzzy", 2, 3, "没有名为“xyzzy”的事实", "nothing is called “xyzzy”"),
      ("employees == 'a'", 1, 1, "“==”不能用于 int 和 string", "“==” does not apply to int and string"),
      (
        "1 + employees == 2 && 'a' < 1", 1, 23, "“<”不能用于 string 和 int",
        "“<” does not apply to string and int"
      ),
      ("employees && true", 1, 1, "“&&”需要 bool，而这里是 int", "“&&” needs a bool, and this is int"),
      (
        "status == 'actve'", 1, 11, "代码表中没有“actve”；是否指“active”？",
        "“actve” is not a code of its table; did you mean “active”?"
      ),
      (
        "status in ['active', 'gone']", 1, 22, "代码表中没有“gone”；可用的有：active、revoked、cancelled",
        "“gone” is not a code of its table; known: active, revoked, cancelled"
      ),
      (
        "penalties.exists(p, p.kind == 'fines')", 1, 31, "代码表中没有“fines”；是否指“fine”？",
        "“fines” is not a code of its table; did you mean “fine”?"
      ),
      (
        "penalties.exists(p, p.decide_on > founded)", 1, 21,
        "没有名为“decide_on”的事实；是否指“decided_on”？",
        "nothing is called “decide_on”; did you mean “decided_on”?"
      ),
      (
        "penalties.exists(p, p)", 1, 21, "“p”是一行，不是值；请写“p.字段”",
        "“p” is a row, not a value; write “p.field”"
      ),
      (
        "penalties == penalties", 1, 1, "多行的列表不能作为值使用；请用 size、exists、all、filter、map",
        "a list of rows is not a value; use size, exists, all, filter or map"
      ),
      (
        "penalties.amount > 1", 1, 1, "这是多行的列表，没有成员“amount”；请用 exists、all、filter 等逐行判断",
        "this is a list of rows and has no “amount”; ask its rows with exists, all, filter"
      ),
      ("identity == ''", 1, 1, "敏感字段不能用于表达式", "a sensitive field"),
      (
        "capital > 0.1234567", 1, 11, "0.1234567 不能精确地读作 decimal（最多六位小数）",
        "0.1234567 cannot be read exactly as a decimal (six decimals at most)"
      ),
      (
        "founded < timestamp('2018-01-01T00:00:00Z')", 1, 1, "“<”不能用于 date 和 timestamp",
        "“<” does not apply to date and timestamp"
      ),
      ("date('2018-02-30') > founded", 1, 6, "“2018-02-30”不是 date", "“2018-02-30” is not a date"),
      ("1u + 2u", 1, 1, "不支持无符号整数（后缀 u）", "unsigned integers (suffix u) are not supported"),
      ("b'a'", 1, 1, "不支持字节串（前缀 b）", "byte strings (prefix b) are not supported"),
      ("uint(1)", 1, 1, "不支持 uint 类型", "the type uint is not supported"),
      ("a.B{c: 1}", 1, 1, "不支持消息（protobuf message）", "messages (protobuf) are not supported"),
      (
        "starsWith('a', 'b')", 1, 1, "没有函数“starsWith”；是否指“startsWith”？",
        "there is no function “starsWith”; did you mean “startsWith”?"
      ),
      ("startsWith('a', 'b')", 1, 1, "请写成 x.startsWith(…)", "write it as x.startsWith(…)"),
      (
        "status.startsWith()", 1, 8, "“startsWith”需要 1 个参数，给了 0 个",
        "“startsWith” takes 1 argument, not 0"
      ),
      ("status.matches('(a')", 1, 16, "模式中的“(”没有配对", "a “(” of the pattern is not closed"),
      (
        "status.matches('\\\\p{Han}')", 1, 16, "不支持模式中的“\\p”", "“\\p” is not supported in a pattern"
      ),
      (
        "status.matches(status)", 1, 16, "“matches”的模式必须是字符串字面量",
        "the pattern of “matches” must be a string literal"
      ),
      (
        "employees = 3", 1, 11, "此处不能有字符“=”；相等请写“==”",
        "the character “=” cannot stand here; equality is written “==”"
      ),
      ("employees >", 1, 12, "表达式不完整", "the expression ends too early"),
      ("(employees", 1, 11, "此处应为“)”，而不是结束", "“)” is expected here, not the end"),
      ("employees 3", 1, 11, "此处不应出现“3”", "“3” is not expected here"),
      ("'abc", 1, 1, "字符串没有结束的引号", "the string has no closing quote"),
      (
        "has(1)", 1, 5, "“has”只能用于名称或成员，如 has(x)、has(m.k)",
        "“has” applies to a name or a member, as in has(x) or has(m.k)"
      ),
      ("employees ? 1 : 2", 1, 1, "“? :”需要 bool，而这里是 int", "“? :” needs a bool, and this is int"),
      (
        "true ? 1 : 'a'", 1, 1, "“? :”的两个结果类型不同：int 和 string",
        "the two results of “? :” differ in type: int and string"
      ),
      (
        "9223372036854775808", 1, 1, "整数“9223372036854775808”超出 64 位范围",
        "the integer “9223372036854775808” does not fit into 64 bits"
      ),
      ("if > 1", 1, 1, "“if”是保留字，不能作名称", "“if” is a reserved word and cannot be a name"),
      (
        "employees.exists(e, e > 1)", 1, 1, "“exists”需要列表，而这里是 int",
        "“exists” needs a list, and this is int"
      ),
      ("marks[0] == 'a'", 1, 1, "“==”不能用于 int 和 string", "“==” does not apply to int and string"),
      (
        "marks.exists(1, true)", 1, 14, "“exists”的第一个参数必须是变量名",
        "the first argument of “exists” must be the name of a variable"
      ),
    ] as [(String, Int, Int, String, String)])
  func faults(text: String, line: Int, column: Int, zh: String, en: String) {
    let wanted = ExpressionFault(line: line, column: column, message: Bilingual(zh: zh, en: en))
    #expect(throws: wanted) {
      try check(text, in: CheckTests.environment, scope: 0)
    }
  }

  @Test(
    "infers types",
    arguments: [
      ("employees", .int), ("employees * 2", .int), ("capital * 2", .decimal),
      ("capital / employees", .decimal), ("capital > 0.5", .bool), ("capital + 0.5", .decimal),
      ("employees > 3 ? capital : 0", .decimal), ("[1, 'a']", .list(.dyn)),
      ("[1, 2]", .list(.int)), ("[] + [1]", .list(.int)), ("{'a': 1}", .map(.string, .int)),
      ("penalties", .list(.row(scope: 1))), ("penalties.size()", .int),
      ("penalties.filter(p, p.amount > 1)", .list(.row(scope: 1))),
      ("penalties.map(p, p.amount)", .list(.decimal)), ("dyn(1)", .dyn), ("type(1)", .type),
      ("founded - duration('24h')", .date), ("founded - founded", .duration),
      ("timestamp(0) - timestamp(1)", .duration), ("yearsBetween(founded, founded)", .int),
      ("registration.name", .string), ("[capital, 1, 0.5]", .list(.decimal)), ("null", .null),
    ] as [(String, ExpressionType)])
  func types(text: String, type: ExpressionType) throws {
    #expect(try check(text, in: CheckTests.environment, scope: 0).type == type)
  }

  @Test("widens whole numbers and double literals where a decimal is expected")
  func expecting() throws {
    for text in ["3", "0.5", "-0.5", "employees", "capital", "employees > 3 ? 1.5 : 2.0"] {
      let expression = try check(
        text, in: CheckTests.environment, scope: 0, expecting: [.decimal])
      #expect(expression.type == .decimal)
    }
    let wanted = ExpressionFault(
      line: 1, column: 1,
      message: Bilingual(
        zh: "结果应为 bool 或 int，而这里是 string", en: "the result must be bool or int, and this is string")
    )
    #expect(throws: wanted) {
      try check("status", in: CheckTests.environment, scope: 0, expecting: [.bool, .int])
    }
  }

  @Test("says which facts are read, and of lists which of their rows")
  func demand() throws {
    let expression = try check(
      "employees > 3 && penalties.exists(p, p.amount > capital && p.amount > 1)",
      in: CheckTests.environment, scope: 0)
    #expect(
      expression.demand == Demand(slots: [0, 1], lists: [4: Demand(slots: [1])]))
    #expect(
      expression.facts == [
        FactUse(slots: [0], shown: "employees", type: .int),
        FactUse(slots: [4], shown: "penalties", type: .list(.row(scope: 1))),
        FactUse(slots: [4, 1], shown: "penalties.amount", type: .decimal),
        FactUse(slots: [1], shown: "capital", type: .decimal),
      ])
    let size = try check("size(penalties)", in: CheckTests.environment, scope: 0)
    #expect(size.demand == Demand(lists: [4: Demand()]))
  }

  @Test("two names of one fact are one fact")
  func labels() throws {
    let expression = try check(
      "从业人数 > 3 && employees < 9", in: CheckTests.environment, scope: 0)
    #expect(expression.facts.map(\.shown) == ["employees"])
  }

  @Test("a deep or long text is refused, not run into the ground")
  func depth() {
    for text in [
      String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
      String(repeating: "!", count: 10_000) + "true",
      String(repeating: "[", count: 10_000),
      Array(repeating: "1", count: 10_000).joined(separator: "+"),
      "a" + String(repeating: ".a", count: 10_000),
      "true" + String(repeating: " ? true : true", count: 10_000),
    ] {
      #expect(throws: ExpressionFault.self) {
        try check(text, in: CheckTests.environment, scope: 0)
      }
    }
  }

  @Test("what is just short enough is evaluated")
  func longest() throws {
    for (text, value) in [
      (Array(repeating: "1", count: 150).joined(separator: " + "), Value.int(150)),
      (String(repeating: "(", count: 149) + "1" + String(repeating: ")", count: 149), .int(1)),
      (String(repeating: "!", count: 148) + "true", .bool(true)),
      (
        String(repeating: "[", count: 148) + "1" + String(repeating: "]", count: 148) + " == []",
        .bool(false)
      ),
      (Array(repeating: "1 < 2", count: 5000).joined(separator: " && "), .bool(true)),
      ("true" + String(repeating: " ? true : true", count: 148), .bool(true)),
    ] {
      let expression = try check(text, in: CheckTests.environment, scope: 0)
      let result = expression.evaluate(over: Batch(count: 2))
      #expect(result.value(at: 1) == value)
      #expect(!expression.trace(over: Batch(count: 2), lane: 1).isEmpty)
    }
  }

  @Test("names lists what an expression uses from outside, without an environment")
  func usedNames() throws {
    let found = try names(
      in: "a.b > 1 && xs.exists(p, p.c > d &&\n 'z' == 有组织) || f(g).h && size(a.b) > 0")
    #expect(
      found.map(\.name) == ["a.b", "xs", "d", "有组织", "g", "a.b"])
    #expect(found[0].candidates == ["a.b", "a"])
    #expect(found[3].line == 2 && found[3].column == 9)
  }
}
