import Tables

/// Which lists of records a JSON text holds, and what the records' names are.
///
/// Records are the objects of a list at the top, or of a list that objects lead to by at most
/// three names (`{"data": {"rows": […]}}`); or else the objects at the top, one below the other
/// (JSON lines) or a single one.
struct JSONLists {
  struct List {
    /// Path of the list; 0 for the top.
    var node: Int
    /// `data.rows`; empty for the top.
    var path: String
    /// Whether the records are the objects at the top.
    var isTop: Bool
    var records = 0
    /// Paths within a record, joined with points, in the order in which they first occur.
    var names: [String] = []
    /// By path, the number of its name; −1 for a path that is none of the records'.
    var columns: [Int] = []
    /// Where the first element stands that is no object.
    var otherLine = 0
    var otherColumn = 0
  }

  /// Lists with records, first those within the text, then the top.
  private(set) var lists: [List] = []
  /// What the text says instead of records, such as “token expired”.
  private(set) var message = ""
  private(set) var nodes: [JSONWalk.Node] = []

  /// How many records the text says that there are, as answers in pages do, and on which line.
  private(set) var statedTotal: (name: String, count: Int, line: Int)?

  private static let totals: Set<String> = [
    "total", "totalcount", "total_count", "totalelements", "totalnum", "totalrecords", "totalrows",
    "recordstotal", "recordcount",
  ]
  private static let mostNames = 3
  private static let messages: Set<String> = [
    "msg", "message", "error", "errmsg", "error_description",
  ]

  /// Reads the whole text; what is wrong with it anywhere is found here.
  init(_ text: XMLText) throws(JSONFault) {
    var walk = JSONWalk(text)
    var found: [Int: List] = [:]
    var top = List(node: 0, path: "", isTop: true)
    while let event = try walk.next() {
      switch event {
      case .beginObject:
        if walk.open.count == 1 { top.records += 1 }
        if let list = JSONLists.list(in: walk, element: true) {
          found[list, default: List(node: list, path: "", isTop: false)].records += 1
        }
      case .beginArray:
        if walk.open.count == 1 { JSONLists.note(&top, walk) }
        if walk.openLists == 2, walk.open.dropLast().last?.isArray ?? false {
          JSONLists.noteOther(&found, walk)
        }
      case .value(let token):
        if walk.open.isEmpty { JSONLists.note(&top, walk) }
        if walk.openLists == 1, walk.open.last?.isArray ?? false {
          JSONLists.noteOther(&found, walk)
        }
        if walk.openLists == 0, token == .string, message.isEmpty,
          JSONLists.messages.contains(walk.nodes[walk.node].name.lowercased())
        {
          message = String(decoding: walk.scanner.value.prefix(200), as: UTF8.self)
        }
        if walk.openLists == 0, token == .number, statedTotal == nil,
          JSONLists.totals.contains(walk.nodes[walk.node].name.lowercased()),
          let count = Int(String(decoding: walk.scanner.value, as: UTF8.self))
        {
          statedTotal = (walk.nodes[walk.node].name, count, walk.scanner.tokenLine)
        }
        walk.markValue()
      case .endObject, .endArray: continue
      }
    }
    nodes = walk.nodes
    var lists: [List] = []
    if walk.topCount == 1 {
      lists = found.values.filter { $0.records > 0 }.sorted { $0.node < $1.node }
    }
    if top.records > 0 { lists.append(top) }
    for list in lists { self.lists.append(JSONLists.named(list, walk)) }
  }

  /// The list that the object in hand is an element of, where its elements may be records.
  private static func list(in walk: JSONWalk, element: Bool) -> Int? {
    guard walk.openLists == 1, walk.open.count >= 2 else { return nil }
    let (isArray, node) = walk.open[walk.open.count - 2]
    return isArray && walk.open.count <= mostNames + 2 ? node : nil
  }

  private static func note(_ list: inout List, _ walk: JSONWalk) {
    guard list.otherLine == 0 else { return }
    (list.otherLine, list.otherColumn) = (walk.scanner.tokenLine, walk.scanner.tokenColumn)
  }

  private static func noteOther(_ found: inout [Int: List], _ walk: JSONWalk) {
    note(&found[walk.node, default: List(node: walk.node, path: "", isTop: false)], walk)
  }

  private static func named(_ list: List, _ walk: JSONWalk) -> List {
    var list = list
    list.path = walk.path(from: 0, to: list.node) ?? ""
    for node in walk.nodes.indices {
      guard node != list.node, walk.nodes[node].holdsValues,
        let name = walk.path(from: list.node, to: node)
      else {
        list.columns.append(-1)
        continue
      }
      list.columns.append(list.names.count)
      list.names.append(name)
    }
    return list
  }
}
