import Expressions
import Foundation
import Surroundings
import Tables
import Testing

/// The conformance cases of CEL, where `make conformance` is told their folder.
@Suite struct ConformanceTests {
  static var files: [URL] {
    guard let folder = Surroundings.suite("cel") else { return [] }
    let all = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (all ?? []).filter { $0.pathExtension == "textproto" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  @Test(
    "gives CEL's answers or refuses, never another answer",
    .enabled(if: !files.isEmpty, "\(Surroundings.noSuite)"))
  func conformance() throws {
    var total = Tally()
    var table = row("file", "passed", "refused", "outside", "wrong")
    var lines: [String] = []
    for file in ConformanceTests.files {
      var tally = Tally()
      let suite = TextProto(try String(contentsOf: file, encoding: .utf8))
      for section in suite.all("section") {
        for test in section.all("test") {
          let name =
            "\(suite.text("name") ?? "")/\(section.text("name") ?? "")/\(test.text("name") ?? "")"
          let verdict = judge(test)
          tally.count(verdict)
          switch verdict {
          case .passed, .outside: break
          case .refused(let reason): lines.append("refused \(name): \(reason)")
          case .wrong(let reason): lines.append("WRONG \(name): \(reason)")
          }
        }
      }
      table += tally.row(file.lastPathComponent)
      total.add(tally)
    }
    print(lines.joined(separator: "\n"))
    print(table + total.row("all"))
    #expect(total.wrong == 0)
    #expect(total.passed * 10 >= (total.passed + total.refused + total.wrong) * 9)
  }

  private func judge(_ test: TextProto) -> Verdict {
    let text = test.text("expr") ?? ""
    guard let bindings = Conformance.bindings(of: test) else { return .outside }
    var scope = Scope()
    var batch = Batch(count: 1)
    for (slot, binding) in bindings.enumerated() {
      scope.names[binding.name] = Binding(
        shown: binding.name, type: binding.type, meaning: .fact(slot: slot))
      if let value = binding.value { batch.vectors[slot] = Vector(.boxed([value])) }
    }
    let isErrorWanted = test.message("eval_error") != nil
    let expression: CheckedExpression
    do {
      expression = try check(text, in: Environment(scopes: [scope]), scope: 0)
    } catch {
      // What CEL answers with an error may be refused before it runs.
      if isErrorWanted { return .passed }
      return Conformance.isOutside(test, error) ? .outside : .refused(error.message.en)
    }
    let result = expression.evaluate(over: batch)
    if result.missing.first ?? 0 != 0 { return .wrong("unknown") }
    if let fault = Fault(rawValue: result.faults.first ?? 0) {
      return isErrorWanted ? .passed : .wrong("error: \(fault.message.en)")
    }
    let value = Conformance.value(of: result)
    if isErrorWanted { return .wrong("\(value), not an error") }
    guard let wanted = test.message("value") else {
      return value == .bool(true) ? .passed : .outside
    }
    guard let expected = Conformance.value(wanted) else { return .outside }
    return Conformance.isSame(value, expected) ? .passed : .wrong("\(value), not \(expected)")
  }

  private enum Verdict {
    case passed
    case refused(String)
    case wrong(String)
    /// Needs messages, unsigned integers or bytes.
    case outside
  }

  private struct Tally {
    var passed = 0
    var refused = 0
    var outside = 0
    var wrong = 0

    mutating func count(_ verdict: Verdict) {
      switch verdict {
      case .passed: passed += 1
      case .refused: refused += 1
      case .outside: outside += 1
      case .wrong: wrong += 1
      }
    }

    mutating func add(_ other: Tally) {
      passed += other.passed
      refused += other.refused
      outside += other.outside
      wrong += other.wrong
    }

    func row(_ name: String) -> String {
      tableRow(name, "\(passed)", "\(refused)", "\(outside)", "\(wrong)")
    }
  }

  private func row(_ cells: String...) -> String { tableRow(cells) }
}

private func tableRow(_ cells: String...) -> String { tableRow(cells) }

private func tableRow(_ cells: [String]) -> String {
  let widths = [26, 10, 10, 10, 10]
  return zip(cells, widths).map { cell, width in
    cell + String(repeating: " ", count: max(1, width - cell.count))
  }.joined() + "\n"
}

/// Values and types as the conformance cases write them.
enum Conformance {
  typealias BoundName = (name: String, type: ExpressionType, value: Value?)

  /// Nil where a binding is of a type outside the profile.
  static func bindings(of test: TextProto) -> [BoundName]? {
    var bindings: [BoundName] = []
    var values: [String: Value] = [:]
    for binding in test.all("bindings") {
      guard let written = binding.message("value")?.message("value"), let value = value(written)
      else { return nil }
      values[binding.text("key") ?? ""] = value
    }
    for declaration in test.all("type_env") {
      guard let written = declaration.message("ident")?.message("type"), let type = type(written)
      else { return nil }
      let name = declaration.text("name") ?? ""
      bindings.append((name, type, values.removeValue(forKey: name)))
    }
    for (name, value) in values { bindings.append((name, .dyn, value)) }
    return bindings
  }

  static func type(_ message: TextProto) -> ExpressionType? {
    switch message.text("primitive") {
    case "BOOL": return .bool
    case "INT64": return .int
    case "DOUBLE": return .double
    case "STRING": return .string
    default: break
    }
    switch message.text("well_known") {
    case "TIMESTAMP": return .timestamp
    case "DURATION": return .duration
    default: break
    }
    switch message.text("message_type") {
    case "google.protobuf.Timestamp": return .timestamp
    case "google.protobuf.Duration": return .duration
    default: break
    }
    if let list = message.message("list_type") {
      return list.message("elem_type").flatMap(type).map { .list($0) }
    }
    if let map = message.message("map_type"), let key = map.message("key_type").flatMap(type),
      let value = map.message("value_type").flatMap(type)
    {
      return .map(key, value)
    }
    return message.message("dyn") == nil ? nil : .dyn
  }

  static func value(_ message: TextProto) -> Value? {
    if let text = message.text("int64_value") { return Int64(text).map { .int($0) } }
    if let text = message.text("bool_value") { return .bool(text == "true") }
    if let text = message.text("string_value") { return .string(text) }
    if let text = message.text("double_value") { return Double(text).map { .double($0) } }
    if message.text("null_value") != nil { return .null }
    if let text = message.text("type_value") { return .type(text) }
    if let list = message.message("list_value") {
      let items = list.all("values").map(value)
      return items.contains { $0 == nil } ? nil : .list(items.compactMap { $0 })
    }
    if let map = message.message("map_value") {
      var entries: [Value.MapEntry] = []
      for entry in map.all("entries") {
        guard let key = entry.message("key").flatMap(value),
          let value = entry.message("value").flatMap(value)
        else { return nil }
        entries.append(Value.MapEntry(key: key, value: value))
      }
      return .map(entries)
    }
    guard let object = message.message("object_value") else { return nil }
    if let time = object.message("type.googleapis.com/google.protobuf.Timestamp") {
      return .timestamp(seconds: number(time, "seconds"), nanos: Int32(number(time, "nanos")))
    }
    if let time = object.message("type.googleapis.com/google.protobuf.Duration") {
      return .duration(seconds: number(time, "seconds"), nanos: Int32(number(time, "nanos")))
    }
    return nil
  }

  private static func number(_ message: TextProto, _ name: String) -> Int64 {
    message.text(name).flatMap { Int64($0) } ?? 0
  }

  /// Whether a case needs messages, unsigned integers or bytes.
  static func isOutside(_ test: TextProto, _ fault: ExpressionFault) -> Bool {
    if test.text("container") != nil { return true }
    let reason = fault.message.en
    if ["unsigned integers", "messages", "byte strings", "type uint", "type bytes"].contains(
      where: { reason.contains($0) })
    {
      return true
    }
    guard let wanted = test.message("value") else { return false }
    return wanted.fields.contains {
      ["uint64_value", "bytes_value", "object_value", "enum_value"].contains($0.name)
        && value(wanted) == nil
    }
  }

  /// The one lane of a vector that is known.
  static func value(of vector: Vector) -> Value {
    switch vector.values {
    case .flags(let lanes): .bool(lanes[0])
    case .integers(let lanes): .int(lanes[0])
    case .decimals(let lanes): .decimal(Exact(millionths: lanes[0]))
    case .reals(let lanes): .double(lanes[0])
    case .dates(let lanes): .date(PartialDate(packed: lanes[0]))
    case .codes(let ids, let names): .string(names[Int(ids[0])])
    case .texts(let texts): .string(texts[0])
    case .rows: .null
    case .boxed(let lanes): lanes[0]
    }
  }

  /// The same type and the same value; entries of maps in any order, NaN equal to itself.
  static func isSame(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.double(let one), .double(let other)):
      return one.bitPattern == other.bitPattern || one.isNaN && other.isNaN
    case (.string(let one), .string(let other)): return one.utf8.elementsEqual(other.utf8)
    case (.list(let one), .list(let other)):
      return one.count == other.count && zip(one, other).allSatisfy { isSame($0, $1) }
    case (.map(let one), .map(let other)):
      return one.count == other.count
        && one.allSatisfy { entry in
          other.contains { isSame($0.key, entry.key) && isSame($0.value, entry.value) }
        }
    default: return left == right
    }
  }
}
