import Tables

/// Some rows of a file that are read together, column by column; their texts stand in one buffer.
struct RowBlock: Sendable {
  /// As many rows as leave the columns of a block in the processor's nearest caches.
  static let most = 128

  /// Cells of a row.
  let width: Int
  private let mostRows: Int
  /// Row after row.
  var cells: [CellRange] = []
  private(set) var lines: [UInt32] = []

  init(width: Int, most: Int = RowBlock.most) {
    self.width = width
    mostRows = min(most, RowBlock.most)
  }

  var count: Int { lines.count }
  var isEmpty: Bool { lines.isEmpty }
  var isFull: Bool { lines.count >= mostRows }

  /// Adds a row of `width` cells.
  mutating func append(_ row: [CellRange], line: Int) {
    cells.append(contentsOf: row)
    lines.append(UInt32(clamping: line))
  }

  /// Adds a row whose cells are still absent.
  mutating func beginRow(line: Int) {
    for _ in 0..<width { cells.append(.absent) }
    lines.append(UInt32(clamping: line))
  }

  mutating func removeLast() {
    cells.removeLast(width)
    lines.removeLast()
  }

  mutating func removeAll() {
    cells.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
  }
}
