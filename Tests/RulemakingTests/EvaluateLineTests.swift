import Requests
import Rulemaking
import Testing

@Suite struct EvaluateLineTests {
  @Test(
    "answers a line with its value, its error, what is unknown, or why it is refused",
    arguments: [
      (#"{"expr": "[1, 2]"}"#, #"{"type": "list(int)", "value": [1, 2]}"#),
      (
        #"{"expr": "x + 1", "bindings": {"x": {"type": "int", "value": 1}}}"#,
        #"{"type": "int", "value": 2}"#
      ),
      (
        #"{"expr": "x", "bindings": {"x": {"type": "int", "value": 9223372036854775807}}}"#,
        #"{"type": "int", "value": 9223372036854775807}"#
      ),
      (#"{"expr": "x > 1", "bindings": {"x": {"type": "int"}}}"#, #"{"unknown": ["x"]}"#),
      (
        #"{"expr": "x > 1 || true", "bindings": {"x": {"type": "int"}}}"#,
        #"{"type": "bool", "value": true}"#
      ),
      (
        #"{"expr": "x + y", "bindings": {"x": {"type": "int"}, "y": {"type": "int"}}}"#,
        #"{"unknown": ["x", "y"]}"#
      ),
      (#"{"expr": "1 / 0"}"#, #"{"error": "division by zero"}"#),
      (#"{"expr": "1 +\n nope"}"#, #"{"refused": "2:2: nothing is called “nope”"}"#),
      (#"{"expr": "1.0 / 0.0"}"#, #"{"type": "double", "value": "Infinity"}"#),
      (#"{"expr": "-1.0 / 0.0"}"#, #"{"type": "double", "value": "-Infinity"}"#),
      (#"{"expr": "0.0 / 0.0"}"#, #"{"type": "double", "value": "NaN"}"#),
      (
        #"{"expr": "x", "bindings": {"x": {"type": "double", "value": "NaN"}}}"#,
        #"{"type": "double", "value": "NaN"}"#
      ),
      (
        #"{"expr": "x * 2.0", "bindings": {"x": {"type": "double", "value": 1}}}"#,
        #"{"type": "double", "value": 2.0}"#
      ),
      (
        #"{"expr": "t + d", "bindings": {"t": {"type": "timestamp", "value": "2018-09-30T23:59:58Z"}, "d": {"type": "duration", "value": "3.5s"}}}"#,
        #"{"type": "timestamp", "value": "2018-10-01T00:00:01.5Z"}"#
      ),
      (
        #"{"expr": "d", "bindings": {"d": {"type": "duration", "value": "-3.5s"}}}"#,
        #"{"type": "duration", "value": "-3.5s"}"#
      ),
      (#"{"expr": "{'a': 1}"}"#, #"{"type": "map(string, int)", "value": [["a", 1]]}"#),
      (
        #"{"expr": "m['b']", "bindings": {"m": {"type": "map(string, list(int))", "value": [["a", [1]], ["b", [2, 3]]]}}}"#,
        #"{"type": "list(int)", "value": [2, 3]}"#
      ),
      (#"{"expr": "type(1)"}"#, #"{"type": "type", "value": "int"}"#),
      (#"{"expr": "null"}"#, #"{"type": "null", "value": null}"#),
      (#"{"expr": "dyn(1)"}"#, #"{"type": "int", "value": 1}"#),
      (
        #"{"expr": "x && true", "bindings": {"x": {"type": "bool", "value": true}}}"#,
        #"{"type": "bool", "value": true}"#
      ),
      (
        #"{"expr": "x", "bindings": {"x": {"type": "bool", "value": 1}}}"#,
        #"{"refused": "the value of “x” is not a bool"}"#
      ),
      (
        #"{"expr": "x", "bindings": {"x": {"type": "uint", "value": 1}}}"#,
        #"{"refused": "the type of “x” is not known"}"#
      ),
      (
        #"{"expr": "金额 * 3", "bindings": {"金额": {"type": "decimal", "value": "0.1"}}}"#,
        #"{"type": "decimal", "value": "0.3"}"#
      ),
      (
        #"{"expr": "d < date('2018-09-01')", "bindings": {"d": {"type": "date", "value": "2018-09"}}}"#,
        #"{"type": "bool", "value": false}"#
      ),
      (
        #"{"expr": "d < date('2018-09-02')", "bindings": {"d": {"type": "date", "value": "2018-09"}}}"#,
        #"{"unknown": ["d"]}"#
      ),
      (
        #"{"expr": "'\u00e9\ud83d\ude00\n'"}"#,
        #"{"refused": "1:1: the string has no closing quote"}"#
      ),
      (#"{"expr": "'\u00e9\ud83d\ude00\\n'"}"#, #"{"type": "string", "value": "é😀\n"}"#),
      ("not json", #"{"refused": "the line is not JSON"}"#),
      (#"{"bindings": {}}"#, #"{"refused": "the line has no text “expr”"}"#),
    ] as [(String, String)])
  func answers(line: String, answer: String) {
    #expect(evaluateLine(line) == answer)
  }

  @Test("evaluates one expression")
  func expression() {
    #expect(evaluate(expression: "size('五个两') * 7") == #"{"type": "int", "value": 21}"#)
  }
}
