import Requests
import Testing

@Suite("JSON texts")
struct JSONTests {
  @Test(
    "come out as they went in, numbers digit for digit and members in their order",
    arguments: [
      "null", "true", "[1, 2.50, -0, 1e400]", #"{"b": 1, "a": {"c": []}, "b": 2}"#,
      #""衡 \" \\ \n 😀""#,
    ])
  func written(text: String) throws {
    #expect(try #require(JSON(text)).written == text)
  }

  @Test(
    "that are not one value are none",
    arguments: [
      "", "1 2", "[1,]", "{\"a\" 1}", "01", "1.", "+1", "\"\u{01}\"", #""\uD800""#, "nul", "[",
      String(repeating: "[", count: 200) + String(repeating: "]", count: 200),
    ])
  func refused(text: String) {
    #expect(JSON(text) == nil)
  }

  @Test("give the last of members with one name, and nothing for a name that is not there")
  func members() throws {
    let json = try #require(JSON(#"{"a": "x", "a": "y\u4e00\uD83D\uDE00"}"#))
    #expect(json["a"]?.text == "y一😀")
    #expect(json["b"] == nil)
    #expect(JSON.count(12).text == nil)
  }
}
