import RulePacks
import Tables

/// Reads an attribute of a code table's row.
struct Lookup: Sendable {
  private let table: CodeTable
  /// Nil reads the name.
  private let column: String?
  private let byPrefix: Bool
  private let rows: [String: Int]
  private let longest: Int

  init(_ table: CodeTable, column: String?, byPrefix: Bool) {
    self.table = table
    rows = table.rowsByCode
    longest = table.codes.reduce(0) { max($0, $1.code.count) }
    self.column = column
    self.byPrefix = byPrefix
  }

  /// Nil where no row of the table fits, or it has nothing there.
  func text(of code: String) -> String? {
    guard let row = byPrefix ? longestPrefix(of: code) : rows[code] else { return nil }
    let entry = table.codes[row]
    let text: String?
    switch column {
    case nil, "name": text = entry.name
    case "code": text = entry.code
    case "means": text = entry.means
    case "hint": text = entry.hint
    case "valid_from": text = entry.validFrom?.description
    case "valid_to": text = entry.validTo?.description
    case let attribute?: text = entry.attributes[attribute]
    }
    return text?.isEmpty == true ? nil : text
  }

  private func longestPrefix(of code: String) -> Int? {
    var prefix = code.prefix(longest)
    while !prefix.isEmpty {
      if let row = rows[String(prefix)] { return row }
      prefix.removeLast()
    }
    return nil
  }
}

/// Follows codes to those that replaced them by a date.
struct Succession: Sendable {
  private let table: CodeTable
  private let asOf: PartialDate
  private let rows: [String: Int]

  init(_ table: CodeTable, asOf: PartialDate) {
    self.table = table
    rows = table.rowsByCode
    self.asOf = asOf
  }

  /// The code itself while it is valid, has no successor, or is not of the table.
  func successor(of code: String) -> String? {
    var code = code
    // A table that leads in a circle is left after one round.
    for _ in table.codes {
      guard let row = rows[code], let end = table.codes[row].validTo,
        end.lastDay < asOf.firstDay, let next = table.codes[row].successors.first,
        rows[next] != nil
      else { break }
      code = next
    }
    return code
  }
}

extension CodeTable {
  /// The row of each canonical code, the first if it occurs twice.
  fileprivate var rowsByCode: [String: Int] {
    var rows: [String: Int] = [:]
    for (row, entry) in codes.enumerated() where rows[entry.code] == nil { rows[entry.code] = row }
    return rows
  }
}
