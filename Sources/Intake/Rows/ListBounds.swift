import Labels
import Tables

/// How many of a file's faulty rows and findings are told one by one.
///
/// A file that is wrong throughout is not mended row by row; what is listed of a row takes some
/// hundred bytes, and nothing else of it stays. The rest is counted, and a finding says how many.
struct ListBounds: Sendable {
  var most = 200_000
  /// Rows that were not accepted, and findings, that are counted only.
  private(set) var rows = 0
  private(set) var findings = 0

  /// Of all files together.
  static let mostOfRun = 1_000_000

  /// Takes away what is beyond the bound.
  mutating func cut(_ listed: inout [QuarantinedRow], _ told: inout [Finding]) {
    rows += cut(&listed)
    findings += cut(&told)
  }

  private func cut<Element>(_ list: inout [Element]) -> Int {
    guard list.count > most else { return 0 }
    let beyond = list.count - most
    list.removeLast(beyond)
    return beyond
  }

  /// Says how many are counted only; nil where all are listed.
  func finding(file: Int) -> Finding? {
    guard rows > 0 || findings > 0 else { return nil }
    return Finding(
      .warning, "not-listed", place: Place(file: Int32(file), line: 1, record: 0),
      message: Bilingual(
        zh: "只逐条列出前 \(most) 条；另有 \(rows) 条记录（\(RowLabel.returned.label.zh)）和 "
          + "\(findings) 条提示只计入总数",
        en: "only the first \(most) are listed one by one; \(rows) further rows "
          + "\(RowLabel.returned.label.en) and \(findings) further findings are counted only"),
      cure: Bilingual(
        zh: "这样的文件多半是整列有误：先看列出的各条有什么相同之处，改好导出后整份重新报送",
        en: "such a file is mostly wrong by whole columns: see what those that are listed have in "
          + "common, mend the export and send the whole file again"))
  }
}

extension RowReader {
  /// Rows that were not accepted, listed or not.
  var rejected: Int { quarantine.count + bounds.rows }

  /// Keeps the lists within their bounds; called where nobody counts on the last rows in them.
  mutating func boundLists() { bounds.cut(&quarantine, &findings) }
}

extension Delivery {
  /// Keeps the lists of all files together within their bounds.
  ///
  /// - Returns: the finding that says so; nil where all are listed.
  mutating func boundLists(most: Int = ListBounds.mostOfRun) -> Finding? {
    var bounds = ListBounds(most: most)
    bounds.cut(&quarantine, &findings)
    var finding = bounds.finding(file: 0)
    finding?.place = nil
    return finding
  }
}
