import Yams

/// Where something stands in the files being read.
package struct Spot: Sendable, Equatable {
  /// Index into `Reading.files`.
  package var file: Int
  package var line: Int
  package var column: Int
}

/// A value of a YAML file with its place; the only file that speaks to Yams.
///
/// Descriptions of synthetic deliveries are read by it too.
package struct YAMLNode: Sendable {
  package var spot: Spot
  package var content: Content

  package init(spot: Spot, content: Content) {
    self.spot = spot
    self.content = content
  }

  package enum Content: Sendable {
    case scalar(String, Style)
    case list([YAMLNode])
    case map([Entry])
  }

  /// How a scalar is written; only a plain one can be a number or a flag, and quotes matter for
  /// finding a place within it.
  package enum Style: Sendable {
    case plain, singleQuoted, doubleQuoted, block
  }

  package struct Entry: Sendable {
    package var key: String
    /// How the key is written.
    package var style: Style
    /// Where the key stands.
    package var spot: Spot
    package var value: YAMLNode
  }

  /// Nil for lists and maps.
  package var scalar: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// A key without a value, or `~`.
  package var isBlank: Bool {
    guard case .scalar(let text, .plain) = content else { return false }
    return text.isEmpty || text == "~" || text == "null"
  }
}

/// What the YAML reader says about a text that is not YAML.
package struct YAMLFault: Error {
  package var line: Int
  package var column: Int
  package var problem: String
  /// A key that one map holds twice.
  package var repeated: String?
}

extension YAMLNode {
  /// How many values one file may hold, aliases counted as often as they are used.
  private static let most = 500_000

  /// The document in a text; nil where it is empty.
  package static func parse(_ text: String, file: Int) throws(YAMLFault) -> YAMLNode? {
    do {
      // The basic resolver leaves tags alone: types come from the keys, and matching every scalar
      // against patterns took most of the time.
      // And an encoding that is not named is looked up among the process's variables each time.
      guard let root = try compose(yaml: text, .basic, .default, .utf8) else { return nil }
      var budget = most
      return try convert(root, file: file, budget: &budget)
    } catch let error as YAMLFault {
      throw error
    } catch let error as YamlError {
      throw YAMLFault(error)
    } catch {
      throw YAMLFault(line: 1, column: 1, problem: "\(error)")
    }
  }

  private static func convert(
    _ node: Node, file: Int, budget: inout Int
  ) throws(YAMLFault) -> YAMLNode {
    let spot = Spot(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    budget -= 1
    guard budget > 0 else {
      throw YAMLFault(line: spot.line, column: spot.column, problem: "more than \(most) values")
    }
    switch node {
    case .scalar(let scalar):
      let text = scalar.style == .folded ? joinedChinese(scalar.string) : scalar.string
      return YAMLNode(spot: spot, content: .scalar(text, Style(scalar.style)))
    case .sequence(let sequence):
      var items: [YAMLNode] = []
      items.reserveCapacity(sequence.count)
      for item in sequence { items.append(try convert(item, file: file, budget: &budget)) }
      return YAMLNode(spot: spot, content: .list(items))
    case .mapping(let mapping):
      var entries: [Entry] = []
      entries.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        let mark = key.mark
        guard case .scalar(let name) = key else {
          throw YAMLFault(
            line: mark?.line ?? 1, column: mark?.column ?? 1, problem: "a key must be a word")
        }
        entries.append(
          Entry(
            key: name.string, style: Style(name.style),
            spot: Spot(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1),
            value: try convert(value, file: file, budget: &budget)))
      }
      return YAMLNode(spot: spot, content: .map(entries))
    case .alias:
      throw YAMLFault(line: spot.line, column: spot.column, problem: "an alias without a value")
    }
  }
}

/// A folded text without the blanks that YAML puts where a line ends between two Chinese characters:
/// Chinese is written without.
private func joinedChinese(_ text: String) -> String {
  func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3001...0x3029, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFF01...0xFF60, 0x20000...0x3FFFF: true
    default: false
    }
  }
  let scalars = Array(text.unicodeScalars)
  var joined = String.UnicodeScalarView()
  for (index, scalar) in scalars.enumerated() {
    if scalar == " ", index > 0, index + 1 < scalars.count, isChinese(scalars[index - 1]),
      isChinese(scalars[index + 1])
    {
      continue
    }
    joined.append(scalar)
  }
  return String(joined)
}

extension YAMLNode.Style {
  fileprivate init(_ style: Node.Scalar.Style) {
    switch style {
    case .any, .plain: self = .plain
    case .singleQuoted: self = .singleQuoted
    case .doubleQuoted: self = .doubleQuoted
    case .literal, .folded: self = .block
    }
  }
}

extension YAMLFault {
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, column: mark.column, problem: problem)
    case .duplicatedKeysInMapping(let keys, let context):
      self.init(
        line: context.mark.line, column: context.mark.column,
        problem: "", repeated: keys.joined(separator: ", "))
    case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem),
      .representer(let problem):
      self.init(line: 1, column: 1, problem: problem)
    case .no, .memory, .dataCouldNotBeDecoded:
      self.init(line: 1, column: 1, problem: "the text cannot be read")
    }
  }
}
