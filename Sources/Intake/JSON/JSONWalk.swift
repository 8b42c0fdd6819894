/// Follows a JSON text and knows the path of names at each place; lists have no name, so that
/// everything in a list stands at the list's path.
///
/// A path has one number, by which columns are found without looking at names.
struct JSONWalk {
  enum Event {
    case beginObject, endObject, beginArray, endArray
    /// A text, number, flag or null; see `scanner.value`.
    case value(JSONScanner.Token)
  }

  /// A path of names.
  struct Node {
    var name: String
    var parent: Int
    fileprivate var children: [String: Int] = [:]
    /// Whether a value has stood there.
    var holdsValues = false
  }

  var scanner: JSONScanner
  private(set) var nodes: [Node]
  /// Containers that are open, with the path of each.
  private(set) var open: [(isArray: Bool, node: Int)] = []
  /// Lists among them.
  private(set) var openLists = 0
  /// The path of the event.
  private(set) var node = 0
  /// Values at the top, that in hand included.
  private(set) var topCount = 0
  private var nameBytes = 0

  /// Paths that a text may have, and bytes of their names.
  private static let mostNodes = 16_384
  private static let mostNameBytes = 4 << 20

  /// - Parameter nodes: the paths that are known from an earlier walk.
  init(_ text: XMLText, nodes: [Node] = [Node(name: "", parent: -1)]) {
    scanner = JSONScanner(text)
    self.nodes = nodes
  }

  /// - Returns: nil at the end of the text.
  mutating func next() throws(JSONFault) -> Event? {
    var token = try scanner.next()
    if open.isEmpty, token != nil { topCount += 1 }
    // Within a list everything stands at its own path.
    node = open.last?.node ?? 0
    if token == .name {
      node = try child(of: node)
      token = try scanner.next()
    }
    switch token {
    case .beginObject:
      open.append((false, node))
      return .beginObject
    case .beginArray:
      open.append((true, node))
      openLists += 1
      return .beginArray
    case .endObject:
      _ = open.popLast()
      return .endObject
    case .endArray:
      _ = open.popLast()
      openLists -= 1
      return .endArray
    case .name, nil: return nil
    case .string, .number, .null, .flag: return token.map { .value($0) }
    }
  }

  mutating func markValue() { nodes[node].holdsValues = true }

  private mutating func child(of parent: Int) throws(JSONFault) -> Int {
    let name = String(decoding: scanner.value, as: UTF8.self)
    if let known = nodes[parent].children[name] { return known }
    nameBytes += scanner.value.count
    guard nodes.count < JSONWalk.mostNodes, nameBytes < JSONWalk.mostNameBytes else {
      throw JSONFault(
        kind: .tooManyNames, found: "", line: scanner.tokenLine, column: scanner.tokenColumn)
    }
    nodes.append(Node(name: name, parent: parent))
    nodes[parent].children[name] = nodes.count - 1
    return nodes.count - 1
  }

  /// The names from one path down to another, joined with points; nil where it does not lead there.
  func path(from top: Int, to node: Int) -> String? {
    var names: [String] = []
    var current = node
    while current != top {
      guard current > 0 else { return nil }
      names.append(nodes[current].name)
      current = nodes[current].parent
    }
    return names.reversed().joined(separator: ".")
  }
}
