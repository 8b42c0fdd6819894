import Testing

@testable import Drafting

@Test(
  "quotes what YAML would read as something else",
  arguments: [
    ("名称", "名称"), ("reg_no", "reg_no"), ("党员大会·应开", "党员大会·应开"), ("yes", "\"yes\""),
    ("5A", "\"5A\""), ("注册资本(万元)", "\"注册资本(万元)\""), ("a: b", "\"a: b\""),
    ("say \"x\"\n", "\"say \\\"x\\\"\\n\""), ("@id", "\"@id\""), ("", "\"\""), ("-", "\"-\""),
  ])
func scalars(text: String, written: String) {
  #expect(yaml(text) == written)
}

@Test("keeps comments on one line")
func comments() {
  #expect(comment("a\nb") == "# a b")
}
