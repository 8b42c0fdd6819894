package import Foundation

/// Checks parsed JSON against the part of JSON Schema 2020-12 that the project's schemas use; a
/// keyword that it does not know is a fault of the schema.
package struct SchemaValidator {
  private let root: [String: Any]

  package init(_ schema: Data) throws {
    root = try JSONSerialization.jsonObject(with: schema) as? [String: Any] ?? [:]
  }

  /// What is wrong, by the path in the document; empty where all is as the schema says.
  package func faults(of document: Data) throws -> [String] {
    faults(try JSONSerialization.jsonObject(with: document), root, "$")
  }

  private func faults(_ value: Any, _ schema: [String: Any], _ path: String) -> [String] {
    var faults: [String] = []
    for (keyword, rule) in schema.sorted(by: { $0.key < $1.key }) {
      switch (keyword, rule) {
      case ("$schema", _), ("$defs", _), ("title", _), ("description", _): continue
      case ("$ref", let name as String): faults += self.faults(value, definition(name), path)
      case ("type", let name as String): faults += fits([name], value, path)
      case ("type", let names as [String]): faults += fits(names, value, path)
      case ("enum", let choices as [String]):
        if !choices.contains(value as? String ?? "") { faults.append("\(path): not in enum") }
      case ("anyOf", let choices as [[String: Any]]):
        if !choices.contains(where: { self.faults(value, $0, path).isEmpty }) {
          faults.append("\(path): none of anyOf")
        }
      case ("pattern", let pattern as String):
        let text = value as? String ?? ""
        if text.range(of: pattern, options: .regularExpression) == nil {
          faults.append("\(path): “\(text)” does not match")
        }
      case ("minimum", let least as NSNumber):
        if let number = value as? NSNumber, number.doubleValue < least.doubleValue {
          faults.append("\(path): too small")
        }
      case ("maximum", let most as NSNumber):
        if let number = value as? NSNumber, number.doubleValue > most.doubleValue {
          faults.append("\(path): too great")
        }
      case ("items", let items as [String: Any]):
        for (index, item) in (value as? [Any] ?? []).enumerated() {
          faults += self.faults(item, items, "\(path)[\(index)]")
        }
      case ("required", let keys as [String]):
        let present = value as? [String: Any] ?? [:]
        faults += keys.filter { present[$0] == nil }.map { "\(path).\($0): missing" }
      case ("properties", let properties as [String: [String: Any]]):
        for (key, member) in value as? [String: Any] ?? [:] {
          guard let rule = properties[key] else { continue }
          faults += self.faults(member, rule, "\(path).\(key)")
        }
      case ("additionalProperties", _):
        let known = schema["properties"] as? [String: Any] ?? [:]
        let keys = (value as? [String: Any] ?? [:]).keys
        faults += keys.filter { known[$0] == nil }.map { "\(path).\($0): not in the schema" }
      default: faults.append("\(path): the schema has an unknown keyword “\(keyword)”")
      }
    }
    return faults
  }

  private func definition(_ name: String) -> [String: Any] {
    let definitions = root["$defs"] as? [String: [String: Any]] ?? [:]
    return definitions[String(name.dropFirst("#/$defs/".count))] ?? ["missing": name]
  }

  private func fits(_ names: [String], _ value: Any, _ path: String) -> [String] {
    names.contains { isOfType($0, value) } ? [] : ["\(path): is no \(names)"]
  }

  private func isOfType(_ name: String, _ value: Any) -> Bool {
    switch name {
    case "null": return value is NSNull
    case "string": return value is String
    case "array": return value is [Any]
    case "object": return value is [String: Any]
    case "boolean": return isFlag(value)
    case "number": return value is NSNumber && !isFlag(value)
    case "integer":
      guard let number = value as? NSNumber, !isFlag(value) else { return false }
      return number.doubleValue == number.doubleValue.rounded()
    default: return false
    }
  }

  private func isFlag(_ value: Any) -> Bool {
    guard let number = value as? NSNumber else { return false }
    // Safe: Foundation's type codes are C texts that live as long as the number.
    return unsafe String(cString: number.objCType) == "c"
  }
}
