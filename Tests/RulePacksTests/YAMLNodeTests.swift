import RulePacks
import Testing

@Suite("Values of a YAML file")
struct YAMLNodeTests {
  @Test(
    "have no blank where a folded text breaks its line between Chinese characters",
    arguments: [
      (">-\n  查阅、\n  更正有关信息，\n  有权要求", "查阅、更正有关信息，有权要求"),
      (">-\n  人选\n  审核", "人选审核"), (">-\n  （甲）\n  乙", "（甲）乙"),
      // Words of Latin letters, numbers and quotes keep it.
      (">-\n  以 CEL\n  表达式", "以 CEL 表达式"), (">-\n  one\n  two 三", "one two 三"),
      (">-\n  共 30\n  家", "共 30 家"), (">-\n  段一\n\n  段二", "段一\n段二"),
      // Elsewhere a blank is what somebody typed.
      ("\"张 三\"", "张 三"), ("张 三", "张 三"), ("|-\n  张 三", "张 三"),
    ])
  func folded(written: String, read: String) throws {
    #expect(try YAMLNode.parse("key: " + written, file: 0)?.value == read)
  }
}

extension YAMLNode {
  fileprivate var value: String? {
    guard case .map(let entries) = content else { return nil }
    return entries.first?.value.scalar
  }
}
