/// What the names of elements and attributes led to in a tree of elements, so that each is looked
/// up once at every place.
///
/// A name is known by a number that it always has: an address, or its place among all names.
struct ElementNameCache {
  /// A file with endless different names must not fill the memory.
  static let most = 1000

  struct Attribute {
    var name: UInt
    /// −1 where nobody asks for it.
    var slot: Int32
    /// Whether it may say that its element is nil.
    var isNilMark: Bool
  }

  private struct Child {
    var name: UInt
    var node: Int32
  }

  /// By node.
  private var children: [[Child]]
  private var attributes: [[Attribute]]
  /// Where a node's next child is looked for first.
  private var hints: [Int]

  init(nodes: Int) {
    children = Array(repeating: [], count: nodes)
    attributes = Array(repeating: [], count: nodes)
    hints = Array(repeating: 0, count: nodes)
  }

  mutating func addNode() {
    children.append([])
    attributes.append([])
    hints.append(0)
  }

  /// The node of a child, −1 for one that nobody asks for; nil for a name that is new there.
  mutating func child(_ name: UInt, of node: Int) -> Int32? {
    // Children mostly come in the order of the row before.
    let hint = hints[node]
    let count = children[node].count
    if hint < count, children[node][hint].name == name {
      hints[node] = hint + 1 == count ? 0 : hint + 1
      return children[node][hint].node
    }
    for index in 0..<count where children[node][index].name == name {
      hints[node] = index + 1 == count ? 0 : index + 1
      return children[node][index].node
    }
    return nil
  }

  mutating func remember(_ name: UInt, of node: Int, as child: Int32) {
    guard children[node].count < ElementNameCache.most else { return }
    children[node].append(Child(name: name, node: child))
  }

  func attribute(_ name: UInt, of node: Int) -> Attribute? {
    for attribute in attributes[node] where attribute.name == name { return attribute }
    return nil
  }

  mutating func remember(_ attribute: Attribute, of node: Int) {
    guard attributes[node].count < ElementNameCache.most else { return }
    attributes[node].append(attribute)
  }
}
