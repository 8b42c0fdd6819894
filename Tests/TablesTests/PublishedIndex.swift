import Foundation
import Surroundings

/// Every stage of one composite indicator as another program worked it out.
enum PublishedIndex {
  static let folder = Surroundings.data("connectivity-index").path

  struct Table {
    var header: [String]
    var rows: [[String]]

    subscript(column: String) -> [String] {
      guard let index = header.firstIndex(of: column) else { return [] }
      return rows.map { $0[index] }
    }

    /// Numbers; `NA` is NaN.
    func numbers(_ column: String) -> [Double] { self[column].map { Double($0) ?? .nan } }

    /// The rows in the order of another table's codes.
    func ordered(by codes: [String], key: String = "uCode") -> Table {
      let own = self[key]
      return Table(
        header: header,
        rows: codes.compactMap { code in
          own.firstIndex(of: code).map { rows[$0] }
        })
    }
  }

  static func table(_ name: String) throws -> Table {
    let text = try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)
    let rows = text.split(separator: "\n").map { cells(of: String($0)) }
    return Table(header: rows[0], rows: Array(rows.dropFirst()))
  }

  private static func cells(of line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line where character != "\r" {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  /// Indicators with the sign of their direction.
  static func indicators() throws -> [(id: String, sign: Double, parent: String)] {
    let meta = try table("iMeta")
    return meta.rows.indices.compactMap { row in
      guard meta["Type"][row] == "Indicator" else { return nil }
      return (
        meta["iCode"][row], Double(meta["Direction"][row]) ?? 1, meta["Parent"][row]
      )
    }
  }
}
