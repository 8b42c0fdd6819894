import Fields
import Tables

/// Elements of an XML file that look like rows and stand where the source profile has none: under
/// another list, one level deeper, under another name. Nobody reads them, so it has to be told.
///
/// What counts is an element that nobody asks for, or one within it, in which three of a row's own
/// elements stand: the head of a file may share a name or two with its rows.
struct RowsElsewhere: Sendable {
  /// So many of a row's elements make a row.
  private static let leastShared = 3

  private(set) var count = 0
  /// The path of the first, and where it begins.
  private(set) var path = ""
  private(set) var line = 0

  /// The elements that are open, from the outermost that nobody asks for on.
  private var open: [Element] = []
  /// By address of a name, the node that it has in a row; −1 for none.
  private var nodes: [UInt: Int32] = [:]

  private struct Element: Sendable {
    var name: String
    var line: Int
    var shared: Set<Int32> = []
  }

  /// Whether the reader is within an element that nobody asks for.
  var isWithin: Bool { !open.isEmpty }

  /// An element begins within one that nobody asks for, or is such a one itself.
  ///
  /// - Parameters:
  ///   - address: of the name; the same name always has the same.
  ///   - row: what the profile asks for in a row.
  mutating func begin(_ address: UInt, name: String, line: Int, row: PathNode) {
    if let last = open.indices.last {
      let node = nodes[address] ?? row.ownChild(matchingKey(name))
      nodes[address] = node
      if node >= 0 { open[last].shared.insert(node) }
    }
    open.append(Element(name: name, line: line))
  }

  mutating func end() {
    guard let element = open.last else { return }
    if element.shared.count >= RowsElsewhere.leastShared {
      if count == 0 {
        path = open.map(\.name).joined(separator: "/")
        line = element.line
      }
      count += 1
    }
    open.removeLast()
  }

  /// Nil where there are none.
  func finding(file: Int, rows: [String]) -> Finding? {
    guard count > 0 else { return nil }
    let (path, rows) = (scrubbed(path), rows.joined(separator: "/"))
    return Finding(
      .error, "rows-elsewhere",
      place: Place(file: Int32(file), line: UInt32(clamping: line), record: 0),
      message: Bilingual(
        zh: "有 \(count) 个元素与记录相像（如“\(path)”），却不在来源配置所写的行路径“\(rows)”上，没有读取",
        en: "\(count) elements look like rows (such as “\(path)”) and are not where the source "
          + "profile has the rows, “\(rows)”; they were not read"),
      cure: Bilingual(
        zh: "若是数据，请按“\(rows)”的结构重新导出，或分成单独的文件并为它编写来源配置",
        en:
          "if they are data, export them under “\(rows)”, or as a file of their own with a source "
          + "profile for it"))
  }
}
